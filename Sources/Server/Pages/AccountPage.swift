internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// Who one is: roles, passphrase, sessions.
struct AccountPage {
  let visit: Visit
  var problem: Problem?
  var isChanged = false

  static func endpoints(_ door: Door) -> [Endpoint] {
    [
      .get("/account") { visit in .page(try await AccountPage(visit: visit).body()) },
      .post("/account/passphrase") { visit in
        var page = AccountPage(visit: visit)
        do throws(Problem) {
          try await door.inTurn { () async throws(Problem) in
            try await visit.workspace.setOwnPassphrase(
              visit.form.text("first") ?? "", again: visit.form.text("second") ?? "")
          }
          // Whoever is signed in with the old one elsewhere is not any more.
          try await endOthers(visit)
          page.isChanged = true
          return .page(try await page.body())
        } catch {
          page.problem = error
          return .page(try await page.body(), status: RefusalPage.status(error))
        }
      },
      .post("/account/sessions/end") { visit in
        try await endOthers(visit)
        return .see("/account")
      },
    ]
  }

  private static func endOthers(_ visit: Visit) async throws(Problem) {
    for session in try await visit.workspace.ownSessions() where session.id != visit.session?.id {
      try await visit.workspace.endSession(session.id)
    }
  }

  func body() async throws(Problem) -> HTML {
    let who = visit.workspace.who
    let sessions = try await visit.workspace.ownSessions().map { session -> [HTML] in
      [
        Parts.moment(session.begun), "\(session.text("by") ?? "")",
        "\(session.text("agent") ?? "")", session.id == visit.session?.id ? "this one" : "",
      ]
    }
    let note: HTML =
      isChanged ? "<p class=\"done\" role=\"status\">The passphrase is set.</p>\n" : ""
    return Frame(title: who.name, visit: visit).around(
      """
      \(problem.map(RefusalPage.box) ?? "")\(note)\
      \(Parts.facts([("roles", "\(who.roles.map(\.rawValue).sorted().joined(separator: ", "))")]))
      <h2>Passphrase</h2>
      <form method="post" action="/account/passphrase" class="narrow">\(Frame.key(visit))
      <p><label for="first">New passphrase</label>
      <input id="first" name="first" type="password" autocomplete="new-password" required></p>
      <p><label for="second">Again</label>
      <input id="second" name="second" type="password" autocomplete="new-password" required></p>
      <p><button>Set it</button></p></form>
      <h2>Sessions</h2>
      \(Component.table(
        "Where you are signed in", [.init("Since"), .init("By"), .init("Browser"), .init("")], sessions))
      <form method="post" action="/account/sessions/end">\(Frame.key(visit))\
      <p><button>Sign out everywhere else</button></p></form>

      """)
  }
}
