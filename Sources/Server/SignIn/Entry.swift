internal import Ground
internal import Workspace

/// What happens to somebody at the door, whichever way they came: the code of a second factor, then a session.
enum Entry {
  /// Goes on after a right secret: asks for a code, or lets in.
  static func after(
    _ proof: FirstProof, name: String, to path: String?, _ visit: Visit, _ door: Door
  ) async throws(Problem) -> Reply {
    guard proof.needsCode else {
      return try await enter(
        try await visit.workspace.signIn(proof), by: proof.way, visit, to: path)
    }
    let now = visit.workspace.surroundings.now()
    var reply = Reply.see("/sign-in/code?to=" + Desk.encoded(ours(path)))
    reply.fields.append(
      SessionCookie.set(
        door.begin(proof, name: name, now: now), seconds: Door.stepSeconds,
        named: SessionCookie.step))
    return reply
  }

  /// Opens a session under a new secret; the one before, of whomever, ends.
  ///
  /// Source: OWASP ASVS 5.0.0, 7.2.4.
  static func enter(
    _ who: SignedIn, by way: String, _ visit: Visit, to path: String?
  ) async throws(Problem) -> Reply {
    if let before = visit.session { try await visit.workspace.endSession(before.id) }
    let opened = try await visit.workspace.openSession(for: who, by: way, agent: visit.agent)
    var reply = Reply.see(ours(path))
    reply.fields.append(
      SessionCookie.set(
        opened.token, seconds: (OpenWorkspace.sessionHours + Drafts.hours) * 3600))
    reply.fields.append(SessionCookie.ended(SessionCookie.step))
    return reply
  }

  /// A path of ours only: `//host` and `/\host` lead elsewhere.
  static func ours(_ path: String?) -> String {
    guard let path, path.hasPrefix("/"), !path.hasPrefix("//"),
      path.utf8.allSatisfy({ 0x21...0x7E ~= $0 && $0 != 0x5C })
    else { return "/" }
    return path
  }

  /// Under what wrong secrets are counted: by name for whoever guesses one person's secret from many machines, by
  /// address for who tries many names.
  static func keys(_ name: String, _ visit: Visit) -> [String] {
    ["name " + name, "address " + visit.address]
  }
}
