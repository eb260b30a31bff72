import Duties
import Foundation
import Ground
import Journal
import Sealing
import Store
import Workspace

// workspacedrill append|checkpoint|export|erase|backup FOLDER [normal]   does it, and says `ack …` for what is durable
// workspacedrill check FOLDER                                                opens the workspace there and verifies it
//
// The program that `crash_images.py` traces and `kill -9` interrupts. What it acknowledges must be found again.

@main
struct WorkspaceDrill {
  static func main() async {
    let arguments = CommandLine.arguments
    guard arguments.count >= 3 else { exit(64) }
    do {
      let drill = WorkspaceDrill(base: arguments[2], weak: arguments.count > 3 ? arguments[3] : nil)
      switch arguments[1] {
      case "append": try await drill.append(rounds: 40)
      case "checkpoint": try await drill.checkpoint()
      case "export": try await drill.export()
      case "erase": try await drill.erase()
      case "backup": try await drill.backup()
      case "check": try await drill.check()
      default: exit(64)
      }
    } catch let problem as Problem {
      FileHandle.standardError.write(Data((problem.terminal + "\n").utf8))
      exit(1)
    } catch {
      exit(1)
    }
  }

  let base: String
  let weak: String?

  private var folder: WorkspaceFolder { WorkspaceFolder(base + "/workspace") }

  private func say(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
  }

  private func store() throws(Problem) -> SQLiteStore {
    var tuning = Tuning()
    // Small, so that the write-ahead log is copied into the file many times in a short drill.
    tuning.pagesPerCheckpoint = 24
    tuning.isDurable = weak == nil
    return try SQLiteStore(path: folder.store, access: .write, tuning: tuning)
  }

  private func workspace(
    _ store: SQLiteStore, as who: SignedIn = .localOperator("drill")
  ) throws(Problem) -> OpenWorkspace {
    OpenWorkspace(
      folder: folder, description: try WorkspaceDescription(folder), store: store,
      keys: try KeyRing(folder),
      surroundings: Surroundings(
        now: { Instant(seconds: Int(Date().timeIntervalSince1970)) }, user: "drill"), who: who)
  }

  private func made() async throws(Problem) -> OpenWorkspace {
    let now = Instant(seconds: Int(Date().timeIntervalSince1970))
    _ = try InitWorkspace.prepare(folder, origin: "drill.example", now: now)
    let workspace = try workspace(try store())
    _ = try await InitWorkspace.begin(workspace, provider: [("name", .string("Fictional drill"))])
    try await acknowledge(workspace)
    say("ack made")
    return workspace
  }

  /// Says what every log has now: all of it was committed before.
  private func acknowledge(_ workspace: OpenWorkspace) async throws(Problem) {
    for log in LogName.allCases {
      let head = try CompactRange(try await workspace.store.head(log))
      say("ack append \(log.rawValue) \(head.size) \(head.root.hex)")
    }
  }

  private func model(_ number: Int, _ workspace: OpenWorkspace) async throws(Problem) -> RecordState
  {
    try await workspace.record(
      RecordCommand(
        .model, nil,
        Change(
          "model-registered",
          set: [
            ("name", .string("Fictional model \(number)")),
            ("licence", .string("secret \(number)")),
          ],
          effective: .day(workspace.surroundings.today))))
  }

  private func append(rounds: Int, in workspace: OpenWorkspace? = nil) async throws {
    let workspace = if let workspace { workspace } else { try await made() }
    for round in 0..<rounds {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for caller in 0..<(round % 3 + 1) {
          group.addTask { _ = try await model(round * 10 + caller, workspace) }
        }
        try await group.waitForAll()
      }
      try await acknowledge(workspace)
    }
  }

  private func checkpoint() async throws {
    let workspace = try await made()
    for round in 0..<12 {
      try await append(rounds: 2, in: workspace)
      for published in try await Checkpoints(workspace).publishAll() {
        say("ack checkpoint \(published.log.rawValue) \(published.size)")
      }
      if round % 5 == 4 { try await acknowledge(workspace) }
    }
  }

  private func export() async throws {
    let workspace = try await made()
    for _ in 0..<3 {
      try await append(rounds: 90, in: workspace)
      for exported in try await ExportJournal(workspace).export([.regulatory], to: base + "/export")
      {
        say("ack export regulatory \(exported.checkpoint.size)")
      }
    }
  }

  private func erase() async throws {
    let workspace = try await made()
    let owner = try await model(0, workspace)
    var requests: [RecordState] = []
    for number in 0..<6 {
      requests.append(
        try await workspace.record(
          RecordCommand(
            .downstreamRequest, nil,
            Change(
              "request-received",
              set: [("model", .string(owner.id.text)), ("title", .string("secret \(number)"))],
              effective: .day(workspace.surroundings.today)))))
    }
    let (counsel, _) = try await workspace.addPerson(
      NewPerson(name: "counsel", roles: [.counsel], secret: .token))
    try await acknowledge(workspace)
    let person = SignedIn(id: counsel.id.key, name: "counsel", roles: [.counsel])
    for request in requests.prefix(3) {
      let erasure = try await workspace.requestErasure(
        of: [request.id], reason: "drill", basis: "GDPR Art. 17(1)(d)")
      _ = try await workspace.acting(as: person).approveErasure(erasure.state.id)
      say("ack erase \(request.id.text)")
      try await acknowledge(workspace)
    }
  }

  private func backup() async throws {
    let workspace = try await made()
    for _ in 0..<2 {
      try await append(rounds: 10, in: workspace)
      let report = try await workspace.backUp(
        to: base + "/backup",
        open: { path, forWriting throws(Problem) in
          try SQLiteStore(path: path, access: forWriting ? .write : .readOnly)
        })
      for (log, head) in report.manifest.logs {
        say("ack backup \(log.rawValue) \(head.size) \(head.root)")
      }
    }
  }

  private func check() async throws {
    let store = try SQLiteStore(path: folder.store, access: .write)
    let workspace = try workspace(store)
    try await workspace.finishErasures()
    try await Checkpoints(workspace).settleHeads()
    let report = try await VerifyWorkspace(workspace).report()
    await store.close()
    guard report.isOK else {
      say(report.json.pretty)
      exit(1)
    }
  }
}
