internal import Duties
public import Ground
internal import Sealing

/// What somebody has proved so far: one secret was right; a code may be due before they are let in.
public struct FirstProof: Sendable {
  let person: RecordID
  let basis: SignedIn.Basis?
  /// Whether a code of the second factor is due.
  public let needsCode: Bool
  /// How they did, such as `passphrase`.
  public let way: String
  /// Names the person, whatever was typed.
  public var key: String { person.key }
}

extension OpenWorkspace {
  /// Looks at a name with its passphrase or token; attempts that fail are noted in the access journal.
  ///
  /// The answer, and the time it takes, are the same for an unknown name and a wrong secret.
  /// - Throws: `workspace.not-signed-in`.
  public func prove(name: String, secret: String) async throws(Problem) -> FirstProof {
    let person = try await person(named: name)
    let isRight = try isRight(secret, for: person)
    guard let person, isRight else {
      try await noteRefusedSignIn(person?.id, person == nil ? "unknown name" : "wrong secret")
      throw Problem(
        "workspace.not-signed-in", what: "that name and secret do not belong together",
        why: "somebody must prove who they are before they act as a person",
        mend: "check both; an administrator can issue a new token: systemic person token NAME")
    }
    let field = secret.hasPrefix(AccessToken.prefix) ? "token" : "passphrase"
    return FirstProof(
      person: person.id,
      basis: person.text(field).map {
        SignedIn.Basis(person: person.id, secret: field, digest: $0)
      }, needsCode: person.text("totp") != nil, way: field)
  }

  /// Looks at a one-time link, which ends by it.
  ///
  /// - Throws: `workspace.link-ended`.
  public func prove(link: String) async throws(Problem) -> FirstProof {
    let parts = link.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2, let id = RecordID("person/" + parts[0]),
      let token = try? AccessToken(parts[1]), let person = try await own(id),
      person.status == "active", let kept = person.text("link"), token.matches(digest: kept),
      let until = person.text("link_until").flatMap({ Instant($0) }), surroundings.now() < until
    else { throw OpenWorkspace.linkEnded }
    // On the version that was read: of two who follow the link at once, one is refused.
    do {
      _ = try await acting(as: .system).record(
        RecordCommand(
          .person, id,
          Change(
            "link-used", set: [("link", .null), ("link_until", .null)],
            effective: .day(surroundings.today)), expectedVersion: person.version))
    } catch {
      throw error.code == "store.version-conflict" ? OpenWorkspace.linkEnded : error
    }
    return FirstProof(
      person: id, basis: nil, needsCode: person.text("totp") != nil, way: Session.link)
  }

  /// Lets in whoever proved a secret and, where one is due, gives the code of their second factor.
  ///
  /// The person is read again: their access, or the secret, may have ended since.
  /// - Throws: `workspace.code-needed`, `workspace.wrong-code`, `workspace.not-signed-in`.
  public func signIn(_ proof: FirstProof, code: String? = nil) async throws(Problem) -> SignedIn {
    guard let person = try await own(proof.person), person.status == "active",
      proof.basis.map({ person.text($0.secret) == $0.digest }) ?? true
    else {
      throw Problem(
        "workspace.not-signed-in", what: "the access or the secret ended a moment ago",
        why: "an administrator changed it meanwhile", mend: "begin again, or ask an administrator")
    }
    if person.text("totp") != nil {
      guard let code, !code.isEmpty else {
        throw Problem(
          "workspace.code-needed", what: "a code of the second factor is due",
          why: "this person set one up", mend: "give the six digits that the device shows now")
      }
      try await useCode(code, of: person)
    }
    var who = SignedIn(person)
    who.basis = proof.basis
    return who
  }

  private static let linkEnded = Problem(
    "workspace.link-ended", what: "this link cannot be used",
    why: "a link is good once, for \(OpenWorkspace.linkMinutes) minutes",
    mend: "ask an administrator for another: systemic person link NAME")

  /// Notes that somebody was not let in.
  ///
  /// Never the name as typed: people type secrets into the wrong field.
  func noteRefusedSignIn(_ person: RecordID?, _ why: String) async throws(Problem) {
    var set: [(String, JSON)] = [
      ("act", .string("sign in")), ("answer", .string("refused")), ("why", .string(why)),
    ]
    if let person { set.append(("record", .string(person.text))) }
    try await append(.accessDecision, "access-refused", set, by: .system)
  }

  /// Takes the same time for somebody who is not there as for a wrong secret: none for a token, a hash for a passphrase.
  func isRight(_ secret: String, for person: RecordState?) throws(Problem) -> Bool {
    if secret.hasPrefix(AccessToken.prefix) {
      guard let kept = person?.text("token"), let token = try? AccessToken(secret) else {
        return false
      }
      return token.matches(digest: kept)
    }
    guard let kept = person?.text("passphrase") else {
      return try Passphrase.verifyNobody(secret)
    }
    return try Passphrase.verify(secret, against: kept)
  }
}
