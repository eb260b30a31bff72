public import Duties
public import Ground
internal import Sealing

extension OpenWorkspace {
  /// Makes the address of whoever acts for calendar programs; the one before ends.
  ///
  /// - Returns: its secret, shown once.
  /// - Throws: `workspace.unknown-person`, `workspace.token-makes-none`, `store.*`.
  public func makeCalendarLink() async throws(Problem) -> String {
    guard let owner = RecordID("person/" + who.id),
      try await programState(owner)?.status == "active"
    else {
      throw Problem(
        "workspace.unknown-person", what: "you are not registered",
        why: "a calendar address shows what its person may read",
        mend: "ask an administrator: systemic person add")
    }
    try refuseToken()
    let token = AccessToken()
    var commands = try await ownCalendarLinks().map { link in
      RecordCommand(
        .calendarLink, link.id, Change("calendar-link-ended", effective: .day(surroundings.today)))
    }
    commands.append(
      RecordCommand(
        .calendarLink, OpenWorkspace.calendarLinkID(token),
        Change(
          "calendar-link-made",
          set: [("person", .string(owner.text)), ("token", .string(token.digest))],
          effective: .day(surroundings.today))))
    _ = try await acting(as: .system).record(commands)
    return token.text
  }

  /// Ends the calendar address of whoever acts.
  ///
  /// - Throws: `store.*`.
  public func endCalendarLinks() async throws(Problem) {
    for link in try await ownCalendarLinks() {
      _ = try await acting(as: .system).record(
        RecordCommand(
          .calendarLink, link.id,
          Change("calendar-link-ended", effective: .day(surroundings.today))))
    }
  }

  /// The calendar addresses of whoever acts that are open; at most one, unless two were made at once.
  ///
  /// - Throws: `store.*`, `sealing.*`.
  public func ownCalendarLinks() async throws(Problem) -> [RecordState] {
    try await everyState(.calendarLink).filter {
      $0.text("person") == "person/" + who.id && $0.status == "open"
    }
    .map(\.shown)
  }

  /// Whose calendar an address is, as they stand now; nil when it ended, or its person may not act any more.
  ///
  /// - Throws: `store.*`, `sealing.*`.
  public func calendarReader(
    _ secret: String
  ) async throws(Problem) -> (who: SignedIn, link: RecordState)? {
    guard let token = try? AccessToken(secret),
      let link = try await programState(OpenWorkspace.calendarLinkID(token)), link.status == "open",
      let kept = link.text("token"), token.matches(digest: kept),
      let owner = link.text("person").flatMap({ RecordID($0) }),
      let person = try await programState(owner), person.status == "active"
    else { return nil }
    return (SignedIn(person), link.shown)
  }

  /// The name of the record of an address: it tells nothing of the secret.
  private static func calendarLinkID(_ token: AccessToken) -> RecordID {
    guard let id = RecordID("calendar-link/" + token.digest.suffix(32)) else {
      preconditionFailure("hexadecimal digits are plain")
    }
    return id
  }

  /// A record for the program's own work, whoever acts.
  func programState(_ id: RecordID) async throws(Problem) -> RecordState? {
    try await withKeys { () async throws(Problem) in
      try await store.record(id).flatMap { stored throws(Problem) in try keys.state(stored) }
    }
  }
}
