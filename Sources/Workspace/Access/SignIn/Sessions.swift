public import Duties
public import Ground
internal import Sealing

/// A session that was opened: its secret is shown to the browser once, and only its digest is kept.
public struct OpenedSession: Sendable {
  /// The secret.
  public let token: String
  /// When it ends by itself.
  public let until: Instant
  /// Who is signed in.
  public let who: SignedIn
}

/// Who a session belongs to.
public struct Session: Sendable {
  /// Its record.
  public let id: RecordID
  /// Who is signed in, as they stand now.
  public let who: SignedIn
  /// When it ends by itself.
  public let until: Instant
  /// How they proved who they are.
  public let by: String
  /// Whether they have to set up a second factor before anything else.
  public let lacksSecondFactor: Bool
  /// Until when somebody has emergency access, and why; nil while nobody has.
  public let emergency: (until: Instant, why: String)?

  /// Whether a use of emergency access waits for a review.
  public let isReviewDue: Bool

  /// What `by` says of somebody who came by a one-time link.
  public static let link = "one-time link"
  /// What it says of somebody whom an identity provider knows.
  public static let provider = "identity provider"
  /// What it says of the emergency administrator.
  public static let emergency = "emergency"

  /// Whether a session goes on at a moment: not ended, not over, and used of late.
  static func isOpen(_ state: RecordState, _ now: Instant) -> Bool {
    guard state.status == "open", let until = state.text("until").flatMap({ Instant($0) }) else {
      return false
    }
    return now < until && now.seconds - state.changed.seconds < OpenWorkspace.idleMinutes * 60
  }
}

extension OpenWorkspace {
  /// The longest time for which somebody stays signed in, in hours.
  public static let sessionHours = 12
  /// The minutes after which a session that nobody used has ended.
  ///
  /// Use is noted once in five minutes, so that it may end up to five minutes sooner.
  public static let idleMinutes = 60
  private static let notedMinutes = 5
  /// The longest part of what a browser says of itself that is kept, in characters.
  private static let mostAgent = 200

  /// Opens a session for somebody who has just proved who they are.
  ///
  /// - Parameters:
  ///   - way: How they did, such as `passphrase`.
  ///   - agent: What the browser says of itself.
  ///   - hours: After how many it ends by itself.
  /// - Throws: `store.*`.
  public func openSession(
    for who: SignedIn, by way: String, agent: String?, hours: Int = OpenWorkspace.sessionHours
  ) async throws(Problem) -> OpenedSession {
    let token = AccessToken()
    let until = Instant(seconds: surroundings.now().seconds + hours * 3600)
    var set: [(String, JSON)] = [
      ("person", .string("person/" + who.id)), ("token", .string(token.digest)),
      ("until", .string(until.utc)), ("by", .string(way)),
    ]
    if let agent { set.append(("agent", .string(String(agent.prefix(OpenWorkspace.mostAgent))))) }
    _ = try await acting(as: .system).record(
      RecordCommand(
        .session, OpenWorkspace.sessionID(token),
        Change("session-opened", set: set, effective: .day(surroundings.today))))
    return OpenedSession(token: token.text, until: until, who: who)
  }

  /// The session behind a secret; nil when there is none, when it has ended, or when its person may not act any more.
  ///
  /// - Throws: `store.*`, `sealing.*`.
  public func session(_ secret: String) async throws(Problem) -> Session? {
    guard let token = try? AccessToken(secret) else { return nil }
    let id = OpenWorkspace.sessionID(token)
    let now = surroundings.now()
    guard let state = try await own(id), Session.isOpen(state, now),
      let kept = state.text("token"), token.matches(digest: kept),
      let until = state.text("until").flatMap({ Instant($0) }),
      let owner = state.text("person").flatMap({ RecordID($0) }),
      let person = try await own(owner), person.status == "active"
    else { return nil }
    try await noteUse(of: state, now)
    let who = SignedIn(person)
    let rules = try await signInRules()
    let by = state.text("by") ?? ""
    let lacks =
      person.text("totp") == nil && by != Session.provider && by != Session.emergency
      && !who.roles.isDisjoint(with: rules.secondFactor)
    var emergency: (until: Instant, why: String)?
    if let until = rules.emergencyUntil, now < until {
      emergency = (until, rules.emergencyWhy ?? "")
    }
    return Session(
      id: id, who: who, until: until, by: by, lacksSecondFactor: lacks, emergency: emergency,
      isReviewDue: rules.isReviewDue)
  }

  /// Notes that a session is used, once in some minutes.
  private func noteUse(of session: RecordState, _ now: Instant) async throws(Problem) {
    guard now.seconds - session.changed.seconds >= OpenWorkspace.notedMinutes * 60 else { return }
    do {
      _ = try await acting(as: .system).record(
        RecordCommand(
          .session, session.id, Change("session-used", effective: .day(surroundings.today)),
          expectedVersion: session.version))
    } catch {
      // Another request of the same session noted it at the same time, or ended it.
      guard error.code == "store.version-conflict" else { throw error }
    }
  }

  /// Ends a session.
  ///
  /// - Throws: `store.*`.
  public func endSession(_ id: RecordID) async throws(Problem) {
    guard let state = try await own(id), state.status == "open" else { return }
    _ = try await acting(as: .system).record(
      RecordCommand(
        .session, id, Change("session-ended", effective: .day(surroundings.today))))
  }

  /// The sessions of whoever acts that have not ended, the newest first.
  ///
  /// - Throws: `store.*`, `sealing.*`.
  public func ownSessions() async throws(Problem) -> [RecordState] {
    guard let person = RecordID("person/" + who.id) else { return [] }
    return try await openSessions(of: person).map(\.shown)
  }

  /// The name of the record of a session: it tells nothing of the secret.
  static func sessionID(_ token: AccessToken) -> RecordID {
    guard let id = RecordID("session/" + token.digest.suffix(32)) else {
      preconditionFailure("hexadecimal digits are plain")
    }
    return id
  }
}

extension OpenWorkspace {
  /// Sets the passphrase of whoever acts.
  ///
  /// - Parameters:
  ///   - current: The passphrase of now, where there is one.
  ///   - way: How they signed in: whoever came by a one-time link need not know the one before.
  /// - Throws: `workspace.passphrases-differ`, `workspace.not-proved`, `sealing.passphrase-*`,
  ///   `workspace.unknown-person`.
  public func setOwnPassphrase(
    _ first: String, again: String, current: String?, by way: String
  ) async throws(Problem) {
    guard first.utf8.elementsEqual(again.utf8) else {
      throw Problem(
        "workspace.passphrases-differ", what: "the two passphrases differ",
        why: "a slip would lock the door", mend: "type it again")
    }
    try await authorise(.chooseSecret)
    let person = try await ownPerson()
    try checkAgain(current, person, way)
    try await setPassphrase(of: person.title, first)
  }
}
