internal import Duties
public import Ground

extension TokenInUse {
  /// Whether it is a deployer's: it reports, and does nothing else.
  public var isForReports: Bool { who.allowance?.scopes == [.report] }
}

extension OpenWorkspace {
  /// Takes in what a deployer reports with a token of its own, with the moment at which it became aware.
  ///
  /// House practice counts the deployer's 72 hours from that moment. Who reports is the name of the token, which the
  /// provider gave; the record names the token too.
  /// - Throws: `workspace.beyond-token`, `duties.*`, and as `receive`.
  public func receive(
    _ report: PublicReport, aware: Effective, asWritten: String, from token: TokenInUse,
    as request: NamedRequest? = nil
  ) async throws(Problem) -> IntakeReceipt {
    try OpenWorkspace.checkReports(token)
    let name = try await opened(token.id)?.title ?? token.id.text
    // A name of a request is that of one token: no deployer is answered with what another asked.
    let own = request.map { NamedRequest(key: token.id.key + "|" + $0.key, digest: $0.digest) }
    return try await take(
      report, by: .deployer, as: own,
      set: [("reporter", .string(name)), ("reported_with", .string(token.id.text))],
      dates: [
        Change("deployer-aware", set: [("as_written", .string(asWritten))], effective: aware)
      ])
  }

  /// Where a report stands that was made with this token, or with one that it replaces.
  ///
  /// - Throws: `workspace.beyond-token`, `workspace.unknown-record`, `store.*`.
  public func ownReport(
    _ id: RecordID, of token: TokenInUse
  ) async throws(Problem) -> TrackedReport {
    try OpenWorkspace.checkReports(token)
    guard let state = try await opened(id), state.text("channel") == "deployer",
      let with = state.text("reported_with"), try await isSame(token.id, with)
    else {
      throw Problem(
        "workspace.unknown-record", what: "there is no \(id.text) among your reports",
        why: "it was mistyped, or reported with another token",
        mend: "compare it with the answer to your report")
    }
    return try await told(state)
  }

  /// Whether a token is another one, or was rotated from it.
  private func isSame(_ token: RecordID, _ other: String) async throws(Problem) -> Bool {
    var at: RecordID? = token
    for _ in 0..<OpenWorkspace.mostTokens {
      guard let id = at else { return false }
      if id.text == other { return true }
      at = try await opened(id)?.text("replaces").flatMap { RecordID($0) }
    }
    return false
  }

  private static func checkReports(_ token: TokenInUse) throws(Problem) {
    guard token.isForReports else { throw .notForReports }
  }
}

extension Problem {
  /// A token of another kind.
  static var notForReports: Problem {
    Problem(
      "workspace.beyond-token", what: "this token may not report as a deployer",
      why: "a deployer's token has the scope report, and that one alone",
      mend: "make one for the deployer: systemic token create NAME --scope report")
  }
}
