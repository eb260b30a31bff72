import Ground
import Sealing
import Testing

@Suite(
  "statements of timestamps",
  .enabled(if: OpenSSL.path != nil, Comment(rawValue: OpenSSL.missing)))
struct StatementTests {
  let authority: Authority
  let roots: [[UInt8]]
  static let digest = Digest(of: "stamped".utf8)
  static let bad = Problem("sealing.bad-timestamp", what: "")

  init() throws {
    authority = try Authority.shared.get()
    roots = [try authority.certificate("root")]
  }

  static let wrongStatements: [(String, Statement)] = [
    ("version 2", Statement(version: [2])),
    ("SHA-384", Statement(algorithm: [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02])),
    ("a digest of 31 bytes", Statement(digest: [UInt8](repeating: 1, count: 31))),
    ("a negative serial number", Statement(serial: [0x80])),
    ("a number of 65 bytes", Statement(serial: [UInt8](repeating: 1, count: 65))),
    ("a padded number", Statement(serial: [0, 1])),
    ("no Z", Statement(time: "20260701120000")),
    ("an offset", Statement(time: "20260701120000+0100")),
    ("no seconds", Statement(time: "202607011200Z")),
    ("a comma", Statement(time: "20260701120000,5Z")),
    ("a zero at the end", Statement(time: "20260701120000.50Z")),
    ("a point alone", Statement(time: "20260701120000.Z")),
    ("31 June", Statement(time: "20260631120000Z")),
    ("hour 24", Statement(time: "20260701240000Z")),
    ("second 61", Statement(time: "20260701120061Z")),
    ("1969", Statement(time: "19691231235959Z")),
    (
      "a fraction without end",
      Statement(time: "20260701120000." + String(repeating: "1", count: 99) + "Z")
    ),
    ("accuracy of 1000 milliseconds", Statement(rest: [0x30, 4, 0x80, 2, 3, 0xE8])),
    ("accuracy of zero", Statement(rest: [0x30, 3, 0x80, 1, 0])),
    (
      "an unknown critical extension",
      Statement(rest: [0xA1, 9, 0x30, 7, 6, 2, 0x2A, 3, 1, 1, 0xFF])
    ),
    ("a part too many", Statement(rest: [5, 0])),
    ("two nonces", Statement(rest: [2, 1, 1, 2, 1, 1])),
    ("BER in the statement", Statement(rest: [2, 0x81, 1, 1])),
  ]

  @Test("a statement of another form is refused", arguments: wrongStatements.indices)
  func statements(index: Int) throws {
    let (name, statement) = Self.wrongStatements[index]
    let token = try authority.token(over: statement.der, signer: "p256")
    #expect(throws: Self.bad, "\(name)") { try TimestampToken(token: token) }
  }

  @Test("a statement with all that is allowed is taken")
  func allowed() async throws {
    let rest: [UInt8] =
      [0x30, 10, 2, 1, 1, 0x80, 1, 2, 0x81, 2, 3, 0xE7] + [1, 1, 0xFF, 2, 1, 9]
      + [0xA0, 4, 0x82, 2, 0x61, 0x62] + [0xA1, 8, 0x30, 6, 6, 2, 0x2A, 3, 4, 0]
    let statement = Statement(serial: [0], time: "20261231235960.5Z", rest: rest)
    let stamp = try await TimestampToken(
      token: authority.token(over: statement.der, signer: "p256")
    ).verify(digest: Self.digest, nonce: [9], roots: roots)
    #expect(stamp.time.utc == "2027-01-01T00:00:00Z")
    #expect(stamp.accuracy == .microseconds(1_002_999))
    #expect(stamp.serial == "00")
  }
}
