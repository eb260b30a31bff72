internal import Documents
internal import Ground
internal import Sealing
internal import Workspace

/// Signing in through an identity provider.
enum ProviderPage {
  static func endpoints(_ signIn: SignIn) -> [Endpoint] {
    guard let client = signIn.client else { return [] }
    return [
      .get("/sign-in/provider", for: .everybody) { visit in
        let now = visit.workspace.surroundings.now()
        let journey = Journey(to: Entry.ours(visit.query.text("to")), now: now)
        var reply = Reply.see(try await client.departure(journey, now: now))
        reply.fields.append(
          SessionCookie.set(
            try journey.sealed(client.key), seconds: Journey.seconds,
            named: SessionCookie.journey))
        return reply
      },
      .get("/sign-in/provider/back", for: .everybody) { visit in
        do {
          return try await back(visit, client)
        } catch let problem as Problem {
          var reply = RefusalPage.reply(
            problem, status: RefusalPage.status(problem), visit: visit)
          reply.fields.append(SessionCookie.ended(SessionCookie.journey))
          return reply
        }
      },
    ]
  }

  private static func back(_ visit: Visit, _ client: ProviderClient) async throws(Problem) -> Reply
  {
    let now = visit.workspace.surroundings.now()
    let provider = client.provider
    guard let journey = Journey(visit.journey, key: client.key, now: now),
      Commitment.isEqual(
        Array((visit.query.text("state") ?? "").utf8), Array(journey.state.utf8))
    else { throw IDToken.refusal("this browser did not begin it, or it took too long") }
    // Source: RFC 9207, section 2.4.
    if let issuer = visit.query.text("iss"), !issuer.utf8.elementsEqual(provider.issuer.utf8) {
      throw IDToken.refusal("another issuer answered")
    }
    guard let code = visit.query.text("code") else {
      throw IDToken.refusal("the identity provider did not let you in")
    }
    let token = try await client.arrival(code, journey, now: now)
    let who = try await visit.workspace.signIn(identity(token, provider))
    var reply = try await Entry.enter(who, by: Session.provider, visit, to: journey.to)
    reply.fields.append(SessionCookie.ended(SessionCookie.journey))
    return reply
  }

  private static func identity(_ token: IDToken, _ provider: IdentityProvider) -> OutsideIdentity {
    var identity = OutsideIdentity(issuer: provider.issuer, subject: token.subject)
    if let claim = provider.rolesClaim {
      let groups: [JSON] =
        if case .array(let all)? = token.claims[claim] { all } else {
          [token.claims[claim] ?? .null]
        }
      identity.roles = Set(
        groups.compactMap { group in
          if case .string(let name) = group { provider.roles[name] } else { nil }
        })
    }
    if let claim = provider.nameClaim, case .string(let name)? = token.claims[claim],
      claim != "email" || token.claims["email_verified"] == .bool(true)
    {
      identity.name = name
    }
    return identity
  }
}
