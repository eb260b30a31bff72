/// A strict reader of markup: every element closed in order, every attribute quoted and named once, no bare signs.
struct TagReader {
  /// An element with its attributes.
  struct Element {
    var name: String
    var attributes: [String: String] = [:]
  }

  /// Elements in the order in which they open.
  private(set) var elements: [Element] = []
  /// What is wrong.
  private(set) var mistakes: [String] = []
  /// Text outside the style sheet, references as written.
  private(set) var text = ""
  private var open: [String] = []
  private var rest: Substring

  private static let void: Set<String> = ["meta", "br", "wbr", "hr", "img", "link", "input"]

  init(_ markup: String) {
    rest = Substring(markup)
    while !rest.isEmpty { read() }
    if !open.isEmpty { mistakes.append("not closed: \(open)") }
  }

  private mutating func read() {
    if open.last == "style" {
      let end = rest.firstRange(of: "</style>")?.lowerBound ?? rest.endIndex
      rest = rest[end...]
    }
    guard rest.first == "<" else {
      let run = rest.prefix { $0 != "<" }
      if run.contains(">") { mistakes.append("a bare > in \(run.prefix(40))") }
      references(run)
      text += run
      rest = rest[run.endIndex...]
      return
    }
    guard let end = tagEnd() else {
      mistakes.append("a tag that never ends")
      rest = ""
      return
    }
    let inner = rest[rest.index(after: rest.startIndex)..<end]
    rest = rest[rest.index(after: end)...]
    if inner == "!DOCTYPE html" { return }
    if inner.first == "/" { close(String(inner.dropFirst())) } else { opens(inner) }
  }

  /// The next `>` outside quotation marks.
  private func tagEnd() -> Substring.Index? {
    var quoted = false
    for index in rest.indices {
      if rest[index] == "\"" { quoted.toggle() }
      if rest[index] == ">", !quoted { return index }
    }
    return nil
  }

  private mutating func close(_ name: String) {
    if open.last == name {
      open.removeLast()
    } else {
      mistakes.append("</\(name)> closes \(open.last ?? "nothing")")
    }
  }

  private mutating func opens(_ inner: Substring) {
    let isSelfClosing = inner.last == "/"
    let body = isSelfClosing ? inner.dropLast() : inner
    let name = String(body.prefix { !$0.isWhitespace })
    if name.isEmpty || !name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) {
      mistakes.append("no element is called \(name.prefix(20))")
    }
    var element = Element(name: name)
    attributes(body.dropFirst(name.count), &element)
    elements.append(element)
    if !isSelfClosing, !TagReader.void.contains(name) { open.append(name) }
  }

  private mutating func attributes(_ text: Substring, _ element: inout Element) {
    var left = text
    while true {
      left = left.drop { $0.isWhitespace }
      guard !left.isEmpty else { return }
      let name = String(left.prefix { $0 != "=" && !$0.isWhitespace })
      left = left.dropFirst(name.count)
      guard left.hasPrefix("=\"") else {
        mistakes.append("attribute \(name) of \(element.name) is not quoted")
        return
      }
      let value = left.dropFirst(2).prefix { $0 != "\"" }
      references(value)
      left = left.dropFirst(3 + value.count)
      if element.attributes.updateValue(String(value), forKey: name) != nil {
        mistakes.append("attribute \(name) of \(element.name) stands twice")
      }
    }
  }

  /// Every & begins a reference that we write.
  private mutating func references(_ run: Substring) {
    let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"]
    var left = run
    while let index = left.firstIndex(of: "&") {
      if !known.contains(where: left[index...].hasPrefix) {
        mistakes.append("a bare & in \(left[index...].prefix(20))")
      }
      left = left[left.index(after: index)...]
    }
  }
}
