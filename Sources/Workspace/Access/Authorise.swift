internal import Duties
public import Ground

extension SignedIn {
  /// The narrowest class that each role reads.
  ///
  /// What was obtained under the Act and what belongs to an incident is for the few.
  static func reads(_ role: Role, _ class: Confidentiality) -> Bool {
    switch role {
    case .compliance, .counsel, .auditor, .incidentLead, .localOperator, .system, .inspector: true
    case .safety, .security, .approver: `class` <= .secret
    case .evaluator: `class` <= .confidential
    case .administrator: false
    }
  }

  /// Roles that read only what their scope names.
  static let scoped: Set<Role> = [.evaluator, .inspector]
  /// Roles that nobody signs in with.
  static let notForPeople: Set<Role> = [.localOperator, .system]
  /// Kinds that an administrator reads: people and what the program did.
  static let administered: Set<String> = [
    "person", "session", "token", "operation", "access", "sign-in", "emergency", "webhook",
    "outbox", "connector",
  ]

  /// Whether a record can be read.
  func mayRead(_ id: RecordID, _ class: Confidentiality, today: Day) -> Bool {
    role(for: .read, id, `class`, today: today) != nil
  }

  /// The role in which an act may be done; nil when none allows it.
  ///
  /// - Parameters:
  ///   - id: the record.
  ///   - owner: the record that it belongs to, where it is the actor's own: whoever is scoped reads what the scope
  ///     names, and writes only what is theirs and belongs to it.
  func role(
    for act: Act, _ id: RecordID?, _ class: Confidentiality, belongingTo owner: RecordID? = nil,
    today: Day
  ) -> Role? {
    guard days.from.map({ $0 <= today }) ?? true, days.until.map({ today <= $0 }) ?? true else {
      return nil
    }
    guard allowance?.allows(act, id, belongingTo: owner) ?? true else { return nil }
    return Role.allCases.first { role in
      guard roles.contains(role) else { return false }
      if role == .administrator {
        // Reads and writes who may act and what the program did, and no other content.
        switch act {
        case .read: return id.map { SignedIn.administered.contains($0.kind) } ?? false
        default: return act.roles.contains(role)
        }
      }
      guard act.roles.contains(role) else { return false }
      if SignedIn.scoped.contains(role) {
        switch act {
        case .verify, .chooseSecret: return true
        case .read: return isInScope(id) && SignedIn.reads(role, `class`)
        default: return isInScope(owner) && SignedIn.reads(role, `class`)
        }
      }
      switch act {
      case .read, .write, .approve: return SignedIn.reads(role, `class`)
      default: return true
      }
    }
  }
}

extension SignedIn {
  private func isInScope(_ id: RecordID?) -> Bool {
    id.map { scope?.contains($0) ?? false } ?? false
  }
}

extension OpenWorkspace {
  /// Lets an act pass, in the role that allows it, or refuses it and notes the refusal in the access journal.
  ///
  /// What is allowed on a regulatory record is noted with the request in which it was asked; what an inspector reads at
  /// once.
  /// - Parameter owner: the record to which the actor's own one belongs, such as the model of an evaluator's evidence.
  /// - Throws: `workspace.not-allowed`, `workspace.beyond-token`.
  @discardableResult
  public func authorise(
    _ act: Act, _ id: RecordID? = nil, _ class: Confidentiality = .internal,
    belongingTo owner: RecordID? = nil
  ) async throws(Problem) -> Actor {
    let today = surroundings.today
    let who = try await current()
    if let role = who.role(for: act, id, `class`, belongingTo: owner, today: today) {
      if let id { try await noteAllowed(act, [id], by: who, as: role) }
      return Actor(id: who.id, role: role)
    }
    try await noteRefusal(act, id)
    if who.roles.isEmpty, self.who.basis != nil {
      throw Problem(
        "workspace.not-allowed", what: "\(who.name) may not \(act.words): the sign-in has ended",
        why: "the person's access, token or passphrase was changed after they signed in",
        mend: "sign in again, or ask an administrator")
    }
    if let allowance = who.allowance, !allowance.allows(act, id, belongingTo: owner) {
      throw Problem(
        "workspace.beyond-token",
        what: "this token may not \(act.words)" + (id.map { ": \($0.text)" } ?? ""),
        why: "its scopes are " + allowance.scopes.map(\.rawValue).sorted().joined(separator: ", ")
          + (allowance.records == nil ? "" : ", and it reaches certain records only"),
        mend: "make another token with the scope that it needs, if its person may")
    }
    let isOutsideDays =
      who.days.from.map { today < $0 } ?? false || who.days.until.map { $0 < today } ?? false
    let roles = act.roles.map(\.rawValue).sorted().joined(separator: ", ")
    throw Problem(
      "workspace.not-allowed",
      what: "\(who.name) may not \(act.words)" + (id.map { ": \($0.text)" } ?? ""),
      why: isOutsideDays
        ? "their access is limited to certain days, and today is not one of them"
        : "it is for \(roles)",
      mend: who.roles == [.localOperator]
        ? "sign in with --as NAME" : "ask somebody with one of these roles, or an administrator")
  }

  /// Notes a refusal, so that whoever keeps the access journal sees who tried what.
  private func noteRefusal(_ act: Act, _ id: RecordID?) async throws(Problem) {
    var set: [(String, JSON)] = [("act", .string(act.words)), ("answer", .string("refused"))]
    if let id { set.append(("record", .string(id.text))) }
    try await append(.accessDecision, "access-refused", set, by: actor)
  }

  /// Notes what an inspector reads: an entry for each record, before they see it.
  func noteReading(_ ids: [RecordID], by who: SignedIn) async throws(Problem) {
    guard who.roles.contains(.inspector) else { return }
    let inspector = Actor(id: who.id, role: .inspector)
    for start in stride(from: 0, to: ids.count, by: OpenWorkspace.page) {
      try await appendOwn { () throws(Problem) in
        var drafts: [Draft] = []
        for id in ids[start..<min(start + OpenWorkspace.page, ids.count)] {
          let set: [(String, JSON)] = [
            ("act", .string(Act.read.words)), ("answer", .string("allowed")),
            ("record", .string(id.text)),
          ]
          drafts.append(try ownDraft(.accessDecision, "record-read", set, by: inspector))
        }
        return drafts
      }
    }
  }

  /// Whoever acts, in the first of their roles, where no act decides on the role.
  var actor: Actor {
    Actor(id: who.id, role: who.roles.min { $0.rawValue < $1.rawValue } ?? .system)
  }

  /// Writes a record of the program's own, without asking whether the actor may: it states what happened.
  func append(
    _ kind: RecordKind, _ event: String, _ set: [(String, JSON)], by actor: Actor
  ) async throws(Problem) {
    try await appendOwn { () throws(Problem) in [try ownDraft(kind, event, set, by: actor)] }
  }

  /// Seals and appends.
  func appendOwn(_ drafts: () throws(Problem) -> [Draft]) async throws(Problem) {
    try await again { () async throws(Problem) in
      let drafts = try drafts()
      let receipts = try await store.append(drafts, idempotencyKey: nil)
      shared.summaries.hand(receipts, drafts)
    }
  }

  /// Makes a change; once more with the keys in the folder when another process began an epoch in between.
  func again(_ change: () async throws(Problem) -> Void) async throws(Problem) {
    do { try await shared.changing(change) } catch {
      guard takesNewEpoch(after: error) else { throw error }
      try await shared.changing(change)
    }
  }
}
