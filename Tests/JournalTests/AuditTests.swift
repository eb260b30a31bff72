import Ground
import Sealing
import TestSupport
import Testing

@testable import Journal

@Suite("An audit")
struct AuditTests {
  @Test("finds nothing in a good directory, and says what it does not prove")
  func good() async throws {
    let folder = try Folder()
    try SampleLog(300).export(
      to: folder.path, SignedCheckpoint(Vectors.checkpoint.utf8), VerifierKey(Vectors.logKey))
    var verifier = DirectoryVerifier(folder: folder.path)
    let alone = try await verifier.report()
    #expect(alone.isOK && alone.size == 300 && alone.root == Vectors.entryRoots[4].root)
    #expect(alone.origin == "log.example/gpai/audit" && alone.cosignatures.isEmpty)
    #expect(alone.notProven.count == 7)
    verifier.log = try VerifierKey(Vectors.logKey)
    verifier.witnesses = [try VerifierKey(Vectors.witnessKey)]
    verifier.retained = [try SampleLog(17).head(Vectors.signer()).bytes]
    let whole = try await verifier.report()
    #expect(whole.isOK && whole.cosignatures.map(\.key.name) == ["witness.example/w1"])
    #expect(whole.notProven.count == 5)
  }

  /// What a changed byte of a file may be called.
  private static func codes(_ file: String) -> Set<String> {
    switch file {
    case "checkpoint": ["checkpoint-signature", "checkpoint-unreadable"]
    case "vkey": ["vkey-unreadable"]
    case _ where file.hasPrefix("tile/entries"):
      ["entry-changed", "bundle-truncated", "trailing-bytes"]
    default: ["tile-changed"]
    }
  }

  /// What is wrong with the report on a changed file; nil when the change was found and named there alone.
  private static func fault(_ report: VerificationReport, _ file: String) -> String? {
    if report.isOK { return "not found" }
    if report.findings.contains(where: { $0.file != file }) { return "named elsewhere" }
    let codes = Set(report.findings.map(\.code))
    return codes.isSubset(of: AuditTests.codes(file)) ? nil : "called \(codes)"
  }

  static let smallLog = ["checkpoint", "tile/0/000.p/5", "tile/entries/000.p/5", "vkey"]

  @Test("finds and names each changed bit of each file of a small log", arguments: smallLog)
  func everyBit(_ file: String) async throws {
    let folder = try Folder()
    try SampleLog(5).export(to: folder.path)
    #expect(folder.files == AuditTests.smallLog)
    let bytes = try folder.read(file)
    var faults: [String] = []
    for place in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[place] ^= 1 << bit
        try folder.write(changed, file)
        let report = try await DirectoryVerifier.report(folder)
        if let fault = AuditTests.fault(report, file) { faults.append("\(place).\(bit): \(fault)") }
      }
    }
    #expect(faults.isEmpty)
    try folder.write(bytes, file)
    #expect(try await DirectoryVerifier.report(folder).isOK)
  }

  @Test("finds and names changed bits of a log over several tiles, and the entry")
  func sampledBits() async throws {
    let folder = try Folder()
    let log = SampleLog(300)
    try log.export(to: folder.path)
    var starts: [Int] = []
    for entry in log.entries { starts.append((starts.last ?? 0) + entry.count + 2) }
    var random = SplitMix64(seed: 3)
    var faults: [String] = []
    for file in folder.files {
      let bytes = try folder.read(file)
      var place = random.int(0...10)
      while place < bytes.count {
        var changed = bytes
        changed[place] ^= 1 << random.int(0...7)
        try folder.write(changed, file)
        let report = try await DirectoryVerifier.report(folder)
        if let fault = AuditTests.fault(report, file) {
          faults.append("\(file) \(place): \(fault)")
        }
        if file == "tile/entries/000" {
          let entry = starts.firstIndex { place < $0 }
          if !report.findings.contains(where: { $0.entry == entry }) {
            faults.append("\(file) \(place): entry \(entry ?? -1) not named")
          }
        }
        if file.hasPrefix("tile/0/") {
          let entry = place / 32 + (file == "tile/0/000" ? 0 : 256)
          if report.findings.map(\.entry) != [entry] { faults.append("\(file) \(place): place") }
        }
        place += random.int(1...40)
      }
      try folder.write(bytes, file)
    }
    #expect(faults.isEmpty)
  }

  @Test("finds and names each file that is cut off at any byte, longer, empty or missing")
  func lengths() async throws {
    let folder = try Folder()
    try SampleLog(5).export(to: folder.path)
    var faults: [String] = []
    for file in folder.files {
      let bytes = try folder.read(file)
      for count in bytes.indices {
        try folder.write(Array(bytes[..<count]), file)
        let report = try await DirectoryVerifier.report(folder)
        if report.isOK || report.findings.contains(where: { $0.file != file }) {
          faults.append("\(file) cut at \(count)")
        }
      }
      for tail in [[0], [0x0A], Array("\u{2014} x".utf8)] as [[UInt8]] {
        try folder.write(bytes + tail, file)
        let report = try await DirectoryVerifier.report(folder)
        if report.isOK || report.findings.contains(where: { $0.file != file }) {
          faults.append("\(file) longer by \(tail)")
        }
      }
      try folder.remove(file)
      let report = try await DirectoryVerifier.report(folder)
      if report.findings.map(\.file) != [file] { faults.append("\(file) missing") }
      #expect(report.findings.map(\.code) == ["missing-file"])
      try folder.write(bytes, file)
    }
    #expect(faults.isEmpty)
  }

  @Test("takes signature lines of unknown keys as they are, and those of asked witnesses not")
  func signatureLines() async throws {
    let folder = try Folder()
    try SampleLog(300).export(
      to: folder.path, SignedCheckpoint(Vectors.checkpoint.utf8), VerifierKey(Vectors.logKey))
    let bytes = try folder.read("checkpoint")
    var changed = bytes
    changed[bytes.count - 20] ^= 1
    try folder.write(changed, "checkpoint")
    var verifier = DirectoryVerifier(folder: folder.path)
    #expect(try await verifier.report().isOK)
    verifier.witnesses = [try VerifierKey(Vectors.witnessKey)]
    #expect(try await verifier.report().findings.map(\.code) == ["witness-signature"])
    try folder.write(Array(SampleLog(300).head(Vectors.signer()).bytes), "checkpoint")
    #expect(try await verifier.report().findings.map(\.code) == ["witness-missing"])
    let other = try NoteSigner(
      name: "log.example/gpai/audit", key: SigningKey(seed: Array(7..<39)))
    verifier = DirectoryVerifier(folder: folder.path, log: other.verifier)
    let codes = try await verifier.report().findings.map(\.code)
    #expect(codes == ["vkey-differs", "checkpoint-signature"])
  }

  @Test("of a folder that is not there is refused")
  func nothing() async throws {
    let folder = try Folder()
    let path = folder["none"]
    await #expect(throws: Problem("journal.no-directory", what: "", places: [Place(path)])) {
      try await DirectoryVerifier(folder: path).report()
    }
    let report = try await DirectoryVerifier.report(folder)
    #expect(report.findings.map(\.file) == ["vkey"])
  }
}
