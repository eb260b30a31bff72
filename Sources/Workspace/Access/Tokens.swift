public import Duties
public import Ground
internal import Sealing

/// A token that somebody wants for a program.
public struct NewToken: Sendable {
  /// What it is for, as its person will recognise it.
  public var name: String
  /// What it may be used for.
  public var scopes: [TokenScope]
  /// The records that it reaches; none reaches all that its person may.
  public var records: [RecordID] = []
  /// For how many days it is good.
  public var days: Int

  /// A token.
  public init(name: String, scopes: [TokenScope], days: Int) {
    self.name = name
    self.scopes = scopes
    self.days = days
  }
}

/// A token that was made: its secret is shown once, and only its digest is kept.
public struct MadeToken: Sendable {
  /// The secret.
  public let secret: String
  /// Its record.
  public let state: RecordState
}

/// A token that was shown by a program and is good.
public struct TokenInUse: Sendable {
  /// Its record.
  public let id: RecordID
  /// Its person as they stand now, within its bounds.
  public let who: SignedIn
  /// When it ends by itself.
  public let until: Instant
}

extension OpenWorkspace {
  /// The longest time for which a token is good, in days.
  public static let mostTokenDays = 366
  /// The longest time for which an old secret stays good after a rotation, in hours.
  public static let mostOverlapHours = 168
  /// Most tokens of one person that are good at the same time.
  static let mostTokens = 50
  /// How often it is written down that a token is used, in seconds.
  private static let useSeconds = 3600

  /// Makes a token for whoever acts, or for a person of a name, whom only an administrator may give one.
  ///
  /// - Throws: `workspace.bad-token`, `workspace.scope-beyond-roles`, `workspace.token-makes-none`,
  ///   `workspace.too-many-tokens`, `workspace.unknown-person`, `workspace.not-allowed`, `store.*`.
  public func makeToken(_ new: NewToken, for name: String? = nil) async throws(Problem) -> MadeToken
  {
    try refuseToken()
    let person = try await tokenPerson(name)
    try check(new, SignedIn(person))
    guard try await openTokens(of: person.id).count < OpenWorkspace.mostTokens else {
      throw Problem(
        "workspace.too-many-tokens",
        what: "\(person.title) has \(OpenWorkspace.mostTokens) tokens already",
        why: "tokens that nobody remembers are found by others", mend: "end those not needed")
    }
    let until = Instant(seconds: surroundings.now().seconds + new.days * 86_400)
    return try await write(
      new.name, person.id, new.scopes.map(\.rawValue), new.records.map(\.text), until, nil)
  }

  /// The token behind a secret; nil when there is none, when it has ended, or when its person may not act any more.
  ///
  /// - Throws: `store.*`, `sealing.*`.
  public func token(_ secret: String) async throws(Problem) -> TokenInUse? {
    guard let token = try? AccessToken(secret) else { return nil }
    let id = OpenWorkspace.tokenID(token)
    let now = surroundings.now()
    guard let state = try await tokenRecord(id), state.isTokenInForce(now),
      let kept = state.text("token"), token.matches(digest: kept),
      let until = state.text("expires").flatMap({ Instant($0) }),
      let owner = state.text("person").flatMap({ RecordID($0) }),
      let person = try await tokenRecord(owner), person.status == "active"
    else { return nil }
    var who = SignedIn(person)
    let records = state.texts("records").compactMap { RecordID($0) }
    who.allowance = TokenAllowance(
      scopes: Set(state.texts("scopes").compactMap { TokenScope(rawValue: $0) }),
      records: state.fields["records"] == nil ? nil : Set(records))
    await noteUse(state, now)
    return TokenInUse(id: id, who: who, until: until)
  }

  /// The tokens of whoever acts that have not ended, the newest first.
  ///
  /// - Throws: `store.*`, `sealing.*`.
  public func ownTokens() async throws(Problem) -> [RecordState] {
    guard let id = RecordID("person/" + who.id) else { return [] }
    return try await openTokens(of: id).map(\.shown)
  }

  /// Makes a new secret with the same bounds; the old one stays good for some hours, so that nothing stands still
  /// meanwhile.
  ///
  /// A program that rotates the token it shows keeps the day on which that ends: otherwise whoever finds a token could
  /// keep it alive for ever.
  /// - Parameters:
  ///   - days: For how many days the new one is good.
  ///   - overlapHours: For how many hours the old one stays good; 0 ends it at once.
  /// - Throws: `workspace.unknown-record`, `workspace.token-ended`, `workspace.bad-token`, `workspace.not-allowed`.
  public func rotateToken(
    _ id: RecordID, days: Int, overlapHours: Int
  ) async throws(Problem) -> MadeToken {
    let state = try await ownToken(id)
    let now = surroundings.now()
    guard (1...OpenWorkspace.mostTokenDays).contains(days),
      (0...OpenWorkspace.mostOverlapHours).contains(overlapHours)
    else { throw badDays }
    guard state.isTokenInForce(now), state.status != "rotated",
      let person = state.text("person").flatMap({ RecordID($0) }),
      let before = state.text("expires").flatMap({ Instant($0) })
    else { throw ended(id) }
    let wanted = Instant(seconds: now.seconds + days * 86_400)
    let made = try await write(
      state.title, person, state.texts("scopes"), state.texts("records"),
      who.allowance == nil ? wanted : min(wanted, before), id)
    let overlap = min(before, Instant(seconds: now.seconds + overlapHours * 3600))
    _ = try await acting(as: .system).record(
      RecordCommand(
        .token, id,
        Change(
          "token-rotated", set: [("expires", .string(overlap.utc))],
          effective: .day(surroundings.today))))
    return made
  }

  /// Ends a token at once: one's own, or as an administrator anybody's.
  ///
  /// - Throws: `workspace.unknown-record`, `workspace.token-ended`, `workspace.not-allowed`.
  public func revokeToken(_ id: RecordID) async throws(Problem) -> RecordState {
    let state = try await ownToken(id)
    guard state.isTokenInForce(surroundings.now()) else { throw ended(id) }
    return try await acting(as: .system).record(
      RecordCommand(
        .token, id, Change("token-revoked", effective: .day(surroundings.today))))
  }
}

extension OpenWorkspace {
  private func write(
    _ name: String, _ person: RecordID, _ scopes: [String], _ records: [String], _ until: Instant,
    _ before: RecordID?
  ) async throws(Problem) -> MadeToken {
    let token = AccessToken()
    var set: [(String, JSON)] = [
      ("name", .string(name)), ("person", .string(person.text)), ("token", .string(token.digest)),
      ("scopes", JSON(scopes)), ("expires", .string(until.utc)), ("made_by", .string(setter)),
    ]
    if !records.isEmpty { set.append(("records", JSON(records))) }
    if let before { set.append(("replaces", .string(before.text))) }
    let state = try await acting(as: .system).record(
      RecordCommand(
        .token, OpenWorkspace.tokenID(token),
        Change("token-made", set: set, effective: .day(surroundings.today))))
    return MadeToken(secret: token.text, state: state.shown)
  }

  private func check(_ new: NewToken, _ owner: SignedIn) throws(Problem) {
    guard !new.name.allSatisfy(\.isWhitespace), new.name.utf8.count <= 80, !new.scopes.isEmpty
    else {
      throw Problem(
        "workspace.bad-token", what: "a token needs a name of at most 80 bytes and a scope",
        why: "whoever ends it later must know what it was for",
        mend: "name the program, and choose from "
          + TokenScope.allCases.map(\.rawValue).joined(separator: ", "))
    }
    guard (1...OpenWorkspace.mostTokenDays).contains(new.days) else { throw badDays }
    guard !new.scopes.contains(.report) || new.scopes == [.report] && new.records.isEmpty else {
      throw Problem(
        "workspace.bad-token", what: "the scope report stands alone",
        why: "a deployer who holds the token reports with it, and does nothing else",
        mend: "make a token for the deployer, and another for your own program")
    }
    for scope in new.scopes where !owner.mayUse(scope) {
      throw Problem(
        "workspace.scope-beyond-roles",
        what: "\(owner.name) may not do what the scope \(scope.rawValue) is for",
        why: "a token never does more than its person may",
        mend: "leave the scope out, or ask an administrator for the role")
    }
  }

  private var badDays: Problem {
    Problem(
      "workspace.bad-token",
      what: "a token is good for 1 to \(OpenWorkspace.mostTokenDays) days, and an old secret for "
        + "0 to \(OpenWorkspace.mostOverlapHours) hours more",
      why: "a secret that never ends is found one day", mend: "choose a time between")
  }

  private func ended(_ id: RecordID) -> Problem {
    Problem(
      "workspace.token-ended", what: "\(id.text) has ended or was replaced",
      why: "only a token that is good can be rotated or revoked", mend: "make a new one")
  }

  /// Whoever shows a token makes no other secret: else a token that leaked would have children.
  func refuseToken() throws(Problem) {
    guard who.allowance != nil else { return }
    throw Problem(
      "workspace.token-makes-none", what: "a token cannot make another secret",
      why: "a secret that leaked would have children that nobody ends",
      mend: "sign in and make it; a token may be rotated")
  }

  /// The person for whom a token is made.
  private func tokenPerson(_ name: String?) async throws(Problem) -> RecordState {
    if let name {
      let person = try await person(named: name)
      if person?.id.key != who.id { try await authorise(.administer) }
      if let person { return person }
    } else if let id = RecordID("person/" + who.id), let person = try await tokenRecord(id),
      person.status == "active"
    {
      return person
    }
    throw Problem(
      "workspace.unknown-person",
      what: name.map { "there is no \($0.prefix(64))" } ?? "nobody signed in",
      why: "a token belongs to a person, whose rights bound it",
      mend: "name the person, or sign in with --as NAME")
  }

  /// A token that whoever acts may end: their own, or anybody's for an administrator.
  private func ownToken(_ id: RecordID) async throws(Problem) -> RecordState {
    let state = id.kind == RecordKind.token.name ? try await tokenRecord(id) : nil
    if let state, state.text("person") == "person/" + who.id { return state }
    try await authorise(.administer)
    guard let state else {
      throw Problem(
        "workspace.unknown-record", what: "there is no token \(id.text)",
        why: "the name was never given in this workspace", mend: "systemic token list")
    }
    return state
  }

  private func openTokens(of person: RecordID) async throws(Problem) -> [RecordState] {
    let now = surroundings.now()
    return try await everyState(.token).filter { state in
      state.text("person") == person.text && state.isTokenInForce(now)
    }
    .sorted { ($0.begun, $0.id) > ($1.begun, $1.id) }
  }

  /// Writes down that a token is used, once an hour at most; that it could not be written stops nobody.
  private func noteUse(_ state: RecordState, _ now: Instant) async {
    let last = state.text("last_used").flatMap { Instant($0) }
    guard last.map({ now.seconds - $0.seconds >= OpenWorkspace.useSeconds }) ?? true else { return }
    let change = Change(
      "token-used", set: [("last_used", .string(now.utc))], effective: .day(now.day))
    do throws(Problem) {
      _ = try await acting(as: .system).record(
        RecordCommand(.token, state.id, change, expectedVersion: state.version))
    } catch {
      // Another request was quicker, or the disk is full, which those who write are told.
    }
  }

  /// The name of the record of a token: it tells nothing of the secret.
  private static func tokenID(_ token: AccessToken) -> RecordID {
    guard let id = RecordID("token/" + token.digest.suffix(32)) else {
      preconditionFailure("hexadecimal digits are plain")
    }
    return id
  }

  /// A record for the program's own question, whoever acts.
  private func tokenRecord(_ id: RecordID) async throws(Problem) -> RecordState? {
    try await opened(id)
  }
}

extension RecordState {
  /// Whether this token opens anything at a moment.
  public func isTokenInForce(_ now: Instant) -> Bool {
    status != "revoked"
      && (text("expires").flatMap { Instant($0) }.map { now < $0 } ?? false)
  }
}
