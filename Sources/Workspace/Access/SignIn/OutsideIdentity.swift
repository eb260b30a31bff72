internal import Duties
public import Ground

/// Somebody for whom an identity provider vouches.
public struct OutsideIdentity: Sendable {
  /// Who vouches.
  public let issuer: String
  /// Whom it means: never given to another person there, unlike names and addresses.
  public let subject: String
  /// The roles that it gives; nil leaves those that are registered here.
  public var roles: Set<Role>?
  /// The name under which they are registered here, where that may be believed.
  public var name: String?

  /// An identity.
  public init(issuer: String, subject: String) {
    self.issuer = issuer
    self.subject = subject
  }

  /// As a person's record holds it.
  var text: String { issuer + " " + subject }
}

extension OpenWorkspace {
  /// Signs in a person for whom an identity provider vouches; roles are those that it states now.
  ///
  /// Whoever is bound to no identity yet is known by the name it states, where the configuration believes that; an
  /// identity that is bound never moves to another person by itself.
  /// - Throws: `workspace.unknown-identity`, `workspace.no-role`, `workspace.bad-role`.
  public func signIn(_ identity: OutsideIdentity) async throws(Problem) -> SignedIn {
    var person = try await bound(identity)
    if person == nil { person = try await bindByName(identity) }
    guard let person else {
      try await noteRefusedSignIn(nil, "unknown identity")
      throw Problem(
        "workspace.unknown-identity", what: "you are not registered here",
        why:
          "\(identity.issuer) knows you as \(identity.subject), and nobody here is bound to that",
        mend: "ask an administrator to bind it to your name")
    }
    guard let stated = identity.roles else { return SignedIn(person) }
    return SignedIn(try await take(stated, identity, person))
  }

  /// Binds a person to an identity, or ends the binding.
  ///
  /// - Throws: `workspace.not-allowed`, `workspace.unknown-person`, `workspace.name-taken`.
  public func bind(_ name: String, to identity: OutsideIdentity?) async throws(Problem) {
    try await authorise(.administer)
    try OpenWorkspace.checkIsNoEmergency(name)
    let person = try await neededPerson(name)
    if let identity, let other = try await bound(identity), other.id != person.id {
      throw Problem(
        "workspace.name-taken", what: "\(other.title) is bound to this identity",
        why: "an identity is one person", mend: "end that binding first")
    }
    _ = try await record(
      RecordCommand(
        .person, person.id,
        Change(
          identity == nil ? "identity-ended" : "identity-bound",
          set: [("identity", identity.map { .string($0.text) } ?? .null)],
          effective: .day(surroundings.today))))
  }

  private func bound(_ identity: OutsideIdentity) async throws(Problem) -> RecordState? {
    try await everyState(.person).first {
      $0.status == "active"
        && $0.text("identity").map { $0.utf8.elementsEqual(identity.text.utf8) } == true
    }
  }

  private func bindByName(_ identity: OutsideIdentity) async throws(Problem) -> RecordState? {
    guard let name = identity.name, let person = try await person(named: name),
      person.text("identity") == nil, person.text("emergency") == nil
    else { return nil }
    return try await acting(as: .system).record(
      RecordCommand(
        .person, person.id,
        Change(
          "identity-bound", set: [("identity", .string(identity.text))],
          effective: .day(surroundings.today)), expectedVersion: person.version))
  }

  /// The person with the roles that were stated, where they have others.
  private func take(
    _ stated: Set<Role>, _ identity: OutsideIdentity, _ person: RecordState
  ) async throws(Problem) -> RecordState {
    guard !stated.isEmpty else {
      try await noteRefusedSignIn(person.id, "no role")
      throw Problem(
        "workspace.no-role", what: "you have no role here",
        why: "\(identity.issuer) states none of the groups that give one",
        mend: "ask whoever keeps the groups there")
    }
    let roles = Role.allCases.filter { stated.contains($0) }.map(\.rawValue)
    guard Set(person.texts("roles")) != Set(roles) else { return person }
    try checkRoles(
      roles.map { Role(rawValue: $0) }, request: person.text("request"),
      until: person.text("valid_until"))
    return try await acting(as: .system).record(
      RecordCommand(
        .person, person.id,
        Change(
          "person-changed", set: [("roles", JSON(roles))], effective: .day(surroundings.today),
          reason: "stated by the identity provider"), expectedVersion: person.version))
  }
}
