public import ArgumentParser
public import Ground

/// `systemic journal`: what is kept, proven to others.
struct JournalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "journal",
    abstract:
      "Verify, prove and export the journal: what was written, and that it was not changed.",
    discussion: """
      Three logs, each a tree of hashes with its own key: regulatory (models, runs, opinions, evidence), access (who was \
      let in), operational (keys, exports, backups).

      Examples:
        systemic journal verify
        systemic journal log --limit 20
        systemic journal prove model/k3v9qz7d2m5x --with-entry
        systemic journal export out --all
      """,
    subcommands: [
      JournalVerify.self, JournalLog.self, JournalHead.self, JournalCheckpoint.self,
      JournalProve.self, JournalCheckProof.self, JournalExport.self, JournalRebuild.self,
      JournalTimestamp.self,
    ])
}

extension LogName: ExpressibleByArgument {}
