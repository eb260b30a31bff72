internal import Ground

extension RecordKind {
  /// Somebody who may act, kept apart from what they did: entries carry the key only.
  public static let person = RecordKind(
    "person", "person", log: .access,
    fields: [
      RecordField("name", "the name to sign in with", required: true, example: "counsel"),
      RecordField("display_name", "the name that people read"),
      RecordField(
        "roles", "what they may do", .list, required: true, example: "compliance; counsel"),
      RecordField("passphrase", "hash of the passphrase"),
      RecordField("token", "digest of the access token"),
      RecordField("secret_by", "who set the passphrase or token last, and could know it"),
      RecordField("link", "digest of the one-time link"),
      RecordField("link_until", "when the one-time link ends", .moment),
      RecordField("scope", "the records an evaluator or inspector may read", .list),
      RecordField("request", "the request an inspector acts on"),
      RecordField("valid_from", "the first day of access", .day(loose: false)),
      RecordField("valid_until", "the last day of access", .day(loose: false)),
    ],
    events: [
      RecordEvent("person-added", "person added", begins: true, status: "active"),
      RecordEvent(
        "person-changed", "person changed", needsReason: true, notAfter: ["person-removed"]),
      RecordEvent("passphrase-set", "passphrase set", notAfter: ["person-removed"]),
      RecordEvent("token-issued", "access token issued", notAfter: ["person-removed"]),
      RecordEvent("token-revoked", "access token revoked"),
      RecordEvent("link-issued", "one-time link issued", notAfter: ["person-removed"]),
      RecordEvent("link-used", "one-time link used", notAfter: ["person-removed"]),
      RecordEvent("person-removed", "access ended", needsReason: true, status: "removed"),
    ],
    writers: [.administrator, .localOperator, .system], confidentiality: .internal)

  /// The time for which a person is signed in from one browser.
  public static let session = RecordKind(
    "session", "session", log: .access,
    fields: [
      RecordField("person", "who is signed in", .record("person"), required: true, fixed: true),
      RecordField("token", "digest of its secret", required: true, fixed: true),
      RecordField("until", "when it ends by itself", .moment, required: true, fixed: true),
      RecordField("by", "how they proved who they are", required: true, fixed: true),
      RecordField("agent", "the browser, as it names itself", fixed: true),
    ],
    events: [
      RecordEvent("session-opened", "signed in", begins: true, status: "open"),
      RecordEvent("session-ended", "signed out", status: "ended", isOnce: true),
    ],
    writers: [.system], confidentiality: .internal)

  /// A decision on access, or a reading that is to be logged.
  public static let accessDecision = RecordKind(
    "access", "access decision", log: .access,
    fields: [
      RecordField("act", "what was asked", required: true),
      RecordField("record", "of which record"),
      RecordField("answer", "allowed or refused", .choice(["allowed", "refused"]), required: true),
      RecordField("why", "by which rule"),
    ],
    events: [
      RecordEvent("access-allowed", "access allowed", begins: true),
      RecordEvent("access-refused", "access refused", begins: true),
      RecordEvent("record-read", "record read", begins: true),
    ],
    writers: [.system], confidentiality: .internal)

  /// What the program did with keys, copies and proofs.
  public static let operation = RecordKind(
    "operation", "operation", log: .operational,
    fields: [
      RecordField("title", "what was done", required: true),
      RecordField("place", "where"),
      RecordField("detail", "figures, digests, keys", .tree),
    ],
    events: [
      RecordEvent("workspace-made", "workspace made", begins: true),
      RecordEvent("signing-key-made", "signing key made", begins: true),
      RecordEvent("signing-key-rotated", "signing key rotated", begins: true),
      RecordEvent("key-epoch-begun", "key epoch begun", begins: true),
      RecordEvent("key-exported", "recovery file written", begins: true),
      RecordEvent("backup-made", "backup made", begins: true),
      RecordEvent("backup-refreshed", "keys of a backup refreshed", begins: true),
      RecordEvent("workspace-restored", "workspace restored", begins: true),
      RecordEvent("journal-exported", "journal exported", begins: true),
      RecordEvent("register-imported", "register imported", begins: true),
      RecordEvent("register-exported", "register exported", begins: true),
      RecordEvent("timestamp-received", "timestamp received", begins: true),
      RecordEvent("witness-trusted", "witness trusted", begins: true),
      RecordEvent("cache-rebuilt", "cached states rebuilt", begins: true),
    ],
    writers: [.system], confidentiality: .internal)

  /// The register of the names of a kind: whoever gives a name moves it on in the same transaction.
  ///
  /// It says that a name was given and never which, so that nothing of it has to be erased.
  public static let names = RecordKind(
    "names", "register of names", log: .operational,
    fields: [
      RecordField("kind", "the kind of records whose names it guards", required: true, fixed: true)
    ],
    events: [
      RecordEvent("name-register-begun", "register of names begun", begins: true),
      RecordEvent("name-given", "name given, after all others were looked at"),
    ],
    writers: [.system], confidentiality: .internal)

  /// Every kind, in the order of lists.
  public static let all: [RecordKind] = [
    provider, model, modelVersion, trainingRun, opinion, evidence, downstreamRequest, assignment,
    hold, erasure, person, session, accessDecision, operation, names,
  ]

  /// The kind of a name.
  public static func named(_ name: String) -> RecordKind? { byName[name] }

  private static let byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
}
