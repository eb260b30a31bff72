import Duties
import Foundation
import Ground
import Sealing
import TestSupport
import Testing

@testable import Workspace

@Suite("evidence")
struct EvidenceTests {
  static func random(_ count: Int) -> [UInt8] {
    var generator = SplitMix64(seed: UInt64(count))
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  @Test(
    "a file of any size comes back byte for byte",
    arguments: [0, 1, 65_535, 65_536, 65_537, 131_071, 131_072, 131_073, 5_000_000])
  func anySize(_ count: Int) async throws {
    let keeping = try await Keeping()
    let bytes = EvidenceTests.random(count)
    let state = try await keeping.evidence(bytes)
    #expect(state.fields["bytes"] == .int(count))
    #expect(state.text("sha256") == Digest(of: bytes).hex)
    let output = keeping.root + "/out"
    try await keeping.workspace.getEvidence(state.id, to: output)
    #expect(FileManager.default.contents(atPath: output).map { Array($0) } == bytes)
    try await keeping.workspace.proveEvidence(state.id)
    #expect(try await keeping.workspace.checkEvidence().isEmpty)
  }

  @Test("what is sealed and its name tell nothing of the file")
  func tellsNothing() async throws {
    let (keeping, other) = (try await Keeping(), try await Keeping())
    let bytes = Array("a sentence that nobody should read in a folder".utf8)
    let state = try await keeping.evidence(bytes)
    let elsewhere = try await other.evidence(bytes)
    let path = try #require(keeping.folder.files.path(of: state.text("stored") ?? ""))
    #expect(
      try FileDigest.of(path) == state.text("stored"), "the name is the digest of the sealed file")
    #expect(state.text("stored") != elsewhere.text("stored"), "the same content has other names")
    #expect(Keeping.files(keeping.folder.path, holding: bytes).isEmpty)
    #expect(Keeping.files(keeping.folder.path, holding: Digest(of: bytes).bytes).isEmpty)
    #expect(Keeping.files(keeping.folder.path, holding: Array(Digest(of: bytes).hex.utf8)).isEmpty)
    #expect(Keeping.files(keeping.root, holding: bytes) == ["file.bin"], "the search finds it")
  }

  @Test("progress rises to the size of the file")
  func progress() async throws {
    let keeping = try await Keeping()
    let path = try keeping.file(EvidenceTests.random(200_000))
    var heard: [Int] = []
    _ = try await keeping.workspace.addEvidence(NewEvidence(file: path, title: "A report")) {
      heard.append($0)
    }
    #expect(heard == heard.sorted() && heard.last == 200_000 && heard.count > 2)
  }

  @Test("the same content is kept once, as long as it is in use and may be seen")
  func knownContent() async throws {
    let keeping = try await Keeping()
    let first = try await keeping.evidence([1, 2, 3], "First")
    let path = try keeping.file([1, 2, 3], "other-name.bin")
    let again = try await keeping.workspace.addEvidence(NewEvidence(file: path, title: "Second"))
    #expect(!again.isNew && again.state.id == first.id)
    #expect(try keeping.folder.files.names().count == 1)
    #expect(try keeping.folder.files.parts().isEmpty)
    _ = try await keeping.workspace.withdrawEvidence(first.id, reason: "wrong one")
    let third = try await keeping.workspace.addEvidence(NewEvidence(file: path, title: "Third"))
    #expect(third.isNew)
  }

  @Test("who may not read a file does not learn that it is there")
  func knownContentHidden() async throws {
    let keeping = try await Keeping()
    var secret = NewEvidence(file: try keeping.file([1, 2, 3]), title: "Secret")
    secret.confidentiality = .restricted
    _ = try await keeping.workspace.addEvidence(secret)
    let safety = keeping.workspace.acting(as: SignedIn(id: "s", name: "S", roles: [.safety]))
    let own = try await safety.addEvidence(
      NewEvidence(file: try keeping.file([1, 2, 3]), title: "Own"))
    #expect(own.isNew)
  }

  @Test("what is told of a file is kept, and its review and its end are recorded")
  func described() async throws {
    let keeping = try await Keeping()
    let model = try await keeping.model(placed: nil)
    let reviewer = try await keeping.person("reviewer")
    let state = try await keeping.evidence(
      [1], "Evaluation report",
      [
        ("expires", .string("2027-01-01")), ("edition", .string("2")),
        ("reviewer", .string(reviewer.id.text)), ("review_by", .string("2026-12-01")),
        ("duties", JSON(["cop/safety/10.1"])), ("model", .string(model.id.text)),
      ])
    #expect(state.text("model") == model.id.text && state.texts("duties") == ["cop/safety/10.1"])
    let (before, after) = (Day(iso: "2027-01-01"), Day(iso: "2027-01-02"))
    #expect(try !state.isExpired(on: #require(before)) && state.isExpired(on: #require(after)))
    #expect(try state.isReviewDue(on: #require(before)))
    let reviewed = try await keeping.workspace.reviewEvidence(
      state.id, next: Day(iso: "2027-06-01"), expires: Day(iso: "2028-01-01"))
    #expect(reviewed.text("review_by") == "2027-06-01" && reviewed.text("expires") == "2028-01-01")
    let without = try await keeping.workspace.reviewEvidence(state.id)
    #expect(without.fields["review_by"] == nil && without.text("expires") == "2028-01-01")
    #expect(
      await code { _ = try await keeping.workspace.withdrawEvidence(state.id, reason: nil) }
        == "duties.reason-due")
    let gone = try await keeping.workspace.withdrawEvidence(state.id, reason: "wrong model")
    #expect(gone.status == "withdrawn")
    #expect(
      await code { _ = try await keeping.workspace.reviewEvidence(state.id) }
        == "workspace.not-current")
    try await keeping.workspace.proveEvidence(state.id)
  }

  @Test("a file takes the place of another, together or not at all")
  func replaces() async throws {
    let keeping = try await Keeping()
    let old = try await keeping.evidence([1], "Edition 1")
    var new = NewEvidence(file: try keeping.file([2]), title: "Edition 2")
    new.replaces = old.id
    let size = try await keeping.workspace.store.head(.regulatory).size
    #expect(await code { _ = try await keeping.workspace.addEvidence(new) } == "duties.reason-due")
    #expect(try await keeping.workspace.store.head(.regulatory).size == size)
    #expect(try keeping.folder.files.names().count == 1, "nothing was sealed in vain")
    new.reason = "corrected table 3"
    let added = try await keeping.workspace.addEvidence(new)
    #expect(added.state.text("replaces") == old.id.text)
    #expect(try await keeping.workspace.needed(old.id).status == "replaced")
    try await keeping.workspace.proveEvidence(old.id)
  }

  @Test(
    "what is wrong with the description is told before the file is read",
    arguments: [
      ("expires", JSON.string("soon"), "duties.bad-field"),
      ("model", .string("evidence/x"), "duties.bad-field"),
      ("colour", .string("red"), "duties.unknown-field"),
    ])
  func badDescription(_ name: String, _ value: JSON, _ expected: String) async throws {
    let keeping = try await Keeping()
    var evidence = NewEvidence(file: keeping.root + "/is-not-there", title: "A report")
    evidence.fields = [(name, value)]
    #expect(await code { _ = try await keeping.workspace.addEvidence(evidence) } == expected)
    evidence.fields = []
    #expect(
      await code { _ = try await keeping.workspace.addEvidence(evidence) }
        == "ground.file-not-found")
    #expect(try keeping.folder.files.parts().isEmpty)
  }

  @Test("an auditor reads and adds nothing; an evaluator reads their scope")
  func roles() async throws {
    let keeping = try await Keeping()
    let state = try await keeping.evidence([1, 2, 3])
    let auditor = keeping.workspace.acting(as: SignedIn(id: "a", name: "A", roles: [.auditor]))
    try await auditor.getEvidence(state.id, to: keeping.root + "/audited")
    let path = try keeping.file([9])
    #expect(
      await code { _ = try await auditor.addEvidence(NewEvidence(file: path, title: "T")) }
        == "workspace.not-allowed")
    let stranger = SignedIn(id: "e", name: "E", roles: [.evaluator], scope: [])
    #expect(
      await code {
        try await keeping.workspace.acting(as: stranger).getEvidence(
          state.id, to: keeping.root + "/taken")
      } == "workspace.not-allowed")
    #expect(!FileManager.default.fileExists(atPath: keeping.root + "/taken"))
  }
}
