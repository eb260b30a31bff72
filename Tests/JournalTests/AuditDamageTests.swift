import Foundation
import Ground
import Sealing
import Testing

@testable import Journal

@Suite("Damage to a directory")
struct AuditDamageTests {
  private static func codes(_ folder: Folder) async throws -> [String] {
    try await DirectoryVerifier.report(folder).findings.map(\.code)
  }

  @Test("by exchanged bundles or tiles is named with both places")
  func exchanged() async throws {
    let folder = try Folder()
    try SampleLog(800).export(to: folder.path)
    try folder.swap("tile/entries/000", "tile/entries/002")
    var report = try await DirectoryVerifier.report(folder)
    #expect(report.findings.map(\.code) == ["bundle-moved", "bundle-moved"])
    #expect(report.findings.map(\.file) == ["tile/entries/000", "tile/entries/002"])
    #expect(report.findings[0].what.contains("tile/entries/002"))
    try folder.swap("tile/entries/000", "tile/entries/002")
    try folder.swap("tile/0/000", "tile/0/001")
    report = try await DirectoryVerifier.report(folder)
    #expect(report.findings.map(\.code) == ["tile-moved", "tile-moved"])
    // Entries and their hashes exchanged together.
    try folder.swap("tile/entries/000", "tile/entries/001")
    report = try await DirectoryVerifier.report(folder)
    #expect(Set(report.findings.map(\.file)) == ["tile/entries/000", "tile/entries/001"])
    #expect(report.findings.map(\.code) == ["changed-together", "changed-together"])
  }

  @Test("by two entries exchanged within a bundle names both")
  func exchangedEntries() async throws {
    let folder = try Folder()
    var log = SampleLog(300)
    try log.export(to: folder.path)
    var entries = log.entries
    entries.swapAt(20, 30)
    log = SampleLog(entries)
    let other = try Folder()
    try log.export(to: other.path)
    try folder.write(other.read("tile/entries/000"), "tile/entries/000")
    let report = try await DirectoryVerifier.report(folder)
    #expect(report.findings.map(\.entry) == [20, 30])
    #expect(report.findings[0].expected == TreeHash.leaf(Vectors.entry(20)).hex)
    #expect(report.findings[0].actual == TreeHash.leaf(Vectors.entry(30)).hex)
  }

  @Test("by an entry changed with its hash, and with the hash above, is found where it ends")
  func changedTogether() async throws {
    let folder = try Folder()
    try SampleLog(300).export(to: folder.path)
    let other = try Folder()
    try SampleLog(300, changing: [77: "entry-7x"]).export(to: other.path)
    try folder.write(other.read("tile/entries/000"), "tile/entries/000")
    #expect(try await AuditDamageTests.codes(folder) == ["entry-changed"])
    try folder.write(other.read("tile/0/000"), "tile/0/000")
    let report = try await DirectoryVerifier.report(folder)
    #expect(report.findings.map(\.code) == ["changed-together"])
    #expect(report.findings.map(\.file) == ["tile/entries/000"])
    try folder.write(other.read("tile/1/000.p/1"), "tile/1/000.p/1")
    #expect(try await AuditDamageTests.codes(folder) == ["root-mismatch"])
    try folder.write(other.read("checkpoint"), "checkpoint")
    #expect(try await DirectoryVerifier.report(folder).isOK)
  }

  @Test("by files that do not belong there, or of another width, names them")
  func extraFiles() async throws {
    let folder = try Folder()
    try SampleLog(300).export(to: folder.path)
    for name in [
      "tile/0/002", "tile/0/001", "tile/0/001.p/43", "tile/entries/001.p/45", "tile/2/000.p/1",
      "tile/entries/000.p/3", "README", "tile/x", "tile/0/000.bak", ".writing", "a/b/c",
      "tile/0/x001/000",
      "tile/1/000.p/2", "tile/7/x999/999", "a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a",
    ] {
      try folder.write([1, 2, 3], name)
      let findings = try await DirectoryVerifier.report(folder).findings
      let extra = findings.filter { $0.code == "unexpected-file" }
      #expect(extra.count == 1 && name.hasPrefix(extra[0].file), "\(name)")
      #expect(Set(findings.map(\.code)).isSubset(of: ["unexpected-file", "size-mismatch"]))
      let isLeftOver = ["tile/entries/000.p/3", "tile/0/001.p/43"].contains(name)
      #expect(extra[0].what.contains("export again") == isLeftOver, "\(name)")
      try folder.remove(name.hasPrefix("a/") ? "a" : name)
      #expect(try await DirectoryVerifier.report(folder).isOK)
    }
    // A tile of the wrong width in place of the right one.
    let tile = try folder.read("tile/0/001.p/44")
    try folder.remove("tile/0/001.p/44")
    try folder.write(Array(tile.dropLast(32)), "tile/0/001.p/43")
    #expect(try await AuditDamageTests.codes(folder) == ["missing-file", "unexpected-file"])
  }

  @Test("by links, pipes and folders in place of files is named and waits for nothing")
  func otherKinds() async throws {
    let folder = try Folder()
    try SampleLog(300).export(to: folder.path)
    for name in ["tile/entries/000", "tile/0/001.p/44", "checkpoint", "vkey"] {
      let bytes = try folder.read(name)
      let aside = try Folder()
      try aside.write(bytes, "aside")
      try folder.remove(name)
      try FileManager.default.createSymbolicLink(
        atPath: folder[name], withDestinationPath: aside["aside"])
      #expect(try await AuditDamageTests.codes(folder).contains("unreadable-file"))
      try folder.remove(name)
      #expect(mkfifo(folder[name], 0o600) == 0)
      #expect(try await AuditDamageTests.codes(folder).contains("unreadable-file"))
      try folder.remove(name)
      try folder.write([1], name + "/x")
      #expect(try await AuditDamageTests.codes(folder).contains("unreadable-file"))
      try folder.remove(name)
      try folder.write(bytes, name)
    }
    #expect(try await DirectoryVerifier.report(folder).isOK)
  }

  @Test("at the end of a log is a truncated tail, whatever is left")
  func truncatedTail() async throws {
    let folder = try Folder()
    try SampleLog(600).export(to: folder.path)
    for name in ["tile/entries/002.p/88", "tile/0/002.p/88"] { try folder.remove(name) }
    var report = try await DirectoryVerifier.report(folder)
    #expect(report.findings.map(\.code) == ["missing-file", "missing-file"])
    try folder.remove("tile/1/000.p/2")
    try folder.remove("tile/entries/001")
    report = try await DirectoryVerifier.report(folder)
    #expect(report.findings.count == 4)
    #expect(report.findings.allSatisfy { $0.code == "missing-file" })
  }

  @Test("to hashes on any level, or to entries below them, is named where it is")
  func upperLevels() async throws {
    let folder = try Folder()
    try SampleLog(66_000).export(to: folder.path)
    for (file, code) in [
      ("tile/2/000.p/1", "tile-changed"), ("tile/1/000", "tile-changed"),
      ("tile/1/001.p/1", "tile-changed"), ("tile/0/100", "tile-changed"),
      ("tile/0/257.p/208", "tile-changed"), ("tile/entries/256", "entry-changed"),
      ("tile/entries/257.p/208", "entry-changed"), ("tile/entries/100", "entry-changed"),
    ] {
      let bytes = try folder.read(file)
      var changed = bytes
      changed[bytes.count - 1] ^= 1
      try folder.write(changed, file)
      let report = try await DirectoryVerifier.report(folder)
      #expect(report.findings.map(\.code) == [code] && report.findings.map(\.file) == [file])
      try folder.write(bytes, file)
    }
  }

  @Test("by many changes is listed up to a limit, and counted beyond it")
  func limit() async throws {
    let folder = try Folder()
    var entries = SampleLog(3000).entries
    try SampleLog(3000).export(to: folder.path)
    for index in stride(from: 0, to: 3000, by: 2) { entries[index][0] = 0x45 }
    let other = try Folder()
    try SampleLog(entries).export(to: other.path)
    for name in other.files where name.hasPrefix("tile/entries") {
      try folder.write(other.read(name), name)
    }
    let report = try await DirectoryVerifier.report(folder)
    #expect(report.findings.count == VerificationReport.mostFindings && report.omitted == 500)
    #expect(report.findings.allSatisfy { $0.code == "entry-changed" })
  }
}
