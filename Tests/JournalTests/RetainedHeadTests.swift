import Ground
import Sealing
import Testing

@testable import Journal

@Suite("Heads that somebody kept")
struct RetainedHeadTests {
  private static func codes(
    _ log: SampleLog, _ retained: [SignedCheckpoint], earlierKeys: [VerifierKey] = []
  ) async throws -> [String] {
    let folder = try Folder()
    try log.export(to: folder.path)
    var verifier = DirectoryVerifier(folder: folder.path)
    verifier.retained = retained.map(\.bytes)
    verifier.earlierKeys = earlierKeys
    return try await verifier.report().findings.map(\.code)
  }

  @Test(
    "agree with a log that grew from them", arguments: [0, 1, 255, 256, 257, 299, 300, 599, 600])
  func grown(_ old: Int) async throws {
    let head = try SampleLog(old).head(Vectors.signer())
    #expect(try await RetainedHeadTests.codes(SampleLog(600), [head]).isEmpty)
  }

  @Test("show that an entry was changed and the log signed anew", arguments: [1, 256, 257, 599])
  func rewritten(_ old: Int) async throws {
    let head = try SampleLog(old).head(Vectors.signer())
    let log = SampleLog(600, changing: [old - 1: "other"])
    #expect(try await RetainedHeadTests.codes(log, [head]) == ["rewritten"])
  }

  @Test("show that entries at the end were taken back")
  func rolledBack() async throws {
    let head = try SampleLog(600).head(Vectors.signer())
    #expect(try await RetainedHeadTests.codes(SampleLog(599), [head]) == ["rolled-back"])
    #expect(try await RetainedHeadTests.codes(SampleLog(0), [head]) == ["rolled-back"])
  }

  @Test("show two histories of one size")
  func splitView() async throws {
    let head = try SampleLog(300, changing: [299: "other"]).head(Vectors.signer())
    #expect(try await RetainedHeadTests.codes(SampleLog(300), [head]) == ["split-view"])
  }

  @Test("show an old checkpoint put beside newer files")
  func oldCheckpoint() async throws {
    let folder = try Folder()
    try SampleLog(600).export(to: folder.path)
    let old = try SampleLog(300).head(Vectors.signer())
    try folder.write(old.bytes, "checkpoint")
    var verifier = DirectoryVerifier(folder: folder.path)
    var findings = try await verifier.report().findings
    let mismatch = try #require(findings.first { $0.code == "size-mismatch" })
    #expect(mismatch.file == "checkpoint" && mismatch.expected == "at least 600 entries")
    #expect(findings.contains { $0.file == "tile/entries/002.p/88" })
    verifier.retained = [try SampleLog(600).head(Vectors.signer()).bytes]
    findings = try await verifier.report().findings
    #expect(findings.last?.code == "rolled-back")
  }

  @Test("count only when the log signed them, with its key or an earlier one")
  func keys() async throws {
    let old = try NoteSigner(
      name: "log.example/gpai/audit", key: SigningKey(seed: Array(3..<35)))
    let head = try SampleLog(10).head(old)
    let log = SampleLog(20)
    #expect(try await RetainedHeadTests.codes(log, [head]) == ["retained-signature"])
    let codes = try await RetainedHeadTests.codes(log, [head], earlierKeys: [old.verifier])
    #expect(codes.isEmpty)
    let folder = try Folder()
    try log.export(to: folder.path)
    var verifier = DirectoryVerifier(folder: folder.path)
    verifier.retained = [Array("text".utf8)]
    #expect(try await verifier.report().findings.map(\.code) == ["retained-unreadable"])
  }

  @Test("are not compared with a damaged log, and the report says so")
  func damaged() async throws {
    let folder = try Folder()
    try SampleLog(300).export(to: folder.path)
    try folder.remove("tile/entries/000")
    var verifier = DirectoryVerifier(folder: folder.path)
    verifier.retained = [try SampleLog(10).head(Vectors.signer()).bytes]
    let report = try await verifier.report()
    #expect(report.findings.map(\.code) == ["missing-file"])
    #expect(report.notProven.last?.contains("damage") == true)
  }
}
