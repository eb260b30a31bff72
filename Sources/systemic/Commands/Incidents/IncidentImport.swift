import ArgumentParser
import Duties
import Foundation
import Ground
import Workspace

/// A form of files, as it is named in an option.
struct IncomingForm: ExpressibleByArgument {
  let format: IncomingFormat

  init?(argument: String) {
    guard let format = IncomingFormat(rawValue: argument) else { return nil }
    self.format = format
  }

  static var allValueStrings: [String] { IncomingFormat.allCases.map(\.rawValue) }
}

/// `systemic incident import`.
struct IncidentImport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take in reports from a file: databases of incidents, STIX, mail, own tables.",
    discussion: """
      Forms: \(IncomingFormat.allCases.map(\.rawValue).joined(separator: ", ")); found by the content where none is given.
      Each report becomes an incident that nobody has looked at, once however often the file is given, with its
      original as evidence and what the source thinks of it as a comment. Nothing is answered, and it is received now.
      A row that cannot be read is told with line and column; the others are taken in. Try --dry-run first.

      Examples:
        systemic incident import examples/intake/reports.csv --dry-run
        systemic incident import incidents.csv --classifications classifications_CSETv1.csv --only 9001
        systemic incident import report.eml
      """)
  @Argument(help: "The file; - is standard input.")
  var file: String
  @Option(help: "The form of the file; default by its content.")
  var format: IncomingForm?
  @Option(help: "classifications_*.csv of the AI Incident Database, to be joined; may be repeated.")
  var classifications: [String] = []
  @Option(help: "Only the report of this reference; may be repeated.")
  var only: [String] = []
  @Flag(help: "Show what would be taken in, and write nothing.")
  var dryRun = false
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    var refused = 0
    try await options.open(dryRun ? .read : .write) { workspace in
      let reader = try ReadIncoming(
        format: format?.format, classifications: classifications.map { ByteSource(path: $0) })
      for problem in reader.problems { Terminal.warn(problem.warning) }
      var reports = try reader.reports(of: ByteSource(path: file))
      var run = try await IntakeRun(workspace)
      var (new, known) = (0, 0)
      while let reading = try reports.next() {
        do throws(Problem) {
          guard let isNew = try await take(reading, reports.format, &run) else { continue }
          if isNew { new += 1 } else { known += 1 }
        } catch {
          guard IncidentImport.isFaultOfRow(error) else { throw error }
          refused += 1
          Terminal.warn(error.terminal)
        }
      }
      Terminal.say(
        "\(reports.format.title): \(new) \(dryRun ? "to be taken in" : "taken in"), "
          + "\(known) known before, \(TextTable.count(refused, "row")) refused")
    }
    // What was taken in is on the record and signed by now.
    if refused > 0 { throw ExitCode(1) }
  }

  /// Whether the report is new; nil where it was not asked for.
  private func take(
    _ reading: IncomingReading, _ format: IncomingFormat, _ run: inout IntakeRun
  ) async throws(Problem) -> Bool? {
    switch reading {
    case .refused(let problem): throw problem
    case .report(let report):
      if !only.isEmpty, !only.contains(report.reference) { return nil }
      let taken: TakenReport
      if dryRun {
        taken = try await run.look(at: report)
      } else {
        taken = try await run.take(report, channel: channel(format))
      }
      Terminal.say(IntakeTexts.line(report, taken, isDryRun: dryRun))
      for problem in report.problems { Terminal.warn(problem.warning) }
      return taken.isNew
    }
  }

  /// Rows that cannot be taken in do not keep others from it; what stands in the way of all does.
  private static func isFaultOfRow(_ problem: Problem) -> Bool {
    let isOfAll =
      ["store.", "sealing."].contains(where: problem.code.hasPrefix)
      || ["workspace.not-allowed", "workspace.not-read"].contains(problem.code)
    return !isOfAll
  }

  private func channel(_ format: IncomingFormat) -> String { format == .mail ? "mail" : "import" }
}

/// How the commands of intake speak on a terminal.
enum IntakeTexts {
  static func line(_ report: IncomingReport, _ taken: TakenReport, isDryRun: Bool) -> String {
    let title = TextTable.plain(taken.incident?.title ?? report.title)
    let head =
      taken.isNew
      ? isDryRun ? "new" : "received" : "known"
    let id = taken.incident.map { " (\($0.id.text))" } ?? ""
    let began = report.began.map { ", began \($0.iso)" } ?? ""
    let number = report.reference.isEmpty ? "" : TextTable.plain(report.reference) + " "
    return ([head + " \(number)\(title)\(began)\(id)"] + similar(taken.similar))
      .joined(separator: "\n")
  }

  static func similar(_ found: [IncidentLikeness]) -> [String] {
    found.prefix(3).flatMap { likeness in
      ["  may be the same as \(likeness.id), \(likeness.points) points"]
        + likeness.lines.map { "    " + TextTable.plain($0, atMost: 200) }
    }
  }
}
