internal import Ground
internal import Sealing

/// A journey to an identity provider and back: what has to be the same at its end.
///
/// It travels in a cookie of the browser that began it, sealed, so that nothing is kept here and nobody can finish what
/// another browser began. Source: RFC 9700, sections 2.1.1 and 4.7.1; RFC 7636.
struct Journey: Sendable, Equatable {
  /// Comes back with the answer.
  let state: String
  /// Comes back in the token.
  let nonce: String
  /// Shows that whoever redeems the code began the journey.
  let verifier: String
  /// Where they wanted to go.
  let to: String
  /// Until when it may end.
  let until: Instant

  /// Seconds for a journey.
  static let seconds = 600

  /// A new one, with 256 random bits each.
  init(to: String, now: Instant) {
    state = AccessToken().text
    nonce = AccessToken().text
    verifier = AccessToken().text + AccessToken().text
    self.to = to
    until = Instant(seconds: now.seconds + Journey.seconds)
  }

  /// What is shown of the verifier at the beginning.
  ///
  /// Source: RFC 7636, section 4.2 (S256).
  var challenge: String { Base64.addressText(Digest(of: verifier.utf8).bytes) }

  private static let context = Array("journey".utf8)

  /// As the cookie carries it.
  func sealed(_ key: SecretKey) throws(Problem) -> String {
    let json = JSON.object([
      ("state", .string(state)), ("nonce", .string(nonce)), ("verifier", .string(verifier)),
      ("to", .string(to)), ("until", .int(until.seconds)),
    ])
    return Base64.addressText(
      try SealedBox.seal(json.compactBytes, key: key, context: Journey.context))
  }

  /// Opens what a cookie carries; nil when another process sealed it, when it was changed, and when it is over.
  init?(_ cookie: String?, key: SecretKey, now: Instant) {
    guard let cookie, cookie.utf8.count <= 8192, let bytes = Base64.addressBytes(cookie),
      let opened = try? SealedBox.open(bytes, key: key, context: Journey.context),
      let json = try? JSON(parsing: opened, file: "journey"),
      case .string(let state)? = json["state"], case .string(let nonce)? = json["nonce"],
      case .string(let verifier)? = json["verifier"], case .string(let to)? = json["to"],
      case .int(let until)? = json["until"], now.seconds < until
    else { return nil }
    self.state = state
    self.nonce = nonce
    self.verifier = verifier
    self.to = to
    self.until = Instant(seconds: until)
  }
}
