internal import Ground

extension RecordKind {
  /// Who prepares what is sent to the Commission.
  static let filers: Set<Role> = [.compliance, .counsel, .localOperator]

  /// The notification of a model under Article 52(1), from its draft to the acknowledgement.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 52(1); Guidelines C(2025) 7719, ¶ 31 (numbering inferred).
  public static let notification = RecordKind(
    "notification", "notification to the Commission",
    fields: beginning + [
      RecordField(
        "supersedes", "the notification it replaces", .record("notification"),
        asks: ["house/notification-fields"]),
      RecordField(
        "approach", "how the compute was estimated",
        example: "6 × active parameters × tokens of the training plan",
        asks: ["guidelines/31/approach", "ai-act/52/1"]),
      RecordField(
        "approximations", "the approximations made, or that none were made",
        example: "utilisation is the mean of the first two weeks", asks: ["guidelines/31/approach"]),
      RecordField(
        "evidence", "records that show it", .list, example: "evidence/k3v9qz7d2m5x",
        asks: ["ai-act/52/1", "guidelines/31"]),
      RecordField("contact", "whom the Commission may ask", asks: ["house/notification-fields"]),
      RecordField("address", "the provider's address", asks: ["house/notification-fields"]),
      RecordField(
        "model_version", "the version of the model", example: "3.0",
        asks: ["house/notification-fields"]),
      RecordField(
        "intended_purpose", "intended purpose and ways of use", asks: ["house/notification-fields"]),
      RecordField(
        "data_provenance", "where the training data comes from", asks: ["house/notification-fields"]
      ),
      RecordField(
        "documentation", "documents and model cards there are", asks: ["house/notification-fields"]),
      RecordField(
        "capabilities", "capabilities that bear on systemic risk",
        asks: ["house/notification-fields"]),
    ] + frozen,
    events: filing("notification") + [
      RecordEvent(
        "notification-superseded", "replaced by a newer notification", needsReason: true,
        status: "superseded", from: ["submitted", "acknowledged"])
    ],
    writers: filers,
    retention: [
      Retention(rule: "house/notification-retention", from: "placed-on-market"),
      Retention(rule: "cop/safety/10.1", from: "placed-on-market"),
    ], isComposed: true)

  /// Arguments that a model exceptionally presents no systemic risk; they go with the notification.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 52(2); Guidelines C(2025) 7719, ¶ 32 to 39 (numbering inferred).
  public static let rebuttal = RecordKind(
    "rebuttal", "file of arguments under Art. 52(2)",
    fields: beginning + [
      RecordField(
        "notification", "the notification it goes with", .record("notification"), required: true,
        fixed: true),
      RecordField(
        "arguments", "why its specific characteristics present no systemic risk",
        asks: ["ai-act/52/2", "guidelines/33", "guidelines/36"]),
      RecordField(
        "capabilities", "capabilities reached or expected, with benchmark results",
        asks: ["guidelines/34"]),
      RecordField(
        "distance", "how far the compute lies above the threshold, and what follows",
        asks: ["guidelines/38"]),
      RecordField(
        "further", "architecture, data, techniques, modalities, tools, context",
        asks: ["guidelines/34/further"]),
      RecordField(
        "mitigations", "mitigations, for the picture only: they are no ground",
        asks: ["guidelines/39"]),
      RecordField(
        "evidence", "records that show it", .list, example: "evidence/k3v9qz7d2m5x",
        asks: ["guidelines/33/burden"]),
    ] + frozen,
    events: filing("rebuttal") + [
      RecordEvent(
        "rebuttal-accepted", "arguments accepted by the Commission", status: "accepted",
        from: ["submitted", "acknowledged"]),
      RecordEvent(
        "rebuttal-rejected", "arguments rejected by the Commission", status: "rejected",
        from: ["submitted", "acknowledged"]),
    ],
    writers: filers,
    retention: [Retention(rule: "house/notification-retention", from: "placed-on-market")],
    isComposed: true)

  /// A request that a designation under Article 52(4) be assessed anew.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 52(5); Guidelines C(2025) 7719, ¶ 44 (numbering inferred).
  public static let reassessment = RecordKind(
    "reassessment", "request for reassessment",
    fields: beginning + [
      RecordField(
        "reasons", "the reasons, each with the day since which it is new", .tree,
        asks: ["ai-act/52/5", "guidelines/45"]),
      RecordField(
        "evidence", "records that show it", .list, example: "evidence/k3v9qz7d2m5x",
        asks: ["ai-act/52/5"]),
    ] + frozen,
    events: filing("reassessment") + [
      RecordEvent(
        "reassessment-maintained", "designation maintained by the Commission",
        status: "maintained", from: ["submitted", "acknowledged"]),
      RecordEvent(
        "reassessment-ended", "designation ended by the Commission", status: "ended",
        from: ["submitted", "acknowledged"]),
    ],
    writers: filers,
    retention: [Retention(rule: "house/notification-retention", from: "placed-on-market")],
    isComposed: true)

  /// Whether records of the kind are sent to the Commission after the approval of a second person.
  public var isFiled: Bool { event(name + "-submitted") != nil }

  /// The fields that people write; the others follow from records and steps.
  public var writtenFields: [RecordField] {
    let computed = Set(RecordKind.frozen.map(\.name) + ["supersedes"])
    return fields.filter { !$0.isFixed && !(isFiled && computed.contains($0.name)) }
  }

  /// What every filing begins with.
  static let beginning: [RecordField] = [
    RecordField("model", "its model", .record("model"), required: true, fixed: true),
    RecordField("title", "its title", required: true, fixed: true),
  ]

  /// What the program sets: the package as it was reviewed and sent.
  static let frozen: [RecordField] = [
    RecordField("written_by", "who wrote it", .list),
    RecordField("package", "the package as it was reviewed"),
    RecordField("sha256", "SHA-256 of the package"),
    RecordField("gaps", "what was still missing when it was reviewed", .list),
    RecordField("model_record", "the version of the model's record", .count),
    RecordField("ledger_version", "the version of the compute ledger", .count),
    RecordField("law", "digest of the law it was made with"),
    RecordField("approved_sha256", "SHA-256 of the package that was approved"),
    RecordField("sent_sha256", "SHA-256 of the package that was sent"),
    RecordField("file_form", "the form in which it was sent, where it was not the package itself"),
    RecordField("file_sha256", "SHA-256 of the file in that form"),
    RecordField("channel", "the channel it was sent through", example: "EU SEND"),
    RecordField("receipt", "the receipt number of the channel"),
    RecordField("reference", "the Commission's reference"),
  ]

  /// The events of a filing, from its draft to the acknowledgement; a second person approves.
  static func filing(_ name: String) -> [RecordEvent] {
    [
      RecordEvent(name + "-drafted", "drafted", begins: true, status: "draft"),
      RecordEvent(name + "-changed", "draft changed", from: ["draft"]),
      RecordEvent(
        name + "-sent-for-review", "sent for review", status: "in review", from: ["draft"]),
      RecordEvent(
        name + "-returned", "sent back", needsReason: true, status: "draft", from: ["in review"]),
      RecordEvent(
        name + "-approved", "approved by a second person", status: "approved", isApproval: true,
        isFiling: true, from: ["in review"]),
      RecordEvent(
        name + "-approval-withdrawn", "approval withdrawn, open for changes again",
        needsReason: true, status: "draft", from: ["approved"]),
      RecordEvent(
        name + "-submitted", "sent to the Commission", status: "submitted", isOnce: true,
        from: ["approved"]),
      RecordEvent(
        name + "-acknowledged", "acknowledged by the Commission", status: "acknowledged",
        from: ["submitted"]),
      RecordEvent(
        name + "-given-up", "given up", needsReason: true, status: "given up",
        from: ["draft", "in review", "approved"]),
    ]
  }
}
