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
}

extension OpenWorkspace {
  /// The longest time for which somebody stays signed in, in hours.
  public static let sessionHours = 12
  /// The longest part of what a browser says of itself that is kept, in characters.
  private static let mostAgent = 200

  /// Opens a session for somebody who has just proved who they are.
  ///
  /// - Parameters:
  ///   - way: How they did, such as `passphrase`.
  ///   - agent: What the browser says of itself.
  /// - Throws: `store.*`.
  public func openSession(
    for who: SignedIn, by way: String, agent: String?
  ) async throws(Problem) -> OpenedSession {
    let token = AccessToken()
    let until = Instant(
      seconds: surroundings.now().seconds + OpenWorkspace.sessionHours * 3600)
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
    guard let state = try await own(id), state.status == "open",
      let kept = state.text("token"), token.matches(digest: kept),
      let until = state.text("until").flatMap({ Instant($0) }), surroundings.now() < until,
      let owner = state.text("person").flatMap({ RecordID($0) }),
      let person = try await own(owner), person.status == "active"
    else { return nil }
    return Session(id: id, who: SignedIn(person), until: until)
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
    let now = surroundings.now()
    return try await everyState(.session).filter { state in
      state.text("person") == "person/" + who.id && state.status == "open"
        && (state.text("until").flatMap { Instant($0) }.map { now < $0 } ?? false)
    }
    .sorted { $0.begun > $1.begun }.map(\.shown)
  }

  /// The name of the record of a session: it tells nothing of the secret.
  private static func sessionID(_ token: AccessToken) -> RecordID {
    guard let id = RecordID("session/" + token.digest.suffix(32)) else {
      preconditionFailure("hexadecimal digits are plain")
    }
    return id
  }

  /// A record for the program's own question, whoever acts.
  private func own(_ id: RecordID) async throws(Problem) -> RecordState? {
    try await opened(id)
  }
}

extension OpenWorkspace {
  /// Sets the passphrase of whoever acts.
  ///
  /// - Throws: `workspace.passphrases-differ`, `sealing.passphrase-*`, `workspace.unknown-person`.
  public func setOwnPassphrase(_ first: String, again: String) async throws(Problem) {
    guard first.utf8.elementsEqual(again.utf8) else {
      throw Problem(
        "workspace.passphrases-differ", what: "the two passphrases differ",
        why: "a slip would lock the door", mend: "type it again")
    }
    guard let id = RecordID("person/" + who.id), let person = try await own(id),
      person.status == "active"
    else {
      throw Problem(
        "workspace.unknown-person", what: "you are not registered",
        why: "only people who are registered have a passphrase",
        mend: "ask an administrator: systemic person add")
    }
    try await setPassphrase(of: person.title, first)
  }
}
