import Duties
import Foundation
import Ground
import Sealing
import Synchronization
import Testing

@testable import Workspace

/// Tells others to stop.
private final class Flag: Sendable {
  private let state = Mutex(false)

  var isUp: Bool {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }
}

@Suite("an erasure that is cut short")
struct ErasureCrashTests {
  /// Three pieces of evidence whose periods have ended, two of which are to be erased.
  private func prepared() async throws -> (Keeping, [RecordState]) {
    let keeping = try await Keeping()
    let model = try await keeping.model(placed: "2026-03-02")
    var states: [RecordState] = []
    for number in 0..<3 {
      states.append(
        try await keeping.evidence(
          [UInt8(number)], "Report \(number)", [("model", .string(model.id.text))]))
    }
    keeping.clock.now = Keeping.year2045
    return (keeping, states)
  }

  @Test("the disk as it was at any step is brought to an end at the next opening")
  func images() async throws {
    let (keeping, states) = try await prepared()
    let images = Mutex<[(step: ErasureStep, path: String)]>([])
    try await keeping.erase([states[0].id, states[1].id]) { step throws(Problem) in
      let path = images.withLock { "\(keeping.root)/image-\($0.count)" }
      try Keeping.copy(keeping.folder.path, to: path)
      images.withLock { $0.append((step, path)) }
    }
    let taken = images.withLock { $0 }
    #expect(Set(taken.map(\.step)) == Set(ErasureStep.allCases))
    for (step, path) in taken {
      let workspace = try keeping.opened(path)
      try await workspace.finishErasures()
      let isErased = step != .epochBegun
      for (index, state) in states.enumerated() {
        let stays = index == 2 || !isErased
        #expect(try await (workspace.state(state.id) != nil) == stays, "\(step), \(index)")
        #expect(workspace.folder.files.has(state.text("stored") ?? "") == stays, "\(step)")
        if stays { try await workspace.proveEvidence(state.id) }
      }
      #expect(try await workspace.checkEvidence().isEmpty, "\(step)")
      #expect(!workspace.hasUnfinishedEpoch)
      #expect(try KeyRing(workspace.folder).epochs.keys.sorted() == [2])
      #expect(try await workspace.store.epochs().keys.sorted() == [2])
      let request = try #require(try await workspace.states(.erasure).first)
      #expect(request.status == (isErased ? "done" : "requested"))
      if !isErased {
        let report = try await workspace.acting(as: Keeping.counsel).approveErasure(request.id)
        #expect(report.epoch == 3 && report.erased.count == 2)
      }
      // The backup that was being made, and the one after, go on as ever.
      _ = try await workspace.backUp(to: path + "-backup", open: Keeping.open)
      #expect(try await BackupCheck(of: path + "-backup", open: Keeping.open).isWhole)
      await workspace.store.close()
    }
  }

  @Test(
    "an erasure that fails goes on when it is asked again, in the same process",
    arguments: ErasureStep.allCases)
  func failures(_ step: ErasureStep) async throws {
    let (keeping, states) = try await prepared()
    let stopped = Problem("test.stopped", what: "stopped")
    #expect(
      await code {
        try await keeping.erase([states[0].id]) { reached throws(Problem) in
          if reached == step { throw stopped }
        }
      } == "test.stopped")
    let added = try await keeping.person("meanwhile")
    try await keeping.workspace.finishErasures()
    #expect(try await keeping.workspace.needed(added.id).title == "meanwhile")
    #expect(try await (keeping.workspace.state(states[0].id) == nil) == (step != .epochBegun))
    #expect(try await keeping.workspace.checkEvidence().isEmpty)
    #expect(try await keeping.workspace.store.epochs().keys.sorted() == [2])
    if step == .epochBegun {
      let request = try #require(try await keeping.workspace.states(.erasure).first)
      _ = try await keeping.workspace.acting(as: Keeping.counsel).approveErasure(request.id)
    }
    try await keeping.erase([states[1].id])
    #expect(try await keeping.workspace.states(.evidence).map(\.id) == [states[2].id])
  }

  @Test("an erasure that the store refuses erases nothing; one that waits for a reader says so")
  func store() async throws {
    var failing: FailingStore?
    let keeping = try await Keeping {
      let store = FailingStore($0)
      failing = store
      return store
    }
    let (one, two) = (try await keeping.person("one"), try await keeping.person("two"))
    let found = await code {
      try await keeping.erase([one.id]) { step throws(Problem) in
        if step == .epochBegun { failing?.failNext("store.full") }
      }
    }
    #expect(found == "store.full")
    #expect(try await keeping.workspace.needed(one.id).title == "one")
    let report = try await keeping.erase([two.id]) { step throws(Problem) in
      if step == .epochBegun { failing?.failNext("store.erasure-pending", isDone: true) }
    }
    #expect(report.pending?.code == "store.erasure-pending")
    #expect(!keeping.workspace.hasUnfinishedEpoch)
    #expect(try await keeping.workspace.state(two.id) == nil)
  }

  @Test("while an epoch ends others go on writing and reading, and nothing they write is lost")
  func meanwhile() async throws {
    let keeping = try await Keeping()
    let people = [
      try await keeping.person("one"), try await keeping.person("two"),
      try await keeping.person("three"),
    ]
    let workspace = keeping.workspace
    let model = try await keeping.model(placed: nil).id
    let flag = Flag()
    let written = try await withThrowingTaskGroup(of: [RecordID].self) { group in
      for _ in 0..<8 {
        group.addTask {
          var written: [RecordID] = []
          while !flag.isUp {
            let state = try await workspace.record(
              RecordCommand(
                .downstreamRequest, nil,
                Change(
                  "request-received",
                  set: [("model", .string(model.text)), ("title", .string("a request"))],
                  effective: .day(workspace.surroundings.today))))
            #expect(try await workspace.needed(state.id).title == "a request")
            written.append(state.id)
          }
          return written
        }
      }
      for person in people { try await keeping.erase([person.id]) }
      flag.isUp = true
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(workspace.keys.epochs.keys.sorted() == [4])
    #expect(try await workspace.states(.downstreamRequest).count == written.count)
    await workspace.store.close()
    let again = try keeping.opened(keeping.folder.path)
    #expect(try await again.states(.downstreamRequest).count == written.count)
    #expect(try await again.store.epochs().keys.sorted() == [4])
    await again.store.close()
  }

  @Test("who reads beside it takes the keys of the new epoch")
  func otherReader() async throws {
    let keeping = try await Keeping()
    let (gone, stays) = (try await keeping.person("gone"), try await keeping.person("stays"))
    let reader = OpenWorkspace(
      folder: keeping.folder, description: keeping.workspace.description,
      store: try Keeping.open(keeping.folder.store, false), keys: try KeyRing(keeping.folder),
      surroundings: keeping.workspace.surroundings, who: .localOperator("reader"))
    #expect(try await reader.states(.person).count == 2)
    try await keeping.erase([gone.id])
    #expect(try await reader.needed(stays.id).title == "stays")
    #expect(try await reader.states(.person).map(\.id) == [stays.id])
    await reader.store.close()
  }

  @Test("another process that has old keys takes the new ones before it writes, and loses nothing")
  func otherWriter() async throws {
    let keeping = try await Keeping()
    let (gone, stays) = (try await keeping.person("gone"), try await keeping.person("stays"))
    let ours = keeping.workspace
    let other = OpenWorkspace(
      folder: keeping.folder, description: ours.description, store: ours.store, keys: ours.keys,
      surroundings: ours.surroundings, who: .localOperator("other"))
    try await keeping.erase([gone.id])
    #expect(other.keys.epochs.keys.sorted() == [1])
    let change = Change(
      "model-registered", set: [("name", .string("Aurora (fictional)"))],
      effective: .day(ours.surroundings.today))
    let model = try await other.record(RecordCommand(.model, nil, change))
    #expect(other.keys.epochs.keys.sorted() == [2])
    #expect(try await ours.needed(model.id).title == "Aurora (fictional)")

    let third = OpenWorkspace(
      folder: keeping.folder, description: ours.description, store: ours.store,
      keys: KeyRing(signing: ours.keys.signing, epochs: [1: SecretKey()]),
      surroundings: ours.surroundings, who: .localOperator("third"))
    try await third.noteOperation("journal-exported", "noted with old keys")
    #expect(try await third.needed(stays.id).title == "stays")
    #expect(try await ours.store.epochs().keys.sorted() == [2])
  }

  @Test("what is wrapped under an epoch that has ended is not taken by the store")
  func oldEpoch() async throws {
    let keeping = try await Keeping()
    let late = try keeping.workspace.ownDraft(
      .operation, "journal-exported", [("title", .string("late"))], by: .system)
    try await keeping.erase([try await keeping.person("gone").id])
    #expect(
      await code {
        _ = try await keeping.workspace.store.append([late], idempotencyKey: nil)
      } == "store.epoch-ended")
  }

  @Test(
    "a key file that a crash left overwritten is removed at the next opening, and nothing else is")
  func spoiledKey() async throws {
    let keeping = try await Keeping()
    let person = try await keeping.person("jane.doe")
    _ = try await keeping.workspace.rotateEpoch()
    await keeping.workspace.store.close()
    try PrivateFile.write([UInt8](repeating: 0, count: 64), to: keeping.folder.epochKey(1))
    let again = try keeping.opened(keeping.folder.path)
    #expect(again.hasUnfinishedEpoch)
    try await again.finishErasures()
    #expect(
      try PrivateFile.names(in: keeping.folder.keys).filter { $0.hasPrefix("epoch") }
        == ["epoch-2.key"])
    #expect(try await again.needed(person.id).title == "jane.doe")
    await again.store.close()

    // A key that is needed is not taken for one that was to go.
    let kept = try String(contentsOfFile: keeping.folder.epochKey(2), encoding: .utf8)
    try PrivateFile.write([UInt8](repeating: 0, count: 64), to: keeping.folder.epochKey(2))
    #expect(await code { _ = try KeyRing(keeping.folder) } == "workspace.bad-keys")
    try PrivateFile.write(kept, to: keeping.folder.epochKey(3))
    let third = try keeping.opened(keeping.folder.path)
    #expect(await code { try await third.finishErasures() } == "workspace.bad-keys")
    #expect(FileManager.default.fileExists(atPath: keeping.folder.epochKey(2)))
    await third.store.close()
  }
}
