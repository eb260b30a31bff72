internal import Duties
public import Ground

/// What one person is to be reminded of, once.
public struct Reminder: Sendable {
  /// One deadline.
  public struct Item: Sendable, Equatable {
    /// What is to be done; a number only, where the record is confidential.
    public let title: String
    /// Where the duty stands; nil where it would tell what the record is about.
    public let citation: String?
    /// The day, or the moment where hours count, to plan with.
    public let due: Effective
    /// How near it is: `30`, `7`, `1` days, `24h`, `12h`, `4h`, `1h`, `overdue`.
    public let lead: String
    /// Whether it is told because nobody else saw to it.
    public let isEscalated: Bool
    /// What tells that it was sent.
    let key: String
  }

  /// The record of the person.
  public let person: RecordID
  /// Their mail address.
  public let address: String
  /// What is near, the earliest first.
  public let items: [Item]
  /// All keys that are still of use, sent before or now.
  let keys: [String]
}

extension OpenWorkspace {
  /// Sets where a person's reminders go; nil for nowhere.
  ///
  /// The address is checked by whoever sends mail.
  /// - Throws: `workspace.unknown-person`, `workspace.not-allowed`.
  public func setMailAddress(of name: String, to address: String?) async throws(Problem) {
    try await changePerson(
      name, [("email", JSON(address))], reason: "where reminders go was set")
  }

  /// What each person with a mail address is to be reminded of now: hours at once, days with the digest.
  ///
  /// - Parameter isDigest: Whether it is time for what is counted in days.
  /// - Throws: `store.*`, `sealing.*`.
  public func dueReminders(isDigest: Bool) async throws(Problem) -> [Reminder] {
    let today = surroundings.today
    let people = try await everyState(.person).filter {
      $0.status == "active" && $0.text("email") != nil
    }
    guard !people.isEmpty else { return [] }
    let open = try await acting(as: .system).docket().filter { deadline in
      deadline.kind != .notBefore && !deadline.isRetention && deadline.governedBy == nil
    }
    let now = surroundings.now()
    let near = open.compactMap { deadline in
      deadline.lead(today: today, now: now).map { (deadline, $0) }
    }
    let alive = Set(open.map(\.stableKey))
    var reminders: [Reminder] = []
    for person in people {
      let who = SignedIn(person)
      let known =
        try await programState(OpenWorkspace.reminderID(of: person.id))?.texts("sent") ?? []
      let sent = Set(known)
      var items: [Reminder.Item] = []
      for (deadline, lead) in near
      where isDigest || lead.hasSuffix("h") || deadline.moments != nil || deadline.isOfIncident {
        guard who.mayRead(deadline.record, deadline.confidentiality, today: today),
          let concern = OpenWorkspace.concern(deadline, lead, of: person.id, who)
        else { continue }
        let item = deadline.reminder(lead, isEscalated: concern == .escalated)
        if let item, !sent.contains(item.key) { items.append(item) }
      }
      guard !items.isEmpty, let address = person.text("email") else { continue }
      let kept = known.filter { alive.contains(String($0.prefix { $0 != ":" })) }
      reminders.append(
        Reminder(
          person: person.id, address: address, items: items, keys: kept + items.map(\.key)))
    }
    return reminders
  }

  /// Notes that a reminder was sent.
  ///
  /// - Throws: `store.*`.
  public func noteSent(_ reminder: Reminder) async throws(Problem) {
    let id = OpenWorkspace.reminderID(of: reminder.person)
    let isNew = try await programState(id) == nil
    var set: [(String, JSON)] = [("sent", JSON(reminder.keys))]
    if isNew { set.append(("person", .string(reminder.person.text))) }
    _ = try await acting(as: .system).record(
      RecordCommand(
        .reminder, id,
        Change(
          isNew ? "reminders-begun" : "reminders-sent", set: set,
          effective: .day(surroundings.today))))
  }

  private enum Concern { case own, escalated }

  /// Why somebody is told of a deadline: it is theirs, it is of their role and nobody's, or they see to it that nothing is
  /// forgotten.
  private static func concern(
    _ deadline: Deadline, _ lead: String, of person: RecordID, _ who: SignedIn
  ) -> Concern? {
    if let assigned = deadline.assignedTo, assigned == person.key || assigned == person.text {
      return .own
    }
    if deadline.assignedTo == nil, who.roles.contains(deadline.owner) { return .own }
    return told(deadline, lead).isDisjoint(with: who.roles) ? nil : .escalated
  }

  /// Roles that are told beside whoever looks after it: of what is overdue, and of an incident before its limit.
  private static func told(_ deadline: Deadline, _ lead: String) -> Set<Role> {
    switch lead {
    case "overdue": deadline.isOfIncident ? [.compliance, .counsel] : [.compliance]
    case "12h" where deadline.isOfIncident: [.compliance]
    case "4h" where deadline.isOfIncident, "1h" where deadline.isOfIncident:
      [.compliance, .counsel]
    default: []
    }
  }

  private static func reminderID(of person: RecordID) -> RecordID {
    guard let id = RecordID("reminder/" + person.key) else {
      preconditionFailure("keys are plain")
    }
    return id
  }
}

extension Deadline {
  /// How near it is; nil while it is far, or has no day.
  func lead(today: Day, now: Instant) -> String? {
    // A limit of an incident is in hours even where it is counted in days, which end at midnight in Brussels.
    let midnight = alarmDay.flatMap { isOfIncident ? Instant(startOf: $0.adding(days: 1)) : nil }
    if let alarm = moments?.alarm ?? midnight {
      let seconds = alarm.seconds - now.seconds
      if seconds < 0 { return "overdue" }
      let hours = [1, 4, 12] + (isOfIncident ? [24] : [])
      for hours in hours where seconds <= hours * 3600 { return "\(hours)h" }
    }
    guard let day = alarmDay else { return nil }
    let days = day.sinceEpoch - today.sinceEpoch
    if days < 0 { return "overdue" }
    return [1, 7, 30].first { days <= $0 }.map { String($0) }
  }

  /// As it is told by mail: titles of confidential records stay here.
  fileprivate func reminder(_ lead: String, isEscalated: Bool) -> Reminder.Item? {
    guard let day = alarmDay else { return nil }
    let isWithheld = confidentiality >= .confidential
    return Reminder.Item(
      title: isWithheld ? neutralTitle : title, citation: isWithheld ? nil : citation?.text,
      due: moments.map { .moment($0.alarm) } ?? .day(day), lead: lead, isEscalated: isEscalated,
      key: "\(stableKey):\(lead)")
  }
}
