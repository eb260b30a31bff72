internal import Ground

extension RecordKind {
  static let everybodyWhoWrites: Set<Role> = [
    .compliance, .counsel, .safety, .security, .incidentLead, .localOperator,
  ]

  /// The provider whose records these are; a workspace has one.
  public static let provider = RecordKind(
    "provider", "provider",
    fields: [
      RecordField(
        "name", "the provider's name", required: true, example: "Fictional Labs SA",
        asks: ["ai-act/3/3", "template/model-documentation/1"]),
      RecordField(
        "established_in_union", "whether it is established in the Union", .yesNo,
        asks: ["ai-act/54/1", "ai-act/2/1/a"]),
      RecordField("contact", "the single point of contact", asks: ["cop/transparency/1.2/contact"]),
      RecordField(
        "authorised_representative", "the authorised representative in the Union",
        asks: ["ai-act/54/1", "ai-act/3/5"]),
      RecordField(
        "signatory", "whether it signed the Code of Practice", .yesNo,
        asks: ["ai-act/53/4", "guidelines/91"]),
    ],
    events: [
      RecordEvent("provider-registered", "provider registered", begins: true, status: "active"),
      RecordEvent("provider-changed", "provider changed", needsReason: true),
      RecordEvent(
        "representative-appointed", "authorised representative appointed", needsReason: false),
      RecordEvent("framework-confirmed", "Safety and Security Framework or its update confirmed"),
      RecordEvent(
        "framework-provided", "Framework given to the AI Office", after: ["framework-confirmed"]),
      RecordEvent("framework-assessed", "Framework assessed", after: ["framework-confirmed"]),
      RecordEvent(
        "copyright-policy-adopted", "copyright policy put in place or brought up to date"),
      RecordEvent("authorisations-checked", "authorisations for parameters checked"),
      RecordEvent("testing-completed", "round of testing completed"),
      RecordEvent("board-informed", "report given to the board"),
      RecordEvent("records-reviewed", "yearly review recorded"),
    ],
    writers: [.compliance, .counsel, .security, .safety, .localOperator], confidentiality: .internal
  )

  /// A general-purpose AI model; the fields are those of a model file.
  public static let model = RecordKind(
    "model", "model", fields: modelFields,
    events: [
      RecordEvent("model-registered", "model registered", begins: true, status: "registered"),
      RecordEvent("model-changed", "facts of the model changed", needsReason: true),
      RecordEvent("training-planned", "training planned", mayBePlanned: true, status: "planned"),
      RecordEvent("training-started", "training started", status: "in training"),
      RecordEvent(
        "training-finished", "training finished", after: ["training-started"], status: "trained"),
      RecordEvent("threshold-known", "known that the threshold is or will be met"),
      RecordEvent("threshold-met", "threshold met"),
      RecordEvent(
        "capabilities-expected", "known that it will have high-impact capabilities"),
      RecordEvent(
        "capabilities-found", "high-impact capabilities found by an assessment"),
      RecordEvent("commission-notified", "Commission notified under Art. 52(1)"),
      RecordEvent(
        "arguments-accepted", "Commission accepted arguments under Art. 52(2)",
        after: ["commission-notified"]),
      RecordEvent("designated", "designated by the Commission"),
      RecordEvent(
        "designation-maintained", "designation maintained after a reassessment",
        after: ["designated"]
      ),
      RecordEvent(
        "designation-ended", "designation ended by the Commission", after: ["designated"]),
      RecordEvent("placement-planned", "placing on the market planned", mayBePlanned: true),
      RecordEvent(
        "placed-on-market", "placed on the market", status: "on the market", isOnce: true),
      RecordEvent("model-updated", "model updated", after: ["placed-on-market"]),
      RecordEvent("model-report-confirmed", "Model Report or its update confirmed"),
      RecordEvent(
        "model-report-provided", "Model Report or its update given to the AI Office"),
      RecordEvent(
        "documentation-drawn-up", "technical documentation drawn up or brought up to date"),
      RecordEvent(
        "model-report-update-excepted", "six-month update of the Model Report found not needed",
        needsReason: true, after: ["model-report-provided"]),
      RecordEvent(
        "downstream-information-provided",
        "information for downstream providers made available or brought up to date"),
      RecordEvent(
        "transition-completed", "steps to comply by the end of the transition completed"),
      RecordEvent("summary-published", "summary of training content published"),
      RecordEvent(
        "withdrawn", "withdrawn from the market", needsReason: true, after: ["placed-on-market"],
        status: "withdrawn"),
      RecordEvent("model-abandoned", "model given up", needsReason: true, status: "given up"),
    ],
    writers: everybodyWhoWrites, confidentiality: .confidential,
    retention: [
      Retention(rule: "cop/transparency/1.1", from: "placed-on-market"),
      Retention(rule: "cop/safety/10.1", from: "placed-on-market"),
      Retention(rule: "ai-act/54/3/b", from: "placed-on-market"),
    ])

  /// A version of a model as it was released.
  public static let modelVersion = RecordKind(
    "model-version", "model version",
    fields: [
      RecordField(
        "model", "its model", .record("model"), required: true, fixed: true,
        asks: ["cop/safety/7.1/3"]),
      RecordField(
        "name", "the version's name", required: true, example: "3.1",
        asks: ["cop/safety/7.1/3", "template/model-documentation/2"]),
      RecordField(
        "changes", "what changed", asks: ["cop/safety/7.1/3", "cop/transparency/1.1/update"]),
      RecordField(
        "weights_digest", "SHA-256 of its signed weights", asks: ["template/model-documentation/3"]),
      RecordField(
        "from", "the version it comes from", .record("model-version"),
        asks: ["template/model-documentation/6"]),
    ],
    events: [
      RecordEvent("version-registered", "version registered", begins: true, status: "registered"),
      RecordEvent("version-changed", "version changed", needsReason: true),
      RecordEvent("version-released", "version released", status: "released"),
      RecordEvent("version-withdrawn", "version withdrawn", needsReason: true, status: "withdrawn"),
    ],
    writers: everybodyWhoWrites,
    retention: [
      Retention(rule: "cop/transparency/1.1", from: "placed-on-market"),
      Retention(rule: "cop/safety/10.1", from: "placed-on-market"),
    ])
}
