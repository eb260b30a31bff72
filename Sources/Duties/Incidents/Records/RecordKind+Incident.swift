internal import Ground

extension RecordKind {
  /// An incident, a near miss or a hazard, from the first report to its closing.
  ///
  /// Each of its dates is an event of its own, with who wrote it and what shows it; answers to the decision table are
  /// fields, so that it is visible since when each holds.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 55(1)(c); Code of Practice, Safety and Security, Commitment 9.
  public static let incident = RecordKind(
    "incident", "incident",
    fields: incidentReception + incidentContent + incidentTriage
      + IncidentQuestion.allCases.map(\.field) + IncidentCategory.inAnswer.map(\.field),
    events: incidentReceived + incidentDates + incidentOutcome + incidentReports + incidentEnd,
    writers: everybodyWhoWrites.union([.system]),
    retention: [Retention(rule: "cop/safety/9.4", from: "incident-received")])

  /// How a report of an incident can reach the provider.
  public static let incidentChannels = [
    "desk", "public", "program", "deployer", "whistleblower", "mail", "tickets", "import",
  ]

  private static let incidentReception: [RecordField] = [
    RecordField(
      "title", "what happened, in a line", required: true,
      example: "Outage of a hospital's planning after an update", asks: ["ai-act/55/1/c"]),
    RecordField(
      "narrative", "the report in the words of whoever made it", asks: ["cop/safety/9.2/3"]),
    RecordField("model", "the model involved", .record("model"), asks: ["cop/safety/9.2/4"]),
    RecordField(
      "channel", "how it came in", .choice(incidentChannels), asks: ["cop/safety/9.1"]),
    RecordField("reporter", "who reported it, as far as they say", asks: ["cop/safety/9.1/2"]),
    RecordField("contact", "how they can be reached", asks: ["cop/safety/9.1/2"]),
    RecordField("source", "where it was found: an address, a database and its number"),
    RecordField("reference", "its number in the source", example: "AIID 1234"),
    RecordField("tracking", "digest of the code by which whoever reported it asks about it"),
    RecordField("told_when", "when it happened, in the words of whoever reported it"),
    RecordField("told_model", "the model, as whoever reported it names it"),
    RecordField(
      "reported_with", "the token with which a deployer reported it", .record("token")),
    RecordField("owner", "who looks after it", .record("person"), asks: ["house/ownership"]),
    RecordField("shown_by", "what shows this", .list, example: "evidence/k3v9qz7d2m5x"),
    RecordField(
      "as_written", "the date as its source has it, with its time zone",
      example: "2026-11-21T02:00+09:00"),
  ]

  private static let incidentContent: [RecordField] = [
    RecordField(
      "began", "when it began", .day(loose: true), example: "2026-11-20",
      asks: ["template/serious-incident/1", "cop/safety/9.2/1"]),
    RecordField(
      "ended", "when it ended", .day(loose: true),
      asks: ["template/serious-incident/1", "cop/safety/9.2/1"]),
    told("harm", "the harm, and who was affected", 2),
    told("chain", "the chain of events", 3),
    told("involvement", "what shows the involvement of the model", 5),
    told("response", "what was done or is intended", 6),
    told("recommendation", "what the AI Office or other authorities should do", 7),
    told("root_cause", "the root cause", 8),
    told("factors", "inputs and factors that contributed", 8),
    told("failed_mitigations", "mitigations that failed or were circumvented", 8),
    told("patterns", "patterns in monitoring, near misses among them", 9),
    RecordField(
      "unknown", "what is not known yet", .list, asks: ["cop/safety/9.2/investigation"]),
  ]

  private static func told(_ name: String, _ title: String, _ item: Int) -> RecordField {
    RecordField(
      name, title, asks: ["template/serious-incident/\(item)", "cop/safety/9.2/\(item)"])
  }

  private static let incidentTriage: [RecordField] = [
    RecordField(
      "outcome", "what it is considered to be", .choice(IncidentOutcome.allCases.map(\.rawValue)),
      asks: ["guidelines/100/serious-incident", "cop/safety/9.3"],
      setBy: ["incident-considered"]),
    RecordField(
      "merged_into", "the incident it was merged into", .record("incident"),
      setBy: ["incident-merged"]),
    RecordField(
      "bundled_with", "the earlier incident it is reported with", .record("incident"),
      asks: ["cop/safety/9.3/bundling"], setBy: ["incident-bundled"]),
    RecordField(
      "told", "when a report first told of each category", .tree, setBy: ReportType.events),
  ]

  private static let incidentReceived: [RecordEvent] = [
    RecordEvent(
      "incident-received", "first report received", begins: true, status: "received"),
    RecordEvent("incident-described", "description changed"),
    RecordEvent(
      "triage-begun", "triage begun", status: "in triage", from: ["received"]),
    RecordEvent("triage-answered", "questions of the legal test answered"),
  ]

  /// The dates of an incident, each an event of its own.
  private static let incidentDates: [RecordEvent] = [
    RecordEvent("incident-occurred", "incident occurred", isOnce: true),
    RecordEvent("incident-detected", "incident detected", isOnce: true),
    RecordEvent("deployer-aware", "deployer became aware", isOnce: true),
    RecordEvent("incident-known", "provider became aware of the incident", isOnce: true),
    RecordEvent("view-formed", "first view formed", isOnce: true),
    RecordEvent(
      "involvement-known", "involvement of the model became known", isOnce: true),
    RecordEvent("link-assessed", "causal link established or suspected"),
  ]

  private static let incidentOutcome: [RecordEvent] = [
    RecordEvent(
      "incident-considered", "considered, with an outcome", needsReason: true,
      status: "considered", from: ["received", "in triage", "considered", "closed"],
      isComposed: true),
    RecordEvent(
      "incident-merged", "merged into another incident", needsReason: true, status: "merged",
      from: ["received", "in triage", "considered"], isComposed: true),
    RecordEvent(
      "incident-bundled", "reported with an earlier incident", needsReason: true,
      notAfter: ["initial-report-sent"], isComposed: true),
    RecordEvent(
      "incident-unbundled", "reported by itself again", needsReason: true,
      after: ["incident-bundled"], renews: ["bundled_with"]),
  ]

  /// The reports as they were sent; each is a record of its own.
  private static let incidentReports: [RecordEvent] = [
    RecordEvent(
      "initial-report-sent", "initial report sent", status: "reported", isOnce: true,
      isComposed: true),
    RecordEvent(
      "intermediate-report-sent", "intermediate report sent", after: ["initial-report-sent"],
      isComposed: true),
    RecordEvent(
      "final-report-sent", "final report sent",
      after: ["initial-report-sent", "incident-resolved"], isComposed: true),
    RecordEvent("system-report-sent", "report on the own high-risk system sent", isOnce: true),
  ]

  private static let incidentEnd: [RecordEvent] = [
    RecordEvent("incident-resolved", "resolved: corrective measures adopted", isOnce: true),
    RecordEvent(
      "incident-closed", "closed", needsReason: true, status: "closed",
      from: ["considered", "reported"], isComposed: true),
    RecordEvent(
      "incident-reopened", "opened again", needsReason: true, status: "in triage",
      renews: ["merged_into"], from: ["closed", "merged"]),
  ]
}

/// What an incident is considered to be, by a person who gives the reason.
public enum IncidentOutcome: String, Sendable, CaseIterable {
  case serious = "serious_incident"
  case incident
  case nearMiss = "near_miss"
  case hazard
  case notAnIncident = "not_an_incident"

  /// In words.
  public var words: String { rawValue.split(separator: "_").joined(separator: " ") }
}

extension IncidentQuestion {
  /// The field of an incident that holds the answer.
  var field: RecordField {
    RecordField(
      rawValue, words, .choice(IncidentFacts.answers(self)), asks: rules,
      setBy: ["triage-answered"], isWeighed: true)
  }
}

extension IncidentCategory {
  /// Categories of several questions, which may be answered as a whole.
  public static let inAnswer = allCases.filter { IncidentQuestion(rawValue: $0.rawValue) == nil }

  /// The field of an incident that holds the answer to the category as a whole.
  var field: RecordField {
    RecordField(
      rawValue, "as a whole: " + title, .choice(["yes", "no", "unknown"]), asks: [rule],
      setBy: ["triage-answered"], isWeighed: true)
  }
}
