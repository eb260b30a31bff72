internal import Ground

extension RecordKind {
  /// What somebody says about a record, or asks somebody to do about it; kept beside the record, not within it.
  public static let comment = RecordKind(
    "comment", "comment",
    fields: [
      RecordField("about", "the record it is about", required: true, fixed: true),
      RecordField("text", "what is said", required: true, fixed: true),
      RecordField("to", "who is asked", .record("person"), fixed: true),
    ],
    events: [
      RecordEvent("comment-made", "comment made", begins: true, status: "open"),
      RecordEvent("comment-settled", "comment settled", status: "settled", isOnce: true),
      RecordEvent("comment-reclassed", "class of its record taken over", needsReason: true),
    ],
    writers: everybodyWhoWrites.union([.approver, .system]), isComposed: true)

  /// A way to look at a list that somebody keeps under a name of their own.
  public static let view = RecordKind(
    "view", "saved view", log: .operational,
    fields: [
      RecordField("person", "whose it is", .record("person"), required: true, fixed: true),
      RecordField("view_title", "its name", required: true),
      RecordField("view_path", "the address of the view", required: true),
    ],
    events: [
      RecordEvent("view-saved", "view saved", begins: true, status: "kept"),
      RecordEvent("view-removed", "view removed", status: "removed", isOnce: true),
    ],
    writers: [.system], confidentiality: .internal, isComposed: true)
}
