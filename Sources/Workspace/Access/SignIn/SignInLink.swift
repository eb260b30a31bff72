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
    let person = try await neededPerson(name)
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

  /// Signs in whoever follows a one-time link, which ends by it.
  ///
  /// - Throws: `workspace.link-ended`, `workspace.code-needed`.
  public func signIn(link: String) async throws(Problem) -> SignedIn {
    try await signIn(try await prove(link: link))
  }
}
