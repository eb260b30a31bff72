import ArgumentParser
import Ground
import Journal
import Workspace

/// `systemic journal export`.
struct JournalExport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a log as a directory that any C2SP tool verifies: checkpoint, tiles, vkey.",
    discussion: """
      Entries hold commitments, not contents. An older export of the same log is continued. The key belongs to readers by \
      another way than the directory.

      Examples:
        systemic journal export out
        systemic journal export out --all
      """)
  @Argument(help: "The directory; new, or an older export.")
  var directory: String
  @Option(help: "regulatory, access or operational.")
  var log: LogName = .regulatory
  @Flag(help: "All logs, each in a directory of its name.")
  var all = false
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let bar = StepBar("entries")
      let exported = try await ExportJournal(workspace).export(
        all ? LogName.allCases : [log], to: directory
      ) { bar.show($0, of: $1) }
      bar.finish()
      for log in exported {
        JournalCheckpoint.say(log.checkpoint)
        Terminal.say("  \(log.folder), key \(log.key.text)")
      }
      let keys = exported.map { " --vkey '\($0.key.text)'" }.joined()
      Terminal.say("Verify it anywhere, with this program or another:")
      Terminal.say("  systemic journal verify '\(directory)'\(keys)")
    }
  }
}

/// `systemic journal rebuild`.
struct JournalRebuild: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Fold the journal and compare with the cached states of records, or replace them.",
    discussion: """
      Exit status with --check: 0 all are what their events make of them, 1 some differ.

      Examples:
        systemic journal rebuild --check
        systemic journal rebuild
      """)
  @Flag(help: "Compare only.")
  var check = false
  @Option(help: "text or json.")
  var format: ListFormat = .text
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(check ? .read : .write) { workspace in
      let report = try await RebuildStates(workspace).run(replaces: !check)
      switch format {
      case .json: Terminal.say(report.json.pretty)
      case .text:
        for finding in report.findings { Terminal.say("\(finding.code): \(finding.what)") }
        let differing = JournalText.count(report.differing, "cached state", "cached states")
        Terminal.say(
          JournalText.count(report.records, "record", "records") + " folded, \(differing) "
            + (check ? "differing" : "replaced")
            + (report.erased > 0 ? ", \(report.erased) erased" : ""))
      }
      if check, !report.isOK { throw ExitCode(1) }
    }
  }
}
