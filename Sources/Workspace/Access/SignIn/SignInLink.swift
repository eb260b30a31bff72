internal import Duties
public import Ground
internal import Sealing

extension OpenWorkspace {
  /// How long a one-time link can be used, in minutes.
  public static let linkMinutes = 30

  /// Makes a link with which a person signs in once, to set a passphrase; the one before ends.
  ///
  /// - Returns: what follows `/sign-in/link/` in its address.
  /// - Throws: `workspace.unknown-person`, `workspace.not-allowed`, `store.*`.
  public func issueLink(to name: String) async throws(Problem) -> String {
    try await authorise(.administer)
    try OpenWorkspace.checkIsNoEmergency(name)
    return try await makeLink(for: try await neededPerson(name))
  }

  private func makeLink(for person: RecordState) async throws(Problem) -> String {
    let token = AccessToken()
    let until = Instant(
      seconds: surroundings.now().seconds + OpenWorkspace.linkMinutes * 60)
    _ = try await record(
      RecordCommand(
        .person, person.id,
        Change(
          "link-issued",
          set: [("link", .string(token.digest)), ("link_until", .string(until.utc))],
          effective: .day(surroundings.today))))
    return person.id.key + "." + token.text
  }

  /// For how long after a link was made none is sent by mail, in minutes: nobody's mailbox is filled, and nobody's link is
  /// ended, by others who ask in their name.
  public static let linkQuietMinutes = 15

  /// Makes a one-time link for whoever bears a name and forgot their passphrase; what comes of it is in the access journal.
  ///
  /// - Returns: where it is to be sent and what follows `/sign-in/link/`; nil where nobody is to get one.
  /// - Throws: `workspace.not-allowed`, `store.*`.
  public func linkForForgotten(
    _ name: String
  ) async throws(Problem) -> (address: String, link: String)? {
    let person = try await person(named: name)
    guard let person, let address = person.text("email"),
      !name.utf8.elementsEqual(OpenWorkspace.emergencyName.utf8)
    else {
      try await noteRefusedSignIn(
        person?.id, "link asked for by " + (person == nil ? "an unknown name" : "mail in vain"))
      return nil
    }
    let quiet = OpenWorkspace.linkMinutes - OpenWorkspace.linkQuietMinutes
    let free = Instant(seconds: surroundings.now().seconds + quiet * 60)
    if let until = person.text("link_until").flatMap({ Instant($0) }), free < until {
      try await noteRefusedSignIn(person.id, "link asked for again")
      return nil
    }
    return (address, try await acting(as: .system).makeLink(for: person))
  }

  /// Where a person is told that the way they sign in has changed; nil where no address is registered.
  ///
  /// - Throws: `store.*`.
  public func noticeAddress(of person: String) async throws(Problem) -> String? {
    guard let id = RecordID("person/" + person) else { return nil }
    return try await own(id)?.text("email")
  }

  /// Signs in whoever follows a one-time link, which ends by it.
  ///
  /// - Throws: `workspace.link-ended`, `workspace.code-needed`.
  public func signIn(link: String) async throws(Problem) -> SignedIn {
    try await signIn(try await prove(link: link))
  }
}
