internal import Ground
internal import Outbound
internal import Sealing
internal import Synchronization

/// Speaks with an identity provider: finds out where it does what, redeems codes, and knows its keys.
final class ProviderClient: Sendable {
  /// Sends a request; a double stands here in tests.
  typealias Send = @Sendable (OutboundRequest) async throws(Problem) -> OutboundAnswer

  private struct Kept {
    var places: (json: JSON, at: Instant)?
    var keys: (json: JSON, at: Instant)?
  }

  /// Seconds for which what it says of itself, and its keys, are believed without asking again.
  static let placesSeconds = 3600
  static let keysSeconds = 600
  /// Seconds between two questions for keys, however many tokens name one that is not known.
  static let pauseSeconds = 30

  let provider: IdentityProvider
  /// Seals journeys; those of an earlier process are not finished.
  let key = SecretKey()
  private let send: Send
  private let kept = Mutex(Kept())

  init(_ provider: IdentityProvider, send: Send? = nil) {
    self.provider = provider
    if let send {
      self.send = send
    } else {
      let courier = Courier(Courier.Limits(allowsPrivate: provider.isInHouse))
      self.send = { request async throws(Problem) -> OutboundAnswer in
        try await courier.send(request)
      }
    }
  }

  /// Where a browser goes to sign in.
  func departure(_ journey: Journey, now: Instant) async throws(Problem) -> String {
    let endpoint = try await place("authorization_endpoint", now)
    let values =
      [
        ("response_type", "code"), ("client_id", provider.client), ("redirect_uri", provider.back),
        ("scope", (["openid"] + provider.scopes).joined(separator: " ")), ("state", journey.state),
        ("nonce", journey.nonce), ("code_challenge", journey.challenge),
        ("code_challenge_method", "S256"),
      ] + provider.strength.asked
    return endpoint + (endpoint.contains("?") ? "&" : "?") + ProviderClient.form(values)
  }

  /// Who came back, proven by a code.
  ///
  /// - Throws: `server.not-vouched`, `server.provider-silent`, `outbound.*`.
  func arrival(_ code: String, _ journey: Journey, now: Instant) async throws(Problem) -> IDToken {
    let token = try await redeem(code, journey, now)
    do {
      return try await IDToken(
        token, keys: try await keys(now, isFresh: false), provider: provider,
        nonce: journey.nonce, now: now)
    } catch {
      guard error.code == "server.unknown-key" else { throw error }
      return try await IDToken(
        token, keys: try await keys(now, isFresh: true), provider: provider,
        nonce: journey.nonce, now: now)
    }
  }

  private func redeem(_ code: String, _ journey: Journey, _ now: Instant) async throws(Problem)
    -> String
  {
    var values = [
      ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", provider.back),
      ("client_id", provider.client), ("code_verifier", journey.verifier),
    ]
    var fields = [
      ("content-type", "application/x-www-form-urlencoded"), ("accept", "application/json"),
    ]
    if let secret = provider.secret {
      // Source: RFC 6749, section 2.3.1.
      values.removeAll { $0.0 == "client_id" }
      let pair = Desk.encoded(provider.client) + ":" + Desk.encoded(secret)
      fields.append(("authorization", "Basic " + Base64.text(Array(pair.utf8))))
    }
    let endpoint = try await place("token_endpoint", now)
    let answer = try await asked(
      OutboundRequest(
        .post, try WebAddress(endpoint), fields: fields,
        body: Array(ProviderClient.form(values).utf8)))
    guard answer.isDone, let json = try? JSON(parsing: answer.body, file: "token"),
      case .string(let token)? = json["id_token"]
    else { throw IDToken.refusal("the code was not redeemed") }
    return token
  }

  private func place(_ name: String, _ now: Instant) async throws(Problem) -> String {
    let json = try await places(now)
    guard case .string(let text)? = json[name],
      text.hasPrefix("https://") || provider.isInHouse, (try? WebAddress(text)) != nil
    else { throw ProviderClient.silent("it does not say where its \(name) is") }
    return text
  }

  /// What the issuer says of itself, which has to bear its exact name.
  ///
  /// Source: OpenID Connect Discovery 1.0, section 4.3.
  private func places(_ now: Instant) async throws(Problem) -> JSON {
    if let places = kept.withLock({ $0.places }),
      now.seconds - places.at.seconds < ProviderClient.placesSeconds
    {
      return places.json
    }
    var issuer = provider.issuer
    if issuer.hasSuffix("/") { issuer.removeLast() }
    let json = try await read(issuer + "/.well-known/openid-configuration")
    guard case .string(let named)? = json["issuer"],
      named.utf8.elementsEqual(provider.issuer.utf8)
    else { throw ProviderClient.silent("it calls itself by another name than the configuration") }
    kept.withLock { $0.places = (json, now) }
    return json
  }

  private func keys(_ now: Instant, isFresh: Bool) async throws(Problem) -> JSON {
    let seconds = isFresh ? ProviderClient.pauseSeconds : ProviderClient.keysSeconds
    if let keys = kept.withLock({ $0.keys }), now.seconds - keys.at.seconds < seconds {
      return keys.json
    }
    let json = try await read(try await place("jwks_uri", now))
    kept.withLock { $0.keys = (json, now) }
    return json
  }

  private func read(_ address: String) async throws(Problem) -> JSON {
    let answer = try await asked(
      OutboundRequest(
        .get, try WebAddress(address), fields: [(name: "accept", value: "application/json")]))
    guard answer.isDone, let json = try? JSON(parsing: answer.body, file: "provider") else {
      throw ProviderClient.silent("it answered \(answer.status), or no JSON")
    }
    return json
  }

  /// Whatever keeps it from answering is told as one thing: what stands in the house is nobody's concern outside.
  private func asked(_ request: OutboundRequest) async throws(Problem) -> OutboundAnswer {
    do { return try await send(request) } catch {
      throw ProviderClient.silent("it cannot be reached now")
    }
  }

  private static func form(_ values: [(String, String)]) -> String {
    values.map { Desk.encoded($0.0) + "=" + Desk.encoded($0.1) }.joined(separator: "&")
  }

  private static func silent(_ why: String) -> Problem {
    Problem(
      "server.provider-silent", what: "the identity provider does not answer as it should",
      why: why, mend: "try again in a minute; in an emergency an administrator can come in")
  }
}
