internal import Ground

extension RecordKind {
  /// A file that shows that something was done, kept encrypted under its digest.
  public static let evidence = RecordKind(
    "evidence", "evidence",
    fields: [
      RecordField(
        "title", "what it shows", required: true, example: "Evaluation report, June 2026",
        asks: ["cop/safety/10.1"]),
      RecordField("file", "the file's name", required: true, asks: ["cop/safety/10.1"]),
      RecordField(
        "sha256", "SHA-256 of the file", required: true, fixed: true, asks: ["cop/transparency/1.3"]
      ),
      RecordField(
        "bytes", "its size in bytes", .count, required: true, fixed: true,
        asks: ["cop/transparency/1.3"]),
      RecordField("media_type", "its media type"),
      RecordField("stored", "the name of the sealed file", required: true, fixed: true),
      RecordField(
        "expires", "the day after which it no longer shows it", .day(loose: false),
        asks: ["cop/transparency/1.3"]),
      RecordField("edition", "its edition", example: "2", asks: ["cop/transparency/1.1/update"]),
      RecordField(
        "replaces", "the evidence it replaces", .record("evidence"),
        asks: ["cop/transparency/1.1/update"]),
      RecordField("reviewer", "who reviews it", .record("person"), asks: ["house/ownership"]),
      RecordField(
        "review_by", "the day of its next review", .day(loose: false),
        asks: ["cop/transparency/1.3"]),
      RecordField(
        "duties", "rules that it answers", .list, example: "ai-act/53/1/a; cop/safety/10.1",
        asks: ["cop/safety/10.1", "cop/transparency/1"]),
      RecordField("model", "the model it belongs to", .record("model"), asks: ["ai-act/53/1/a"]),
      RecordField("incident", "the incident it belongs to", .record("incident")),
    ],
    events: [
      RecordEvent("evidence-added", "evidence added", begins: true, status: "current"),
      RecordEvent("evidence-changed", "description of the evidence changed", needsReason: true),
      RecordEvent("evidence-reviewed", "evidence reviewed", renews: ["review_by"]),
      RecordEvent("evidence-replaced", "evidence replaced", needsReason: true, status: "replaced"),
      RecordEvent(
        "evidence-withdrawn", "evidence withdrawn", needsReason: true, status: "withdrawn"),
      .reclassing("evidence", "incident"),
    ],
    writers: everybodyWhoWrites.union([.system]),
    retention: [
      Retention(rule: "cop/safety/10.1", from: "placed-on-market"),
      Retention(rule: "cop/safety/9.4", from: "evidence-added"),
    ])

  /// A request of a downstream provider for documentation.
  public static let downstreamRequest = RecordKind(
    "downstream-request", "request of a downstream provider",
    fields: [
      RecordField(
        "model", "the model asked about", .record("model"), required: true,
        asks: ["ai-act/53/1/b", "cop/transparency/1.2"]),
      RecordField(
        "title", "what is asked for", required: true,
        asks: ["ai-act/53/1/b", "cop/transparency/1.2"]),
      RecordField("from", "who asks", asks: ["ai-act/3/68", "cop/transparency/1.2"]),
      RecordField("owner", "who answers", .record("person"), asks: ["house/ownership"]),
    ],
    events: [
      RecordEvent("request-received", "request received", begins: true, status: "open"),
      RecordEvent("request-answered", "request answered", status: "answered"),
      RecordEvent("request-refused", "request refused", needsReason: true, status: "refused"),
    ],
    writers: everybodyWhoWrites)

  /// Who looks after a deadline.
  public static let assignment = RecordKind(
    "assignment", "assignment of a deadline",
    fields: [
      RecordField("deadline", "the deadline", required: true),
      RecordField("owner", "who looks after it", .record("person"), required: true),
      RecordField("note", "a note"),
    ],
    events: [
      RecordEvent("deadline-assigned", "deadline assigned", begins: true, status: "assigned"),
      RecordEvent("assignment-changed", "assignment changed"),
    ],
    writers: everybodyWhoWrites, confidentiality: .internal)

  /// An order that nothing of a record is erased while it stands.
  public static let hold = RecordKind(
    "hold", "legal hold",
    fields: [
      RecordField("title", "the matter", required: true),
      RecordField("records", "the records held; empty holds all", .list),
      RecordField("basis", "why", required: true, example: "request for information, Art. 91"),
    ],
    events: [
      RecordEvent("hold-placed", "hold placed", begins: true, status: "in force"),
      RecordEvent("hold-changed", "hold changed", needsReason: true, notAfter: ["hold-released"]),
      RecordEvent("hold-released", "hold released", needsReason: true, status: "released"),
    ],
    writers: [.counsel, .compliance, .localOperator], confidentiality: .internal)

  /// An erasure, or its refusal: what was asked, on what legal basis, by whom approved.
  public static let erasure = RecordKind(
    "erasure", "erasure",
    fields: [
      RecordField("records", "the records erased", .list, required: true, fixed: true),
      RecordField(
        "basis", "the legal basis", required: true, fixed: true, example: "GDPR Art. 17(1)(d)"),
      RecordField("backups", "backups that still hold wrapped keys", .tree),
      RecordField("recovery", "recovery files that can still open them", .tree),
      RecordField("files", "the sealed files destroyed", .list),
      RecordField("epoch", "the key epoch that began with it", .count),
      RecordField("refusals", "why it was refused, record by record", .tree),
    ],
    events: [
      RecordEvent(
        "erasure-requested", "erasure requested", begins: true, needsReason: true,
        status: "requested"),
      RecordEvent(
        "erasure-done", "erasure approved and done", after: ["erasure-requested"],
        notAfter: ["erasure-refused"], status: "done", isApproval: true, isOnce: true),
      RecordEvent(
        "erasure-refused", "erasure refused", needsReason: true, after: ["erasure-requested"],
        notAfter: ["erasure-done"], status: "refused"),
    ],
    writers: [.counsel, .compliance, .approver, .localOperator], confidentiality: .internal)
}
