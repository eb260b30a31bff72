import ArgumentParser
import Ground
import Workspace

/// `systemic key`.
struct KeyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key", abstract: "The keys of a workspace: copy them to a safe, bring them back.",
    subcommands: [
      KeyExport.self, KeyImport.self, KeyStatusCommand.self, KeyRotateSigning.self,
      KeyRotateEpoch.self,
    ])
}

/// `systemic key export`.
struct KeyExport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a recovery file that a passphrase opens.",
    discussion: """
      Without the keys nobody opens a backup. Keep file and passphrase apart from each other and from the backups, and
      write a new one after each erasure: it begins a key epoch, and files written before open old backups only.

      The passphrase is asked twice, or taken from SYSTEMIC_PASSPHRASE.
      """)
  @Argument(help: "The file to write; nothing is overwritten.")
  var file: String
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let passphrase = try Secret.new(
        "for the recovery file", variable: "SYSTEMIC_PASSPHRASE")
      let written = try await workspace.exportKeys(to: file, passphrase: passphrase)
      Terminal.say("wrote recovery file \(written.number) to \(file)")
      Terminal.say("Keep it apart from the backups; note its number on it: erasures name it.")
    }
  }
}

/// `systemic key import`.
struct KeyImport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Bring the keys of a recovery file into a restored workspace.")
  @Argument(help: "The recovery file.")
  var file: String
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await Terminal.run {
      let folder = try options.folder()
      let passphrase = try Secret.ask(
        "Passphrase of the recovery file: ", variable: "SYSTEMIC_PASSPHRASE")
      let keys = try await BringKeys.bring(
        .recoveryFile(file, passphrase: passphrase), into: folder, open: KeepingText.open,
        surroundings: try Wiring.surroundings(folder))
      Terminal.say(KeepingText.keys(keys))
    }
  }
}

/// `systemic key status`.
struct KeyStatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Which keys are here, and where copies of them are.")
  @Option(help: "text or json.")
  var format = ListFormat.text
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.read) { workspace in
      let status = try await workspace.keyStatus()
      switch format {
      case .json: Terminal.say(status.json.pretty)
      case .text: Terminal.say(KeyText.status(status))
      }
    }
  }
}

/// `systemic key rotate-epoch`.
struct KeyRotateEpoch: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate-epoch",
    abstract: "Begin a new key epoch: wrap all record keys anew, destroy the key before.",
    discussion: """
      Backups and recovery files made before do not fit the keys of today any more: refresh and export them again.
      """)
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let epoch = try await workspace.rotateEpoch()
      Terminal.say("key epoch \(epoch) has begun; the key of the one before is destroyed")
      Terminal.say("write a new recovery file: systemic key export FILE")
      Terminal.say("refresh the backups: systemic backup --refresh DIR")
    }
  }
}

/// Keys as a terminal shows them: never a secret.
enum KeyText {
  static func status(_ status: KeyStatus) -> String {
    var lines = status.signing.map {
      "signs \($0.log.rawValue): \($0.key)" + ($0.fits ? "" : "  THE KEY IS NOT HERE")
    }
    lines += status.epochs.map {
      "epoch \($0.epoch): \($0.isHere ? "key here" : "key destroyed or not here"), "
        + "\($0.records) records"
    }
    lines += status.recoveryFiles.map {
      "recovery file \($0.number): \($0.written.utc), \(TextTable.plain($0.place, atMost: 200)), "
        + "epoch \($0.epochs.map(String.init).joined(separator: ", "))"
    }
    lines += status.backups.map {
      "backup \($0.name): \($0.written.utc), \(TextTable.plain($0.place, atMost: 200)), "
        + "epoch \($0.epochs.map(String.init).joined(separator: ", "))"
    }
    if status.isUnfinished { lines.append("an erasure was cut short: systemic erase --finish") }
    if !status.hasRecoveryFile {
      lines.append("no recovery file opens the keys of today: systemic key export FILE")
    }
    return lines.joined(separator: "\n")
  }
}
