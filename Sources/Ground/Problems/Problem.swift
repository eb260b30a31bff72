/// Something a person has to mend: what is wrong, why it is refused, and how to put it right.
public struct Problem: Error, Sendable, Equatable {
  /// Stable identifier, `room.kebab-case`.
  public var code: String
  /// One sentence that names the thing.
  public var what: String
  /// The rule or limit behind it.
  public var why: String
  /// What the reader can do.
  public var mend: String
  /// Where: every place involved.
  public var places: [Place]

  /// A problem with all its parts.
  public init(
    _ code: String, what: String, why: String = "", mend: String = "", places: [Place] = []
  ) {
    self.code = code
    self.what = what
    self.why = why
    self.mend = mend
    self.places = places
  }

  /// Equal by code and places: wording may change.
  public static func == (left: Problem, right: Problem) -> Bool {
    left.code == right.code && left.places == right.places
  }

  /// As a compiler prints it: `file:line:column: error: what (why; mend)`.
  public var compilerLine: String {
    let place = places.first.map { $0.text + ": " } ?? ""
    let reasons = [why, mend].filter { !$0.isEmpty }.joined(separator: "; ")
    return place + "error: " + what + (reasons.isEmpty ? "" : " (" + reasons + ")")
  }

  /// As a terminal shows it, over several lines.
  public var terminal: String { lines("error") }

  /// As a terminal shows it where the work was done all the same.
  public var warning: String { lines("warning") }

  private func lines(_ head: String) -> String {
    var lines = [head + ": " + what]
    for place in places { lines.append("  at:   " + place.text + place.suffix) }
    if !why.isEmpty { lines.append("  why:  " + why) }
    if !mend.isEmpty { lines.append("  mend: " + mend) }
    return lines.joined(separator: "\n")
  }
}

/// A place in a file, a column of a table or a field of a form.
public struct Place: Sendable, Hashable {
  /// File name as the user gave it, or the name of the form.
  public var file: String
  /// Line from 1; nil where the place has none.
  public var line: Int?
  /// Column from 1; nil where the place has none.
  public var column: Int?
  /// What stands there.
  public var label: String

  /// A place with its label.
  public init(_ file: String, line: Int? = nil, column: Int? = nil, label: String = "") {
    self.file = file
    self.line = line
    self.column = column
    self.label = label
  }

  /// `file:line:column`, as far as known.
  public var text: String {
    [file, line.map(String.init), column.map(String.init)].compactMap { $0 }
      .joined(separator: ":")
  }

  var suffix: String { label.isEmpty ? "" : " (" + label + ")" }
}
