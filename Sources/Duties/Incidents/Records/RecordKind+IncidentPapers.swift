internal import Ground

extension RecordKind {
  /// Who looks after incidents.
  static let incidentWriters: Set<Role> = everybodyWhoWrites

  /// A report on an incident to the AI Office, from its draft to the acknowledgement.
  ///
  /// What it says is the incident's record at the moment of review; only what concerns the sending is its own.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 55(1)(c); Code of Practice, Safety and Security, Measures 9.2 and 9.3;
  /// the Commission's template of 4 November 2025.
  public static let incidentReport = RecordKind(
    "incident-report", "report on an incident",
    fields: beginning + [
      RecordField(
        "incident", "the incident", .record("incident"), required: true, fixed: true,
        asks: ["ai-act/55/1/c"]),
      RecordField(
        "type", "which report", .choice(ReportType.allCases.map(\.rawValue)), required: true,
        fixed: true, asks: ["template/serious-incident/x-report-type", "cop/safety/9.3"]),
      RecordField(
        "authorities", "national authorities that receive it too", .list,
        asks: ["ai-act/55/1/c"]),
      RecordField(
        "national_part", "what concerns those authorities only", asks: ["ai-act/55/1/c"]),
      RecordField(
        "redactions", "what is left out because other Union law asks for it", .tree,
        asks: ["cop/safety/9.2"], parts: redactionParts, isList: true),
      RecordField(
        "capacity", "in what capacity it is submitted",
        .choice(["provider", "authorised representative", "other"]),
        asks: ["template/serious-incident/10"]),
      submitter("organisation", "organisation"), submitter("first_name", "first name"),
      submitter("last_name", "last name"), submitter("email", "address for mail"),
      submitter("phone", "telephone"),
      RecordField("remarks", "remarks to the reader"),
    ] + frozen,
    events: filing("incident-report") + [.reclassing("incident-report", "incident")],
    writers: incidentWriters,
    retention: [Retention(rule: "cop/safety/9.4", from: "incident-report-drafted")],
    isComposed: true)

  private static let redactionParts: [RecordField] = [
    RecordField(
      "field", "what is left out", .choice(IncidentPackage.redactable), required: true),
    RecordField(
      "basis", "the Union law that asks for it", required: true,
      example: "Regulation (EU) 2016/679, Art. 5(1)(c)"),
  ]

  private static func submitter(_ name: String, _ title: String) -> RecordField {
    RecordField(name, title + " of the submitter", asks: ["template/serious-incident/10"])
  }

  /// Why an incident was not reported: a decision of its own, confirmed by a second person.
  public static let nonReport = RecordKind(
    "non-report", "decision not to report",
    fields: [
      incidentOf,
      RecordField("title", "the decision in a line", required: true),
      RecordField(
        "reasons", "why no report is owed", required: true,
        asks: ["ai-act/55/1/c", "guidelines/100/serious-incident"]),
      RecordField("evidence", "records that show it", .list, example: "evidence/k3v9qz7d2m5x"),
    ],
    events: [
      RecordEvent("non-report-decided", "decided not to report", begins: true, status: "decided"),
      RecordEvent(
        "non-report-confirmed", "confirmed by a second person", status: "confirmed",
        isApproval: true, from: ["decided"]),
      RecordEvent(
        "non-report-revoked", "revoked", needsReason: true, status: "revoked",
        from: ["decided", "confirmed"]),
      .reclassing("non-report", "incident"),
    ],
    writers: incidentWriters,
    retention: [Retention(rule: "cop/safety/9.4", from: "non-report-decided")])

  /// Something that is done because of an incident: a corrective measure, or what else follows from it.
  public static let measure = RecordKind(
    "corrective-measure", "corrective measure",
    fields: [
      incidentOf,
      RecordField(
        "title", "what is done", required: true, example: "Block the tool in the next release",
        asks: ["ai-act/55/1/c", "cop/safety/9.2/6"]),
      RecordField(
        "consequence", "what it follows from", .choice(consequences),
        asks: ["cop/safety/1.3", "cop/safety/7.6"]),
      RecordField("owner", "who does it", .record("person"), asks: ["house/ownership"]),
      RecordField("due", "until when", .day(loose: false), example: "2026-12-01"),
      RecordField("verification", "how its effect is checked"),
      RecordField("evidence", "records that show it", .list, example: "evidence/k3v9qz7d2m5x"),
    ],
    events: [
      RecordEvent("measure-planned", "planned", begins: true, status: "planned"),
      RecordEvent("measure-changed", "changed", from: ["planned", "done"]),
      RecordEvent("measure-done", "done", status: "done", from: ["planned"]),
      RecordEvent(
        "measure-verified", "verified by a second person", status: "verified", isApproval: true,
        from: ["done"]),
      RecordEvent(
        "measure-failed", "not effective, to be done again", needsReason: true, status: "planned",
        from: ["done", "verified"]),
      RecordEvent(
        "measure-dropped", "dropped", needsReason: true, status: "dropped",
        from: ["planned", "done"]),
      .reclassing("measure", "incident"),
    ],
    writers: incidentWriters,
    retention: [Retention(rule: "cop/safety/9.4", from: "measure-planned")])

  /// What follows from an incident beside correcting it.
  public static let consequences = [
    "correction", "framework assessment", "Model Report update", "evaluation", "downstream notice",
  ]

  /// A report of the same event under other law, with a clock that the provider sets.
  public static let otherReport = RecordKind(
    "other-report", "report under other law",
    fields: [
      incidentOf,
      RecordField(
        "title", "the report in a line", required: true, example: "Notice to the CSIRT",
        asks: ["template/serious-incident/x-cross-regime"]),
      RecordField(
        "regime", "the law that asks for it", required: true, example: "Directive (EU) 2022/2555",
        asks: ["template/serious-incident/x-cross-regime"]),
      RecordField("authority", "who receives it"),
      RecordField(
        "due", "until when, as the provider reads that law", .day(loose: false),
        example: "2026-11-24"),
      RecordField("reference", "the reference of the receiver"),
      RecordField("owner", "who sends it", .record("person"), asks: ["house/ownership"]),
    ],
    events: [
      RecordEvent("other-report-noted", "noted", begins: true, status: "open"),
      RecordEvent("other-report-changed", "changed", from: ["open"]),
      RecordEvent("other-report-sent", "sent", status: "sent", from: ["open"]),
      RecordEvent(
        "other-report-not-owed", "not owed", needsReason: true, status: "not owed", from: ["open"]),
      .reclassing("other-report", "incident"),
    ],
    writers: incidentWriters,
    retention: [Retention(rule: "cop/safety/9.4", from: "other-report-noted")])

  private static let incidentOf = RecordField(
    "incident", "the incident", .record("incident"), required: true, fixed: true)
}
