internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// The tokens of one's programs: made, shown once, rotated and ended.
struct TokensPage {
  let visit: Visit
  var made: MadeToken?
  var problem: Problem?

  static let endpoints: [Endpoint] = [
    .get("/account/tokens") { visit in .page(try await TokensPage(visit: visit).body()) },
    .post("/account/tokens") { visit in
      let scopes = visit.form.texts("scope").compactMap { TokenScope(rawValue: $0) }
      let days = visit.form.text("days").flatMap { Int($0) } ?? 0
      let new = NewToken(name: visit.form.text("name") ?? "", scopes: scopes, days: days)
      return try await shown(visit) { () async throws(Problem) in
        try await visit.workspace.makeToken(new)
      }
    },
    .post("/account/tokens/{key}/rotation") { visit in
      let id = try RecordPage.id("token", visit.part("key"))
      return try await shown(visit) { () async throws(Problem) in
        try await visit.workspace.rotateToken(
          id, days: visit.form.text("days").flatMap { Int($0) } ?? 90, overlapHours: 24)
      }
    },
    .post("/account/tokens/{key}/revocation") { visit in
      _ = try await visit.workspace.revokeToken(try RecordPage.id("token", visit.part("key")))
      return .see("/account/tokens")
    },
  ]

  private static func shown(
    _ visit: Visit, _ make: () async throws(Problem) -> MadeToken
  ) async throws(Problem) -> Reply {
    var page = TokensPage(visit: visit)
    do {
      page.made = try await make()
      return .page(try await page.body())
    } catch {
      page.problem = error
      return .page(try await page.body(), status: RefusalPage.status(error))
    }
  }

  func body() async throws(Problem) -> HTML {
    let tokens = try await visit.workspace.ownTokens()
    let rows = tokens.map { token -> [HTML] in
      [
        "\(token.title)", "\(token.texts("scopes").joined(separator: ", "))",
        moment(token, "expires"), moment(token, "last_used"), "\(token.status ?? "")",
        actions(token),
      ]
    }
    let table =
      rows.isEmpty
      ? Parts.empty("No program acts for you.")
      : Component.table(
        "Tokens that have not ended",
        [
          .init("Name"), .init("Scopes"), .init("Good until"), .init("Last used"),
          .init("Status"), .init("What can be done"),
        ], rows)
    return Frame(
      title: "Tokens", visit: visit, eyebrow: "<a href=\"/account\">Your account</a>"
    ).around("\(problem.map(RefusalPage.box) ?? "")\(secret)\(table)\(form)")
  }

  private var secret: HTML {
    guard let made else { return "" }
    return """
      <div class="done" role="status"><p>The token “\(made.state.title)” is shown this once; nothing here can show it \
      again.</p><p>\(Component.code(made.secret))</p></div>

      """
  }

  private func moment(_ token: RecordState, _ field: String) -> HTML {
    token.text(field).flatMap { Instant($0) }.map { Parts.moment($0) } ?? "—"
  }

  private func actions(_ token: RecordState) -> HTML {
    let path = "/account/tokens/" + token.id.key
    let rotate: HTML =
      token.status == "rotated"
      ? ""
      : """
      <form method="post" action="\(path)/rotation">\(Frame.key(visit))\
      <button class="plain">New secret for “\(token.title)”, the old one good for a day</button></form>
      """
    return """
      \(rotate)<form method="post" action="\(path)/revocation">\(Frame.key(visit))\
      <button class="plain">End “\(token.title)”</button></form>
      """
  }

  private var form: HTML {
    let who = visit.workspace.who
    let scopes = TokenScope.allCases.filter { who.mayUse($0) }.map { scope -> HTML in
      """
      <label><input type="checkbox" name="scope" value="\(scope.rawValue)"> \(scope.rawValue)</label>

      """
    }
    return """
      <h2>Make a token</h2>
      <form method="post" action="/account/tokens" class="narrow">\(Frame.key(visit))
      <p><label for="name">What it is for</label>
      <input id="name" name="name" required maxlength="80" value="\(visit.form.text("name") ?? "")"></p>
      <fieldset><legend>What it may be used for</legend>\(scopes)</fieldset>
      <p><label for="days">For how many days it is good</label>
      <input id="days" name="days" type="number" min="1" max="\(OpenWorkspace.mostTokenDays)" required \
      value="\(visit.form.text("days") ?? "")"></p>
      <p><button>Make it</button></p></form>
      <p class="note">A token never does more than you may, and ends with your access. It is sent as \
      <code>Authorization: Bearer</code>; the <a href="/api/v1/openapi.json">description of the interface</a> says to \
      what.</p>

      """
  }
}
