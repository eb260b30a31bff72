internal import Ground

/// A section of a document that reads alike in Markdown and in HTML.
struct DocumentBlock {
  /// Identifier within the page.
  var id: String
  /// Its heading.
  var title: String
  /// Terms with their values.
  var facts: [(String, String)] = []
  /// Paragraphs.
  var paragraphs: [String] = []
  /// Items of a list.
  var items: [String] = []
  /// Head and rows of a table.
  var table: (caption: String, head: [String], rows: [[String]])?

  /// A block with what is special about it.
  init(_ id: String, _ title: String) {
    self.id = id
    self.title = title
  }

  var isEmpty: Bool {
    facts.isEmpty && paragraphs.isEmpty && items.isEmpty && table?.rows.isEmpty ?? true
  }

  /// The text of a cell; days as in a letter, which do not break.
  private static func cell(_ text: String) -> HTML {
    Day(iso: text).map { Component.day($0) } ?? Component.prose(text)
  }

  var markdown: String {
    var text = "## \(Markdown.text(title))\n"
    if !facts.isEmpty {
      text += "\n"
      for (label, words) in facts {
        let end = label.hasSuffix("?") ? "" : ":"
        text += "- **\(Markdown.text(label))\(end)** \(Markdown.linked(words))\n"
      }
    }
    for paragraph in paragraphs { text += "\n\(Markdown.linked(paragraph))\n" }
    if !items.isEmpty {
      text += "\n" + items.map { "- \(Markdown.linked($0))\n" }.joined()
    }
    if let table, !table.rows.isEmpty {
      text +=
        "\n"
        + Markdown.table(
          table.head.map(Markdown.text), table.rows.map { $0.map(Markdown.text) })
    }
    return text
  }

  /// As a section of its own page.
  var html: HTML { Component.section(id, title, content) }

  /// As a part below a heading of another page, without names that could stand there already.
  var inner: HTML { content.isEmpty ? "" : "<h3>\(title)</h3>\n\(content)" }

  private var content: HTML {
    var content: HTML = ""
    if !facts.isEmpty {
      let terms = facts.map {
        "<div><dt>\($0.0)</dt><dd>\(Component.prose($0.1))</dd></div>\n" as HTML
      }
      content = content + "<dl class=\"facts\">\n\(terms)</dl>\n"
    }
    for paragraph in paragraphs { content = content + "<p>\(Component.prose(paragraph))</p>\n" }
    content = content + Component.list(items.map { Component.prose($0) })
    if let table {
      content =
        content
        + Component.table(
          table.caption, table.head.map { .init($0) },
          table.rows.map { $0.map { DocumentBlock.cell($0) } })
    }
    return content
  }
}
