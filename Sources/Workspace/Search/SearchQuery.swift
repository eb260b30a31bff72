internal import Duties
internal import Ground

/// A query as it is understood: words and phrases, fields, kinds, days.
struct SearchQuery: Sendable {
  /// Longest query in bytes.
  static let longest = 1000
  /// Most words of a query.
  static let mostTerms = 32

  private(set) var terms: [SearchTerm] = []
  /// Kinds of which a record must be one; empty is any.
  private(set) var kinds: Set<String> = []
  private(set) var excludedKinds: Set<String> = []
  /// A day of the record lies before all of these days.
  private(set) var before: Day?
  /// A day of the record lies after all of these days.
  private(set) var after: Day?

  /// Reads a query.
  ///
  /// - Throws: `workspace.search-empty`, `workspace.search-too-long`, `workspace.search-unknown-kind`,
  ///   `workspace.search-bad-day`.
  init(_ text: String) throws(Problem) {
    guard text.utf8.count <= SearchQuery.longest else { throw SearchQuery.tooLong }
    for part in SearchQuery.parts(text) {
      try add(part)
      guard terms.count <= SearchQuery.mostTerms else { throw SearchQuery.tooLong }
    }
    let asksNothing =
      terms.isEmpty && kinds.isEmpty && excludedKinds.isEmpty && before == nil && after == nil
    guard !asksNothing else {
      throw Problem(
        "workspace.search-empty", what: "the query asks for nothing",
        why: "records are found by their words",
        mend: "write words, \"a phrase\", field:word, kind:model or after:2026-01-01")
    }
  }

  private static let tooLong = Problem(
    "workspace.search-too-long", what: "the query is too long",
    why: "it may have \(longest) bytes and \(mostTerms) words", mend: "search for fewer words")

  /// One part of a query: `-field:"text"`, with sign, field and quotes where they stand.
  private struct Part {
    var isExcluded = false
    var name: String?
    var text = ""
  }

  /// The parts between spaces; a quote that is not closed ends with the query.
  private static func parts(_ text: String) -> [Part] {
    var parts: [Part] = []
    var part = Part()
    var (isOpen, isQuoted, wasQuoted) = (false, false, false)
    func finish() {
      if isOpen { parts.append(part) }
      part = Part()
      (isOpen, wasQuoted) = (false, false)
    }
    for character in text {
      if character == "\"" || character == "“" || character == "”" || character == "„" {
        isQuoted.toggle()
        (isOpen, wasQuoted) = (true, true)
      } else if character.isWhitespace, !isQuoted {
        finish()
      } else if character == "-", !isOpen {
        (part.isExcluded, isOpen) = (true, true)
      } else if character == ":", !wasQuoted, part.name == nil, isName(part.text) {
        part.name = part.text.lowercased()
        part.text = ""
      } else {
        part.text.append(character)
        isOpen = true
      }
    }
    finish()
    return parts
  }

  private static let asked: Set<String> = ["kind", "status", "id", "before", "after"]

  private static let fields = Set(
    RecordKind.all.flatMap { $0.shownFields.map(\.name) })

  /// Whether a word before a colon asks something; `Art:5` and `10:30` are words like others.
  private static func isName(_ text: String) -> Bool {
    let name = text.lowercased()
    return asked.contains(name) || fields.contains(name)
  }

  private mutating func add(_ part: Part) throws(Problem) {
    switch part.name {
    case "kind"?:
      let kind = try SearchQuery.kind(part.text)
      if part.isExcluded { excludedKinds.insert(kind) } else { kinds.insert(kind) }
    case "before"?:
      let day = try SearchQuery.range(part).first
      before = min(before ?? day, day)
    case "after"?:
      let day = try SearchQuery.range(part).last
      after = max(after ?? day, day)
    default:
      let word = SearchQuery.word(part.text)
      guard !word.isEmpty else { return }
      terms.append(SearchTerm(word: word, field: part.name, isExcluded: part.isExcluded))
    }
  }

  /// The word as search compares it, without spaces around it.
  private static func word(_ text: String) -> [UInt8] {
    let folded = FoldedText(text).bytes.drop { $0 == 0x20 }
    guard let last = folded.lastIndex(where: { $0 != 0x20 }) else { return [] }
    return Array(folded[...last])
  }

  private static func kind(_ text: String) throws(Problem) -> String {
    let key = Spelling.key(text)
    let kinds = RecordKind.all
    if let kind = kinds.first(where: { [$0.name, $0.title].contains { Spelling.key($0) == key } }) {
      return kind.name
    }
    let near = Spelling.near(text, among: kinds.map(\.name))
    throw Problem(
      "workspace.search-unknown-kind", what: "there is no kind of record “\(text.prefix(80))”",
      why: "the kinds are " + kinds.map(\.name).joined(separator: ", "),
      mend: near.isEmpty ? "choose one of them" : "did you mean " + near.joined(separator: ", "))
  }

  private static func range(_ part: Part) throws(Problem) -> DayRange {
    let name = part.name ?? ""
    guard !part.isExcluded, let range = DayRange(iso: part.text) else {
      throw Problem(
        "workspace.search-bad-day", what: "“\(part.text.prefix(80))” is no day to search by",
        why: "\(name): takes a day, a month or a year",
        mend: "write it like \(name):2026-01-01, \(name):2026-01 or \(name):2026")
    }
    return range
  }
}
