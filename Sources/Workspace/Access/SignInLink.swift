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
    guard let person = try await person(named: name) else {
      throw Problem(
        "workspace.unknown-person", what: "there is no \(name.prefix(64))",
        why: "the name was never registered, or its access has ended", mend: "systemic person list")
    }
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
  /// - Throws: `workspace.link-ended`.
  public func signIn(link: String) async throws(Problem) -> SignedIn {
    let parts = link.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2, let id = RecordID("person/" + parts[0]),
      let token = try? AccessToken(parts[1]),
      let person = try await everyState(.person).first(where: { $0.id == id }),
      person.status == "active", let kept = person.text("link"), token.matches(digest: kept),
      let until = person.text("link_until").flatMap({ Instant($0) }), surroundings.now() < until
    else {
      throw Problem(
        "workspace.link-ended", what: "this link cannot be used",
        why: "a link is good once, for \(OpenWorkspace.linkMinutes) minutes",
        mend: "ask an administrator for another: systemic person link NAME")
    }
    // On the version that was read: of two who follow the link at once, one is refused.
    do {
      _ = try await acting(as: .system).record(
        RecordCommand(
          .person, id,
          Change(
            "link-used", set: [("link", .null), ("link_until", .null)],
            effective: .day(surroundings.today)), expectedVersion: person.version))
    } catch {
      guard error.code == "store.version-conflict" else { throw error }
      return try await signIn(link: "")
    }
    return SignedIn(person)
  }
}
