import ArgumentParser
import Ground
import Store
import Workspace

/// `systemic backup`.
struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Back a workspace up while others go on writing.",
    discussion: """
      A second backup into the same folder adds what is new. The keys are not in it: see systemic key export.

      Examples:
        systemic backup /mnt/safe/records
        systemic backup --verify /mnt/safe/records
        systemic backup --refresh /mnt/safe/records
      """)
  @Argument(help: "The folder of the backup.")
  var folder: String
  @Flag(help: "Check the backup; needs neither workspace nor keys.")
  var verify = false
  @Flag(help: "After an erasure: take out what was erased, and wrap the rest under today's keys.")
  var refresh = false
  @OptionGroup var options: WorkspaceOptions

  func validate() throws {
    guard !(verify && refresh) else { throw ValidationError("Choose --verify or --refresh.") }
  }

  func run() async throws {
    if verify {
      try await Terminal.run { try await check() }
    } else if refresh {
      try await options.open(.write) { workspace in
        let report = try await workspace.refreshBackup(at: folder, open: KeepingText.open)
        Terminal.say(
          "refreshed: \(report.rewrapped) keys replaced, \(report.erased) records and "
            + "\(report.files) files removed")
      }
    } else {
      try await options.open(.write) { workspace in
        let report = try await workspace.backUp(to: folder, open: KeepingText.open) { done, all in
          KeepingText.count(done, all, "files")
        }
        KeepingText.endCount()
        Terminal.say("backed up to \(folder): \(TextTable.count(report.copied, "new file"))")
        for line in KeepingText.logs(report.manifest) { Terminal.say(line) }
        for problem in report.problems { Terminal.warn(problem.warning) }
        if !report.problems.isEmpty { throw ExitCode(1) }
      }
    }
  }

  private func check() async throws {
    let check = try await BackupCheck(of: folder, open: KeepingText.open) { done, all in
      KeepingText.count(done, all, "files")
    }
    KeepingText.endCount()
    for line in KeepingText.logs(check.manifest) { Terminal.say(line) }
    for problem in check.findings { Terminal.warn(problem.terminal) }
    guard check.isWhole else { throw ExitCode(1) }
    Terminal.say(
      "the backup is whole: logs and \(check.manifest.evidence.count) files are as its manifest says"
    )
    Terminal.say("whether the contents open is proven by restoring them with keys")
  }
}

/// `systemic restore`.
struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Restore a backup into an empty folder, and prove it.",
    discussion: """
      The roots of all logs are computed anew and must be those of the backup. Without keys the journal verifies and
      the contents stay closed; bring the keys later with systemic key import.

      Example:
        systemic restore /mnt/safe/records restored --keys recovery.txt
      """)
  @Argument(help: "The folder of the backup.")
  var backup: String
  @Argument(help: "The folder to restore into: new or empty.")
  var folder: String
  @Option(help: "A recovery file; its passphrase is asked, or taken from SYSTEMIC_PASSPHRASE.")
  var keys: String?
  @Option(help: "Take the keys of this workspace, which the backup is of.")
  var keysFrom: String?

  func validate() throws {
    guard keys == nil || keysFrom == nil else {
      throw ValidationError("Choose --keys or --keys-from.")
    }
  }

  func run() async throws {
    try await Terminal.run {
      let target = WorkspaceFolder(folder)
      var source: KeySource?
      if let keys {
        let passphrase = try Secret.ask(
          "Passphrase of the recovery file: ", variable: "SYSTEMIC_PASSPHRASE")
        source = .recoveryFile(keys, passphrase: passphrase)
      }
      if let keysFrom { source = .workspace(WorkspaceFolder(keysFrom)) }
      let report = try await RestoreBackup.restore(
        backup, to: target, keys: source, open: KeepingText.open,
        surroundings: try Wiring.surroundings(target))
      try say(report)
    }
  }

  private func say(_ report: RestoreReport) throws {
    Terminal.say("restored to \(folder): the roots are those of the backup")
    for line in KeepingText.logs(report.manifest) { Terminal.say(line) }
    if let keys = report.keys { Terminal.say(KeepingText.keys(keys)) }
    if let refused = report.keysRefused { Terminal.warn(refused.warning) }
    for problem in report.evidence { Terminal.warn(problem.terminal) }
    if report.keys == nil {
      Terminal.say("contents stay closed until keys are there: systemic key import FILE")
    }
    Terminal.say("erasures that were made after the backup have to be made again")
    if report.keysRefused != nil || !report.evidence.isEmpty { throw ExitCode(1) }
  }
}

/// Backups and keys as a terminal shows them.
enum KeepingText {
  /// Opens a store beside the workspace's own.
  static let open: OpenStore = { path, forWriting throws(Problem) in
    try SQLiteStore(path: path, access: forWriting ? .write : .readOnly)
  }

  static func logs(_ manifest: BackupManifest) -> [String] {
    LogName.allCases.compactMap { log in
      manifest.logs[log].map { "  \(log.rawValue): \($0.size) entries, root \($0.root)" }
    }
  }

  static func keys(_ keys: ImportedKeys) -> String {
    let epochs = keys.epochs.map(String.init).joined(separator: ", ")
    let source = keys.number.map { "recovery file \($0)" } ?? "the other workspace"
    return "the keys of epoch \(epochs) are here, from \(source)"
      + (keys.closed == 0 ? "" : "; \(keys.closed) records of other epochs stay closed")
  }

  static func count(_ done: Int, _ all: Int, _ what: String) {
    guard Terminal.showsProgress, done.isMultiple(of: 64) || done == all else { return }
    Terminal.show("\r\u{1B}[K\(done) of \(all) \(what)")
  }

  static func endCount() {
    if Terminal.showsProgress { Terminal.show("\r\u{1B}[K") }
  }
}
