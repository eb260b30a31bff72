public import Duties
public import Ground

extension OpenWorkspace {
  /// Begins a notification of a model under Article 52(1); the package follows from the records.
  ///
  /// - Parameter supersedes: the notification that it is to replace, which was sent.
  /// - Throws: `workspace.filing-open`, `duties.*`.
  public func draftNotification(
    on model: RecordState, set: [(String, JSON)] = [], supersedes: RecordState? = nil
  ) async throws(Problem) -> RecordState {
    try await onStillRecords { size throws(Problem) in
      let others = try await states(.notification).filter { $0.text("model") == model.id.text }
      try OpenWorkspace.checkNoneOpen(others, .notification, model)
      var more = set
      if let supersedes {
        try OpenWorkspace.checkReplaced(try await needed(supersedes.id), model)
        more.append(("supersedes", .string(supersedes.id.text)))
      }
      return try await draft(.notification, model, "Notification of \(model.title)", more, size)
    }
  }

  private static func checkReplaced(
    _ before: RecordState, _ model: RecordState
  ) throws(Problem) {
    guard before.text("model") == model.id.text,
      ["submitted", "acknowledged"].contains(before.status ?? "")
    else {
      throw Problem(
        "workspace.nothing-to-replace",
        what: "\(before.id.text) is no notification of \(model.title) that was sent",
        why: "a new notification replaces one that the Commission has",
        mend: "begin one without replacing any")
    }
  }

  /// Begins the file of arguments that goes with a notification.
  ///
  /// - Throws: `duties.rebuttal-late`, `workspace.filing-open`.
  public func draftRebuttal(
    with notification: RecordState, set: [(String, JSON)] = []
  ) async throws(Problem) -> RecordState {
    try await onStillRecords { size throws(Problem) in
      try RebuttalRule.checkOpen(try await needed(notification.id))
      let model = try await needed(try OpenWorkspace.model(of: notification))
      let others = try await states(.rebuttal).filter {
        $0.text("notification") == notification.id.text
      }
      try OpenWorkspace.checkNoneOpen(others, .rebuttal, model)
      return try await draft(
        .rebuttal, model, "Arguments on \(model.title)",
        set + [("notification", .string(notification.id.text))], size)
    }
  }

  /// Begins a request for reassessment of a model that was designated under Article 52(4).
  ///
  /// - Throws: `duties.not-designated`, `workspace.filing-open`.
  public func draftReassessment(
    on model: RecordState, set: [(String, JSON)] = []
  ) async throws(Problem) -> RecordState {
    try await onStillRecords { size throws(Problem) in
      let model = try await needed(model.id)
      _ = try ReassessmentRule(model, law: surroundings.law(surroundings.today))
      let others = try await states(.reassessment).filter { $0.text("model") == model.id.text }
      try OpenWorkspace.checkNoneOpen(others, .reassessment, model)
      return try await draft(.reassessment, model, "Reassessment of \(model.title)", set, size)
    }
  }

  /// Changes what people wrote in a draft.
  ///
  /// - Throws: `workspace.computed-field`, `duties.wrong-order` when it is no draft, `store.version-conflict`.
  public func changeFiling(
    _ filing: RecordState, set: [(String, JSON)], reason: String? = nil, expectedVersion: Int? = nil
  ) async throws(Problem) -> RecordState {
    let kind = try OpenWorkspace.filed(filing)
    try await check(set, of: kind)
    let change = Change(
      kind.name + "-changed", set: set + [writers(filing)], effective: .day(surroundings.today),
      reason: reason)
    return try await record(
      .composed(kind, filing.id, change, expectedVersion: expectedVersion ?? filing.version))
  }

  /// The kind of a record that is sent to the Commission.
  static func filed(_ filing: RecordState) throws(Problem) -> RecordKind {
    guard let kind = RecordKind.named(filing.id.kind), kind.isFiled else {
      throw Problem(
        "workspace.no-filing", what: "\(filing.id.text) is not sent to the Commission",
        why: "notifications, arguments and requests for reassessment are",
        mend: "name one of those")
    }
    return kind
  }

  private func draft(
    _ kind: RecordKind, _ model: RecordState, _ title: String, _ set: [(String, JSON)],
    _ size: Int
  ) async throws(Problem) -> RecordState {
    try await check(
      set.filter { $0.0 != "supersedes" && $0.0 != "notification" }, of: kind)
    let own: [(String, JSON)] = [
      ("model", .string(model.id.text)),
      ("title", .string("\(title), \(surroundings.today.iso)")),
    ]
    var command = RecordCommand.composed(
      kind, nil,
      Change(kind.name + "-drafted", set: own + set, effective: .day(surroundings.today)))
    command.decidedAt = size
    return try await record(command)
  }

  /// Refuses fields that follow from records and steps, and evidence that is not there.
  func check(_ set: [(String, JSON)], of kind: RecordKind) async throws(Problem) {
    let written = Set(kind.writtenFields.map(\.name))
    for (name, value) in set {
      guard written.contains(name) || kind.field(name) == nil else {
        throw Problem(
          "workspace.computed-field", what: "\(name) of \(kind.titled) is not written by hand",
          why: "it follows from records and steps", mend: "leave it out", places: [Place(name)])
      }
      if name == "reasons" { _ = try NewReason.read(value) }
      guard name == "evidence" || name == "models", let field = kind.field(name),
        case .array(let items) = try field.checked(value)
      else { continue }
      for item in items {
        guard let id = item.text.flatMap({ RecordID($0) }) else {
          throw Problem(
            "duties.bad-field", what: "“\(item.compact.prefix(80))” is not the name of a record",
            why: "\(name) holds names of records, kind/key", mend: "systemic record list evidence",
            places: [Place(name)])
        }
        _ = try await needed(id)
      }
    }
  }

  /// Who wrote a filing, with whoever acts now.
  func writers(_ filing: RecordState) -> (String, JSON) {
    let before = filing.texts("written_by")
    return ("written_by", JSON(before.contains(who.id) ? before : before + [who.id]))
  }

  /// One filing of a kind is prepared at a time, so that nobody sends two.
  private static func checkNoneOpen(
    _ others: [RecordState], _ kind: RecordKind, _ model: RecordState
  ) throws(Problem) {
    guard
      let open = others.first(where: {
        ["draft", "in review", "approved"].contains($0.status ?? "")
      })
    else { return }
    throw Problem(
      "workspace.filing-open",
      what: "\(kind.titled) of \(model.title) is being prepared already: \(open.id.text)",
      why: "two at once could both be sent", mend: "go on with it, or give it up")
  }
}
