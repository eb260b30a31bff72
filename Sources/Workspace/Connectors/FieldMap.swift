public import Duties
public import Ground

/// Which of our fields are which of theirs, and which of their states is which of ours.
public struct FieldMap: Sendable, Equatable {
  /// The name under which the state of a ticket is compared.
  public static let state = TicketReader.state
  /// Most rules.
  static let most = 100

  /// The rules, in the order in which they are sent.
  public let rules: [FieldRule]
  /// Our stages and their states; a stage that is not among them moves nothing.
  public let states: [String: String]

  /// Reads a mapping: `{"fields": [rule…], "states": {ours: theirs}}`; what it does not name is filled as usual.
  ///
  /// - Throws: `workspace.bad-mapping`.
  public init(_ json: JSON?, _ system: ConnectorSystem, isFull: Bool) throws(Problem) {
    let known = isFull ? Ticket.neutral.union(Ticket.full) : Ticket.neutral
    var rules: [FieldRule] = []
    if let json {
      guard case .object(let members) = json,
        members.allSatisfy({ ["fields", "states"].contains($0.0) })
      else {
        throw FieldMap.refusal(
          "a mapping has fields and states", "write {\"fields\": […], \"states\": {…}}")
      }
      if let fields = json["fields"] {
        guard case .array(let items) = fields, items.count <= FieldMap.most else {
          throw FieldMap.refusal(
            "fields is no list of at most \(FieldMap.most) rules", "write [{\"theirs\": …}]")
        }
        for item in items { rules.append(try FieldRule(item, known: known)) }
      }
    }
    if let twice = rules.map(\.theirs).first(where: { name in
      rules.count { $0.theirs == name } > 1
    }) {
      throw FieldMap.refusal("\(twice.prefix(40)) is filled twice", "keep one of the rules")
    }
    let taken = Set(rules.map(\.theirs))
    self.rules = FieldMap.usual(system).filter { !taken.contains($0.theirs) } + rules
    states = try FieldMap.pairs(json?["states"], "states")
  }

  /// What is sent when nobody says otherwise.
  private static func usual(_ system: ConnectorSystem) -> [FieldRule] {
    switch system {
    case .jiraCloud, .jiraDataCenter:
      [
        FieldRule("summary", ours: "title"),
        FieldRule("description", ours: "text", form: .rich),
      ]
    case .serviceNow:
      [FieldRule("short_description", ours: "title"), FieldRule("description", ours: "text")]
    case .pagerDuty: [FieldRule("severity", always: "error")]
    case .opsgenie, .slack, .standard: []
    }
  }

  /// What the fields say of an incident as it stands, under their names; what is always the same is left out.
  public func compared(_ ticket: Ticket) -> [String: String] {
    var values: [String: String] = [:]
    for rule in rules where rule.ours != nil {
      if let value = rule.value(ticket) {
        values[rule.theirs] = TicketText.plain(value)
      } else if rule.ours.map(Ticket.dues.contains) == true {
        // A day that no longer stands is taken away there too.
        values[rule.theirs] = ""
      }
    }
    if let state = ticket.values["stage"].flatMap({ states[$0] }) {
      values[FieldMap.state] = state
    }
    return values
  }

  /// Whether somebody wants the day told until which the next report is due.
  var tellsDue: Bool { rules.contains { $0.ours.map(Ticket.dues.contains) == true } }

  /// A mapping that also tells the last day of the report that governs; as it is where the system has no field for it, or
  /// where it is filled already.
  public static func tellingDue(_ json: JSON?, _ system: ConnectorSystem) -> JSON? {
    let rule: JSON
    switch system {
    case .jiraCloud, .jiraDataCenter:
      rule = .object([("theirs", .string("duedate")), ("ours", .string("due"))])
    case .serviceNow:
      rule = .object([("theirs", .string("due_date")), ("ours", .string("due_moment"))])
    case .pagerDuty, .opsgenie, .slack, .standard: return json
    }
    var members: [(String, JSON)] = []
    if case .object(let given)? = json { members = given } else if json != nil { return json }
    var rules: [JSON] = []
    if case .array(let given)? = json?["fields"] { rules = given }
    guard !rules.contains(where: { $0["theirs"] == rule["theirs"] }) else { return json }
    members.removeAll { $0.0 == "fields" }
    return .object([("fields", .array(rules + [rule]))] + members)
  }

  static func pairs(_ json: JSON?, _ name: String) throws(Problem) -> [String: String] {
    guard let json else { return [:] }
    guard case .object(let members) = json, members.count <= FieldMap.most else {
      throw refusal("\(name) is no object", "write {\"ours\": \"theirs\"}")
    }
    var pairs: [String: String] = [:]
    for (ours, value) in members {
      guard let theirs = value.text else {
        throw refusal("\(name): “\(ours.prefix(40))” leads to no text", "write texts")
      }
      pairs[ours] = theirs
    }
    return pairs
  }

  static func refusal(_ what: String, _ mend: String) -> Problem {
    Problem(
      "workspace.bad-mapping", what: what,
      why: "what is sent to another system must be what somebody decided", mend: mend,
      places: [Place("mapping")])
  }
}
