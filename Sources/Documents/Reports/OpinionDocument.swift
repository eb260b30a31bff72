public import Duties
public import Ground
internal import Sealing

/// An opinion as a document: the same content for a browser, for a terminal and for programs.
public enum OpinionDocument {
  /// A whole page with its style sheet inside: no scripts, nothing from elsewhere.
  public static func html(_ opinion: Opinion) -> String { OpinionPage(opinion).body.markup }

  /// The content security policy under which the page works: its style sheet by its hash, and nothing else.
  public static let policy =
    "default-src 'none'; style-src 'sha256-"
    + Base64.text(Digest(of: ("\n" + OpinionStyle.sheet.markup).utf8).bytes)
    + "'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

  /// Markdown that reads well raw.
  public static func markdown(_ opinion: Opinion) -> String { OpinionMarkdown(opinion).text }

  /// JSON as described by `docs/schemas/opinion.schema.json`.
  public static func json(_ opinion: Opinion) -> JSON { OpinionJSON.json(opinion) }
}
