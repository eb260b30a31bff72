public import Duties
internal import FoundationEssentials
public import Ground

extension OpenWorkspace {
  /// The file of a template as it was taken in, and how its name ends.
  ///
  /// - Throws: `workspace.bad-state` where nothing is left of it.
  public func templateFile(
    _ template: RecordState
  ) throws(Problem) -> (bytes: [UInt8], ending: String) {
    let content = template.text("content") ?? ""
    switch template.text("form").flatMap(ReportTemplate.Form.init) {
    case .text: return (Array(content.utf8), "md")
    case .styles:
      if let data = Data(base64Encoded: content) { return (Array(data), "docx") }
    case nil: break
    }
    throw Problem(
      "workspace.bad-state", what: "\(template.id.text) holds no file that can be read",
      why: "it was written by a newer version, or erased", mend: "take a template into use anew")
  }

  /// Takes a template into use from what somebody sent; the newest of a form counts.
  ///
  /// - Throws: `workspace.file-too-large`, and as `addTemplate`.
  public func addTemplate(
    _ title: String, from source: ByteSource
  ) async throws(Problem) -> RecordState {
    try await addTemplate(title, try NoteFile.bytes(source))
  }
}
