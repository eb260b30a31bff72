public import Ground

/// What somebody wants to happen to a record.
public struct Change: Sendable {
  /// The event.
  public var event: String
  /// Fields to set; null unsets.
  public var set: [(String, JSON)]
  /// When it was or will be true.
  public var effective: Effective
  /// Why, where a reason is due or wanted.
  public var reason: String?
  /// Who may read it; nil keeps what it is.
  public var confidentiality: Confidentiality?
  /// Whether it corrects the day of the same event before, which stays visible in the history.
  public var corrects: Bool
  /// The time that is corrected, of an event that happened more than once; nil for the last.
  public var was: Effective?
  /// The digest of the request that named itself with a key, by which the same key is told from another request.
  public var request: String?

  /// A change.
  public init(
    _ event: String, set: [(String, JSON)] = [], effective: Effective, reason: String? = nil,
    confidentiality: Confidentiality? = nil, corrects: Bool = false, was: Effective? = nil
  ) {
    self.event = event
    self.set = set
    self.effective = effective
    self.reason = reason
    self.confidentiality = confidentiality
    self.corrects = corrects
    self.was = was
  }
}

extension RecordKind {
  /// Whether a change may happen to a record as it stands; gives the content of its event.
  ///
  /// - Throws: `duties.unknown-event`, `duties.unknown-field`, `duties.missing-field`, `duties.bad-field`,
  ///   `duties.set-elsewhere`, `duties.fixed-field`, `duties.reason-due`, `duties.in-future`, `duties.wrong-order`, `duties.same-person`,
  ///   `duties.author-not-signed-in`, `duties.earlier-than-in-force`.
  public func decide(
    _ change: Change, on state: RecordState?, actor: Actor, today: Day
  ) throws(Problem) -> JSON {
    guard let event = event(change.event) else {
      throw Problem(
        "duties.unknown-event", what: "“\(change.event)” cannot happen to \(titled)",
        why: "its events are " + events.map(\.name).joined(separator: ", "),
        mend: "choose one of them")
    }
    try checkOrder(event, change, state, today)
    if event.isApproval, state?.authors.contains(actor.id) == true {
      throw Problem(
        "duties.same-person", what: "the author of \(titled) cannot approve it",
        why: "author and approver of a filing differ",
        mend: "ask another person with the role approver, counsel or compliance")
    }
    if event.isFiling, let state, !Actor.unproven.isDisjoint(with: state.authors) {
      throw Problem(
        "duties.author-not-signed-in",
        what: "\(titled) whose author did not sign in cannot be filed",
        why:
          "author and approver of a filing differ, and whoever sits at the machine could be both",
        mend: "write it again as a registered person, with --as NAME; then another person files it")
    }
    try checkReason(event, change, state)
    try checkInForce(event, change, state)
    try checkSetters(event, change, state)
    let renewed = event.renews.filter { name in !change.set.contains { $0.0 == name } }
    let set = change.set + renewed.map { ($0, .null) }
    var members: [(String, JSON)] = [("set", .object(try checkedFields(set, state)))]
    if let reason = change.reason { members.append(("reason", .string(reason))) }
    if change.corrects { members.append(("corrects", .bool(true))) }
    if let was = change.was { members.append(("was", .string(was.text))) }
    if let request = change.request { members.append(("request", .string(request))) }
    return .object(members)
  }

  /// Refuses what would have no effect: a value as of a day before the one from which the value in force holds.
  private func checkInForce(
    _ event: RecordEvent, _ change: Change, _ state: RecordState?
  ) throws(Problem) {
    guard event.refusesEarlier, let state else { return }
    let corrected = change.corrects ? (change.was ?? state.happened[event.name])?.day : nil
    for (name, _) in change.set {
      guard let since = state.since[name], change.effective.day < since, since != corrected else {
        continue
      }
      throw Problem(
        "duties.earlier-than-in-force",
        what: "\(name) holds since \(since.iso), which is after \(change.effective.text)",
        why: "the value of the latest day counts, so that this one would have no effect",
        mend: "give \(since.iso) or a later day; where that day was wrong, add --correct",
        places: [Place(name)])
    }
  }

  /// Refuses to set by the way what other records and clocks rest on, and to change such an answer without a reason.
  private func checkSetters(
    _ event: RecordEvent, _ change: Change, _ state: RecordState?
  ) throws(Problem) {
    for (name, value) in change.set {
      guard let field = field(name), field.isWeighed || !field.setBy.isEmpty,
        (state?.fields[name] ?? .null) != value
      else { continue }
      if !field.setBy.isEmpty, !field.setBy.contains(event.name) {
        let titles = field.setBy.map { "“\(self.event($0)?.title ?? $0)”" }
        throw Problem(
          "duties.set-elsewhere", what: "\(name) is not set by “\(event.title)”",
          why:
            "deadlines rest on it, so that it is written by \(titles.joined(separator: " or ")) only",
          mend: "leave it out here", places: [Place(name)])
      }
      let before = state?.text(name) ?? ""
      guard field.isWeighed, !["", "unknown", "open"].contains(before),
        (change.reason ?? "").allSatisfy(\.isWhitespace)
      else { continue }
      throw Problem(
        "duties.reason-due",
        what: "\(name) was answered “\(before)”; another answer needs a reason",
        why: "whoever reads the record later must see why it changed", mend: "add --reason “…”",
        places: [Place(name)])
    }
  }

  private func checkReason(
    _ event: RecordEvent, _ change: Change, _ state: RecordState?
  ) throws(Problem) {
    let opens = state.flatMap { state in
      change.confidentiality.map { $0 < state.confidentiality }
    }
    guard event.needsReason || change.corrects || opens == true,
      (change.reason ?? "").allSatisfy(\.isWhitespace)
    else { return }
    throw Problem(
      "duties.reason-due",
      what: "“\(event.title)” needs a reason" + (opens == true ? " to let more people read" : ""),
      why: "whoever reads the record later must see why it changed", mend: "add --reason “…”")
  }

  private func checkedFields(
    _ set: [(String, JSON)], _ state: RecordState?
  ) throws(Problem) -> [(String, JSON)] {
    var checked: [(String, JSON)] = []
    for (name, value) in set {
      guard let field = field(name) else {
        throw Problem(
          "duties.unknown-field", what: "\(titled) has no field “\(name.prefix(80))”",
          why: "its fields are " + fields.map(\.name).joined(separator: ", "),
          mend: "check the spelling", places: [Place(name)])
      }
      if field.isRequired, RecordField.isEmpty(value) { throw missing(field) }
      let value = try field.checked(value)
      guard !checked.contains(where: { $0.0 == name }) else {
        throw Problem(
          "duties.bad-field", what: "\(name) is set twice",
          why: "it would be unclear which one holds", mend: "keep one of them",
          places: [Place(name)])
      }
      if let state, field.isFixed, (state.fields[name] ?? .null) != value { throw fixed(field) }
      checked.append((name, value))
    }
    if state == nil,
      let field = fields.first(where: { field in
        field.isRequired && !set.contains { $0.0 == field.name }
      })
    {
      throw missing(field)
    }
    return checked
  }

  private func missing(_ field: RecordField) -> Problem {
    Problem(
      "duties.missing-field", what: "\(field.name) is missing",
      why: "\(titled) cannot be kept without \(field.title)",
      mend: field.example.isEmpty ? "add it" : "for example: \(field.example)",
      places: [Place(field.name)])
  }

  private func fixed(_ field: RecordField) -> Problem {
    Problem(
      "duties.fixed-field", what: "\(field.name) of \(titled) does not change",
      why: "\(field.title): what was signed, counted or proven rests on it",
      mend: "leave it as it is, or begin a new \(title)", places: [Place(field.name)])
  }

  private func checkOrder(
    _ event: RecordEvent, _ change: Change, _ state: RecordState?, _ today: Day
  ) throws(Problem) {
    func refuse(_ what: String, _ mend: String) -> Problem {
      Problem(
        "duties.wrong-order", what: what,
        why: "the events of \(titled) follow an order", mend: mend)
    }
    let isCorrection = change.corrects && state?.happened[event.name] != nil
    if change.corrects, !isCorrection {
      throw refuse(
        "“\(event.title)” has not been recorded, so that there is nothing to correct",
        "record it without --correct")
    }
    if let was = change.was, !(state?.times(event.name).contains(was) ?? false) {
      throw refuse(
        "“\(event.title)” is not on the record of \(was.text), so that it cannot be corrected there",
        "the record lists what happened to it, and when")
    }
    if event.begins != (state == nil), !isCorrection {
      throw refuse(
        event.begins ? "this \(title) has begun already" : "this \(title) does not exist yet",
        event.begins ? "use another event" : "begin it with \(events.first?.name ?? "")")
    }
    if let after = event.after.first(where: { state?.happened[$0] == nil }) {
      throw refuse("“\(event.title)” comes after \(after)", "record \(after) first")
    }
    if let last = event.notAfter.first(where: { state?.happened[$0] != nil }), !isCorrection {
      throw refuse("“\(event.title)” cannot come after \(last)", "begin a new \(title)")
    }
    if event.isOnce, !isCorrection, state?.happened[event.name] != nil {
      throw refuse(
        "“\(event.title)” has been recorded", "correct its day with --correct and a reason")
    }
    try checkStatus(event, change, state, isCorrection: isCorrection)
    guard event.mayBePlanned || change.effective.day <= today else {
      throw Problem(
        "duties.in-future", what: "“\(event.title)” cannot lie in the future",
        why: "\(change.effective.text) is after \(today.iso), and it states what has happened",
        mend: "record it when it has happened")
    }
  }

  /// Refuses an event that the present status does not allow, and one before the day since which that status holds.
  private func checkStatus(
    _ event: RecordEvent, _ change: Change, _ state: RecordState?, isCorrection: Bool
  ) throws(Problem) {
    guard !event.from.isEmpty, let state else { return }
    guard isCorrection && state.status == event.status || event.from.contains(state.status ?? "")
    else {
      throw Problem(
        "duties.wrong-order", what: "“\(event.title)” cannot happen now",
        why: "this \(title) is “\(state.status ?? "")”; it happens to one that is "
          + event.from.map { "“\($0)”" }.joined(separator: " or "),
        mend: "the record lists what happened to it")
    }
    guard !isCorrection, let since = state.statusSince, change.effective.day < since else { return }
    throw Problem(
      "duties.wrong-order",
      what: "“\(event.title)” cannot lie before \(since.iso)",
      why: "only since then this \(title) is “\(state.status ?? "")”",
      mend: "give \(since.iso) or a later day")
  }
}
