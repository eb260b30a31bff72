internal import Ground

extension RecordKind {
  /// A provider's own form of its reports on incidents.
  public static let reportTemplate = RecordKind(
    "report-template", "template of reports",
    fields: [
      RecordField("title", "its name", required: true, example: "House style 2026"),
      RecordField(
        "form", "a text with named fields, or a DOCX whose styles are taken",
        .choice(ReportTemplate.Form.allCases.map(\.rawValue)), required: true, fixed: true),
      RecordField("content", "the text, or the DOCX in base64", required: true, fixed: true),
    ],
    events: [
      RecordEvent("template-added", "template added", begins: true, status: "in use"),
      RecordEvent(
        "template-withdrawn", "template withdrawn", status: "withdrawn", from: ["in use"]),
    ],
    writers: everybodyWhoWrites, confidentiality: .internal, isComposed: true)
}
