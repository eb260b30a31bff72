public import Ground

/// Who acts: somebody who signed in, whoever sits at the machine, or the program itself.
public struct SignedIn: Sendable, Hashable {
  /// The pseudonymous id that entries carry.
  public let id: String
  /// The name that people read.
  public let name: String
  /// What they may do.
  public let roles: Set<Role>
  /// The records an evaluator or inspector may read; nil where the role is not scoped.
  public let scope: Set<RecordID>?
  /// The first and the last day of access, where there are such.
  public let days: (from: Day?, until: Day?)
  /// What a sign-in rests on; nil for who did not sign in.
  var basis: Basis?
  /// The bounds of the token with which a program acts for them; nil for people.
  var allowance: TokenAllowance?

  /// The record of a person, and the digest of the secret that proved who they are.
  struct Basis: Sendable {
    let person: RecordID
    let secret: String
    let digest: String
  }

  /// Somebody with their roles.
  public init(
    id: String, name: String, roles: Set<Role>, scope: Set<RecordID>? = nil,
    from: Day? = nil, until: Day? = nil
  ) {
    self.id = id
    self.name = name
    self.roles = roles
    self.scope = scope
    days = (from, until)
  }

  /// Whoever sits at the machine without having signed in.
  public static func localOperator(_ user: String) -> SignedIn {
    SignedIn(id: "local", name: "local operator (\(user))", roles: [.localOperator])
  }

  /// The program itself.
  public static let system = SignedIn(id: "system", name: "the program", roles: [.system])

  /// Equal ids: one person.
  public static func == (left: SignedIn, right: SignedIn) -> Bool { left.id == right.id }

  /// Feeds the id.
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
