public import Ground
internal import Outbound
internal import Workspace

/// An identity provider that vouches for people, as the configuration names it.
///
/// Source: OpenID Connect Core 1.0, authorization code flow.
public struct IdentityProvider: Sendable {
  /// What the button says.
  public let name: String
  /// The issuer, exactly as it names itself.
  public let issuer: String
  /// What we are called there.
  public let client: String
  /// The secret shared with it; nil for a public client, which PKCE protects.
  public let secret: String?
  /// The address of this desk, as registered there, without a path.
  public let address: String
  /// What is asked for besides `openid`.
  public let scopes: [String]
  /// The claim that holds a person's groups; nil leaves roles as they are registered here.
  public let rolesClaim: String?
  /// The roles that each group gives; a group that does not stand here gives none.
  public let roles: [String: Role]
  /// The claim by which somebody is known the first time: their name to sign in with here.
  public let nameClaim: String?
  /// Whether it stands in the network of the house.
  public let isInHouse: Bool
  /// Whether passphrases are taken beside it.
  public let takesLocal: Bool
  /// How strongly and how lately it must have checked somebody.
  let strength: SignInStrength

  /// Where it sends people back to.
  var back: String { address + "/sign-in/provider/back" }

  /// Reads the file that the configuration names; nil where it names none.
  ///
  /// - Throws: `server.bad-provider`, `server.no-secret-file`, `ground.file-*`, `ground.not-json`.
  init?(_ configuration: Configuration) throws(Problem) {
    guard let path = configuration.text("oidc.provider") else { return nil }
    try self.init(
      try JSON(parsing: Array(try TextFile.read(path).utf8), file: path),
      secret: try configuration.secret("oidc.secret"))
  }

  /// Reads `{"name", "issuer", "client_id", "address", …}`.
  ///
  /// - Throws: `server.bad-provider`.
  public init(_ json: JSON, secret: String?) throws(Problem) {
    func text(_ name: String) throws(Problem) -> String? {
      switch json[name] {
      case nil, .null: return nil
      case .string(let text) where !text.isEmpty: return text
      default: throw IdentityProvider.refusal("\(name) is a text")
      }
    }
    func needed(_ name: String) throws(Problem) -> String {
      guard let text = try text(name) else { throw IdentityProvider.refusal("\(name) is missing") }
      return text
    }
    func isOn(_ name: String, _ usual: Bool) -> Bool {
      if case .bool(let answer)? = json[name] { answer } else { usual }
    }
    try IdentityProvider.checkNames(json)
    name = try text("name") ?? "the identity provider"
    issuer = try needed("issuer")
    client = try needed("client_id")
    address = try needed("address")
    rolesClaim = try text("roles_claim")
    nameClaim = try text("name_claim")
    isInHouse = isOn("in_house", false)
    takesLocal = isOn("local", true)
    strength = try SignInStrength(json)
    self.secret = secret
    scopes = (try text("scopes") ?? "profile").split(separator: " ").map(String.init)
    roles = try IdentityProvider.roles(json["roles"])
    guard issuer.hasPrefix("https://") || isInHouse else {
      throw IdentityProvider.refusal("the issuer is asked over https, or stands in the house")
    }
    guard !address.hasSuffix("/"), (try? WebAddress(address)) != nil else {
      throw IdentityProvider.refusal("address is that of this desk, without a path")
    }
    guard rolesClaim == nil || !roles.isEmpty else {
      throw IdentityProvider.refusal("roles_claim needs roles, which says what each group may do")
    }
  }

  private static let names: Set<String> = [
    "name", "issuer", "client_id", "address", "scopes", "roles_claim", "roles", "name_claim",
    "in_house", "local", "acr_values", "amr", "max_age",
  ]

  /// A name that is mistyped would be a rule that does not hold.
  private static func checkNames(_ json: JSON) throws(Problem) {
    guard case .object(let members) = json else { throw refusal("it is one JSON object") }
    if let unknown = members.first(where: { !names.contains($0.0) }) {
      throw refusal("\(unknown.0.prefix(40)) is no setting")
    }
  }

  /// Claims give no role that is limited to a scope or that nobody may have.
  private static func roles(_ json: JSON?) throws(Problem) -> [String: Role] {
    guard let json else { return [:] }
    guard case .object(let members) = json else { throw refusal("roles is an object") }
    var roles: [String: Role] = [:]
    let closed: Set<Role> = [.evaluator, .inspector, .localOperator, .system]
    for (group, value) in members {
      guard case .string(let word) = value, let role = Role(rawValue: word),
        !closed.contains(role)
      else { throw refusal("roles gives \(group.prefix(40)) no role that claims may give") }
      roles[group] = role
    }
    return roles
  }

  static func refusal(_ why: String) -> Problem {
    Problem(
      "server.bad-provider", what: "the identity provider cannot be used as it is configured",
      why: why, mend: "correct the file that oidc.provider names; docs/guides/security.md shows one"
    )
  }
}
