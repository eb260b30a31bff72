import Ground
import Sealing
import Testing

@testable import Journal

@Suite("Exports")
struct ExportTests {
  @Test("have byte for byte the files of other implementations")
  func vectors() async throws {
    let folder = try Folder()
    let log = try VerifierKey(Vectors.logKey)
    try SampleLog(300).export(
      to: folder.path, SignedCheckpoint(Vectors.checkpoint.utf8), log)
    for file in Vectors.files {
      let bytes = try folder.read(file.path)
      #expect(bytes.count == file.bytes)
      #expect(Digest(of: bytes).hex == file.digest)
    }
    #expect(try folder.read("checkpoint") == Array(Vectors.checkpoint.utf8))
    #expect(try folder.read("vkey") == Array((Vectors.logKey + "\n").utf8))
    #expect(
      folder.files
        == ["checkpoint"] + Vectors.files.map(\.path).sorted().filter { $0 != "tile/entries/000" }
        + ["tile/entries/000", "tile/entries/001.p/44", "vkey"])
  }

  @Test(
    "of every kind of size are whole, alone or continued from any other",
    arguments: [0, 1, 255, 256, 257, 511, 512, 513, 66_000])
  func continued(_ size: Int) async throws {
    let olds = size > 1000 ? [300] : [0, 1, 255, 256, 300, size]
    for old in olds where old <= size {
      let folder = try Folder()
      try SampleLog(old).export(to: folder.path)
      try SampleLog(size).export(to: folder.path)
      let report = try await DirectoryVerifier.report(folder)
      #expect(report.isOK, "\(old) to \(size)")
      #expect(report.size == size)
      let alone = try Folder()
      try SampleLog(size).export(to: alone.path)
      #expect(folder.files == alone.files)
    }
  }

  @Test("that were broken off are begun again, whatever was written")
  func brokenOff() async throws {
    let folder = try Folder()
    let log = SampleLog(600)
    let signer = try Vectors.signer()
    do {
      let export = try DirectoryExport(
        folder: folder.path, checkpoint: log.head(signer), log: signer.verifier)
      for entry in log.entries.prefix(520) { try export.append(entry) }
      #expect(throws: Problem("journal.export-incomplete", what: "")) { try export.finish() }
    }
    try folder.write([1, 2, 3], ".writing")
    #expect(!folder.files.contains("checkpoint"))
    #expect(try await !DirectoryVerifier.report(folder).isOK)
    try log.export(to: folder.path)
    #expect(try await DirectoryVerifier.report(folder).isOK)
    // A continuation that was broken off leaves an older export, which is continued.
    do {
      let larger = SampleLog(900)
      let export = try DirectoryExport(
        folder: folder.path, checkpoint: larger.head(signer), log: signer.verifier)
      #expect(export.size == 600)
      for entry in larger.entries[600..<800] { try export.append(entry) }
    }
    let report = try await DirectoryVerifier.report(folder)
    #expect(Set(report.findings.map(\.code)) == ["size-mismatch", "unexpected-file"])
    try SampleLog(900).export(to: folder.path)
    #expect(try await DirectoryVerifier.report(folder).isOK)
  }

  @Test("go only to an empty folder or an older export of the same history")
  func targets() throws {
    let signer = try Vectors.signer()
    let log = SampleLog(300)
    let foreign = try Folder()
    try foreign.write([1], "notes.txt")
    #expect(throws: Problem("journal.export-not-empty", what: "", places: [Place(foreign.path)])) {
      try log.export(to: foreign.path)
    }
    #expect(foreign.files == ["notes.txt"])
    let folder = try Folder()
    try log.export(to: folder.path)
    #expect(throws: Problem("journal.export-newer", what: "", places: [Place(folder.path)])) {
      try SampleLog(299).export(to: folder.path)
    }
    #expect(throws: Problem("journal.export-differs", what: "")) {
      try SampleLog(400, changing: [7: "other"]).export(to: folder.path)
    }
    let other = try NoteSigner(name: "log.example/b", key: SigningKey(seed: Array(0..<32)))
    #expect(throws: Problem("journal.other-log", what: "")) {
      try SampleLog(400).export(to: folder.path, SampleLog(400).head(other), other.verifier)
    }
    let open = try DirectoryExport(
      folder: folder.path, checkpoint: log.head(signer), log: signer.verifier)
    #expect(throws: Problem("journal.folder-in-use", what: "", places: [Place(folder.path)])) {
      try log.export(to: folder.path)
    }
    #expect(open.size == 300)
  }

  @Test(
    "are not continued when their right edge was changed",
    arguments: ["tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/001.p/44", "checkpoint"])
  func damagedEdge(_ file: String) throws {
    let folder = try Folder()
    try SampleLog(300).export(to: folder.path)
    var bytes = try folder.read(file)
    bytes[4] ^= 1
    try folder.write(bytes, file)
    #expect(throws: Problem.self) { try SampleLog(400).export(to: folder.path) }
    try folder.write(Array(bytes.dropLast(5)), file)
    #expect(throws: Problem.self) { try SampleLog(400).export(to: folder.path) }
    try folder.remove(file)
    if file != "checkpoint" {
      #expect(throws: Problem.self) { try SampleLog(400).export(to: folder.path) }
    }
  }

  @Test("take entries of up to 65,535 bytes, and no more entries than the checkpoint covers")
  func limits() async throws {
    let folder = try Folder()
    let signer = try Vectors.signer()
    let log = SampleLog([[], Array(repeating: 7, count: 65_535)])
    let export = try DirectoryExport(
      folder: folder.path, checkpoint: log.head(signer), log: signer.verifier)
    #expect(throws: Problem("journal.entry-too-large", what: "")) {
      try export.append(Array(repeating: 7, count: 65_536))
    }
    for entry in log.entries { try export.append(entry) }
    #expect(throws: Problem("journal.export-incomplete", what: "")) { try export.append([1]) }
    try export.finish()
    #expect(try await DirectoryVerifier.report(folder).isOK)
  }

  @Test("say what they have written")
  func progress() throws {
    let folder = try Folder()
    let signer = try Vectors.signer()
    let log = SampleLog(600)
    var heard: [Int] = []
    let export = try DirectoryExport(
      folder: folder.path, checkpoint: log.head(signer), log: signer.verifier
    ) { heard.append($0) }
    for entry in log.entries { try export.append(entry) }
    try export.finish()
    #expect(heard == [256, 512, 600])
  }

  @Test("tell a full disk, a folder that may not be written to, and anything else apart")
  func failures() throws {
    #expect(Problem.notWritten("a", 28).code == "journal.disk-full")
    #expect(Problem.notWritten("a", 122).code == "journal.disk-full")
    for number: Int32 in [30, 13, 1] {
      #expect(Problem.notWritten("a", number).code == "journal.read-only")
    }
    let folder = try Folder()
    try folder.write([1], "file")
    for path in ["", folder["file"], folder["none/none"]] {
      #expect(throws: Problem("journal.not-written", what: "", places: [Place(path)])) {
        try SampleLog(3).export(to: path)
      }
    }
    // A folder where a file belongs cannot be replaced; nothing half-written is left.
    try folder.write([1], "log/tile/entries/000.p/3/x")
    try folder.write(Array((Vectors.logKey + "\n").utf8), "log/vkey")
    let file = folder["log"] + "/tile/entries/000.p/3"
    #expect(throws: Problem("journal.not-written", what: "", places: [Place(file)])) {
      try SampleLog(3).export(to: folder["log"])
    }
    #expect(!folder.files.contains("log/checkpoint") && !folder.files.contains("log/.writing"))
  }
}
