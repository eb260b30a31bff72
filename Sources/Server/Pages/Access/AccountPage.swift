internal import Documents
internal import Duties
internal import Ground
internal import Sealing
internal import Workspace

/// Who one is: roles, passphrase, second factor, sessions.
struct AccountPage {
  let visit: Visit
  var problem: Problem?
  var isChanged = false

  static func endpoints(_ signIn: SignIn) -> [Endpoint] {
    [
      .get("/account") { visit in .page(try await AccountPage(visit: visit).body()) },
      .post("/account/passphrase") { visit in
        try await proved(visit, signIn.door) { () async throws(Problem) in
          try await signIn.door.inTurn { () async throws(Problem) in
            try await visit.workspace.setOwnPassphrase(
              visit.form.text("first") ?? "", again: visit.form.text("second") ?? "",
              current: visit.form.text("current"), by: visit.session?.by ?? "")
          }
          // Whoever is signed in with the old one elsewhere is not any more.
          try await endOthers(visit)
          signIn.mail?.ask(
            .notice(person: visit.workspace.who.id, what: "Your passphrase was changed"))
          return .page(try await AccountPage(visit: visit, isChanged: true).body())
        }
      },
      .post("/account/sessions/end") { visit in
        try await proved(visit, signIn.door) { () async throws(Problem) in
          try await signIn.door.inTurn { () async throws(Problem) in
            try await visit.workspace.proveAgain(
              visit.form.text("proof"), by: visit.session?.by ?? "")
          }
          try await endOthers(visit, only: visit.form.text("session"))
          return .see("/account")
        }
      },
    ]
  }

  /// Does it, or shows the page with why not; wrong secrets hold up here as they do at the door.
  private static func proved(
    _ visit: Visit, _ door: Door, _ body: () async throws(Problem) -> Reply
  ) async throws(Problem) -> Reply {
    let keys = ["name " + visit.workspace.who.id]
    let now = visit.workspace.surroundings.now()
    do throws(Problem) {
      try door.check(keys, now: now)
      return try await body()
    } catch {
      if ["workspace.not-proved", "workspace.wrong-code"].contains(error.code) {
        door.noteMistake(keys, now: now)
      }
      return RefusalPage.within(
        try await AccountPage(visit: visit, problem: error).body(), error,
        retrySeconds: door.held(keys, now: now))
    }
  }

  /// Ends all sessions of whoever acts but this one, or only the one with a key.
  static func endOthers(_ visit: Visit, only key: String? = nil) async throws(Problem) {
    for session in try await visit.workspace.ownSessions()
    where session.id != visit.session?.id && (key ?? session.id.key) == session.id.key {
      try await visit.workspace.endSession(session.id)
    }
  }

  func body() async throws(Problem) -> HTML {
    let who = visit.workspace.who
    let sessions = try await visit.workspace.ownSessions()
    let factor = try await visit.workspace.secondFactor()
    let note: HTML =
      isChanged
      ? "<p class=\"done\" role=\"status\">The passphrase is set. <a href=\"/\">On to the desk</a></p>\n"
      : ""
    let roles = who.roles.map(\.rawValue).sorted().joined(separator: ", ")
    return Frame(title: who.name, visit: visit).around(
      """
      \(problem.map(RefusalPage.box) ?? "")\(note)\
      \(Parts.facts([
        ("roles", "\(roles)"),
        ("second factor", factor.isSet ? "set; \(factor.codesLeft) recovery codes are left" : "none"),
      ]))
      <p><a href="/account/second-factor">Second factor</a> · <a href="/emergency">Emergency access</a>\(people)</p>
      <p><a href="/account/calendar">Deadlines in your calendar program</a></p>\
      \(who.roles.isDisjoint(with: [.administrator, .security])
        ? "" : "<p><a href=\"/webhooks\">Webhooks</a></p>" as HTML)\
      \(who.roles.isDisjoint(with: RecordKind.connector.writers.union(RecordKind.ticket.writers))
        ? "" : "<p><a href=\"/connectors\">Connectors</a></p>" as HTML)
      <h2>Passphrase</h2>
      \(passphrase)<p><a href="/account/tokens">Tokens of your programs</a></p>
      <h2>Sessions</h2>
      <form method="post" action="/account/sessions/end">\(Frame.key(visit))
      \(proof)<p><button>Sign out everywhere else</button></p>
      \(Component.table(
        "Where you are signed in",
        [.init("Since"), .init("Used"), .init("By"), .init("Browser"), .init("End")],
        sessions.map(row)))
      </form>

      """)
  }

  private var people: HTML {
    visit.workspace.who.roles.contains(.administrator)
      ? " · <a href=\"/people\">People</a>" : ""
  }

  private var passphrase: HTML {
    let current: HTML =
      visit.session?.by == Session.link
      ? ""
      : """
      <p><label for="current">Passphrase of now, if you have one</label>
      <input id="current" name="current" type="password" autocomplete="current-password"></p>

      """
    return """
      <form method="post" action="/account/passphrase" class="narrow">\(Frame.key(visit))
      <input type="text" name="username" value="\(visit.workspace.who.name)" autocomplete="username" hidden>
      \(current)<p><label for="first">New passphrase</label>
      <input id="first" name="first" type="password" autocomplete="new-password" required \
      aria-describedby="first-help">
      <span class="note" id="first-help">At least \(Passphrase.fewestCharacters) characters: several unrelated words. A
      number, a row of keys or a repetition counts as one. Any characters are taken, pasting too.</span></p>
      <p><label for="second">Again</label>
      <input id="second" name="second" type="password" autocomplete="new-password" required></p>
      <p><button>Set it</button></p></form>

      """
  }

  /// Whoever finds a screen ends no session of another place.
  private var proof: HTML {
    guard visit.session?.by != Session.link else { return "" }
    return """
      <p class="narrow"><label for="proof">Your passphrase, or a code where you have none</label>
      <input id="proof" name="proof" type="password" autocomplete="current-password"></p>

      """
  }

  private func row(_ session: RecordState) -> [HTML] {
    let isThis = session.id == visit.session?.id
    let end: HTML =
      "<button class=\"plain\" name=\"session\" value=\"\(session.id.key)\">End it</button>"
    return [
      Parts.moment(session.begun), Parts.moment(session.changed), "\(session.text("by") ?? "")",
      "\(session.text("agent") ?? "")", isThis ? "this one" : end,
    ]
  }
}
