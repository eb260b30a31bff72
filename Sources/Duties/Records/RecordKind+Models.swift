internal import Ground

extension RecordKind {
  static let everybodyWhoWrites: Set<Role> = [
    .compliance, .counsel, .safety, .security, .incidentLead, .localOperator,
  ]

  /// The provider whose records these are; a workspace has one.
  public static let provider = RecordKind(
    "provider", "provider",
    fields: [
      RecordField("name", "the provider's name", required: true, example: "Fictional Labs SA"),
      RecordField("established_in_union", "whether it is established in the Union", .yesNo),
      RecordField("contact", "the single point of contact"),
      RecordField("authorised_representative", "the authorised representative in the Union"),
      RecordField("signatory", "whether it signed the Code of Practice", .yesNo),
    ],
    events: [
      RecordEvent("provider-registered", "provider registered", begins: true, status: "active"),
      RecordEvent("provider-changed", "provider changed", needsReason: true),
      RecordEvent(
        "representative-appointed", "authorised representative appointed", needsReason: false),
      RecordEvent("framework-confirmed", "Safety and Security Framework or its update confirmed"),
      RecordEvent(
        "framework-provided", "Framework given to the AI Office", after: "framework-confirmed"),
      RecordEvent("framework-assessed", "Framework assessed", after: "framework-confirmed"),
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
        "training-finished", "training finished", after: "training-started", status: "trained"),
      RecordEvent("threshold-known", "known that the threshold is or will be met"),
      RecordEvent("threshold-met", "threshold met"),
      RecordEvent("commission-notified", "Commission notified under Art. 52(1)"),
      RecordEvent(
        "arguments-accepted", "Commission accepted arguments under Art. 52(2)",
        after: "commission-notified"),
      RecordEvent("designated", "designated by the Commission"),
      RecordEvent(
        "designation-maintained", "designation maintained after a reassessment", after: "designated"
      ),
      RecordEvent("placement-planned", "placing on the market planned", mayBePlanned: true),
      RecordEvent(
        "placed-on-market", "placed on the market", status: "on the market", isOnce: true),
      RecordEvent("model-updated", "model updated", after: "placed-on-market"),
      RecordEvent("model-report-confirmed", "Model Report or its update confirmed"),
      RecordEvent(
        "model-report-provided", "Model Report or its update given to the AI Office"),
      RecordEvent(
        "documentation-drawn-up", "technical documentation drawn up or brought up to date"),
      RecordEvent(
        "model-report-update-excepted", "six-month update of the Model Report found not needed",
        needsReason: true, after: "model-report-provided"),
      RecordEvent(
        "downstream-information-provided",
        "information for downstream providers made available or brought up to date"),
      RecordEvent(
        "transition-completed", "steps to comply by the end of the transition completed"),
      RecordEvent("summary-published", "summary of training content published"),
      RecordEvent(
        "withdrawn", "withdrawn from the market", needsReason: true, after: "placed-on-market",
        status: "withdrawn"),
      RecordEvent("model-abandoned", "model given up", needsReason: true, status: "given up"),
    ],
    writers: everybodyWhoWrites, confidentiality: .confidential,
    retention: [
      Retention(rule: "cop/transparency/1.1", from: "placed-on-market"),
      Retention(rule: "cop/safety/10.1", from: "placed-on-market"),
      Retention(rule: "ai-act/54/3/b", from: "placed-on-market"),
    ])

  /// The fields of a model file, without its runs.
  private static let modelFields: [RecordField] = [
    RecordField("name", "the model's name", required: true, example: "Aurora 3"),
    RecordField("modality", "what it generates", .list, example: "text; code"),
    RecordField("released", "when it was or will be placed on the market", .day(loose: true)),
    RecordField("open_weights", "whether its weights are public", .yesNo),
    RecordField("established_in_union", "whether the provider is established in the Union", .yesNo),
    RecordField("published_flop", "stated training compute", .amount, example: "3.8e25"),
    RecordField("params_total", "total parameters", .amount, example: "480B"),
    RecordField("params_active", "parameters active for a token", .amount),
    RecordField("tokens", "training tokens, epochs counted", .amount, example: "15T"),
    RecordField("hardware", "chips", example: "H100 SXM"),
    RecordField("chips", "number of chips", .amount),
    RecordField("hours", "training hours", .amount),
    RecordField("chip_hours", "chip-hours", .amount),
    RecordField("peak_flop_per_s", "peak FLOP per second of a chip", .amount),
    RecordField("utilisation", "model FLOP utilisation", .amount, example: "0.41"),
    RecordField("energy_mwh", "energy for training in MWh", .amount),
    RecordField("pue", "power usage effectiveness", .amount),
    RecordField("base_model", "the model it starts from"),
    RecordField("base_flop", "training compute of that model", .amount),
    RecordField("base_same_provider", "whether that model is the provider's own", .yesNo),
    RecordField("placed_on_market", "whether it is or will be placed on the market", .yesNo),
    RecordField("research_only", "whether it serves research only", .yesNo),
    RecordField("internal_use_only", "whether it is used internally only", .yesNo),
    RecordField("internal_use_essential", "whether that use is essential for others", .yesNo),
    RecordField("affects_rights", "whether that use affects rights in the Union", .yesNo),
    RecordField(
      "generality", "a reasoned departure from the indication", .choice(["narrow", "general"])),
    RecordField("generality_reason", "its reason"),
    RecordField("designated", "whether the Commission designated it", .yesNo),
    RecordField("designated_on", "the day of that decision", .day(loose: false)),
    RecordField("designated_under", "its basis", .choice(["52(4)", "52(1)"])),
    RecordField("business_users", "registered business users in the Union", .amount),
    RecordField("annex_xiii", "what is known of the criteria of Annex XIII", .tree),
    RecordField("licence", "its licence"),
    RecordField("open_source", "the open-source tests", .tree),
    RecordField("attention", "layers, width and context", .tree),
    RecordField("signatory", "whether the provider signed the Code of Practice", .yesNo),
    RecordField(
      "most_capable", "whether it is among the provider's most capable models on the market", .yesNo
    ),
    RecordField("met_on", "the day on which the threshold was passed", .day(loose: false)),
    RecordField("known_since", "the day since which it is known", .day(loose: false)),
    RecordField(
      "notification_sent", "the day on which the Commission was notified", .day(loose: false)),
    RecordField("margin", "the provider's error margin", .amount),
    RecordField("base_models", "models of others that it comes from", .tree),
    RecordField("sources", "where each fact comes from", .tree),
    RecordField("owner", "who looks after it", .record("person")),
  ]

  /// A version of a model as it was released.
  public static let modelVersion = RecordKind(
    "model-version", "model version",
    fields: [
      RecordField("model", "its model", .record("model"), required: true, fixed: true),
      RecordField("name", "the version's name", required: true, example: "3.1"),
      RecordField("changes", "what changed"),
      RecordField("weights_digest", "SHA-256 of its signed weights"),
      RecordField("from", "the version it comes from", .record("model-version")),
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

  /// A line of the compute ledger.
  public static let trainingRun = RecordKind(
    "training-run", "training run",
    fields: [
      RecordField("model", "its model", .record("model"), required: true, fixed: true),
      RecordField(
        "name", "the run's name within the model", required: true, example: "pretraining"),
      RecordField("activity", "what was done", example: "pre-training"),
      RecordField(
        "status", "planned, running or finished", .choice(["planned", "running", "finished"])),
      RecordField("start", "first day", .day(loose: false)),
      RecordField("end", "last day", .day(loose: false)),
      RecordField("known_since", "the day on which the run was decided", .day(loose: false)),
      RecordField("flop", "compute", .amount, example: "1.1e25"),
      RecordField("params_total", "total parameters", .amount),
      RecordField("params_active", "parameters active for a token", .amount),
      RecordField("tokens", "tokens", .amount),
      RecordField("hardware", "chips"),
      RecordField("chips", "number of chips", .amount),
      RecordField("hours", "hours", .amount),
      RecordField("chip_hours", "chip-hours", .amount),
      RecordField("peak_flop_per_s", "peak FLOP per second of a chip", .amount),
      RecordField("utilisation", "model FLOP utilisation", .amount),
      RecordField("from", "runs and models it comes from", .tree),
      RecordField("log_kind", "the form of its log"),
      RecordField("log_digest", "SHA-256 of its log"),
      RecordField("evidence", "the log itself", .record("evidence")),
      RecordField("measured", "what its log told, beside the compute", .tree),
      RecordField("position", "its place among the runs of its model file", .count),
    ],
    events: [
      RecordEvent(
        "run-recorded", "run recorded", begins: true, status: "recorded"),
      RecordEvent(
        "run-revised", "run revised", needsReason: true, notAfter: ["run-struck"],
        refusesEarlier: true),
      RecordEvent("run-struck", "run struck out", needsReason: true, status: "struck out"),
    ],
    writers: everybodyWhoWrites,
    retention: [
      Retention(rule: "cop/transparency/1.1", from: "placed-on-market"),
      Retention(rule: "cop/safety/10.1", from: "placed-on-market"),
    ])

  /// A classification opinion, kept as it was filed.
  public static let opinion = RecordKind(
    "opinion", "classification opinion",
    fields: [
      RecordField("model", "its model", .record("model"), required: true, fixed: true),
      RecordField("title", "its title", required: true, fixed: true),
      RecordField(
        "as_of", "the day of the law and of the facts", .day(loose: false), required: true,
        fixed: true),
      RecordField("ledger_version", "the version of the compute ledger", .count, fixed: true),
      RecordField("facts", "the model file it was made from", required: true, fixed: true),
      RecordField("overlay", "the house rules it was made with", fixed: true),
      RecordField("opinion", "the opinion as JSON", required: true, fixed: true),
      RecordField("markdown", "the opinion as it reads", required: true, fixed: true),
      RecordField("law", "digest of the law it was made with", required: true, fixed: true),
    ],
    events: [
      RecordEvent("opinion-drafted", "opinion drafted", begins: true, status: "draft"),
      RecordEvent(
        "opinion-filed", "opinion approved and filed", after: "opinion-drafted",
        notAfter: ["opinion-rejected"], status: "filed", isApproval: true, isOnce: true,
        isFiling: true),
      RecordEvent(
        "opinion-rejected", "opinion sent back", needsReason: true, notAfter: ["opinion-filed"],
        status: "sent back"),
      RecordEvent(
        "opinion-superseded", "opinion replaced by a newer one", needsReason: true,
        after: "opinion-filed", status: "superseded"),
    ],
    writers: [.compliance, .counsel, .approver, .localOperator],
    retention: [
      Retention(rule: "cop/safety/10.1", from: "placed-on-market"),
      Retention(rule: "cop/transparency/1.1", from: "placed-on-market"),
      Retention(rule: "house/notification-retention", from: "placed-on-market"),
    ])
}
