internal import Duties
internal import Ground

/// Reads one incident as JSON, without refusing the whole for a value that is wrong.
struct IncidentReader {
  var id: JSON = .null
  var narrative = ""
  var facts = IncidentFacts()
  var times = IncidentTimes()
  var ignored: [String] = []
  /// Whether it was an incident at all.
  private(set) var isRead = true
  private(set) var problems: [Problem] = []

  /// The years that can be counted, as for other periods.
  private static let years = 1900...9000
  /// Most problems told of one incident.
  private static let mostProblems = 50
  /// Most reports of one incident.
  private static let mostReports = 1000

  /// An incident that could not be read.
  init(_ problem: Problem) {
    isRead = false
    problems = [problem]
  }

  /// An incident from its members.
  init(_ json: JSON) {
    guard case .object(let members) = json else {
      isRead = false
      problems = [
        Problem(
          "workspace.not-an-incident", what: "the line is not a JSON object",
          why: "each line holds one incident with its members",
          mend: "write {\"id\": \"1\", \"narrative\": \"…\", \"facts\": {\"death\": \"unknown\"}}")
      ]
      return
    }
    for (name, value) in members { take(IncidentFacts.plain(name), name, value) }
    takePendingReports()
    for words in facts.contradictions + times.contradictions {
      add(
        Problem(
          "workspace.incident-contradiction", what: words,
          why: "two statements about one incident cannot both be true", mend: "correct one of them")
      )
    }
    if facts[.modelInvolved] == false, times[.awareOfInvolvement] != nil {
      add(
        Problem(
          "workspace.incident-contradiction",
          what: "the model is not involved, yet there is a moment of awareness of its involvement",
          why: "the moment counts, so that no time limit is missed", mend: "correct one of them"))
    }
  }

  private mutating func take(_ name: String, _ given: String, _ value: JSON) {
    switch name {
    case "id": id = IncidentReader.scalar(value)
    case "narrative":
      if case .string(let text) = value {
        narrative = text
      } else if value != .null {
        add(IncidentReader.unreadable(name, "a text"))
      }
    case "facts": takeFacts(value)
    case "reports": takeReports(value)
    case "learned": takeLearned(value)
    default:
      guard let moment = IncidentMoment(rawValue: name) else {
        if ignored.count < IncidentReader.mostProblems { ignored.append(String(given.prefix(80))) }
        return
      }
      times[moment] = instant(name, value, isApproximate: moment == .occurred)
    }
  }

  private mutating func takeFacts(_ value: JSON) {
    guard case .object(let answers) = value else {
      if value != .null { add(IncidentReader.unreadable("facts", "an object of answers")) }
      return
    }
    for (question, answer) in answers {
      do throws(Problem) {
        try facts.take(question, answer)
      } catch {
        add(error)
      }
    }
  }

  private mutating func takeLearned(_ value: JSON) {
    guard case .object(let members) = value else {
      if value != .null { add(IncidentReader.unreadable("learned", "an object of moments")) }
      return
    }
    for (name, value) in members {
      guard let category = IncidentCategory(rawValue: IncidentFacts.plain(name)) else {
        add(IncidentReader.unreadable("learned", "moments by category"))
        continue
      }
      times.learned[category] = instant("learned/" + name, value)
    }
  }

  /// Reports in the order of the list; one that must not follow those before it is told and left out.
  private mutating func takeReports(_ value: JSON) {
    guard case .array(let items) = value, items.count <= IncidentReader.mostReports else {
      if value != .null {
        add(IncidentReader.unreadable("reports", "a list of reports with type and submitted"))
      }
      return
    }
    pending = items
  }

  /// Reports wait for the moment of resolution, wherever it stands among the members.
  private var pending: [JSON] = []

  /// Takes the reports in, once every other member was read.
  private mutating func takePendingReports() {
    for item in pending {
      guard case .string(let name)? = item["type"], let type = ReportType(rawValue: name) else {
        add(IncidentReader.unreadable("reports", "of type initial, intermediate or final"))
        continue
      }
      guard let at = instant("reports/submitted", item["submitted"] ?? .null) else {
        if item["submitted"] == nil || item["submitted"] == .null {
          add(IncidentReader.unreadable("reports", "with the moment of submission"))
        }
        continue
      }
      let report = SubmittedReport(type: type, at: at)
      do throws(Problem) {
        try ReportOrder.check(report, after: times.reports, resolved: times[.resolved])
        times.reports.append(report)
      } catch {
        add(error)
      }
    }
    pending = []
  }

  private mutating func instant(_ name: String, _ value: JSON, isApproximate: Bool = false)
    -> Instant?
  {
    guard value != .null else { return nil }
    guard case .string(let text) = value else {
      add(IncidentReader.unreadable(name, "a moment as text"))
      return nil
    }
    let trimmed = IncidentReader.plainTime(text)
    if trimmed.isEmpty || ["unknown", "n/a", "na", "?"].contains(trimmed.lowercased()) {
      return nil
    }
    let read =
      Instant(trimmed)
      ?? (isApproximate ? DayRange(iso: trimmed).map { Instant(startOf: $0.first) } : nil)
    guard let read else {
      add(
        Problem(
          "workspace.not-a-time", what: "\(name): “\(text.prefix(80))” is not a time",
          why: "a clock runs from a moment; what cannot be read counts as unknown",
          mend: "write 2026-11-20, 2026-11-20T09:30 or 2026-11-20T09:30:00+01:00",
          places: [Place(name)]))
      return nil
    }
    guard IncidentReader.years.contains(read.day.year) else {
      add(
        Problem(
          "workspace.out-of-range",
          what: "\(name): “\(text.prefix(80))” lies outside the years that can be counted",
          why: "the calendar rules cover 1900 to 9000", mend: "check the year",
          places: [Place(name)]))
      return nil
    }
    return read
  }

  private mutating func add(_ problem: Problem) {
    if problems.count < IncidentReader.mostProblems { problems.append(problem) }
  }

  private static func unreadable(_ name: String, _ wanted: String) -> Problem {
    Problem(
      "workspace.incident-member", what: "\(name) is not \(wanted)",
      why: "what cannot be read counts as unknown", mend: "write \(name) as \(wanted)",
      places: [Place(name)])
  }

  private static func scalar(_ value: JSON) -> JSON {
    switch value {
    case .array, .object: .null
    case .null, .bool, .int, .number, .string: value
    }
  }
}
