import Duties
import Foundation
import Ground
import Testing

@testable import Workspace

@Suite("evidence that was changed or left behind")
struct EvidenceTamperTests {
  private func path(_ keeping: Keeping, _ state: RecordState) throws -> URL {
    URL(filePath: try #require(keeping.folder.files.path(of: state.text("stored") ?? "")))
  }

  @Test("any changed byte of a sealed file is found, and nothing is written")
  func anyByte() async throws {
    let keeping = try await Keeping()
    let state = try await keeping.evidence(Array("short".utf8))
    let path = try path(keeping, state)
    let sealed = try Data(contentsOf: path)
    let output = keeping.root + "/out"
    for index in sealed.indices {
      var changed = sealed
      changed[index] ^= 1
      try changed.write(to: path)
      let found = await code { try await keeping.workspace.getEvidence(state.id, to: output) }
      #expect(found == "sealing.broken-stream", "byte \(index)")
      let findings = try await keeping.workspace.checkEvidence().map(\.code)
      #expect(findings == ["workspace.evidence-differs"], "byte \(index)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: keeping.root).count == 2)
    try sealed.write(to: path)
    try await keeping.workspace.getEvidence(state.id, to: output)
  }

  @Test(
    "a sealed file that was cut, lengthened or has lost a chunk is refused",
    arguments: ["cut", "cut at a chunk", "added", "first chunk gone", "chunks swapped"])
  func shape(_ damage: String) async throws {
    let keeping = try await Keeping()
    let state = try await keeping.evidence(EvidenceTests.random(200_000))
    let path = try path(keeping, state)
    let sealed = Array(try Data(contentsOf: path))
    let (head, chunk) = (15, 65_552)
    let first = sealed[head..<head + chunk]
    let second = sealed[head + chunk..<head + 2 * chunk]
    let rest = sealed[(head + 2 * chunk)...]
    let changed: [UInt8] =
      switch damage {
      case "cut": sealed.dropLast(1)
      case "cut at a chunk": Array(sealed[..<(head + chunk)])
      case "added": sealed + [0]
      case "first chunk gone": Array(sealed[..<head] + second + rest)
      default: Array(sealed[..<head] + second + first + rest)
      }
    try Data(changed).write(to: path)
    let output = keeping.root + "/out"
    #expect(
      await code { try await keeping.workspace.getEvidence(state.id, to: output) }
        == "sealing.broken-stream")
    #expect(!FileManager.default.fileExists(atPath: output))
  }

  @Test("the file of one record does not open as that of another")
  func swapped() async throws {
    let keeping = try await Keeping()
    let (one, two) = (try await keeping.evidence([1]), try await keeping.evidence([2]))
    let (first, second) = (try path(keeping, one), try path(keeping, two))
    let bytes = try Data(contentsOf: first)
    try Data(contentsOf: second).write(to: first)
    try bytes.write(to: second)
    for id in [one.id, two.id] {
      #expect(
        await code { try await keeping.workspace.proveEvidence(id) } == "sealing.broken-stream")
    }
  }

  @Test("a file that is not there is named, and nothing is overwritten on the way out")
  func missing() async throws {
    let keeping = try await Keeping()
    let state = try await keeping.evidence([1])
    let output = try keeping.file([7], "out")
    #expect(
      await code { try await keeping.workspace.getEvidence(state.id, to: output) }
        == "workspace.file-exists")
    #expect(FileManager.default.contents(atPath: output) == Data([7]))
    try FileManager.default.removeItem(at: try path(keeping, state))
    #expect(
      await code { try await keeping.workspace.proveEvidence(state.id) }
        == "workspace.evidence-missing")
    #expect(try await keeping.workspace.sweepEvidence().missing == [state.id])
    #expect(
      try await keeping.workspace.checkEvidence().map(\.code) == ["workspace.evidence-missing"])
  }

  @Test("a sweep removes what no record names, and only that")
  func sweep() async throws {
    let keeping = try await Keeping()
    let state = try await keeping.evidence([1])
    let files = keeping.folder.files
    let orphan = String(repeating: "ab", count: 32)
    try FileManager.default.createDirectory(
      atPath: files.path + "/ab", withIntermediateDirectories: true)
    try Data([1]).write(to: URL(filePath: try #require(files.path(of: orphan))))
    try Data([1]).write(to: URL(filePath: files.path + "/left.part"))
    let writing = try files.begin()
    let looked = try await keeping.workspace.sweepEvidence(onlyLooking: true)
    #expect(looked.orphans == [orphan] && looked.unfinished == [files.path + "/left.part"])
    #expect(
      try await keeping.workspace.checkEvidence().map(\.code) == ["workspace.evidence-orphan"])
    #expect(try await keeping.workspace.sweepEvidence() == looked)
    #expect(try await keeping.workspace.sweepEvidence().isClean)
    #expect(FileManager.default.fileExists(atPath: writing.temporary), "it is being written")
    try await keeping.workspace.proveEvidence(state.id)
  }

  @Test(
    "when the record is not kept the sealed file goes too, unless it may have been kept",
    arguments: [("store.full", false, 0), ("store.broken", true, 1), ("store.broken", false, 1)])
  func notRecorded(_ problem: String, _ isDone: Bool, _ files: Int) async throws {
    var failing: FailingStore?
    let keeping = try await Keeping {
      let store = FailingStore($0)
      failing = store
      return store
    }
    try #require(failing).failNext(problem, isDone: isDone)
    #expect(await code { _ = try await keeping.evidence([1, 2, 3]) } == problem)
    #expect(try keeping.folder.files.names().count == files)
    #expect(try keeping.folder.files.parts().isEmpty)
    let swept = try await keeping.workspace.sweepEvidence()
    #expect(swept.orphans.count == (problem == "store.broken" && !isDone ? 1 : 0))
    let kept = try await keeping.workspace.states(.evidence)
    for state in kept { try await keeping.workspace.proveEvidence(state.id) }
    #expect(kept.count == (isDone ? 1 : 0))
  }
}
