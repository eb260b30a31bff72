internal import Duties
internal import Ground

/// What a token may be used for; never more than its person may do.
public enum TokenScope: String, Sendable, CaseIterable {
  /// Read records.
  case read
  /// Begin and change records.
  case write
  /// Approve what another person wrote, erasures included.
  case approve
  /// Verify, prove and export the journal.
  case verify
  /// Register people, end their access, handle keys and copies.
  case administer
  /// Report incidents as a deployer, and see where one's own reports stand; alone, and nothing else.
  case report
}

/// The bounds of a token.
struct TokenAllowance: Sendable {
  /// What it may be used for.
  let scopes: Set<TokenScope>
  /// The records that it reaches, with what belongs to them; nil reaches all.
  let records: Set<RecordID>?

  /// Whether the token lets an act pass; whether its person may do it is asked as well.
  func allows(_ act: Act, _ id: RecordID?, belongingTo owner: RecordID?) -> Bool {
    guard let scope = act.scope, scopes.contains(scope) else { return false }
    guard let records else { return true }
    switch act {
    case .read: return id.map(records.contains) ?? false
    case .write, .approve:
      return id.map(records.contains) ?? false || owner.map(records.contains) ?? false
    default: return false
    }
  }
}

extension Act {
  /// The scope that a token needs for it; nil for what only the person does, who could not be told apart afterwards.
  var scope: TokenScope? {
    switch self {
    case .read: .read
    case .write(let kind): kind.log == .access ? .administer : .write
    case .approve, .erase: .approve
    case .verify: .verify
    case .administer, .handleKeys, .backUp: .administer
    case .chooseSecret: nil
    }
  }
}

extension SignedIn {
  /// Whether any role of theirs lets them use a scope at all.
  public func mayUse(_ scope: TokenScope) -> Bool {
    switch scope {
    case .read: !roles.isDisjoint(with: Act.read.roles) || roles.contains(.administrator)
    case .write:
      RecordKind.all.contains {
        $0.log != .access && !roles.isDisjoint(with: Act.write($0).roles)
      }
    case .approve:
      !roles.isDisjoint(with: Act.approve(.opinion).roles)
        || !roles.isDisjoint(with: Act.erase.roles)
    case .verify: !roles.isDisjoint(with: Act.verify.roles)
    case .administer: !roles.isDisjoint(with: Act.administer.roles)
    case .report: !roles.isDisjoint(with: Act.write(.incident).roles)
    }
  }
}
