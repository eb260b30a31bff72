internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// A record that holds a document, as a file for a word processor or for paper, as it was kept.
enum DocumentFiles {
  static func endpoints(_ turns: DocumentTurns) -> [Endpoint] {
    [
      .get("/records/{kind}/{key}/files/{form}") { visit in
        guard let form = OfficeDocument.Form(rawValue: visit.part("form")) else { throw nothing }
        let state = try await visit.workspace.needed(
          try RecordPage.id(visit.part("kind"), visit.part("key")))
        let file = try await file(form, of: state, visit.workspace, turns)
        return Reply(
          .bytes(
            file, type: form.mediaType, name: "\(state.id.kind)-\(state.id.key).\(form.rawValue)"))
      }
    ]
  }

  /// The kinds whose document is a package that is made from the record.
  static let filings = Set(RecordKind.all.filter(\.isFiled).map(\.name))

  /// The document of a record as a file.
  ///
  /// - Throws: `server.no-such-page` where it holds none, `server.busy`, and what the programs behind it refuse.
  static func file(
    _ form: OfficeDocument.Form, of state: RecordState, _ workspace: OpenWorkspace,
    _ turns: DocumentTurns
  ) async throws(Problem) -> [UInt8] {
    guard let document = try await document(state, workspace) else { throw nothing }
    return try await turns.take { () async throws(Problem) in try await document.file(form) }
  }

  /// The document of a record: the text that it holds, or the package of a filing as it counts; nil where there is none.
  private static func document(
    _ state: RecordState, _ workspace: OpenWorkspace
  ) async throws(Problem) -> OfficeDocument? {
    if let kept = OfficeDocument(keptIn: state) { return kept }
    guard filings.contains(state.id.kind) else { return nil }
    guard let document = try await workspace.filing(state.id).document else { return nil }
    return try document.office(
      state.title, state.changed, in: try await workspace.reportForms(state.id.kind))
  }

  /// Links to the files of a record; nothing where it holds no document.
  static func links(_ state: RecordState) -> HTML {
    let isText = state.text("markdown") != nil
    guard isText || filings.contains(state.id.kind) else { return "" }
    let path = "/records/\(state.id.text)/files/"
    let text: HTML = isText ? ", \(Parts.link("/records/\(state.id.text)/text", "Markdown"))" : ""
    return """
      <p class="files">As a file: \(Parts.link(path + "pdf", "PDF")), \(Parts.link(path + "docx", "DOCX"))\(text)</p>

      """
  }

  static let nothing = Problem(
    "server.no-such-page", what: "there is no such file", why: "this record holds no document",
    mend: "go back to the record")
}
