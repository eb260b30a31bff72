import Ground
import Sealing
import Testing

@Suite("timestamps", .enabled(if: OpenSSL.path != nil, Comment(rawValue: OpenSSL.missing)))
struct TimestampTests {
  let authority: Authority
  let roots: [[UInt8]]
  static let digest = Digest(of: "stamped".utf8)

  init() throws {
    authority = try Authority.shared.get()
    roots = [try authority.certificate("root")]
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let signer: String
    let chain: String?
    let digest: String
    let section: String
    var testDescription: String { "\(signer) under \(chain ?? "root"), \(digest), \(section)" }
  }

  static let cases = [
    Case(signer: "rsa", chain: "between", digest: "sha256", section: "v1"),
    Case(signer: "rsa", chain: "between", digest: "sha384", section: "v2"),
    Case(signer: "rsa", chain: "between", digest: "sha512", section: "v2sha512"),
    Case(signer: "p256", chain: nil, digest: "sha256", section: "v2"),
    Case(signer: "p256", chain: nil, digest: "sha512", section: "v1"),
    Case(signer: "p384", chain: "between", digest: "sha384", section: "v2"),
    Case(signer: "p384", chain: "between", digest: "sha256", section: "v1"),
  ]

  @Test(
    "a reply of openssl is verified, with RSA and EC, direct and with one between", arguments: cases
  )
  func verified(_ item: Case) async throws {
    let request = TimestampRequest(digest: Self.digest)
    let reply = try authority.reply(
      to: request.der, signer: item.signer, chain: item.chain, digest: item.digest,
      section: item.section)
    let token = try TimestampToken(reply: reply)
    let stamp = try await token.verify(digest: Self.digest, nonce: request.nonce, roots: roots)
    #expect(stamp.authority.contains("Example \(item.signer)"))
    #expect(stamp.policy == (item.section == "v2" ? "2.999.7" : "1.2.3.4.1"))
    #expect(stamp.accuracy == (item.section == "v1" ? .microseconds(1_500_100) : nil))
    #expect(!stamp.serial.isEmpty)
    #expect(stamp.time > Instant(seconds: 1_767_225_600))
    // Stored and read again it says the same.
    let stored = try TimestampToken(token: token.bytes)
    #expect(stored == token)
    #expect(try await stored.verify(digest: Self.digest, nonce: nil, roots: roots) == stamp)
  }

  @Test("a request is byte for byte what openssl writes")
  func request() throws {
    for nonce in [nil, [0x7F, 0x01], [0x80, 0x01], [0xFF], [0x01]] as [[UInt8]?] {
      let request = TimestampRequest(digest: Self.digest, nonce: nonce)
      // openssl chooses its own nonce, so that the one without is compared.
      if nonce == nil {
        let files = try OpenSSL.run(
          [
            "ts", "-query", "-digest", Self.digest.hex, "-sha256", "-cert", "-no_nonce", "-out",
            "query",
          ], with: [:])
        #expect(request.der == files["query"])
      }
      // And that it reads ours is seen by its answer.
      let reply = try authority.reply(to: request.der, signer: "p256")
      #expect(throws: Never.self) { try TimestampToken(reply: reply) }
    }
  }

  @Test("a nonce is a number: zeros in front do not count")
  func nonces() async throws {
    let request = TimestampRequest(digest: Self.digest, nonce: [0, 0, 0x80, 0x01])
    let token = try TimestampToken(reply: authority.reply(to: request.der, signer: "p256"))
    for nonce: [UInt8] in [[0x80, 0x01], [0, 0x80, 0x01]] {
      _ = try await token.verify(digest: Self.digest, nonce: nonce, roots: roots)
    }
    for nonce: [UInt8] in [[0x80, 0x02], [0x01], [], [0x80, 0x01, 0]] {
      await #expect(throws: Problem("sealing.timestamp-mismatch", what: "")) {
        try await token.verify(digest: Self.digest, nonce: nonce, roots: roots)
      }
    }
    #expect(
      TimestampRequest(digest: Self.digest).nonce != TimestampRequest(digest: Self.digest).nonce)
  }

  @Test("a token without nonce does not pass where one was sent")
  func withoutNonce() async throws {
    let request = TimestampRequest(digest: Self.digest, nonce: nil)
    let token = try TimestampToken(reply: authority.reply(to: request.der, signer: "p256"))
    _ = try await token.verify(digest: Self.digest, nonce: nil, roots: roots)
    await #expect(throws: Problem("sealing.timestamp-mismatch", what: "")) {
      try await token.verify(digest: Self.digest, nonce: [1], roots: roots)
    }
  }

  @Test("a certificate that expired since is good for the time when it was valid")
  func expiredSince() async throws {
    let statement = Statement(time: "20200701120000.25Z")
    let token = try TimestampToken(token: authority.token(over: statement.der, signer: "past"))
    let stamp = try await token.verify(digest: Self.digest, nonce: nil, roots: roots)
    #expect(stamp.time.utc == "2020-07-01T12:00:00Z")
    #expect(stamp.serial == "2a")
  }

  @Test("the signer may be named by its key, and the chain may come with the roots")
  func named() async throws {
    let byKey = try authority.token(
      over: Statement().der, signer: "p256", options: ["-cades", "-keyid"])
    _ = try await TimestampToken(token: byKey).verify(
      digest: Self.digest, nonce: nil, roots: roots)
    // The purpose of a certificate need not be critical.
    let loose = try authority.token(over: Statement().der, signer: "loose")
    _ = try await TimestampToken(token: loose).verify(digest: Self.digest, nonce: nil, roots: roots)
    // Nobody between is enclosed, and the one between is trusted itself.
    let alone = try authority.token(over: Statement().der, signer: "rsa")
    _ = try await TimestampToken(token: alone).verify(
      digest: Self.digest, nonce: nil, roots: [authority.certificate("between")])
  }

  @Test("certificates are read from PEM with text around them, in order")
  func pem() throws {
    let text = ["root", "between"].map {
      "subject = \($0)\n" + String(decoding: authority.files[$0 + ".pem"] ?? [], as: UTF8.self)
    }.joined(separator: "\n")
    let expected = try [authority.certificate("root"), authority.certificate("between")]
    #expect(try PEM.certificates(inPEM: text) == expected)
    let dos = text.replacing("\n", with: "\r\n")
    #expect(try PEM.certificates(inPEM: dos) == expected)
    let key = String(decoding: authority.files["k1.key"] ?? [], as: UTF8.self)
    for bad in [
      "", key, String(text.prefix(200)), text.replacing("-----END CERTIFICATE-----", with: ""),
      text.replacing("MII", with: "MIJ"), String(repeating: "x", count: PEM.mostBytes + 1),
    ] {
      #expect(throws: Problem("sealing.bad-certificate", what: "")) {
        try PEM.certificates(inPEM: bad)
      }
    }
  }
}
