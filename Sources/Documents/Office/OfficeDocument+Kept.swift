public import Duties
internal import Ground

extension OfficeDocument {
  /// The document that a record holds, as it was kept, under a line that says where it stands; nil where it holds none.
  ///
  /// A draft on paper must not pass for what was approved.
  public init?(keptIn state: RecordState) {
    guard let text = state.text("markdown") else { return nil }
    let status = state.status ?? "on record"
    let caution = status == "draft" ? " Nobody has approved it." : ""
    self.init(
      title: state.title,
      markdown:
        "Status: \(status).\(caution) Record \(state.id.text), version \(state.version).\n\n\(text)",
      moment: state.changed)
  }
}
