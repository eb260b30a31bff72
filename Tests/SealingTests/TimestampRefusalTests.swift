import Ground
import Sealing
import Testing

@Suite(
  "refused timestamps", .enabled(if: OpenSSL.path != nil, Comment(rawValue: OpenSSL.missing)))
struct TimestampRefusalTests {
  let authority: Authority
  let roots: [[UInt8]]
  static let digest = Digest(of: "stamped".utf8)
  static let bad = Problem("sealing.bad-timestamp", what: "")
  static let untrusted = Problem("sealing.timestamp-untrusted", what: "")
  static let forged = Problem("sealing.bad-timestamp-signature", what: "")

  init() throws {
    authority = try Authority.shared.get()
    roots = [try authority.certificate("root")]
  }

  func verify(_ token: [UInt8], roots: [[UInt8]]? = nil) async throws -> Timestamp {
    try await TimestampToken(token: token).verify(
      digest: Self.digest, nonce: nil, roots: roots ?? self.roots)
  }

  @Test("a refusal gives the reason of the authority")
  func refused() throws {
    let request = TimestampRequest(digest: Self.digest)
    let reply = try authority.reply(to: request.der, signer: "p256", section: "refusing")
    do {
      _ = try TimestampToken(reply: reply)
      Issue.record("it was taken")
    } catch {
      #expect(error.code == "sealing.timestamp-refused")
      #expect(error.why.contains("rejection"))
      #expect(error.why.contains("does not take SHA-256"))
      #expect(error.why.contains("Message digest algorithm is not supported"))
    }
  }

  @Test("a status text of others is shown without control characters, and cut")
  func statusText() throws {
    let text = Array("no\u{1B}[2J way\u{202E} ".utf8) + [UInt8](repeating: 0x61, count: 300)
    let status =
      Statement.node(2, [2]) + Statement.node(0x30, Statement.node(0x0C, text))
      + Statement.node(3, [0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])
    do {
      _ = try TimestampToken(reply: Statement.node(0x30, Statement.node(0x30, status)))
      Issue.record("it was taken")
    } catch {
      #expect(error.code == "sealing.timestamp-refused")
      #expect(error.why.contains("no[2J way aaa"))
      #expect(error.why.count < 1200)
      #expect(error.why.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
    }
  }

  @Test("the timestamp of another digest is refused")
  func otherDigest() async throws {
    let token = try authority.token(over: Statement().der, signer: "p256")
    await #expect(throws: Problem("sealing.timestamp-mismatch", what: "")) {
      try await TimestampToken(token: token).verify(
        digest: Digest(of: "other".utf8), nonce: nil, roots: roots)
    }
  }

  @Test(
    "a certificate that may not make timestamps is refused",
    arguments: [
      ("code", "not for timestamps alone"), ("both", "not for timestamps alone"),
      ("nothing", "not for timestamps alone"), ("cipher", "not for signatures"),
      ("critical", "no chain"), ("weak", "SHA-1"), ("past", "was not valid at"),
      ("underrsa", "no authority for certificates"), ("underold", "was not valid at"),
      ("undernosign", "no authority for certificates"),
      ("rsa", "no chain"), ("root", "not for timestamps alone"),
    ])
  func purposes(signer: String, why: String) async throws {
    let issuers = [
      "underrsa": ["rsa", "between"], "underold": ["old"], "undernosign": ["nosign", "root"],
    ]
    let issuer = issuers[signer] ?? []
    let token = try authority.token(
      over: Statement().der, signer: signer, enclosing: Array(issuer.prefix(1)))
    // The one between, and an old root, are taken as roots where the chain needs them.
    let roots =
      try roots + issuer.suffix(1).map { try authority.certificate($0) }
    do {
      _ = try await verify(token, roots: roots)
      Issue.record("\(signer) was trusted")
    } catch let problem as Problem {
      #expect(problem == Self.untrusted)
      #expect(problem.why.contains(why), "\(problem.why)")
    }
  }

  @Test("a certificate of the same key and name of key, but not the signed one, is refused")
  func swapped() async throws {
    let token = try authority.token(
      over: Statement().der, signer: "past",
      options: ["-cades", "-keyid", "-nocerts"], enclosing: ["p256"])
    do {
      _ = try await verify(token)
      Issue.record("it was trusted")
    } catch let problem as Problem {
      #expect(problem == Self.forged)
      #expect(problem.why.contains("another one than the signed one"))
    }
  }

  @Test("a statement changed after it was signed, and a changed signature, are told apart")
  func tampered() async throws {
    let token = try authority.token(over: Statement().der, signer: "p256")
    let serial = try #require(token.firstRange(of: [2, 1, 0x2A])).upperBound - 1
    for (place, why) in [(serial, "statement was changed"), (token.count - 1, "did not make it")] {
      var changed = token
      changed[place] ^= 1
      do {
        _ = try await verify(changed)
        Issue.record("byte \(place) was not seen")
      } catch let problem as Problem {
        #expect(problem == Self.forged)
        #expect(problem.why.contains(why), "\(problem.why)")
      }
    }
  }

  @Test("a token with more than eight certificates is refused before any chain is tried")
  func manyCertificates() throws {
    let names = ["root", "between", "rsa", "p384", "past", "code", "both", "nothing"]
    func token(_ count: Int) throws -> [UInt8] {
      try authority.token(
        over: Statement().der, signer: "p256", enclosing: Array(names.prefix(count)))
    }
    #expect(throws: Never.self) { try TimestampToken(token: token(7)) }
    #expect(throws: Self.bad) { try TimestampToken(token: token(8)) }
  }

  @Test("another root of the same name, and none at all, do not answer for it")
  func otherRoot() async throws {
    let token = try authority.token(over: Statement().der, signer: "p256")
    _ = try await verify(token)
    for roots in [[try authority.certificate("other")], []] {
      await #expect(throws: Self.untrusted) { try await verify(token, roots: roots) }
    }
    await #expect(throws: Problem("sealing.bad-certificate", what: "")) {
      try await verify(token, roots: [[1, 2, 3]])
    }
  }

  @Test("a time outside the certificate is refused, before and after")
  func outside() async throws {
    for time in ["20191231235959Z", "20500101000000Z", "99991231235959Z", "19700101000000Z"] {
      let token = try authority.token(over: Statement(time: time).der, signer: "p256")
      await #expect(throws: Self.untrusted, "\(time)") { try await verify(token) }
    }
  }

  @Test("a signature of another form is refused")
  func forms() async throws {
    let statement = Statement().der
    for (name, options) in [
      ("no certificate signed", []), ("no attributes", ["-noattr"]),
      ("no certificate enclosed", ["-cades", "-nocerts"]),
      ("SHA-1", ["-cades", "-md", "sha1"]), ("SHA-224", ["-cades", "-md", "sha224"]),
      ("two signers", ["-cades", "-signer", "past.pem", "-inkey", "k3.key"]),
    ] {
      let token = try authority.token(over: statement, signer: "p256", options: options)
      #expect(throws: Self.bad, "\(name)") { try TimestampToken(token: token) }
    }
    let pss = try authority.token(
      over: statement, signer: "rsa", options: ["-cades", "-keyopt", "rsa_padding_mode:pss"])
    #expect(throws: Self.bad) { try TimestampToken(token: pss) }
    let mail = try authority.token(
      over: statement, signer: "p256", type: "1.2.840.113549.1.7.1")
    #expect(throws: Self.bad) { try TimestampToken(token: mail) }
  }

  @Test("bytes that are no reply are refused")
  func garbage() {
    for bytes: [UInt8] in [
      [], [0x30], [0x30, 0], [0x30, 0x80, 0, 0], [0x30, 3, 0x30, 1, 2],
      [0x30, 5, 0x30, 3, 2, 1, 0],
      [UInt8](repeating: 0x30, count: 5000), [UInt8](repeating: 0, count: 70_000),
    ] {
      #expect(throws: Self.bad) { try TimestampToken(reply: bytes) }
      #expect(throws: Self.bad) { try TimestampToken(token: bytes) }
    }
  }
}
