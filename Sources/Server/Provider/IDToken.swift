internal import Ground
internal import JWTKit
internal import Sealing

/// What an identity provider signed of somebody, checked before anything of it is believed.
///
/// Source: OpenID Connect Core 1.0, section 3.1.3.7; RFC 8725, sections 3.1 to 3.10.
struct IDToken: Sendable {
  /// What it says.
  let claims: JSON
  /// Whom it is about, within its issuer.
  let subject: String

  /// Algorithms that are taken; `none` and those with a shared secret are not among them.
  static let algorithms: Set<String> = ["RS256", "PS256", "ES256"]
  /// Seconds by which the clock of the other may differ.
  static let leeway = 60
  /// Seconds after which a token that was just fetched is too old.
  static let mostAge = 600
  /// Most bytes of a token.
  static let mostBytes = 65_536

  /// Reads and checks one.
  ///
  /// - Parameters:
  ///   - keys: the key set of the issuer.
  ///   - nonce: what was sent along with the journey.
  /// - Throws: `server.not-vouched`; `server.unknown-key` where the key set may be too old.
  init(
    _ text: String, keys: JSON, provider: IdentityProvider, nonce: String, now: Instant
  ) async throws(Problem) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard text.utf8.count <= IDToken.mostBytes, parts.count == 3,
      let header = IDToken.json(parts[0]), let claims = IDToken.json(parts[1])
    else { throw IDToken.refusal("it is no signed token") }
    guard case .string(let algorithm)? = header["alg"], IDToken.algorithms.contains(algorithm),
      header["crit"] == nil
    else { throw IDToken.refusal("it is signed in a way that is not taken") }
    let key = try IDToken.key(keys, header, algorithm)
    try await IDToken.verify(text, key, algorithm)
    try IDToken.check(claims, provider, nonce, now)
    try provider.strength.check(claims, now)
    guard case .string(let subject)? = claims["sub"], !subject.isEmpty, subject.utf8.count <= 255
    else { throw IDToken.refusal("it does not say whom it is about") }
    self.claims = claims
    self.subject = subject
  }

  /// The key that the header names, of the kind that its algorithm takes.
  private static func key(
    _ keys: JSON, _ header: JSON, _ algorithm: String
  ) throws(Problem) -> JSON {
    guard case .array(let all)? = keys["keys"] else { throw refusal("the issuer shows no keys") }
    let type = algorithm == "ES256" ? "EC" : "RSA"
    let fitting = all.prefix(100).filter { key in
      key["kty"] == .string(type) && [nil, .string("sig")].contains(key["use"])
        && [nil, .string(algorithm)].contains(key["alg"])
    }
    let named = fitting.filter { header["kid"] == nil || $0["kid"] == header["kid"] }
    guard named.count == 1, let key = named.first else {
      throw Problem(
        "server.unknown-key", what: "the identity provider signed with a key that is not known",
        why: "its key set holds not exactly one key that fits", mend: "try it again in a minute")
    }
    return key
  }

  /// The claims are read here, not by the library.
  private struct Unread: JWTPayload {
    func verify(using algorithm: some JWTAlgorithm) async throws {}
  }

  private static func verify(_ text: String, _ key: JSON, _ algorithm: String) async throws(Problem)
  {
    func part(_ name: String) -> String {
      if case .string(let text)? = key[name] { text } else { "" }
    }
    do {
      let collection = JWTKeyCollection()
      switch algorithm {
      case "ES256":
        guard part("crv") == "P-256" else { throw JWTError.invalidJWK(reason: "curve") }
        await collection.add(
          ecdsa: try ES256PublicKey(parameters: (x: part("x"), y: part("y"))))
      case "PS256":
        await collection.add(
          pss: try Insecure.RSA.PublicKey(modulus: part("n"), exponent: part("e")),
          digestAlgorithm: .sha256)
      default:
        await collection.add(
          rsa: try Insecure.RSA.PublicKey(modulus: part("n"), exponent: part("e")),
          digestAlgorithm: .sha256)
      }
      // Under no name, so that only this key is tried.
      _ = try await collection.verify(text, as: Unread.self, iteratingKeys: true)
    } catch { throw refusal("its signature does not fit") }
  }

  private static func check(
    _ claims: JSON, _ provider: IdentityProvider, _ nonce: String, _ now: Instant
  ) throws(Problem) {
    func text(_ name: String) -> String {
      if case .string(let text)? = claims[name] { text } else { "" }
    }
    func seconds(_ name: String) -> Int? {
      switch claims[name] {
      case .int(let seconds)?: seconds
      case nil: nil
      default: .min
      }
    }
    guard text("iss").utf8.elementsEqual(provider.issuer.utf8) else {
      throw refusal("another issuer made it")
    }
    let audience: [JSON] =
      if case .array(let all)? = claims["aud"] { all } else { [claims["aud"] ?? .null] }
    guard audience.contains(.string(provider.client)),
      audience.count == 1 || claims["azp"] != nil,
      claims["azp"] == nil || text("azp").utf8.elementsEqual(provider.client.utf8)
    else { throw refusal("it was made for somebody else") }
    guard let end = seconds("exp"), end > now.seconds - leeway else {
      throw refusal("it is over, or does not say until when it holds")
    }
    guard let made = seconds("iat"), made <= now.seconds + leeway,
      made > now.seconds - mostAge, seconds("nbf") ?? made <= now.seconds + leeway
    else { throw refusal("it was made too long ago, or is not valid yet") }
    guard Commitment.isEqual(Array(text("nonce").utf8), Array(nonce.utf8)), !nonce.isEmpty else {
      throw refusal("it belongs to another sign-in")
    }
  }

  /// A part of a token as JSON, read strictly: a name that stands twice is refused.
  private static func json(_ part: String) -> JSON? {
    guard let bytes = Base64.addressBytes(part) else { return nil }
    return try? JSON(parsing: bytes, file: "token")
  }

  static func refusal(_ why: String) -> Problem {
    Problem(
      "server.not-vouched", what: "what the identity provider sent does not prove who you are",
      why: why, mend: "sign in again; if it stays, tell whoever keeps the server")
  }
}
