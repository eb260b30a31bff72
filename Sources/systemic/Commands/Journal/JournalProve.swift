import ArgumentParser
import Ground
import Journal
import Workspace

/// `systemic journal prove`.
struct JournalProve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove",
    abstract: "Write a proof that an entry is in its log, to be checked offline.",
    discussion: """
      The proof (C2SP tlog-proof) holds the signed checkpoint with the signatures of witnesses. It shows that the entry \
      stands in the log; what the entry commits to is proven by opening its content.

      Examples:
        systemic journal prove 12 -o entry-12.tlog-proof
        systemic journal prove model/k3v9qz7d2m5x@2 --with-entry
      """)
  @Argument(help: "The index of the entry, or a record (its newest entry), or record@version.")
  var entry: String
  @Option(help: "The log in which an index counts.")
  var log: LogName = .regulatory
  @Option(name: .shortAndLong, help: "The file; default LOG-INDEX.tlog-proof here.")
  var output: String?
  @Flag(help: "Write the bytes of the entry beside it, as FILE.entry.")
  var withEntry = false
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    if let desk = try remote.desk(besides: options) {
      return try await Terminal.run { try await run(on: desk) }
    }
    try await Terminal.run {
      let name = try EntryName(entry)
      var proven: ProvenEntry?
      try await options.open(.read) { workspace in
        do throws(Problem) {
          proven = try await ProveEntry(workspace).proof(of: name, in: log)
        } catch {
          guard error.code == "workspace.not-covered" else { throw error }
        }
      }
      if proven == nil {
        try await options.open(.write) { workspace in
          try await Checkpoints(workspace).publishAll()
          proven = try await ProveEntry(workspace).proof(of: name, in: log)
        }
      }
      if let proven { try say(proven) }
    }
  }

  /// The server signs a checkpoint over every change by itself.
  private func run(on desk: RemoteDesk) async throws {
    guard !withEntry else {
      throw ValidationError(
        "--with-entry reads a folder; the history of the record tells the entry.")
    }
    let bytes: [UInt8]
    let name: String
    switch try EntryName(entry) {
    case .index(let index):
      name = "\(log.rawValue)-\(index).tlog-proof"
      bytes = try await desk.bytes("journal/\(log.rawValue)/entries/\(index)/proof")
    case .record(let id, let version):
      name = id.text.replacing("/", with: "-") + ".tlog-proof"
      bytes = try await desk.bytes(
        RemoteDesk.path(id) + "/proof", [("version", version.map { String($0) })])
    }
    try TextFile.write(String(decoding: bytes, as: UTF8.self), to: output ?? name)
    Terminal.say("the proof of \(entry): \(output ?? name)")
  }

  private func say(_ proven: ProvenEntry) throws {
    let file = output ?? proven.fileName
    let entry = try proven.write(to: file, withEntry: withEntry)
    Terminal.say(
      "entry \(proven.proof.index) of the \(proven.log.rawValue) log, under "
        + "\(proven.proof.checkpoint.checkpoint.size) entries: \(file)")
    let witnesses = proven.witnesses.map { " --witness-vkey '\($0.text)'" }.joined()
    Terminal.say("Verify it anywhere with the key that you got from the provider:")
    Terminal.say(
      "  systemic journal check-proof '\(file)' --entry \(entry.map { "'\($0)'" } ?? "ENTRYFILE") "
        + "--vkey '\(proven.key.text)'\(witnesses)")
  }
}

/// `systemic journal check-proof`.
struct JournalCheckProof: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-proof", abstract: "Check a proof from files alone: no workspace is needed.",
    discussion:
      "Example: systemic journal check-proof P.tlog-proof --entry P.tlog-proof.entry --vkey KEY")
  @Argument(help: "The proof.")
  var file: String
  @Option(help: "The file with the bytes of the entry.")
  var entry: String
  @Option(
    name: .customLong("vkey"), help: "The public key of the log, from its owner, or a file with it."
  )
  var key: String
  @Option(
    name: .customLong("witness-vkey"),
    help: "The public key of a witness that must have signed, or a file with it; may be repeated.")
  var witnesses: [String] = []
  @Option(help: "text or json.")
  var format: ListFormat = .text

  func run() throws {
    try Terminal.run {
      let shown = try CheckProof.check(
        file, entry: entry, key: try VerifyExports.keys([key])[0].text,
        witnesses: try VerifyExports.keys(witnesses).map(\.text))
      Terminal.say(format == .json ? shown.json.pretty : text(shown))
    }
  }

  private func text(_ shown: CheckProof.Shown) -> String {
    var lines = [
      "proven: the entry is number \(shown.index) of \(shown.size) in “\(shown.origin)”"
    ]
    if let envelope = shown.envelope {
      lines.append(
        "it states: \(envelope.event) of \(envelope.record.text) version \(envelope.version), true "
          + "\(envelope.effective.text), recorded \(envelope.recorded.utc)")
    }
    for signature in shown.cosignatures {
      lines.append(
        "witnessed by \(signature.key.name)" + (signature.time.map { " at \($0.utc)" } ?? ""))
    }
    lines.append("It does not prove that what the entry states is true.")
    return lines.joined(separator: "\n")
  }
}
