public import Duties
public import Ground
internal import Sealing

extension OpenWorkspace {
  /// Ends all sessions of a person: whoever is signed in as them is out.
  ///
  /// - Returns: how many there were.
  /// - Throws: `workspace.not-allowed`, `workspace.unknown-person`.
  @discardableResult
  public func endSessions(of name: String) async throws(Problem) -> Int {
    try await authorise(.administer)
    let person = try await neededPerson(name)
    let open = try await openSessions(of: person.id)
    for session in open { try await endSession(session.id) }
    return open.count
  }

  /// Ends the second factor of a person who lost the device; they set up another.
  ///
  /// - Throws: `workspace.not-allowed`, `workspace.unknown-person`.
  public func endSecondFactor(of name: String) async throws(Problem) {
    try await authorise(.administer)
    let person = try await neededPerson(name)
    _ = try await record(
      RecordCommand(
        .person, person.id,
        Change(
          "second-factor-ended", set: OpenWorkspace.noFactor,
          effective: .day(surroundings.today))))
  }

  /// The names of the people who have a second factor.
  ///
  /// - Throws: `workspace.not-allowed`.
  public func peopleWithSecondFactor() async throws(Problem) -> Set<String> {
    try await authorise(.administer)
    return Set(try await everyState(.person).filter { $0.text("totp") != nil }.map(\.title))
  }

  /// The sessions of a person that have not ended, the newest first.
  ///
  /// - Throws: `workspace.not-allowed`, `workspace.unknown-person`.
  public func sessions(of name: String) async throws(Problem) -> [RecordState] {
    try await authorise(.administer)
    return try await openSessions(of: try await neededPerson(name).id).map(\.shown)
  }

  /// The sessions of a person that have not ended, the newest first.
  func openSessions(of person: RecordID) async throws(Problem) -> [RecordState] {
    let now = surroundings.now()
    return try await everyState(.session).filter { state in
      state.text("person") == person.text && Session.isOpen(state, now)
    }
    .sorted { $0.begun > $1.begun }
  }

  /// The person of a name who may still act.
  ///
  /// - Throws: `workspace.unknown-person`.
  func neededPerson(_ name: String) async throws(Problem) -> RecordState {
    if let person = try await person(named: name) { return person }
    throw Problem(
      "workspace.unknown-person", what: "there is no \(name.prefix(64))",
      why: "the name was never registered, or its access has ended", mend: "systemic person list")
  }
}
