internal import Duties
public import Ground
internal import Sealing

extension OpenWorkspace {
  /// Signs a person in by passphrase or token at the machine; a passphrase of somebody with a second factor needs its code.
  ///
  /// A token is what programs sign in with: nobody is there to read a code.
  /// - Throws: `workspace.not-signed-in`, `workspace.code-needed`, `workspace.wrong-code`.
  public func signIn(
    name: String, secret: String, code: String? = nil
  ) async throws(Problem) -> SignedIn {
    let proof = try await prove(name: name, secret: secret)
    guard proof.way == "token" else { return try await signIn(proof, code: code) }
    var who = SignedIn(try await neededPerson(name))
    who.basis = proof.basis
    return who
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
    try Passphrase.check(passphrase, about: name)
    try checkRefused(passphrase)
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
    let changeable = [
      "display_name", "email", "roles", "scope", "request", "valid_from", "valid_until",
    ]
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

  /// Ends a person's access, with all that lets them in.
  public func removePerson(_ name: String, reason: String?) async throws(Problem) {
    try await change(
      name, "person-removed",
      [("token", .null), ("passphrase", .null), ("link", .null), ("emergency", .null)]
        + OpenWorkspace.noFactor, reason)
  }

  private func change(
    _ name: String, _ event: String, _ set: [(String, JSON)], _ reason: String?
  ) async throws(Problem) {
    if ["passphrase-set", "token-issued"].contains(event) {
      try OpenWorkspace.checkIsNoEmergency(name)
    }
    let person = try await neededPerson(name)
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
