import ArgumentParser
import Foundation
import Ground
import Rulebook
import Workspace

/// `systemic classify`.
struct ClassifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify",
    abstract: "Classify one model, or a table of models.",
    discussion: """
      Exit status of one model: 0 not presumed, 10 systemic risk presumed, 20 undetermined,
      1 problem, 64 misuse. A table: 0 when it was read; with --strict 1 if any row has problems.

      Examples:
        systemic classify examples/llama-3.1-405b.yaml
        systemic classify model.yaml --set tokens=20T --format json
        systemic classify --csv models.csv --output answers.jsonl
        systemic classify --new > model.yaml
      """)
  @Option(help: "A table of models (CSV); - is standard input.")
  var csv: String?
  @Option(help: "Where to write; default standard output.")
  var output: String?
  @Flag(help: "With --csv: end with status 1 if any row has problems.")
  var strict = false
  @Option(help: "Answer by the law of this day (YYYY-MM-DD); default today in Brussels.")
  var asOf: String?

  func run() throws {
    try Terminal.run {
      if let csv { try table(csv) }
    }
  }

  private func table(_ path: String) throws {
    let use = ClassifyTable(law: Law.at(try Terminal.day(asOf)))
    let writer = try LineWriter(path: output)
    var progress = Progress(what: "rows")
    let summary = try use.run(path: path) { line in
      try writer.write(line)
      progress.advance()
    }
    try writer.finish()
    progress.finish()
    for column in summary.ignoredColumns { Terminal.warn("note: the column \"\(column)\" is not used") }
    if let staleness = summary.staleness { Terminal.warn("note: \(staleness)") }
    if summary.rowsWithProblems > 0 {
      Terminal.warn("note: \(summary.rowsWithProblems) of \(summary.rows) rows have problems")
    }
    if strict, summary.rowsWithProblems > 0 { throw ExitCode(1) }
  }
}
