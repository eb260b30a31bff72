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
      RecordField("email", "where reminders go", example: "jane.doe@example.org"),
      RecordField("secret_by", "who set the passphrase or token last, and could know it"),
      RecordField("link", "digest of the one-time link"),
      RecordField("link_until", "when the one-time link ends", .moment),
      RecordField("totp", "secret of the second factor"),
      RecordField("totp_new", "secret of a second factor that is not confirmed yet"),
      RecordField("totp_step", "the half minute whose code was used last", .count),
      RecordField("recovery_codes", "digests of the recovery codes that are left", .list),
      RecordField("emergency", "digest of the emergency secret"),
      RecordField("identity", "issuer and subject of an identity provider"),
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
      RecordEvent("second-factor-begun", "second factor begun", notAfter: ["person-removed"]),
      RecordEvent("second-factor-set", "second factor set", notAfter: ["person-removed"]),
      RecordEvent("second-factor-ended", "second factor ended", notAfter: ["person-removed"]),
      RecordEvent("code-used", "code of the second factor used", notAfter: ["person-removed"]),
      RecordEvent("recovery-code-used", "recovery code used", notAfter: ["person-removed"]),
      RecordEvent("identity-bound", "identity of a provider bound", notAfter: ["person-removed"]),
      RecordEvent("identity-ended", "identity of a provider ended", notAfter: ["person-removed"]),
      RecordEvent("emergency-set", "emergency secret made", notAfter: ["person-removed"]),
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
      RecordEvent("session-used", "used, after some minutes", notAfter: ["session-ended"]),
      RecordEvent("session-ended", "signed out", status: "ended", isOnce: true),
    ],
    writers: [.system], confidentiality: .internal)

  /// The secret of a program that acts for a person, within bounds and until a day.
  public static let token = RecordKind(
    "token", "access token", log: .access,
    fields: [
      RecordField("name", "what it is for", required: true, example: "job script of the cluster"),
      RecordField("person", "for whom it acts", .record("person"), required: true, fixed: true),
      RecordField("token", "digest of its secret", required: true, fixed: true),
      RecordField(
        "scopes", "what it may be used for", .list, required: true, fixed: true,
        example: "read; write"),
      RecordField("records", "the records that it reaches; empty reaches all", .list, fixed: true),
      RecordField("expires", "when it ends by itself", .moment, required: true),
      RecordField("last_used", "when it was last used, to the hour", .moment),
      RecordField("made_by", "who made it, and saw its secret", required: true, fixed: true),
      RecordField("replaces", "the token it was rotated from", .record("token"), fixed: true),
    ],
    events: [
      RecordEvent("token-made", "token made", begins: true, status: "good"),
      RecordEvent("token-used", "token used", notAfter: ["token-revoked"]),
      RecordEvent(
        "token-rotated", "token replaced by a new secret", notAfter: ["token-revoked"],
        status: "rotated", isOnce: true),
      RecordEvent("token-revoked", "token ended", status: "revoked", isOnce: true),
    ],
    writers: [.system], confidentiality: .internal)

  /// A decision on access, or a reading that is to be logged.
  public static let accessDecision = RecordKind(
    "access", "access decision", log: .access,
    fields: [
      RecordField("act", "what was asked", required: true),
      RecordField("record", "of which record"),
      RecordField("records", "of which records", .list),
      RecordField("counts", "of how many records of which kinds, where they are many", .list),
      RecordField("request", "the request in which it was decided"),
      RecordField(
        "requests",
        "the requests in which it was decided, each with how many of the records are its own", .list
      ),
      RecordField("answer", "allowed or refused", .choice(["allowed", "refused"]), required: true),
      RecordField("why", "by which rule"),
    ],
    events: [
      RecordEvent("access-allowed", "access allowed", begins: true),
      RecordEvent("access-refused", "access refused", begins: true),
      RecordEvent("record-read", "record read", begins: true),
    ],
    writers: [.system], confidentiality: .internal)

  /// How people sign in, as administrators decide it: one record in a workspace.
  public static let signInRules = RecordKind(
    "sign-in", "rules of signing in", log: .access,
    fields: [
      RecordField("second_factor", "the roles that need a second factor", .list),
      RecordField("emergency_until", "until when emergency access is open", .moment),
      RecordField("emergency_why", "why emergency access was opened"),
      RecordField("review_due", "whether a use of it waits for a review", .yesNo),
    ],
    events: [
      RecordEvent("sign-in-rules-set", "rules of signing in set", begins: true),
      RecordEvent("sign-in-rules-changed", "rules of signing in changed", needsReason: true),
      RecordEvent("emergency-opened", "emergency access opened"),
      RecordEvent("emergency-settled", "every use of emergency access reviewed"),
    ],
    writers: [.administrator, .localOperator, .system], confidentiality: .internal)

  /// Somebody used the emergency administrator: another person looks at what was done.
  public static let emergency = RecordKind(
    "emergency", "emergency access", log: .access,
    fields: [
      RecordField("title", "what happened", required: true, fixed: true),
      RecordField("session", "its session", .record("session"), required: true, fixed: true),
      RecordField("until", "when it ends by itself", .moment, required: true, fixed: true),
      RecordField("why", "why it was needed", required: true, fixed: true),
    ],
    events: [
      RecordEvent("emergency-begun", "emergency access begun", begins: true, status: "to review"),
      RecordEvent(
        "emergency-reviewed", "emergency access reviewed", needsReason: true, status: "reviewed",
        isApproval: true, isOnce: true),
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
      RecordEvent("incidents-shared", "incidents written for others", begins: true),
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
    provider, model, modelVersion, trainingRun, opinion, notification, rebuttal, reassessment,
    mandate, incident, incidentReport, nonReport, measure, otherReport, reportTemplate, evidence,
    downstreamRequest, assignment, hold, erasure, comment, person, session, token,
    accessDecision, operation, names, signInRules, emergency, view, webhook, outbox,
    calendarLink, reminder, connector, ticket,
  ]

  /// The kind of a name.
  public static func named(_ name: String) -> RecordKind? { byName[name] }

  private static let byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
}
