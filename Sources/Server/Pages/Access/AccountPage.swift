internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// Who one is: roles, passphrase, second factor, sessions.
struct AccountPage {
  let visit: Visit
  var problem: Problem?
  var isChanged = false

  static func endpoints(_ door: Door) -> [Endpoint] {
    [
      .get("/account") { visit in .page(try await AccountPage(visit: visit).body()) },
      .post("/account/passphrase") { visit in try await setPassphrase(visit, door) },
      .post("/account/sessions/end") { visit in
        try await endOthers(visit)
        return .see("/account")
      },
      .post("/account/sessions/{session}/end") { visit in
        let own = try await visit.workspace.ownSessions()
        if let session = own.first(where: { $0.id.key == visit.part("session") }) {
          try await visit.workspace.endSession(session.id)
        }
        return .see("/account")
      },
    ]
  }

  private static func setPassphrase(
    _ visit: Visit, _ door: Door
  ) async throws(Problem) -> Reply {
    var page = AccountPage(visit: visit)
    let keys = ["name " + visit.workspace.who.id]
    let now = visit.workspace.surroundings.now()
    do throws(Problem) {
      try door.check(keys, now: now)
      try await door.inTurn { () async throws(Problem) in
        try await visit.workspace.setOwnPassphrase(
          visit.form.text("first") ?? "", again: visit.form.text("second") ?? "",
          current: visit.form.text("current"), by: visit.session?.by ?? "")
      }
      // Whoever is signed in with the old one elsewhere is not any more.
      try await endOthers(visit)
      page.isChanged = true
      return .page(try await page.body())
    } catch {
      if error.code == "workspace.not-proved" { door.noteMistake(keys, now: now) }
      page.problem = error
      return RefusalPage.within(
        try await page.body(), error, retrySeconds: door.held(keys, now: now))
    }
  }

  /// Ends all sessions of whoever acts but this one.
  static func endOthers(_ visit: Visit) async throws(Problem) {
    for session in try await visit.workspace.ownSessions() where session.id != visit.session?.id {
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
        ? "" : "<p><a href=\"/webhooks\">Webhooks</a></p>" as HTML)
      <h2>Passphrase</h2>
      \(passphrase)<p><a href="/account/tokens">Tokens of your programs</a></p>
      <h2>Sessions</h2>
      \(Component.table(
        "Where you are signed in",
        [.init("Since"), .init("Used"), .init("By"), .init("Browser"), .init("End")],
        sessions.map(row)))
      <form method="post" action="/account/sessions/end">\(Frame.key(visit))\
      <p><button>Sign out everywhere else</button></p></form>

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
      <span class="note" id="first-help">At least 8 characters, better 15 or more: several unrelated words. Any characters
      are taken, pasting too.</span></p>
      <p><label for="second">Again</label>
      <input id="second" name="second" type="password" autocomplete="new-password" required></p>
      <p><button>Set it</button></p></form>

      """
  }

  private func row(_ session: RecordState) -> [HTML] {
    let isThis = session.id == visit.session?.id
    let end: HTML = """
      <form method="post" action="/account/sessions/\(session.id.key)/end">\(Frame.key(visit))\
      <button class="plain">End it</button></form>
      """
    return [
      Parts.moment(session.begun), Parts.moment(session.changed), "\(session.text("by") ?? "")",
      "\(session.text("agent") ?? "")", isThis ? "this one" : end,
    ]
  }
}
