internal import Duties
public import Ground
internal import Sealing

extension OpenWorkspace {
  /// Signs a person in by passphrase or token; attempts that fail are noted in the access journal.
  ///
  /// The answer, and the time it takes, are the same for an unknown name and a wrong secret.
  /// - Throws: `workspace.not-signed-in`.
  public func signIn(name: String, secret: String) async throws(Problem) -> SignedIn {
    let person = try await person(named: name)
    let isRight = try isRight(secret, for: person)
    guard let person, isRight else {
      var set: [(String, JSON)] = [
        ("act", .string("sign in")), ("answer", .string("refused")),
        ("why", .string(person == nil ? "unknown name" : "wrong secret")),
      ]
      // Never the name as typed: people type secrets into the wrong field.
      if let person { set.append(("record", .string(person.id.text))) }
      try await append(.accessDecision, "access-refused", set, by: .system)
      throw Problem(
        "workspace.not-signed-in", what: "that name and secret do not belong together",
        why: "somebody must prove who they are before they act as a person",
        mend: "check both; an administrator can issue a new token: systemic person token NAME")
    }
    var who = SignedIn(person)
    let field = secret.hasPrefix(AccessToken.prefix) ? "token" : "passphrase"
    who.basis = person.text(field).map {
      SignedIn.Basis(person: person.id, secret: field, digest: $0)
    }
    return who
  }

  /// Takes the same time for somebody who is not there as for a wrong secret: none for a token, a hash for a passphrase.
  private func isRight(_ secret: String, for person: RecordState?) throws(Problem) -> Bool {
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

  /// Gives a person a new token, shown once; the one before ends.
  public func issueToken(to name: String) async throws(Problem) -> String {
    let token = AccessToken()
    try await change(
      name, "token-issued", [("token", .string(token.digest)), ("secret_by", .string(setter))], nil)
    return token.text
  }

  /// Ends a person's token.
  public func revokeToken(of name: String) async throws(Problem) {
    try await change(name, "token-revoked", [("token", .null)], nil)
  }

  /// Who sets a secret, as the person's record shows it: the one who could sign in with it as well.
  var setter: String {
    who.roles == [.localOperator] ? "\(who.id) (\(surroundings.user))" : who.id
  }

  /// Sets a person's passphrase: an administrator or the local operator, or the person, who alone knows it then.
  ///
  /// - Throws: `sealing.weak-passphrase`.
  public func setPassphrase(of name: String, _ passphrase: String) async throws(Problem) {
    try await change(
      name, "passphrase-set",
      [("passphrase", .string(try Passphrase.hash(passphrase))), ("secret_by", .string(setter))],
      nil)
  }

  /// Changes roles, scope, days or the name that people read.
  ///
  /// - Throws: `workspace.bad-role`, `workspace.unknown-person`, `workspace.not-allowed`, `duties.*`.
  public func changePerson(
    _ name: String, _ set: [(String, JSON)], reason: String?
  ) async throws(Problem) {
    try await authorise(.administer)
    let changeable = ["display_name", "roles", "scope", "request", "valid_from", "valid_until"]
    for (field, _) in set where !changeable.contains(field) {
      throw Problem(
        "workspace.own-command", what: "\(field) of a person is not changed like other facts",
        why: "secrets are made here, and the name says who acted",
        mend: "systemic person passphrase NAME, systemic person token NAME, or another person")
    }
    if var person = try await person(named: name) {
      for (field, value) in set {
        if case .null = value { person.fields[field] = nil } else { person.fields[field] = value }
      }
      try checkRoles(
        person.texts("roles").map { Role(rawValue: $0) }, request: person.text("request"),
        until: person.text("valid_until"))
    }
    try await change(name, "person-changed", set, reason)
  }

  /// Ends a person's access.
  public func removePerson(_ name: String, reason: String?) async throws(Problem) {
    try await change(name, "person-removed", [("token", .null), ("passphrase", .null)], reason)
  }

  private func change(
    _ name: String, _ event: String, _ set: [(String, JSON)], _ reason: String?
  ) async throws(Problem) {
    guard let person = try await person(named: name) else {
      throw Problem(
        "workspace.unknown-person", what: "there is no \(name.prefix(64))",
        why: "the name was never registered, or its access has ended",
        mend: "systemic person list")
    }
    _ = try await record(
      RecordCommand(
        .person, person.id,
        Change(event, set: set, effective: .day(surroundings.today), reason: reason)))
  }
}

extension SignedIn {
  /// The person of a record.
  init(_ person: RecordState) {
    let roles = Set(person.texts("roles").compactMap { Role(rawValue: $0) })
      .subtracting(SignedIn.notForPeople)
    let scope = Set(person.texts("scope").compactMap { RecordID($0) })
    self.init(
      id: person.id.key, name: person.text("display_name") ?? person.title, roles: roles,
      scope: roles.isDisjoint(with: SignedIn.scoped) ? nil : scope,
      from: person.text("valid_from").flatMap { Day(iso: $0) },
      until: person.text("valid_until").flatMap { Day(iso: $0) })
  }
}
