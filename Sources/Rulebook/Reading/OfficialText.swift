public import Ground

/// The official wording of the Act, as a user imported it: paragraphs by anchor.
///
/// It never enters the repository.
///
/// Reads EUR-Lex HTML (`id="art_52"`, `id="052.001"`, `rct_111`, `anx_XIII`) and Formex XML (`IDENTIFIER="052.001"`).
public struct OfficialText: Sendable {
  /// Text by anchor; blocks are separated by line ends.
  public private(set) var parts: [String: String] = [:]
  /// Whether the text holds the amendments of Regulation (EU) 2026/1744.
  public private(set) var isConsolidated = false

  /// How many articles a file must hold to be taken for the Act.
  static let fewestArticles = 100

  /// Reads a file of the Official Journal.
  ///
  /// - Throws: `rulebook.not-the-act`.
  public init(markup: String, file: String) throws(Problem) {
    var scanner = MarkupScanner(markup)
    parts = scanner.collect()
    isConsolidated = markup.contains("2026/1744") || markup.contains("02024R1689-2026")
    let articles = parts.keys.count { $0.hasPrefix("art_") }
    guard articles >= OfficialText.fewestArticles else {
      throw Problem(
        "rulebook.not-the-act", what: "\(file) does not hold the articles of the AI Act",
        why: "\(articles) articles were found; the Act has 113",
        mend: "save the HTML or XML rendition of Regulation (EU) 2024/1689 from EUR-Lex",
        places: [Place(file)])
    }
  }

  /// Reads back what `stored` wrote.
  public init(stored: String) {
    for line in stored.split(separator: "\n") {
      let cells = line.split(separator: "\t", maxSplits: 1)
      if cells.count == 2 {
        parts[String(cells[0])] = String(cells[1]).replacing("\u{1F}", with: "\n")
      } else if line == "consolidated" {
        isConsolidated = true
      }
    }
  }

  /// One line a part.
  public var stored: String {
    (isConsolidated ? "consolidated\n" : "")
      + parts.sorted { $0.key < $1.key }
      .map { $0.key + "\t" + $0.value.replacing("\n", with: "\u{1F}") }.joined(separator: "\n")
  }

  /// The wording of the provision that a rule cites, as narrow as the anchors allow; empty when it is not found.
  public func wording(of id: String) -> [String] {
    let steps = id.split(separator: "/").map(String.init)
    guard steps.count >= 2 else { return [] }
    if steps[0] == "recital" { return block("rct_" + steps[1]) }
    guard steps[0] == "ai-act" else { return [] }
    if steps[1].hasPrefix("annex-") {
      let lines = block("anx_" + steps[1].dropFirst(6).uppercased())
      return steps.count > 2 ? point(steps[steps.count - 1], in: lines) : lines
    }
    guard let article = Int(steps[1]) else { return [] }
    var lines = block("art_\(article)")
    if steps.count > 2, let paragraph = Int(steps[2]) {
      let key = String(1000 + article).dropFirst() + "." + String(1000 + paragraph).dropFirst()
      let own = block(String(key))
      lines = own.isEmpty ? self.paragraph(paragraph, in: lines) : own
      if article == 3, own.isEmpty { lines = point("\(paragraph)", in: block("art_3")) }
    }
    return steps.count > 3 ? point(steps[3], in: lines) : lines
  }

  /// The phrases of a rule that do not stand in the provision it cites.
  public func missing(_ quotes: [String], anchor: String?) -> [String] {
    let text = OfficialText.plain(
      anchor.flatMap { parts[$0] } ?? parts.values.joined(separator: " "))
    return quotes.filter { !text.contains(OfficialText.plain($0)) }
  }

  private func block(_ key: String) -> [String] {
    (parts[key] ?? "").split(separator: "\n").map(String.init)
  }

  /// Lines from `2.` up to `3.` where paragraphs have no anchor of their own.
  private func paragraph(_ number: Int, in lines: [String]) -> [String] {
    guard let start = lines.firstIndex(where: { $0.hasPrefix("\(number).") }) else { return [] }
    let end = lines[(start + 1)...].firstIndex { $0.hasPrefix("\(number + 1).") } ?? lines.count
    return Array(lines[start..<end])
  }

  /// The text behind `(a)`.
  private func point(_ name: String, in lines: [String]) -> [String] {
    guard let start = lines.firstIndex(where: { $0 == "(\(name))" || $0.hasPrefix("(\(name)) ") })
    else { return lines }
    return lines[start] == "(\(name))"
      ? ["(\(name)) " + (start + 1 < lines.count ? lines[start + 1] : "")] : [lines[start]]
  }

  /// Lower case, one space, straight quotes: for comparing words, not typography.
  static func plain(_ text: String) -> String {
    var result = ""
    var gap = false
    for character in text {
      switch character {
      case _ where character.isWhitespace: gap = !result.isEmpty
      default:
        if gap { result.append(" ") }
        gap = false
        switch character {
        case "’", "‘": result.append("'")
        case "“", "”": result.append("\"")
        default: result.append(contentsOf: character.lowercased())
        }
      }
    }
    return result
  }
}

/// Collects the text below elements that have an anchor; tolerant, linear, without recursion.
struct MarkupScanner {
  private let bytes: [UInt8]
  private var position = 0
  private var open: [(name: String, key: String?)] = []
  private var texts: [String: String] = [:]
  private var run: [UInt8] = []

  private static let void: Set<String> = ["col", "br", "img", "hr", "meta", "link", "input"]
  private static let blocks: Set<String> = [
    "p", "div", "td", "tr", "table", "li", "alinea", "np", "txt", "no.p", "ti.art", "sti.art",
    "item", "list",
  ]
  private static let deepest = 4096

  init(_ markup: String) { bytes = Array(markup.utf8) }

  mutating func collect() -> [String: String] {
    while position < bytes.count {
      if bytes[position] == 0x3C {
        tag()
      } else {
        run.append(bytes[position])
        position += 1
      }
    }
    flush(isBlock: true)
    return texts.mapValues { text in
      text.split(separator: "\n").map { MarkupScanner.spaced(String($0)) }
        .filter { !$0.isEmpty }.joined(separator: "\n")
    }
  }

  private mutating func tag() {
    let start = position + 1
    guard let end = bytes[start...].firstIndex(of: 0x3E) else {
      position = bytes.count
      return
    }
    position = end + 1
    let inner = String(decoding: bytes[start..<end], as: UTF8.self)
    if inner.hasPrefix("!") || inner.hasPrefix("?") { return }
    let isClosing = inner.hasPrefix("/")
    let name = String(inner.drop { $0 == "/" }.prefix { !$0.isWhitespace && $0 != "/" })
      .lowercased()
    flush(isBlock: MarkupScanner.blocks.contains(name))
    if !isClosing, MarkupScanner.isSuperscript(name, inner) {
      // Otherwise ten to the power of 25 would read as 1025.
      run.append(0x5E)
    }
    if isClosing {
      if let index = open.lastIndex(where: { $0.name == name }) {
        open.removeLast(open.count - index)
      }
    } else if !inner.hasSuffix("/"), !MarkupScanner.void.contains(name),
      open.count < MarkupScanner.deepest
    {
      open.append((name, MarkupScanner.key(name, inner)))
    }
  }

  private static func isSuperscript(_ name: String, _ tag: String) -> Bool {
    if name == "sup" { return true }
    let style = attribute("class", tag) ?? attribute("TYPE", tag) ?? ""
    return style.hasSuffix("super") || style == "SUP" || style == "superscript"
  }

  /// The anchor of an element, in EUR-Lex' spelling.
  private static func key(_ name: String, _ tag: String) -> String? {
    if let identifier = attribute("IDENTIFIER", tag) {
      guard name == "article", let number = Int(identifier) else { return identifier }
      return "art_\(number)"
    }
    guard let id = attribute("id", tag) else { return nil }
    let isParagraph = id.count == 7 && id.dropFirst(3).first == "."
    let isPart = ["art_", "rct_", "anx_"].contains { id.hasPrefix($0) } && !id.contains(".")
    return isParagraph || isPart ? id : nil
  }

  private static func attribute(_ name: String, _ tag: String) -> String? {
    for quote in ["\"", "'"] {
      guard let range = tag.firstRange(of: " " + name + "=" + quote) else { continue }
      return String(tag[range.upperBound...].prefix { String($0) != quote })
    }
    return nil
  }

  /// Adds the text read so far to every open part.
  private mutating func flush(isBlock: Bool) {
    let text = run.isEmpty ? "" : MarkupScanner.decoded(String(decoding: run, as: UTF8.self))
    run.removeAll(keepingCapacity: true)
    guard !text.isEmpty || isBlock else { return }
    for key in Set(open.compactMap(\.key)) {
      texts[key, default: ""] += text.replacing("\n", with: " ") + (isBlock ? "\n" : "")
    }
  }

  private static func decoded(_ text: String) -> String {
    guard text.contains("&") else { return text }
    var result = text
    for (entity, character) in [
      ("&nbsp;", "\u{A0}"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#160;", "\u{A0}"),
      ("&apos;", "'"), ("&amp;", "&"),
    ] { result = result.replacing(entity, with: character) }
    return result
  }

  private static func spaced(_ text: String) -> String {
    text.split { $0.isWhitespace }.joined(separator: " ")
  }
}

extension String {
  /// Where a text stands first; plain Swift over bytes.
  fileprivate func firstRange(of text: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) {
        return start..<index(start, offsetBy: text.count)
      }
      start = index(after: start)
    }
    return nil
  }
}
