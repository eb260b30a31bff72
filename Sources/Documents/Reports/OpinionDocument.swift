public import Duties
public import Ground

/// An opinion as a document: the same content for a browser, for a terminal and for programs.
public enum OpinionDocument {
  /// A whole page with its style sheet inside: no scripts, nothing from elsewhere.
  public static func html(_ opinion: Opinion) -> String { OpinionPage(opinion).body.markup }

  /// Markdown that reads well raw.
  public static func markdown(_ opinion: Opinion) -> String { OpinionMarkdown(opinion).text }

  /// JSON as described by `docs/schemas/opinion.schema.json`.
  public static func json(_ opinion: Opinion) -> JSON { OpinionJSON.json(opinion) }
}
