import Crypto
import CryptoExtras
import Foundation
import Ground
import Outbound
import Sealing
import Synchronization

@testable import Server

/// A strict identity provider in the process, for tests: it redeems a code once, for whoever began the journey, and signs
/// what it is told to, right or wrong.
final class FakeProvider: Sendable {
  static let issuer = "https://provider.example/realm"

  /// How a token is signed.
  enum Signing: Sendable {
    case rs256, ps256, es256
    case none
    /// The public key, which everybody knows, taken for a shared secret.
    case hs256
    /// Signed by a key that is not in the set, under the name of one that is.
    case stranger
    case changed
  }

  struct Answers: Sendable {
    var signing = Signing.rs256
    var kid: String? = "one"
    /// Members that replace those of the token; null leaves one out.
    var claims: [String: JSON] = [:]
    var header: [String: JSON] = [:]
    var issuerOfDiscovery = FakeProvider.issuer
    var isDown = false
    /// The name of the key in the key set.
    var shownKid = "one"
  }

  private struct State {
    var answers = Answers()
    var codes: [String: (challenge: String, redirect: String, nonce: String)] = [:]
    var refused: [String] = []
    var keysAsked = 0
  }

  private let state = Mutex(State())
  private let rsa: _RSA.Signing.PrivateKey
  private let other: _RSA.Signing.PrivateKey
  private let ec = P256.Signing.PrivateKey()
  let now: @Sendable () -> Instant

  init(now: @escaping @Sendable () -> Instant) throws {
    rsa = try _RSA.Signing.PrivateKey(keySize: .bits2048)
    other = try _RSA.Signing.PrivateKey(keySize: .bits2048)
    self.now = now
  }

  var refused: [String] { state.withLock { $0.refused } }
  var keysAsked: Int { state.withLock { $0.keysAsked } }
  func answers(_ answers: Answers) { state.withLock { $0.answers = answers } }

  /// What a browser is given that arrives at the authorization endpoint; nil where something is wrong.
  func authorize(_ location: String) -> (code: String, state: String)? {
    guard location.hasPrefix(FakeProvider.issuer + "/authorize?") else { return nil }
    let query = Form(encoded: (location.split(separator: "?").last ?? "").utf8)
    func text(_ name: String) -> String { query.text(name) ?? "" }
    guard text("response_type") == "code", text("client_id") == "systemic",
      text("redirect_uri") == "https://desk.example/sign-in/provider/back",
      text("scope") == "openid profile", text("code_challenge_method") == "S256",
      text("code_challenge").utf8.count == 43, text("state").utf8.count >= 43,
      text("nonce").utf8.count >= 43, text("state") != text("nonce")
    else { return nil }
    let code = "code-" + String(text("state").suffix(12))
    state.withLock {
      $0.codes[code] = (text("code_challenge"), text("redirect_uri"), text("nonce"))
    }
    return (code, text("state"))
  }

  /// Answers the desk's own questions.
  @Sendable func send(_ request: OutboundRequest) async throws(Problem) -> OutboundAnswer {
    let answers = state.withLock { $0.answers }
    if answers.isDown {
      throw Problem("outbound.not-reached", what: "down", why: "", mend: "")
    }
    switch request.address.text {
    case FakeProvider.issuer + "/.well-known/openid-configuration":
      return answer([
        ("issuer", .string(answers.issuerOfDiscovery)),
        ("authorization_endpoint", .string(FakeProvider.issuer + "/authorize")),
        ("token_endpoint", .string(FakeProvider.issuer + "/token")),
        ("jwks_uri", .string(FakeProvider.issuer + "/keys")),
      ])
    case FakeProvider.issuer + "/keys":
      state.withLock { $0.keysAsked += 1 }
      return answer([("keys", .array(keys(answers)))])
    case FakeProvider.issuer + "/token": return token(request, answers)
    default: return OutboundAnswer(status: 404, fields: [], body: [])
    }
  }

  private func answer(_ members: [(String, JSON)]) -> OutboundAnswer {
    OutboundAnswer(status: 200, fields: [], body: JSON.object(members).compactBytes)
  }

  private func refuse(_ why: String) -> OutboundAnswer {
    state.withLock { $0.refused.append(why) }
    return OutboundAnswer(status: 400, fields: [], body: Array("{\"error\":\"x\"}".utf8))
  }

  private func token(_ request: OutboundRequest, _ answers: Answers) -> OutboundAnswer {
    let form = Form(encoded: request.body)
    let basic = "Basic " + Base64.text(Array("systemic:shared%20secret".utf8))
    guard request.fields.contains(where: { $0.name == "authorization" && $0.value == basic })
    else { return refuse("client") }
    guard form.text("grant_type") == "authorization_code" else { return refuse("grant") }
    guard let code = form.text("code"),
      let begun = state.withLock({ $0.codes.removeValue(forKey: code) })
    else { return refuse("code") }
    guard form.text("redirect_uri") == begun.redirect else { return refuse("redirect") }
    let verifier = form.text("code_verifier") ?? ""
    guard (43...128).contains(verifier.utf8.count),
      Base64.addressText(Array(SHA256.hash(data: Data(verifier.utf8)))) == begun.challenge
    else { return refuse("verifier") }
    return answer([
      ("access_token", .string("unused")), ("token_type", .string("Bearer")),
      ("id_token", .string(idToken(begun.nonce, answers))),
    ])
  }

  private func idToken(_ nonce: String, _ answers: Answers) -> String {
    let seconds = now().seconds
    var claims: [String: JSON] = [
      "iss": .string(FakeProvider.issuer), "aud": .string("systemic"), "sub": .string("subject-1"),
      "exp": .int(seconds + 300), "iat": .int(seconds), "nonce": .string(nonce),
      "preferred_username": .string("jane"), "groups": JSON(["lawyers", "cyclists"]),
    ]
    for (name, value) in answers.claims { claims[name] = value == .null ? nil : value }
    var header: [String: JSON] = [
      "alg": .string(algorithm(answers.signing)), "typ": .string("JWT"),
    ]
    if let kid = answers.kid { header["kid"] = .string(kid) }
    for (name, value) in answers.header { header[name] = value }
    let text = [header, claims].map { members in
      Base64.addressText(JSON.object(members.map { ($0.key, $0.value) }).compactBytes)
    }.joined(separator: ".")
    return text + "." + Base64.addressText(signature(text, answers.signing))
  }

  private func algorithm(_ signing: Signing) -> String {
    switch signing {
    case .rs256, .stranger, .changed: "RS256"
    case .ps256: "PS256"
    case .es256: "ES256"
    case .none: "none"
    case .hs256: "HS256"
    }
  }

  private func signature(_ text: String, _ signing: Signing) -> [UInt8] {
    let data = Data(text.utf8)
    func rsa(_ key: _RSA.Signing.PrivateKey, _ padding: _RSA.Signing.Padding) -> [UInt8] {
      Array(
        (try? key.signature(for: SHA256.hash(data: data), padding: padding))?.rawRepresentation
          ?? Data())
    }
    switch signing {
    case .rs256: return rsa(self.rsa, .insecurePKCS1v1_5)
    case .ps256: return rsa(self.rsa, .PSS)
    case .stranger: return rsa(other, .insecurePKCS1v1_5)
    case .changed:
      var bytes = rsa(self.rsa, .insecurePKCS1v1_5)
      bytes[10] ^= 1
      return bytes
    case .es256:
      return Array((try? ec.signature(for: SHA256.hash(data: data)))?.rawRepresentation ?? Data())
    case .none: return []
    case .hs256:
      let key = SymmetricKey(data: Data(self.rsa.publicKey.pemRepresentation.utf8))
      return Array(HMAC<SHA256>.authenticationCode(for: data, using: key))
    }
  }

  private func keys(_ answers: Answers) -> [JSON] {
    guard let parts = try? rsa.publicKey.getKeyPrimitives() else { return [] }
    let point = Array(ec.publicKey.rawRepresentation)
    return [
      .object([
        ("kty", .string("RSA")), ("use", .string("sig")), ("kid", .string(answers.shownKid)),
        ("n", .string(Base64.addressText(Array(parts.modulus)))),
        ("e", .string(Base64.addressText(Array(parts.publicExponent)))),
      ]),
      .object([
        ("kty", .string("EC")), ("crv", .string("P-256")), ("kid", .string("curve")),
        ("x", .string(Base64.addressText(point[..<32]))),
        ("y", .string(Base64.addressText(point[32...]))),
      ]),
    ]
  }
}
