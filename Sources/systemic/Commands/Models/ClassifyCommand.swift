import ArgumentParser
import Documents
import Duties
import Foundation
import Ground
import Rulebook
import Workspace

/// Formats of an opinion.
enum OpinionFormat: String, ExpressibleByArgument, CaseIterable { case markdown, html, json }

/// `systemic classify`.
struct ClassifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify",
    abstract: "Classify one model, or a table of models, with reasons and legal basis.",
    discussion: """
      Exit status of one model: 0 not presumed, 10 systemic risk, 20 undetermined, 1 problem (a value
      that cannot be trusted included), 64 misuse. A table: 0 when it was read; with --strict 1 if any row has problems.

      Examples:
        systemic classify --new > model.yaml
        systemic classify model.yaml
        systemic classify model.yaml --format html --output opinion.html
        systemic classify model.yaml --set tokens=20T --format json
        systemic classify --csv models.csv --output answers.jsonl
      """)
  @Argument(help: "A model file (YAML); - is standard input.")
  var file: String?
  @Option(help: "A table of models (CSV); - is standard input.")
  var csv: String?
  @Flag(help: "Print a commented model file to start from.")
  var new = false
  @Option(help: "markdown, html or json.")
  var format: OpinionFormat = .markdown
  @Option(help: "Where to write; default standard output.")
  var output: String?
  @Option(help: "Answer by the law of this day (YYYY-MM-DD); default today in Brussels.")
  var asOf: String?
  @Option(name: .customLong("set"), help: "What if: key=value; may be repeated.")
  var settings: [String] = []
  @Flag(help: "Show each question with its answer and reasons only.")
  var explain = false
  @Flag(help: "With --csv: end with status 1 if any row has problems.")
  var strict = false
  @Option(help: "An organisation's own rules (YAML), added to the law.")
  var overlay: String?

  func validate() throws {
    let count = [file != nil, csv != nil, new].count { $0 }
    if count != 1 { throw ValidationError("Give a model file, --csv FILE or --new.") }
  }

  func run() throws {
    try Terminal.run {
      if new {
        try write(ClassifyModel.template)
      } else if let csv {
        try table(csv)
      } else if let file {
        try model(file)
      }
    }
  }

  private func law() throws -> Law {
    Law.at(try Terminal.day(asOf), overlay: try overlay.map { try OverlayFile.read($0) })
  }

  private func model(_ path: String) throws {
    try LineWriter.refuse(output: output, over: path)
    let opinion = try ClassifyModel.opinion(path: path, settings: settings, law: law())
    try write(explain ? Explanation.text(opinion) : rendered(opinion))
    for problem in opinion.classification.problems {
      Terminal.warn("note: \(problem.column): \(problem.reason); \(problem.remedy)")
    }
    if output != nil { Terminal.say(opinion.verdict.sentence) }
    let hasProblems = !opinion.classification.problems.isEmpty
    let status = hasProblems ? 1 : opinion.verdict.exitStatus
    if status != 0 { throw ExitCode(status) }
  }

  private func rendered(_ opinion: Opinion) -> String {
    switch format {
    case .markdown: OpinionDocument.markdown(opinion)
    case .html: OpinionDocument.html(opinion)
    case .json: OpinionDocument.json(opinion).pretty
    }
  }

  private func write(_ text: String) throws {
    let writer = LineWriter(path: output)
    try writer.write(text)
    try writer.finish()
  }

  private func table(_ path: String) throws {
    try LineWriter.refuse(output: output, over: path)
    let use = ClassifyTable(law: try law())
    let writer = LineWriter(path: output)
    let progress = Progress(file: path)
    let summary = try use.run(path: path, progress: progress.read) { line in
      try writer.write(line)
      progress.advance()
    }
    try writer.finish()
    progress.finish()
    for column in summary.ignoredColumns {
      Terminal.warn("note: the column \"\(column)\" is not used")
    }
    if let staleness = summary.staleness { Terminal.warn("note: \(staleness)") }
    if summary.rowsWithProblems > 0 {
      Terminal.warn("note: \(summary.rowsWithProblems) of \(summary.rows) rows have problems")
    }
    if strict, summary.rowsWithProblems > 0 { throw ExitCode(1) }
  }
}

/// `classify --explain`: questions, answers and reasons on a terminal.
enum Explanation {
  static func text(_ opinion: Opinion) -> String {
    var lines = [Terminal.bold(opinion.verdict.sentence), ""]
    for question in opinion.questions {
      let answer = question.answer?.word ?? "does not arise"
      lines.append(Terminal.bold(question.title) + "  " + answer)
      for statement in question.reasoning {
        let basis = statement.citations.map(\.marked).joined(separator: "; ")
        let text = statement.text + (basis.isEmpty ? "" : " [" + basis + "]")
        lines.append(RuleText.wrapped("- " + text, indent: "  "))
      }
      if let missing = question.answer?.missing, !missing.isEmpty {
        lines.append("  would be decided by: " + missing.joined(separator: ", "))
      }
      lines.append("")
    }
    return lines.joined(separator: "\n")
  }
}
