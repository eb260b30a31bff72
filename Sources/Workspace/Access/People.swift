public import Duties
public import Ground
internal import Sealing

/// Somebody to be registered.
public struct NewPerson: Sendable {
  /// The name to sign in with: lower-case letters, digits, dots and hyphens.
  public var name: String
  /// The name that people read.
  public var displayName: String?
  /// What they may do.
  public var roles: [Role]
  /// The records an evaluator or inspector may read.
  public var scope: [RecordID] = []
  /// The request an inspector acts on.
  public var request: String?
  /// The first and the last day of access.
  public var days: (from: Day?, until: Day?) = (nil, nil)
  /// How they prove who they are.
  public var secret: Secret

  /// A passphrase that they chose, a token made here and shown once, or none until they follow a one-time link.
  public enum Secret: Sendable {
    case passphrase(String)
    case token
    case later
  }

  /// A person with name, roles and secret.
  public init(name: String, displayName: String? = nil, roles: [Role], secret: Secret) {
    self.name = name
    self.displayName = displayName
    self.roles = roles
    self.secret = secret
  }
}

extension OpenWorkspace {
  /// Registers a person; gives the token to show once, where one was asked for.
  ///
  /// - Throws: `workspace.bad-name`, `workspace.name-taken`, `workspace.bad-role`, `sealing.weak-passphrase`,
  ///   `workspace.not-allowed`.
  public func addPerson(
    _ person: NewPerson
  ) async throws(Problem) -> (state: RecordState, token: String?) {
    try await authorise(.administer)
    try checkForm(person.name)
    try checkRoles(
      person.roles, request: person.request, until: person.days.until?.iso)
    var set: [(String, JSON)] = [
      ("name", .string(person.name)), ("roles", JSON(person.roles.map(\.rawValue))),
      ("secret_by", .string(setter)),
    ]
    if let name = person.displayName { set.append(("display_name", .string(name))) }
    if !person.scope.isEmpty { set.append(("scope", JSON(person.scope.map(\.text)))) }
    if let request = person.request { set.append(("request", .string(request))) }
    if let day = person.days.from { set.append(("valid_from", .string(day.iso))) }
    if let day = person.days.until { set.append(("valid_until", .string(day.iso))) }
    var token: String?
    switch person.secret {
    case .passphrase(let text):
      try Passphrase.check(text, about: person.name)
      try checkRefused(text)
      set.append(("passphrase", .string(try Passphrase.hash(text))))
    case .later: break
    case .token:
      let made = AccessToken()
      token = made.text
      set.append(("token", .string(made.digest)))
    }
    let change = Change("person-added", set: set, effective: .day(surroundings.today))
    let name = person.name
    let free = UniqueName(.person) { workspace async throws(Problem) in
      guard try await workspace.person(named: name) == nil else {
        throw Problem(
          "workspace.name-taken", what: "there is a \(name) already",
          why: "a name says who acts", mend: "choose another name")
      }
    }
    let states = try await record([RecordCommand(.person, nil, change)], naming: free)
    return (states[0], token)
  }

  /// The person of a name who may still act; nil when there is none.
  public func person(named name: String) async throws(Problem) -> RecordState? {
    try await everyState(.person).first {
      $0.text("name").map { $0.utf8.elementsEqual(name.utf8) } == true && $0.status == "active"
    }
  }

  private func checkForm(_ name: String) throws(Problem) {
    guard !name.isEmpty, name.utf8.count <= 64,
      name.utf8.allSatisfy({
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E
      })
    else {
      throw Problem(
        "workspace.bad-name", what: "“\(name.prefix(64))” cannot be a name to sign in with",
        why:
          "names are lower-case letters a to z, digits, dots and hyphens, so that no two look alike",
        mend: "for example jane.doe; the name that people read goes to --display-name")
    }
  }

  /// Refuses roles that nobody may have, or not together; nil stands for a word that is no role.
  func checkRoles(_ roles: [Role?], request: String?, until: String?) throws(Problem) {
    let given = Set(roles.compactMap { $0 })
    func refuse(_ what: String, _ why: String, _ mend: String) -> Problem {
      Problem("workspace.bad-role", what: what, why: why, mend: mend)
    }
    guard !given.isEmpty, !roles.contains(nil), given.isDisjoint(with: SignedIn.notForPeople) else {
      throw refuse(
        "a person needs a role of their own", "local operator and system are not given to people",
        "choose from " + Role.allCases.dropLast(2).map(\.rawValue).joined(separator: ", "))
    }
    if given.contains(.administrator), given.count > 1 {
      throw refuse(
        "an administrator has no second role", "who keeps the machine reads no content",
        "register a second name for the other role")
    }
    guard given.isDisjoint(with: SignedIn.scoped) || given.count == 1 else {
      throw refuse(
        "evaluators and inspectors have no second role",
        "they come from outside and see what their scope names",
        "register them with one role")
    }
    if given == [.inspector], request == nil {
      throw refuse(
        "an inspector acts on a request", "their readings are logged under it",
        "name it: --request “Commission, Art. 91, reference”")
    }
    if given == [.evaluator], until == nil {
      throw refuse(
        "the access of an external evaluator ends on a day",
        "it is limited in time", "give the last day: --until 2027-03-31")
    }
  }
}
