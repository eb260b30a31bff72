import Ground
import Sealing
import Testing

@Suite("recovery files")
struct RecoveryFileTests {
  static let passphrase = "a safe in the cellar"
  static let damaged = Problem("sealing.damaged-recovery-file", what: "")
  static let wrong = Problem("sealing.wrong-passphrase", what: "")

  static func seal(_ secrets: [UInt8]) throws -> String {
    try RecoveryFile.seal(secrets, passphrase: passphrase, logCost: 4)
  }

  @Test("secrets of any size come back", arguments: [0, 1, 19, 20, 21, 32, 1000, 100_000])
  func roundTrip(count: Int) throws {
    let secrets = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let text = try Self.seal(secrets)
    #expect(try RecoveryFile.open(text, passphrase: Self.passphrase) == secrets)
  }

  @Test("the first line says what the file is, and all lines are short ASCII")
  func readable() throws {
    let text = try Self.seal([UInt8](repeating: 1, count: 200))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first?.hasPrefix("Systemic recovery file.") == true)
    #expect(text.contains("\nkey: scrypt ln=4,r=8,p=1\n"))
    #expect(text.utf8.allSatisfy { $0 == 0x0A || 0x20..<0x7F ~= $0 })
    #expect(lines.allSatisfy { $0.utf8.count <= 100 })
    #expect(text.hasSuffix("\n"))
  }

  @Test("another passphrase is told from a damaged file")
  func passphrases() throws {
    let text = try Self.seal([1, 2, 3])
    for other in ["a safe in the attic!", "", "short", String(repeating: "y", count: 500)] {
      #expect(throws: Self.wrong) { try RecoveryFile.open(text, passphrase: other) }
    }
  }

  @Test("every changed byte, every cut and every added byte is refused")
  func changed() throws {
    let text = try Self.seal([1, 2, 3, 4])
    let bytes = Array(text.utf8)
    for index in bytes.indices {
      for mask: UInt8 in [0x01, 0x02, 0x20] {
        var bad = bytes
        bad[index] ^= mask
        #expect(throws: Self.damaged) {
          try RecoveryFile.open(
            String(decoding: bad, as: UTF8.self), passphrase: Self.passphrase)
        }
      }
      #expect(throws: Self.damaged) {
        try RecoveryFile.open(
          String(decoding: bytes.prefix(index), as: UTF8.self), passphrase: Self.passphrase)
      }
    }
    for bad in [text + "\n", "\n" + text, text + text, "\u{FEFF}" + text] {
      #expect(throws: Self.damaged) { try RecoveryFile.open(bad, passphrase: Self.passphrase) }
    }
  }

  @Test("a file with changed line ends is refused, and the problem speaks of line ends")
  func lineEnds() throws {
    let text = try Self.seal([1, 2, 3])
    let bad = String(text.flatMap { $0 == "\n" ? ["\r", "\n"] : [$0] })
    do {
      _ = try RecoveryFile.open(bad, passphrase: Self.passphrase)
      Issue.record("it was opened")
    } catch {
      #expect(error == Self.damaged)
      #expect(error.mend.contains("line ends"))
    }
  }

  /// The check is no secret: whoever forges a file can make it fit.
  static func checked(_ lines: [String]) -> String {
    let body = lines.joined(separator: "\n") + "\n"
    return body + "check: " + Digest(of: body.utf8).hex + "\n"
  }

  @Test("a forged header is refused although its check fits")
  func forged() throws {
    let lines = try Self.seal([1, 2, 3]).split(separator: "\n", omittingEmptySubsequences: false)
      .dropLast(2).map(String.init)
    #expect(
      try RecoveryFile.open(Self.checked(lines), passphrase: Self.passphrase) == [1, 2, 3])
    for (line, text, problem) in [
      (0, "Systemic recovery file.", Self.damaged),
      (1, "format: systemic-recovery-2", Self.damaged),
      (2, "cipher: none", Self.damaged), (3, "key: scrypt ln=30,r=8,p=1", Self.damaged),
      (3, "key: scrypt ln=4,r=16,p=1", Self.damaged), (3, "key: none", Self.damaged),
      (3, "key: scrypt ln=5,r=8,p=1", Self.wrong), (4, "salt: ", Self.damaged),
      (4, "salt: AAECAwQFBgcICQoLDA0ODw==", Self.wrong), (5, "x", Self.damaged),
      (6, "AAAA", Self.wrong), (6, "", Self.damaged), (6, "AA A", Self.damaged),
    ] {
      var bad = lines
      bad[line] = text
      #expect(throws: problem, "\(text)") {
        try RecoveryFile.open(Self.checked(bad), passphrase: Self.passphrase)
      }
    }
  }

  @Test("a weak passphrase and more than a megabyte are refused")
  func refused() {
    #expect(throws: Problem("sealing.passphrase-too-short", what: "")) {
      try RecoveryFile.seal([1], passphrase: "short", logCost: 4)
    }
    #expect(throws: Problem("sealing.not-sealed", what: "")) {
      try RecoveryFile.seal(
        [UInt8](repeating: 0, count: RecoveryFile.mostBytes + 1), passphrase: Self.passphrase,
        logCost: 4)
    }
  }
}
