import ArgumentParser
import Ground
import Journal
import Workspace

/// `systemic journal verify`.
struct JournalVerify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check a workspace or an exported log: every entry, hash, signature and content.",
    discussion: """
      A workspace is read beside a running writer. An exported log needs no workspace and no keys of ours. Give the keys \
      and heads that you got from elsewhere: what lies in the same folder proves nothing against whoever has the folder.

      Exit status: 0 nothing found, 1 something found, or it could not be checked.

      Examples:
        systemic journal verify
        systemic journal verify records --head kept/regulatory.note
        systemic journal verify out --vkey "$(cat regulatory.vkey)" --format json
      """)
  @Argument(help: "A workspace or an exported log; default the workspace found.")
  var path: String?
  @Option(help: "text or json.")
  var format: ListFormat = .text
  @Option(
    name: .customLong("vkey"), help: "The log's public key, or a file with it; may be repeated.")
  var keys: [String] = []
  @Option(
    name: .customLong("witness-vkey"),
    help: "The public key of a witness that must have signed, or a file with it; may be repeated.")
  var witnesses: [String] = []
  @Option(name: .customLong("head"), help: "A signed head that you kept; may be repeated.")
  var heads: [String] = []
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await Terminal.run {
      let target = try path.map { try Verifiable(at: $0) } ?? .workspace(try options.folder())
      switch target {
      case .workspace(let folder): try await verify(folder)
      case .exports(let folders): try await verify(folders)
      }
    }
  }

  private func verify(_ folder: WorkspaceFolder) async throws {
    var options = options
    options.workspace = folder.path
    let (heads, keys, witnesses) = try given()
    var report: WorkspaceReport?
    if let problem = await unreadable(folder) {
      report = WorkspaceReport(unreadable: problem)
    } else {
      try await options.open(.audit) { workspace in
        var audit = VerifyWorkspace(workspace)
        (audit.retained, audit.logKeys, audit.witnesses) = (heads, keys, witnesses)
        let bar = StepBar("entries")
        report = try await audit.report { bar.show($0 / 2, of: $1 / 2) }
        bar.finish()
      }
    }
    guard let report else { return }
    Terminal.say(format == .json ? report.json.pretty : JournalText.report(report, of: folder.path))
    if !report.isOK { throw ExitCode(1) }
  }

  /// Why the store cannot be read at all; nil when it can.
  private func unreadable(_ folder: WorkspaceFolder) async -> Problem? {
    do throws(Problem) {
      let store = try Wiring.store(folder, .audit)
      await store.close()
      return nil
    } catch { return error.code == "store.newer" ? nil : error }
  }

  private func verify(_ folders: [(name: String?, folder: String)]) async throws {
    var audit = VerifyExports(folders)
    (audit.retained, audit.logKeys, audit.witnesses) = try given()
    let bar = StepBar("entries")
    let reports = try await audit.reports { bar.show($0, of: nil) }
    bar.finish()
    Terminal.say(
      format == .json
        ? VerifyExports.json(reports).pretty
        : reports.map { JournalText.report($0.report, of: $0.name) }.joined(separator: "\n\n"))
    if !reports.allSatisfy(\.report.isOK) { throw ExitCode(1) }
  }

  private func given() throws -> (
    [(note: [UInt8], place: String)], [VerifierKey], [VerifierKey]
  ) {
    (
      try VerifyExports.heads(heads), try VerifyExports.keys(keys),
      try VerifyExports.keys(witnesses)
    )
  }
}
