public import Duties
internal import Ground

/// What somebody asks to do.
public enum Act: Sendable {
  /// Read the content of a record.
  case read
  /// Change a record of a kind.
  case write(RecordKind)
  /// Approve what another person wrote.
  case approve(RecordKind)
  /// Verify, prove and export the journal.
  case verify
  /// Register people and end their access.
  case administer
  /// Export or rotate keys.
  case handleKeys
  /// Copy or restore the workspace.
  case backUp
  /// Approve an erasure.
  case erase
  /// Choose the passphrase by which one signs in oneself.
  case chooseSecret

  /// In words, for the access journal and for messages.
  public var words: String {
    switch self {
    case .read: "read"
    case .write(let kind): "write \(kind.name)"
    case .approve(let kind): "approve \(kind.name)"
    case .verify: "verify the journal"
    case .administer: "register people"
    case .handleKeys: "handle keys"
    case .backUp: "back up or restore"
    case .erase: "erase"
    case .chooseSecret: "choose their own passphrase"
    }
  }

  /// The roles that may do it; people who are scoped may do it inside their scope only.
  ///
  /// The administrator keeps the machine and reads no content; the auditor reads and verifies and changes nothing; the local
  /// operator records, and never approves.
  var roles: Set<Role> {
    switch self {
    case .read:
      [
        .compliance, .counsel, .safety, .security, .incidentLead, .approver, .auditor, .evaluator,
        .inspector, .localOperator, .system,
      ]
    case .write(let kind):
      kind.log == .regulatory
        ? kind.writers.union(kind.name == "evidence" ? [.evaluator] : []) : kind.writers
    case .approve(let kind):
      kind.name == RecordKind.erasure.name ? Act.erase.roles : [.approver, .counsel, .compliance]
    case .verify:
      [
        .compliance, .counsel, .safety, .security, .incidentLead, .approver, .auditor, .inspector,
        .administrator, .localOperator, .system,
      ]
    case .administer: [.administrator, .localOperator]
    case .handleKeys: [.security, .administrator, .localOperator]
    case .backUp: [.administrator, .security, .localOperator, .system]
    case .erase: [.counsel, .compliance]
    case .chooseSecret: Set(Role.allCases).subtracting(SignedIn.notForPeople)
    }
  }
}
