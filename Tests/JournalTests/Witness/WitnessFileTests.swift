import Ground
import Sealing
import Testing

@testable import Journal

@Suite("What a witness keeps")
struct WitnessFileTests {
  static func witness() throws -> Witness {
    try Witness(signer: Vectors.witness(), logs: [VerifierKey(Vectors.logKey)])
  }

  static let now = Instant(seconds: 1_700_000_000)
  static let hash = Digest(of: Array("log.example/gpai/audit".utf8)).hex

  @Test("is there when it is killed before its reply is heard")
  func killedBeforeReply() async throws {
    let folder = try Folder()
    let first = try await WitnessTests.request(SampleLog(5), old: 0)
    do {
      let file = try WitnessFile(folder: folder["w"], witness: WitnessFileTests.witness())
      // The reply is lost with the process; what it says was kept before.
      _ = file.answer(first.body, now: WitnessFileTests.now)
    }
    let file = try WitnessFile(folder: folder["w"], witness: WitnessFileTests.witness())
    let again = file.answer(first.body, now: WitnessFileTests.now)
    #expect(again == .size(5))
    let split = try await WitnessTests.request(SampleLog(5, changing: [0: "x"]), old: 5)
    #expect(file.answer(split.body, now: WitnessFileTests.now).status == 422)
    let rolledBack = try await WitnessTests.request(SampleLog(4), old: 0)
    #expect(file.answer(rolledBack.body, now: WitnessFileTests.now) == .size(5))
    let same = try await WitnessTests.request(SampleLog(5), old: 5)
    #expect(file.answer(same.body, now: WitnessFileTests.now).status == 200)
  }

  @Test("is kept before the reply: what cannot be kept is not signed")
  func keptFirst() async throws {
    let folder = try Folder()
    let file = try WitnessFile(folder: folder.path, witness: WitnessFileTests.witness())
    let request = try await WitnessTests.request(SampleLog(5), old: 0)
    // A folder stands where the draft of the file would.
    try folder.write([1], ".writing/x")
    let reply = file.answer(request.body, now: WitnessFileTests.now)
    #expect(reply.status == 500)
    #expect(!String(decoding: reply.body, as: UTF8.self).contains("\u{2014} witness"))
    #expect(try file.checkpoint(ofHash: WitnessFileTests.hash) == nil)
    try folder.remove(".writing")
    #expect(file.answer(request.body, now: WitnessFileTests.now).status == 200)
    let kept = try #require(try file.checkpoint(ofHash: WitnessFileTests.hash))
    #expect(kept.checkpoint.size == 5 && kept.note.signatures.count == 2)
  }

  @Test("is not signed over when it was changed", arguments: [0, 24, 30, 200, 290])
  func damaged(_ place: Int) async throws {
    let folder = try Folder()
    let file = try WitnessFile(folder: folder.path, witness: WitnessFileTests.witness())
    let request = try await WitnessTests.request(SampleLog(300), old: 0)
    #expect(file.answer(request.body, now: WitnessFileTests.now).status == 200)
    let name = WitnessFileTests.hash
    var bytes = try folder.read(name)
    bytes[min(place, bytes.count - 2)] ^= 1
    try folder.write(bytes, name)
    let next = try await WitnessTests.request(SampleLog(301), old: 300)
    #expect(file.answer(next.body, now: WitnessFileTests.now).status == 500)
    try folder.write([], name)
    #expect(file.answer(next.body, now: WitnessFileTests.now).status == 500)
    let places = [Place(folder[name])]
    #expect(throws: Problem("journal.witness-state-damaged", what: "", places: places)) {
      try file.checkpoint(ofHash: name)
    }
  }

  @Test("belongs to one process at a time")
  func lock() throws {
    let folder = try Folder()
    let file = try WitnessFile(folder: folder.path, witness: WitnessFileTests.witness())
    #expect(throws: Problem("journal.folder-in-use", what: "", places: [Place(folder.path)])) {
      try WitnessFile(folder: folder.path, witness: WitnessFileTests.witness())
    }
    #expect(try file.checkpoint(ofHash: "none") == nil)
  }
}
