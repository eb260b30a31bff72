public import Ground

/// Why a row of an import cannot be taken.
public struct RowProblem: Sendable, Equatable {
  /// The file as it was named.
  public let file: String
  /// The line on which the row begins, from 1.
  public let line: Int
  /// The heading of the column; nil when it is the row as a whole.
  public let column: String?
  /// The problem.
  public let problem: Problem

  init(_ problem: Problem, file: String, line: Int, column: String?) {
    self.file = file
    self.line = line
    self.column = column
    self.problem = problem
  }

  /// What is wrong, with the rule behind it.
  public var reason: String {
    problem.why.isEmpty ? problem.what : problem.what + ": " + problem.why
  }

  /// File, line, column, code, reason and remedy.
  public var json: JSON {
    .object([
      ("file", .string(file)), ("line", .int(line)), ("column", JSON(column)),
      ("code", .string(problem.code)), ("reason", .string(reason)),
      ("remedy", .string(problem.mend)),
    ])
  }

  /// As a terminal shows it, on one line.
  var text: String {
    let place = "\(file):\(line): " + (column.map { "“\($0)”: " } ?? "")
    return ImportText.plain(
      place + reason + (problem.mend.isEmpty ? "" : " (\(problem.mend))"))
  }
}
