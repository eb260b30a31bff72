internal import Duties
public import Ground
internal import Sealing

extension OpenWorkspace {
  /// The name of the emergency administrator.
  public static let emergencyName = "emergency"
  /// How long emergency access lasts, in hours.
  public static let emergencyHours = 1
  /// Fewest characters of the reason.
  private static let fewestWhy = 10

  /// Makes the secret of the emergency administrator, to be kept in a safe; the one before ends.
  ///
  /// - Returns: the secret, shown this once.
  /// - Throws: `workspace.not-allowed`.
  public func makeEmergencySecret() async throws(Problem) -> String {
    try await authorise(.administer)
    if try await person(named: OpenWorkspace.emergencyName) == nil {
      _ = try await addPerson(
        NewPerson(
          name: OpenWorkspace.emergencyName, displayName: "Emergency administrator",
          roles: [.administrator], secret: .later))
    }
    let token = AccessToken()
    let person = try await neededPerson(OpenWorkspace.emergencyName)
    guard person.texts("roles") == [Role.administrator.rawValue] else {
      throw Problem(
        "workspace.name-taken", what: "\(person.title) is somebody else",
        why: "the emergency administrator bears this name and no other role",
        mend: "end that access, and register the person under another name")
    }
    _ = try await record(
      RecordCommand(
        .person, person.id,
        Change(
          "emergency-set",
          set: [("emergency", .string(token.digest)), ("secret_by", .string(setter))],
          effective: .day(surroundings.today))))
    return token.text
  }

  /// Refuses any other way in for the emergency administrator: it would be told to nobody and reviewed by nobody.
  ///
  /// - Throws: `workspace.own-command`.
  static func checkIsNoEmergency(_ name: String) throws(Problem) {
    guard name.utf8.elementsEqual(emergencyName.utf8) else { return }
    throw Problem(
      "workspace.own-command", what: "\(name) has no passphrase, token or link",
      why: "emergency access is opened with its own secret, for a reason, and is reviewed",
      mend: "systemic person emergency makes its secret")
  }

  /// Opens a session of the emergency administrator: for an hour, for a reason, told on every page, to be reviewed.
  ///
  /// The secret is used up by it; whoever came in makes another for the safe.
  /// - Throws: `workspace.not-signed-in`, `workspace.reason-needed`.
  public func openEmergency(
    secret: String, why: String, agent: String?
  ) async throws(Problem) -> OpenedSession {
    let reason = why.filter { !$0.isNewline }.prefix(500)
    guard reason.count(where: { !$0.isWhitespace }) >= OpenWorkspace.fewestWhy else {
      throw Problem(
        "workspace.reason-needed", what: "emergency access needs a reason",
        why: "everybody reads it, and somebody else reviews it",
        mend: "say in a sentence what happened")
    }
    let person = try await person(named: OpenWorkspace.emergencyName)
    guard let person, let kept = person.text("emergency"), let token = try? AccessToken(secret),
      token.matches(digest: kept)
    else {
      try await noteRefusedSignIn(person?.id, "wrong emergency secret")
      throw Problem(
        "workspace.not-signed-in", what: "that is not the emergency secret",
        why: "it is made by an administrator, kept in a safe, and good once",
        mend: "systemic person emergency makes another, at the machine")
    }
    let system = acting(as: .system)
    _ = try await system.record(
      RecordCommand(
        .person, person.id,
        Change(
          "emergency-set", set: [("emergency", .null)], effective: .day(surroundings.today)),
        expectedVersion: person.version))
    let opened = try await openSession(
      for: SignedIn(person), by: Session.emergency, agent: agent,
      hours: OpenWorkspace.emergencyHours)
    try await announce(opened, String(reason))
    return opened
  }

  /// Records it, makes a review due, and tells everybody.
  private func announce(_ opened: OpenedSession, _ why: String) async throws(Problem) {
    let system = acting(as: .system)
    let now = surroundings.now()
    guard let token = try? AccessToken(opened.token) else { return }
    let isNew = try await own(SignInRules.id) == nil
    if isNew {
      _ = try await system.record(
        RecordCommand(
          .signInRules, SignInRules.id,
          Change("sign-in-rules-set", effective: .day(surroundings.today))))
    }
    let until = JSON.string(opened.until.utc)
    _ = try await system.record([
      RecordCommand(
        .emergency, nil,
        Change(
          "emergency-begun",
          set: [
            ("title", .string("Emergency access of " + now.utc)), ("why", .string(why)),
            ("until", until), ("session", .string(OpenWorkspace.sessionID(token).text)),
          ], effective: .moment(now))),
      RecordCommand(
        .signInRules, SignInRules.id,
        Change(
          "emergency-opened",
          set: [
            ("emergency_until", until), ("emergency_why", .string(why)),
            ("review_due", .bool(true)),
          ],
          effective: .day(surroundings.today))),
    ])
  }

  /// Says what somebody found who looked at what was done in emergency access.
  ///
  /// - Throws: `workspace.not-allowed`, `duties.*`.
  public func reviewEmergency(_ id: RecordID, found: String?) async throws(Problem) {
    _ = try await record(
      RecordCommand(
        .emergency, id,
        Change("emergency-reviewed", effective: .day(surroundings.today), reason: found)))
    guard try await everyState(.emergency).allSatisfy({ $0.status == "reviewed" }) else { return }
    _ = try await acting(as: .system).record(
      RecordCommand(
        .signInRules, SignInRules.id,
        Change(
          "emergency-settled", set: [("review_due", .bool(false))],
          effective: .day(surroundings.today))))
  }
}
