internal import Documents
internal import Duties
internal import Ground
internal import RuleFile
internal import Rulebook
internal import Workspace

/// The pages of incidents, and what can be sent to them.
enum IncidentPages {
  static let endpoints: [Endpoint] = [
    IncidentsPage.endpoints, IncidentForm.endpoints, IncidentWrittenForms.endpoints,
    IncidentBoardPage.endpoints, IncidentStatisticsPage.endpoints, TemplatesPage.endpoints, one,
    steps,
  ].flatMap { $0 }

  private static let one: [Endpoint] = [
    .page("/incidents/{key}") { visit in try await IncidentPage(visit).body }
  ]

  private static let steps: [Endpoint] = IncidentStep.allCases.map { step in
    Endpoint.post("/incidents/{key}/" + step.rawValue) { visit in
      try await IncidentStepReply.take(step, visit)
    }
  }

  /// The path of an incident.
  static func path(_ id: RecordID) -> String { "/incidents/" + id.key }

  /// The incident in the address.
  static func id(_ visit: Visit) throws(Problem) -> RecordID {
    try RecordPage.id(RecordKind.incident.name, visit.part("key"))
  }

  /// The pages beside one another.
  static func views(_ visit: Visit) -> HTML {
    let items = [
      ("/incidents", "List"), ("/incidents/board", "Board"),
      ("/incidents/statistics", "Statistics"), ("/incidents/templates", "Report templates"),
    ].map { path, title -> HTML in
      let isHere: HTML = path == visit.path ? " aria-current=\"page\"" : ""
      return "<li><a href=\"\(path)\"\(isHere)>\(title)</a></li>\n"
    }
    return "<ul class=\"views\" aria-label=\"Views\">\(items)</ul>\n"
  }

  /// The way to messages from outside, where any wait.
  static func waiting(_ count: Int?, _ id: RecordID) -> HTML {
    guard let count else { return "" }
    let words = count == 1 ? "a message from outside" : "\(count) messages from outside"
    return " <a class=\"suggested\" href=\"\(path(id))#messages\">\(words)</a>"
  }

  /// How long it is until a moment, or since it: to the minute within four days, else in days.
  static func countdown(to end: Instant, from now: Instant) -> String {
    let seconds = end.seconds - now.seconds
    let minutes = abs(seconds) / 60
    let hours = minutes / 60
    let amount =
      hours >= 96
      ? "\(hours / 24) days" : hours > 0 ? "\(hours) h \(minutes % 60) min" : "\(minutes) min"
    return seconds >= 0 ? "in " + amount : amount + " ago"
  }

  /// From when: a day where its beginning counts, else the moment.
  static func start(_ at: Instant) -> HTML {
    Instant(startOf: at.day) == at ? Component.day(at.day) : Parts.moment(at)
  }

  /// Until when: the end of a day, or a moment where hours count.
  static func end(_ clock: IncidentClock) -> HTML {
    guard let due = clock.due else { return "—" }
    return clock.period?.unit == .hours ? Parts.moment(due.alarm) : Component.day(due.alarmDay)
  }

  /// Fields of an incident by what they hold.
  static func titles(_ fields: [String]) -> String {
    fields.map { RecordKind.incident.field($0)?.title ?? $0 }.joined(separator: "; ")
  }

  /// What a person considered an incident to be.
  static func considered(_ state: RecordState) -> String {
    IncidentRecord.outcome(state)?.words ?? "not yet"
  }

  /// A problem at its field.
  static func at(_ name: String, _ problem: Problem?) -> (attribute: HTML, words: HTML) {
    guard let problem, problem.places.contains(where: { $0.file == name }) else { return ("", "") }
    return (
      " aria-invalid=\"true\"", "<span class=\"wrong\">\(Typography.sentence(problem.what))</span>"
    )
  }
}

extension IncidentClock {
  /// Its track, in words.
  var trackWords: String {
    switch track {
    case .model: "model"
    case .highRiskSystem: "own high-risk system"
    case .house: "house practice"
    }
  }

  /// How it stands, in words.
  var stateWords: String {
    switch state {
    case .running: "running"
    case .possible: "possible"
    case .waiting: "waits for its start"
    case .ended: "ended"
    case .notInForce: "not in force then"
    }
  }
}
