/// How a desk is set up, besides its workspace.
public struct DeskOptions: Sendable {
  /// Changes that one person, and one address, may send in a minute; 0 is no limit.
  public var changesPerMinute = 600
  /// Attempts to sign in that one address may make in a minute; 0 is no limit.
  public var signInsPerMinute = 30
  /// Whether a proxy stands in front, whose last word says from which address a request came.
  public var isBehindProxy = false
  /// Who vouches for people; nil without one.
  public var provider: IdentityProvider?

  /// The usual.
  public init() {}
}
