public import Duties
internal import FoundationEssentials
public import Ground

/// The provider's own forms of reports that are in use; without one the program's own form is taken.
public struct ReportForms: Sendable {
  /// A DOCX whose styles are taken.
  public var styles: [UInt8]?
  /// Markdown with named fields.
  public var text: String?

  /// No forms of its own.
  public init() {}
}

extension OpenWorkspace {
  /// Takes a template into use; the newest of a form counts.
  ///
  /// - Throws: `duties.unknown-template-field`, `duties.not-a-docx`, `workspace.not-utf8`.
  public func addTemplate(_ title: String, _ file: [UInt8]) async throws(Problem) -> RecordState {
    let isArchive = file.starts(with: [0x50, 0x4B])
    let content: String
    if isArchive {
      try ReportTemplate.check(styles: file)
      content = Data(file).base64EncodedString()
    } else {
      guard let text = String(validating: file, as: UTF8.self) else {
        throw Problem(
          "workspace.not-utf8", what: "the template is neither a DOCX nor text in UTF-8",
          why: "a template is Markdown with named fields, or a DOCX with styles",
          mend: "save it as one of both")
      }
      _ = try ReportTemplate.pieces(text)
      content = text
    }
    let form: ReportTemplate.Form = isArchive ? .styles : .text
    return try await record(
      .composed(
        .reportTemplate, nil,
        Change(
          "template-added",
          set: [
            ("title", .string(title)), ("form", .string(form.rawValue)),
            ("content", .string(content)),
          ], effective: .moment(surroundings.now()))))
  }

  /// Takes a template out of use; reports that were sent stay as they are.
  public func withdrawTemplate(_ template: RecordState) async throws(Problem) -> RecordState {
    try await record(
      .composed(
        .reportTemplate, template.id,
        Change("template-withdrawn", effective: .moment(surroundings.now()))))
  }

  /// The forms in use for a kind of filing: reports on incidents have forms of their own.
  public func reportForms(_ kind: String) async throws(Problem) -> ReportForms {
    var forms = ReportForms()
    guard kind == RecordKind.incidentReport.name else { return forms }
    let inUse = try await states(.reportTemplate).filter { $0.status == "in use" }
    for state in inUse.sorted(by: { $0.begun < $1.begun }) {
      let content = state.text("content") ?? ""
      switch state.text("form").flatMap(ReportTemplate.Form.init) {
      case .styles: forms.styles = Data(base64Encoded: content).map { Array($0) }
      case .text: forms.text = content
      case nil: continue
      }
    }
    return forms
  }
}
