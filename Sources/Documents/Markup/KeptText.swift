/// Markdown that this program wrote, as markup: headings, lists, tables, paragraphs, emphasis, identifiers and links.
///
/// What else Markdown knows stays as it was written. Source: CommonMark 0.31.2; GitHub Flavored Markdown, section 4.10.
package enum KeptText {
  /// The text as markup; its first heading is left out, because the page has one.
  package static func html(_ text: String) -> HTML {
    var html: HTML = ""
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    var isFirst = true
    var title = ""
    while let line = lines.first {
      if line.allSatisfy(\.isWhitespace) {
        lines.removeFirst()
      } else if line.hasPrefix("#") {
        lines.removeFirst()
        title = String(line.drop { $0 == "#" }.drop { $0 == " " })
        if !isFirst { html = html + heading(line) }
        isFirst = false
      } else if line.hasPrefix("|") {
        html = html + table(taking(&lines) { $0.hasPrefix("|") }, title)
      } else if line.hasPrefix("- ") {
        let items = taking(&lines) { $0.hasPrefix("- ") }
        html = html + Component.list(items.map { inline($0.dropFirst(2)) })
      } else if isNumbered(line) {
        let items = taking(&lines, isNumbered).map { item -> HTML in
          "<li>\(inline(item.drop { $0 != " " }.dropFirst()))</li>"
        }
        html = html + "<ol class=\"reasons\">\(items)</ol>\n"
      } else {
        let parts = taking(&lines) { line in
          !line.allSatisfy(\.isWhitespace) && !line.hasPrefix("#") && !line.hasPrefix("|")
            && !line.hasPrefix("- ")
        }
        html = html + "<p>\(HTML.joined(parts.map(inline), by: "<br>"))</p>\n"
      }
    }
    return html
  }

  private static func taking(
    _ lines: inout ArraySlice<Substring>, _ belongs: (Substring) -> Bool
  ) -> [Substring] {
    var taken: [Substring] = []
    while let line = lines.first, belongs(line) {
      taken.append(line)
      lines.removeFirst()
    }
    return taken
  }

  private static func isNumbered(_ line: Substring) -> Bool {
    let digits = line.prefix { $0.isASCII && $0.isNumber }
    return !digits.isEmpty && line[digits.endIndex...].hasPrefix(". ")
  }

  private static func heading(_ line: Substring) -> HTML {
    let text = inline(line.drop { $0 == "#" }.drop { $0 == " " })
    return line.hasPrefix("###") ? "<h3>\(text)</h3>\n" : "<h2>\(text)</h2>\n"
  }

  private static func table(_ lines: [Substring], _ title: String) -> HTML {
    guard let head = lines.first, lines.count > 2 else { return "" }
    let columns = cells(head).map { Component.Column($0) }
    let rows = lines.dropFirst(2).map { line in cells(line).map { inline($0[...]) } }
    return Component.table(title, columns, rows)
  }

  /// The cells of a row; a bar behind a backslash belongs to a cell.
  private static func cells(_ line: Substring) -> [String] {
    var cells: [String] = []
    var cell = ""
    var isEscaped = false
    for character in line.dropFirst() {
      if character == "|", !isEscaped {
        cells.append(trimmed(cell))
        cell = ""
      } else {
        cell.append(character)
      }
      isEscaped = character == "\\" && !isEscaped
    }
    return cells
  }

  private static func trimmed(_ text: String) -> String {
    let start = text.drop { $0 == " " }
    guard let last = start.lastIndex(where: { $0 != " " }) else { return "" }
    return String(start[...last])
  }

  /// Emphasis, identifiers, links and escapes within a line.
  private static func inline(_ text: Substring) -> HTML {
    var html: HTML = ""
    var plain = ""
    var rest = text
    func flush() {
      if !plain.isEmpty { html = html + Component.prose(plain) }
      plain = ""
    }
    while let first = rest.first {
      if first == "\\", let next = rest.dropFirst().first {
        plain.append(next)
        rest = rest.dropFirst(2)
      } else if rest.hasPrefix("**"), let end = rest.dropFirst(2).firstRange(of: "**") {
        flush()
        html = html + "<strong>\(inline(rest.dropFirst(2)[..<end.lowerBound]))</strong>"
        rest = rest[end.upperBound...]
      } else if first == "`", let end = rest.dropFirst().firstIndex(of: "`") {
        flush()
        let id = String(rest[rest.index(after: rest.startIndex)..<end])
        html = html + Component.code(id.replacing("\\|", with: "|"))
        rest = rest[rest.index(after: end)...]
      } else if first == "<", let end = rest.firstIndex(of: ">"),
        let link = Link(String(rest[rest.index(after: rest.startIndex)..<end]))
      {
        flush()
        html = html + "<a href=\"\(link)\" rel=\"noreferrer\">\(link)</a>"
        rest = rest[rest.index(after: end)...]
      } else {
        plain.append(first)
        rest = rest.dropFirst()
      }
    }
    flush()
    return html
  }
}
