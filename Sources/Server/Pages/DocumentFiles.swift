internal import Documents
internal import Duties
internal import Ground
internal import Synchronization
internal import Workspace

/// A record that holds a document, as a file for a word processor or for paper, as it was kept.
enum DocumentFiles {
  /// Most files that are made at once: each takes a processor for some seconds.
  static let mostAtOnce = 2

  static func endpoints() -> [Endpoint] {
    let turns = Turns()
    return [
      .get("/records/{kind}/{key}/files/{form}") { visit in
        guard let form = OfficeDocument.Form(rawValue: visit.part("form")) else { throw nothing }
        let state = try await visit.workspace.needed(
          try RecordPage.id(visit.part("kind"), visit.part("key")))
        guard let document = try await document(state, visit.workspace) else { throw nothing }
        let file = try await turns.take { () async throws(Problem) in try await document.file(form)
        }
        return Reply(
          .bytes(
            file, type: form.mediaType, name: "\(state.id.kind)-\(state.id.key).\(form.rawValue)"))
      }
    ]
  }

  /// The kinds whose document is a package that is made from the record.
  static let filings: Set = [
    RecordKind.notification.name, RecordKind.rebuttal.name, RecordKind.reassessment.name,
  ]

  /// The document of a record: the text that it holds, or the package of a filing as it counts; nil where there is none.
  private static func document(
    _ state: RecordState, _ workspace: OpenWorkspace
  ) async throws(Problem) -> OfficeDocument? {
    if let kept = OfficeDocument(keptIn: state) { return kept }
    guard filings.contains(state.id.kind) else { return nil }
    return try await workspace.filing(state.id).document.map {
      OfficeDocument(title: state.title, markdown: $0.markdown, moment: state.changed)
    }
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

  private static let nothing = Problem(
    "server.no-such-page", what: "there is no such file", why: "this record holds no document",
    mend: "go back to the record")

  /// Lets few at once; others are told to come again.
  private final class Turns: Sendable {
    private let underWay = Mutex(0)

    func take<Result>(
      _ body: () async throws(Problem) -> Result
    ) async throws(Problem) -> Result {
      let isFree = underWay.withLock { count in
        guard count < mostAtOnce else { return false }
        count += 1
        return true
      }
      guard isFree else {
        throw Problem(
          "server.busy", what: "other files are being made",
          why: "each takes a processor for some seconds", mend: "try again in some seconds")
      }
      defer { underWay.withLock { $0 -= 1 } }
      return try await body()
    }
  }
}
