internal import Ground

extension RecordKind {
  /// A line of the compute ledger.
  public static let trainingRun = RecordKind(
    "training-run", "training run",
    fields: [
      RecordField("model", "its model", .record("model"), required: true, fixed: true),
      RecordField(
        "name", "the run's name within the model", required: true, example: "pretraining",
        asks: ["guidelines/22", "guidelines/120/documentation"]),
      RecordField(
        "activity", "what was done", example: "pre-training",
        asks: ["guidelines/115", "guidelines/116"]),
      RecordField(
        "status", "planned, running or finished", .choice(["planned", "running", "finished"]),
        asks: ["guidelines/30", "ai-act/52/1"]),
      RecordField(
        "start", "first day", .day(loose: false),
        asks: ["guidelines/22/large-pre-training-run", "template/model-documentation/35"]),
      RecordField(
        "end", "last day", .day(loose: false),
        asks: ["ai-act/52/1", "template/model-documentation/35"]),
      RecordField(
        "known_since", "the day on which the run was decided", .day(loose: false),
        asks: ["ai-act/52/1", "guidelines/29"]),
      RecordField(
        "flop", "compute", .amount, example: "1.1e25",
        asks: ["ai-act/51/2", "ai-act/annex-xi/1/2/d", "guidelines/31/compute"]),
      RecordField(
        "params_total", "total parameters", .amount,
        asks: ["guidelines/129", "template/model-documentation/11"]),
      RecordField(
        "params_active", "parameters active for a token", .amount,
        asks: ["guidelines/128", "guidelines/129"]),
      RecordField(
        "tokens", "tokens", .amount, asks: ["guidelines/129", "template/model-documentation/29"]),
      RecordField("hardware", "chips", asks: ["guidelines/123"]),
      RecordField("chips", "number of chips", .amount, asks: ["guidelines/124", "guidelines/125"]),
      RecordField(
        "hours", "hours", .amount, asks: ["guidelines/124", "template/model-documentation/35"]),
      RecordField("chip_hours", "chip-hours", .amount, asks: ["guidelines/124"]),
      RecordField(
        "peak_flop_per_s", "peak FLOP per second of a chip", .amount,
        asks: ["guidelines/123", "guidelines/122"]),
      RecordField("utilisation", "model FLOP utilisation", .amount, asks: ["guidelines/123"]),
      RecordField(
        "from", "runs and models it comes from", .tree, asks: ["guidelines/118", "guidelines/119"],
        parts: TreeParts.ancestors, isList: true),
      RecordField("log_kind", "the form of its log", asks: ["guidelines/120/documentation"]),
      RecordField("log_digest", "SHA-256 of its log", asks: ["guidelines/120/documentation"]),
      RecordField(
        "evidence", "the log itself", .record("evidence"),
        asks: ["guidelines/120/documentation", "cop/safety/10.1"]),
      RecordField("measured", "what its log told, beside the compute", .tree),
      RecordField(
        "sample", "whether it is a sample, made up to try the program", .yesNo, fixed: true),
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
      RecordField(
        "model", "its model", .record("model"), required: true, fixed: true, asks: ["ai-act/51/1"]),
      RecordField("title", "its title", required: true, fixed: true),
      RecordField(
        "as_of", "the day of the law and of the facts", .day(loose: false), required: true,
        fixed: true, asks: ["ai-act/52/1"]),
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
        "opinion-filed", "opinion approved and filed", after: ["opinion-drafted"],
        notAfter: ["opinion-rejected"], status: "filed", isApproval: true, isOnce: true,
        isFiling: true),
      RecordEvent(
        "opinion-rejected", "opinion sent back", needsReason: true, notAfter: ["opinion-filed"],
        status: "sent back"),
      RecordEvent(
        "opinion-superseded", "opinion replaced by a newer one", needsReason: true,
        after: ["opinion-filed"], status: "superseded"),
    ],
    writers: [.compliance, .counsel, .approver, .localOperator],
    retention: [
      Retention(rule: "cop/safety/10.1", from: "placed-on-market"),
      Retention(rule: "cop/transparency/1.1", from: "placed-on-market"),
      Retention(rule: "house/notification-retention", from: "placed-on-market"),
    ])
}
