public import Ground
internal import Programs

/// A document that was kept as Markdown, for a word processor or for paper.
///
/// pandoc and WeasyPrint make them. What they read is ours, and whatever a record brought along is text to them: no raw HTML, no
/// picture, nothing that is loaded from elsewhere. Equal documents give equal files.
public struct OfficeDocument: Sendable {
  /// The forms.
  public enum Form: String, Sendable, CaseIterable {
    /// For a word processor.
    case docx
    /// For paper.
    case pdf

    /// The media type.
    public var mediaType: String {
      switch self {
      case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
      case .pdf: "application/pdf"
      }
    }
  }

  /// The title in the file's own description.
  public let title: String
  /// The text.
  public let markdown: String
  /// When it was made, as the file says.
  public let moment: Instant
  /// A DOCX whose styles are taken; nil takes the program's own.
  public let styles: [UInt8]?

  /// A document.
  public init(title: String, markdown: String, moment: Instant, styles: [UInt8]? = nil) {
    self.title = title
    self.markdown = markdown
    self.moment = moment
    self.styles = styles
  }

  /// The file.
  ///
  /// - Throws: `documents.program-missing`, `documents.not-made`, `programs.too-slow`, `programs.failed`.
  public func file(_ form: Form) async throws(Problem) -> [UInt8] {
    switch form {
    case .docx: try await pandoc("docx", "text.docx", ["--reference-doc=reference.docx"])
    case .pdf: try await paper(try await pandoc("html5", "text.html", []))
    }
  }

  /// Without smart typography: what was filed is shown letter by letter.
  private static let reader = "--from=commonmark+pipe_tables-raw_html-smart"
  /// Pictures as their captions: a word processor's file would hold what a path or an address leads to.
  private static let filter = "function Image(image) return image.caption end\n"

  /// At most so much memory: an own DOCX of some hundred KiB may unfold to gigabytes.
  private static let bounds = ["+RTS", "-M256M", "-RTS"]

  private func pandoc(
    _ form: String, _ output: String, _ more: [String]
  ) async throws(Problem) -> [UInt8] {
    try await made(
      "pandoc",
      OfficeDocument.bounds + [
        OfficeDocument.reader, "--to=" + form, "--columns=100000", "--lua-filter=plain.lua",
        "--output=" + output, "text.md",
      ] + more,
      files: [
        ("text.md", Array(markdown.utf8)), ("plain.lua", Array(OfficeDocument.filter.utf8)),
        ("reference.docx", form == "docx" ? styles ?? OfficeReference.file : []),
      ], output)
  }

  private func paper(_ body: [UInt8]) async throws(Problem) -> [UInt8] {
    let head: HTML =
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>\(title)</title></head><body>\n"
    let page = head.bytes + body + Array("</body></html>\n".utf8)
    return try await made(
      "weasyprint", ["--stylesheet=style.css", "text.html", "text.pdf"],
      files: [("text.html", page), ("style.css", Array(OfficeStyle.css.utf8))], "text.pdf")
  }

  private func made(
    _ name: String, _ arguments: [String],
    files: [(name: String, content: [UInt8])], _ output: String
  ) async throws(Problem) -> [UInt8] {
    guard let program = OtherProgram.named(name) else {
      throw Problem(
        "documents.program-missing", what: "\(name) is not installed on this machine",
        why: "files for word processors and paper are made by pandoc and WeasyPrint",
        mend: "install them: apt install pandoc weasyprint; Markdown, HTML and JSON need neither")
    }
    let outcome = try await program.run(
      arguments, files: files, output: output,
      environment: ["SOURCE_DATE_EPOCH": String(moment.seconds)])
    guard outcome.status == 0, !outcome.output.isEmpty else {
      let isOwn = styles != nil && output.hasSuffix(".docx")
      throw Problem(
        "documents.not-made",
        what: "\(name) did not make the file" + (isOwn ? " with the provider's own styles" : ""),
        why: "it ended with status \(outcome.status)",
        mend: isOwn
          ? "take that template out of use, or add a DOCX that a word processor saved"
          : "check that \(name) is whole, and that there is room for temporary files")
    }
    return outcome.output
  }
}
