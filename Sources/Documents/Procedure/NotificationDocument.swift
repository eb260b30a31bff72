internal import Duties
public import Ground
public import Workspace

/// What is sent to the Commission as a document: the same package for a browser, for a terminal and for programs.
public struct NotificationDocument: Sendable {
  /// The package, of a notification, of arguments or of a request for reassessment.
  public let package: JSON
  /// SHA-256 of the package as text; nil while it is a draft.
  public let sha256: String?
  /// Where the filing stands, in a word.
  public let status: String

  /// A document over a package.
  public init(package: JSON, sha256: String?, status: String) {
    self.package = package
    self.sha256 = sha256
    self.status = status
  }

  /// The text whose SHA-256 is kept, approved and sent.
  public var json: String { NotificationPackage.text(package) }

  /// Markdown that reads well raw.
  public var markdown: String {
    let blocks = FilingBlocks(package).all
    let head = "# \(Markdown.text(title))\n\n\(Markdown.text(standing))\n"
    return head + blocks.map { "\n" + $0.markdown }.joined()
  }

  /// Markdown in the provider's own form: its text with the named fields filled in.
  ///
  /// - Throws: `duties.unknown-template-field`.
  public func markdown(in template: String) throws(Problem) -> String {
    let blocks = IncidentBlocks(package)
    return try ReportTemplate.pieces(template).map { text, field in
      text + (field.map { blocks.field($0, status: status, sha256: sha256) } ?? "")
    }.joined()
  }

  /// Markdown in the provider's own form where there is one, else in that of the program.
  ///
  /// - Throws: `duties.unknown-template-field`.
  public func markdown(_ forms: ReportForms) throws(Problem) -> String {
    guard let template = forms.text else { return markdown }
    return try markdown(in: template)
  }

  /// A file for a word processor or for paper, in the provider's own form where there is one.
  ///
  /// - Throws: `duties.unknown-template-field`.
  public func office(
    _ title: String, _ moment: Instant, in forms: ReportForms
  ) throws(Problem) -> OfficeDocument {
    OfficeDocument(
      title: title, markdown: try markdown(forms), moment: moment, styles: forms.styles)
  }

  /// A whole page with its style sheet inside; it works under `OpinionDocument.policy`.
  public var html: String { page.markup }

  /// The package as a part of a page that has its own headings.
  package var preview: HTML { .joined(FilingBlocks(package).all.map { $0.inner }) }

  private var content: HTML { .joined(FilingBlocks(package).all.map(\.html)) }

  private var title: String { package.words("title") ?? "Filing" }

  private var standing: String {
    let digest =
      sha256.map { "SHA-256 of the package as JSON: " + $0 + "." }
      ?? "A draft: nothing of it is reviewed."
    return "Status: \(status). \(digest)"
  }

  private var page: HTML {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <title>\(title): \(package.words("model", "name") ?? "")</title>
    <style>
    \(OpinionStyle.sheet)</style>
    </head>
    <body>
    <header>
    <p class="eyebrow">\(package.words("model", "name") ?? "") · as of \(package.words("as_of") ?? "")</p>
    <h1>\(title)</h1>
    <p class="eyebrow">\(standing)</p>
    </header>
    <main>
    \(content)</main>
    </body>
    </html>

    """
  }
}
