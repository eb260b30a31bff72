import ArgumentParser
import Duties
import Ground
import Workspace

/// Forms of a register.
enum RegisterFormat: String, ExpressibleByArgument, CaseIterable {
  case csv, jsonl

  func form(_ separator: SeparatorWord) -> RegisterForm {
    self == .csv ? .csv(separator.value) : .jsonLines
  }
}

/// What separates the cells of a line, in words.
enum SeparatorWord: String, ExpressibleByArgument, CaseIterable {
  case comma, semicolon, tab

  var value: Separator {
    switch self {
    case .comma: .comma
    case .semicolon: .semicolon
    case .tab: .tab
    }
  }
}

/// `systemic register`.
struct RegisterCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "register", abstract: "Registers as CSV or JSON Lines, in and out.",
    subcommands: [RegisterExportCommand.self, RegisterImportCommand.self])
}

/// `systemic register export`.
struct RegisterExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the records of a kind, as of any day.",
    discussion: """
      Cells that a spreadsheet would take for a formula get an apostrophe, which the import takes off again.

      Examples:
        systemic register export model --columns id,name,status --output models.csv
        systemic register export model --separator semicolon --output models.csv
      """)
  @Argument(help: "The kind; `systemic record kinds` lists them.")
  var kind: String
  @Option(help: "csv or jsonl.")
  var format: RegisterFormat = .csv
  @Option(help: "What separates the cells of CSV: comma, semicolon or tab.")
  var separator: SeparatorWord = .comma
  @Option(help: "Columns, separated by commas; default all.")
  var columns: String?
  @Option(help: "Where to write; default standard output.")
  var output: String?
  @OptionGroup var asOf: AsOfOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let kind = try Words.kind(kind)
    let asOf = try asOf.value()
    try await options.open(.read) { workspace in
      let writer = LineWriter(path: output)
      let count = try await workspace.export(
        kind, columns: columns?.split(separator: ",").map(String.init), as: format.form(separator),
        asOf
      ) { try writer.write($0.last == 0x0A ? Array($0.dropLast()) : $0) }
      try writer.finish()
      if output != nil { Terminal.say("\(count) records") }
    }
  }
}

/// `systemic register import`.
struct RegisterImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Begin and change records from a table.",
    discussion: """
      Rows with an id change that record; rows without begin one, or change the one that --key finds. Try --dry-run first.

      Examples:
        systemic register import model models.csv --dry-run
        systemic register import model models.csv --map "Model name=name" --key name --reason "yearly review"
      """)
  @Argument(help: "The kind.")
  var kind: String
  @Argument(help: "The file; - is standard input.")
  var file: String
  @Option(help: "Heading=column, Heading=- to leave it out; may be repeated.")
  var map: [String] = []
  @Option(help: "A field by which rows without id find their record; may be repeated.")
  var key: [String] = []
  @Option(help: "Why records change.")
  var reason: String?
  @Option(name: .customLong("on"), help: "Since when it is true; default today.")
  var effective: String?
  @Option(help: "csv or jsonl; default by the content.")
  var format: RegisterFormat?
  @Flag(help: "Show what would happen, and write nothing.")
  var dryRun = false
  @Flag(help: "Leave out rows with errors instead of refusing the file.")
  var skipErrors = false
  @Flag(help: "With --dry-run: as JSON.")
  var json = false
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let kind = try Words.kind(kind)
    let import_ = RegisterImport.Options(
      map: map, key: key, reason: reason,
      effective: try effective.map { .day(try Terminal.day($0)) },
      form: format == .jsonl ? .jsonLines : nil)
    try await options.open(dryRun ? .read : .write) { workspace in
      let plan = try await workspace.planImport(kind, ByteSource(path: file), options: import_)
      if dryRun {
        Terminal.say(json ? plan.report.json.pretty : plan.report.text)
        if plan.report.refusal(skippingErrors: skipErrors) != nil { throw ExitCode(1) }
        return
      }
      if plan.report.refusal(skippingErrors: skipErrors) != nil { Terminal.warn(plan.report.text) }
      let count = try await workspace.carryOut(plan, kind, skippingErrors: skipErrors)
      Terminal.say("\(count) records were begun or changed")
    }
  }
}
