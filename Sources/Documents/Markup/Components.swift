package import Ground

/// Pieces of which pages are composed.
package enum Component {
  /// A column of a table.
  package struct Column {
    /// What stands in its header.
    package var title: String
    /// Whether it holds figures, which line up to the right.
    package var isNumeric = false

    /// A column of words.
    package init(_ title: String) { self.title = title }

    /// A column of figures.
    package static func figures(_ title: String) -> Column {
      var column = Column(title)
      column.isNumeric = true
      return column
    }
  }

  /// A section with its heading; nothing when it has no content.
  package static func section(_ id: String, _ title: String, _ content: HTML) -> HTML {
    guard !content.isEmpty else { return "" }
    return """
      <section id="\(id)" aria-labelledby="\(id)-title">
      <h2 id="\(id)-title">\(title)</h2>
      \(content)
      </section>

      """
  }

  /// A table whose rows begin with their header; on narrow screens each row becomes a block.
  ///
  /// The roles keep it a table for assistive technology where the style sheet lays it out as blocks.
  package static func table(_ caption: String, _ columns: [Column], _ rows: [[HTML]]) -> HTML {
    guard !rows.isEmpty else { return "" }
    let head = columns.map { column -> HTML in
      """
      <th scope="col" role="columnheader"\(numeric(column))>\(column.title)</th>
      """
    }
    return """
      <div class="table"><table role="table">
      <caption>\(caption)</caption>
      <thead role="rowgroup"><tr role="row">\(head)</tr></thead>
      <tbody role="rowgroup">
      \(body(columns, rows))</tbody>
      </table></div>

      """
  }

  /// The rows, written into one text: a page may have thousands of cells.
  private static func body(_ columns: [Column], _ rows: [[HTML]]) -> HTML {
    let opening = columns.enumerated().map { index, column -> HTML in
      if index == 0 { return "<th scope=\"row\" role=\"rowheader\">" }
      return "<td role=\"cell\" data-label=\"\(column.title)\"\(numeric(column))>"
    }
    var body = HTML.StringInterpolation(
      literalCapacity: rows.count * columns.count * 96, interpolationCount: 0)
    for cells in rows {
      body.appendLiteral("<tr role=\"row\">")
      for (index, cell) in cells.enumerated() where index < opening.count {
        body.appendInterpolation(opening[index])
        body.appendInterpolation(cell)
        body.appendLiteral(index == 0 ? "</th>" : "</td>")
      }
      body.appendLiteral("</tr>\n")
    }
    return HTML(stringInterpolation: body)
  }

  private static func numeric(_ column: Column) -> HTML {
    column.isNumeric ? " class=\"number\"" : ""
  }

  /// A list of items; nothing when there are none.
  package static func list(_ items: [HTML]) -> HTML {
    guard !items.isEmpty else { return "" }
    return "<ul>\(items.map { "<li>\($0)</li>" as HTML })</ul>\n"
  }

  /// An answer as word, sign and colour.
  package static func badge(_ answer: Answer?) -> HTML {
    guard let answer else {
      return "<span class=\"badge open\">does not arise</span>"
    }
    return """
      <span class="badge \(answer.word)">\(icon(answer))\(answer.word)</span>
      """
  }

  /// The sign of an answer: a tick, a bar or a question mark.
  package static func icon(_ answer: Answer) -> HTML {
    let shape: HTML =
      switch answer {
      case .yes: "<path d=\"M3.5 8.5l3 3 6-7\"/>"
      case .no: "<path d=\"M4 8h8\"/>"
      case .undetermined:
        "<path d=\"M5.6 6a2.4 2.4 0 1 1 3.6 2c-.8.5-1.2.9-1.2 1.8M8 12.6v.1\"/>"
      }
    return """
      <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" \
      focusable="false">\(shape)</svg>
      """
  }

  /// A day for readers, with its ISO form for machines.
  package static func day(_ day: Day) -> HTML {
    "<time datetime=\"\(day.iso)\">\(day.words)</time>"
  }

  /// A sentence: powers raised, long numbers set apart in threes.
  package static func prose(_ text: String) -> HTML {
    if Typography.isPlain(text) { return "\(text)" }
    return .joined(
      Typography.runs(Typography.powers(text)).map { piece in
        piece.isDigits ? digits(piece.text) : "\(piece.text)"
      })
  }

  /// Exact digits, set apart in threes by space that is not copied.
  package static func digits(_ digits: String) -> HTML {
    let groups = Typography.groups(digits).map { "<span>\($0)</span>" as HTML }
    return "<data class=\"digits\" value=\"\(digits)\">\(HTML.joined(groups, by: "<wbr>"))</data>"
  }

  /// An identifier.
  package static func code(_ id: String) -> HTML { "<code>\(id)</code>" }
}
