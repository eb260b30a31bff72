internal import Duties
internal import Ground

/// Where the values of a column of the file go.
enum ColumnTarget: Sendable {
  /// Into this column of the register.
  case column(RegisterColumn)
  /// Nowhere, as the person wished or because nobody knows the heading.
  case ignored
  /// Nowhere, since it has no heading: its cells must be empty.
  case unnamed
}

/// A column of the file.
struct FileColumn: Sendable {
  /// Its heading, as written.
  let heading: String
  /// Where its values go.
  let target: ColumnTarget
}

/// Finds for each heading of a file where its values go; tells what it does not know.
struct ColumnMap {
  /// Most columns of a file.
  static let mostColumns = 1000

  let kind: RecordKind
  private(set) var columns: [FileColumn] = []
  private(set) var problems: [Problem] = []
  private var wishes: [(heading: String, target: ColumnTarget, isUsed: Bool)] = []
  private var indexes: [String: Int] = [:]
  private var taken: [String: String] = [:]
  private let known: [RegisterColumn]
  private let headings: [String]

  /// A map with what a person wished, `Heading=target`; a target is a heading of the register, an event or `-`.
  ///
  /// - Throws: `workspace.bad-column-map`, `workspace.unknown-column`.
  init(_ kind: RecordKind, wishes: [String] = []) throws(Problem) {
    self.kind = kind
    known = RegisterColumn.all(of: kind)
    headings = known.map { $0.heading(in: kind) }
    for wish in wishes {
      guard let equals = wish.lastIndex(of: "=") else { throw ColumnMap.badWish(wish) }
      let heading = TableCell.trimmed(String(wish[..<equals]))
      let name = TableCell.trimmed(String(wish[wish.index(after: equals)...]))
      guard !heading.isEmpty, !name.isEmpty else { throw ColumnMap.badWish(wish) }
      let target: ColumnTarget =
        name == "-" ? .ignored : .column(try RegisterColumn.needed(name, of: kind))
      self.wishes.append((heading, target, false))
    }
  }

  private static func badWish(_ wish: String) -> Problem {
    Problem(
      "workspace.bad-column-map", what: "“\(wish.prefix(80))” maps no column",
      why: "a heading of the file and where it goes are separated by =",
      mend: "write it like \"Model name=name\", \"Go-live=on:placed-on-market\" or \"Comment=-\"")
  }

  /// The column of a heading that stands in a line of its own, as in CSV: a second one of the same heading is another.
  mutating func add(_ heading: String, at place: Place) throws(Problem) {
    guard columns.count < ColumnMap.mostColumns else {
      throw Problem(
        "workspace.import-too-many-columns",
        what: "the file has more than \(ColumnMap.mostColumns) columns",
        why: "a register is not that wide", mend: "check the separator and that it is a table",
        places: [place])
    }
    let heading = TableCell.trimmed(heading)
    let target = claimed(heading, place)
    indexes[heading] = columns.count
    columns.append(FileColumn(heading: heading, target: target))
  }

  /// The column of a name that may come again with each line, as in JSON Lines.
  mutating func index(of heading: String, at place: Place) throws(Problem) -> Int {
    if let index = indexes[heading] { return index }
    try add(heading, at: place)
    indexes[heading] = columns.count - 1
    return columns.count - 1
  }

  /// Wishes for headings that the file does not have become problems.
  mutating func finish(at place: Place) {
    for wish in wishes where !wish.isUsed {
      let near = Spelling.near(wish.heading, among: columns.map(\.heading))
      report(
        Problem(
          "workspace.missing-heading", what: "the file has no heading “\(wish.heading)”",
          why: "it is to be mapped",
          mend: near.isEmpty
            ? "its headings are " + columns.prefix(50).map(\.heading).joined(separator: ", ")
            : "did you mean " + near.joined(separator: ", "),
          places: [place]))
    }
  }

  private mutating func report(_ problem: Problem) {
    if problems.count < ImportReport.mostProblems { problems.append(problem) }
  }

  /// The target, when no other column has it.
  private mutating func claimed(_ heading: String, _ place: Place) -> ColumnTarget {
    let target = wished(heading) ?? automatic(heading, place)
    guard case .column(let column) = target else { return target }
    let name = column.heading(in: kind)
    if let other = taken[name] {
      report(
        Problem(
          "workspace.duplicate-column",
          what: other == heading
            ? "the column \"\(heading)\" stands twice"
            : "the columns \"\(other)\" and \"\(heading)\" both give \(name)",
          why: "it would be unclear which one holds",
          mend: "keep one of them, or ignore one: --map \"\(heading)=-\"", places: [place]))
      return .ignored
    }
    taken[name] = heading
    return target
  }

  private mutating func wished(_ heading: String) -> ColumnTarget? {
    let index =
      wishes.firstIndex { $0.heading == heading }
      ?? wishes.firstIndex { Spelling.key($0.heading) == Spelling.key(heading) }
    guard let index else { return nil }
    wishes[index].isUsed = true
    return wishes[index].target
  }

  private mutating func automatic(_ heading: String, _ place: Place) -> ColumnTarget {
    if heading.isEmpty { return .unnamed }
    let found = ColumnMap.candidates(heading, kind, known)
    if found.count == 1 { return .column(found[0]) }
    let names = found.map { $0.heading(in: kind) }
    let near = Spelling.near(heading, among: headings)
    let example = names.first ?? near.first ?? "name"
    report(
      found.isEmpty
        ? Problem(
          "workspace.unknown-heading", what: "the heading “\(heading.prefix(80))” is not known",
          why: near.isEmpty
            ? "\(kind.titled) has no such field or event"
            : "near: " + near.joined(separator: ", "),
          mend: "map it: --map \"\(heading.prefix(80))=\(example)\", or =- to leave it out",
          places: [place])
        : Problem(
          "workspace.ambiguous-heading",
          what: "the heading “\(heading.prefix(80))” may be " + names.joined(separator: " or "),
          why: "they are spelled alike", mend: "map it: --map \"\(heading.prefix(80))=\(example)\"",
          places: [place]))
    return .ignored
  }

  /// Columns that a heading may mean: by name, then by name without regard to spelling, then by title.
  static func candidates(
    _ heading: String, _ kind: RecordKind, _ known: [RegisterColumn]
  ) -> [RegisterColumn] {
    for name in [heading, heading.lowercased()] {
      if let column = RegisterColumn.named(name, of: kind) { return [column] }
    }
    let key = Spelling.key(heading)
    guard !key.isEmpty else { return [] }
    let byName = known.filter { column in
      if case .event(let event) = column, Spelling.key(event.name) == key { return true }
      return Spelling.key(column.heading(in: kind)) == key
    }
    if !byName.isEmpty { return byName }
    return known.filter { $0.title.map(Spelling.key) == key }
  }
}
