internal import Documents
internal import Ground
internal import Workspace

/// Signing in and out.
struct SignInPage {
  let visit: Visit
  var problem: Problem?
  var link: String?

  static func endpoints(_ door: Door) -> [Endpoint] {
    [
      .get("/sign-in", for: .everybody) { visit in .page(SignInPage(visit: visit).body) },
      .post("/sign-in", for: .everybody) { visit in try await signIn(visit, door) },
      .get("/sign-in/link/{link}", for: .everybody) { visit in
        .page(SignInPage(visit: visit, link: visit.part("link")).body)
      },
      .post("/sign-in/link/{link}", for: .everybody) { visit in
        try await follow(visit, door)
      },
      .post("/sign-out") { visit in
        if let session = visit.session { try await visit.workspace.endSession(session.id) }
        var reply = Reply.see("/sign-in")
        reply.fields.append(SessionCookie.ended)
        return reply
      },
    ]
  }

  private static func signIn(_ visit: Visit, _ door: Door) async throws(Problem) -> Reply {
    let name = visit.form.text("name") ?? ""
    let secret = visit.form.text("secret") ?? ""
    let now = visit.workspace.surroundings.now()
    // By name for whoever guesses one person's secret from many machines, by address for who tries many names.
    let keys = ["name " + name, "address " + visit.address]
    do {
      try door.check(keys, now: now)
      let who = try await door.inTurn { () async throws(Problem) in
        try await visit.workspace.signIn(name: name, secret: secret)
      }
      door.forget(keys[0])
      return try await enter(who, by: "passphrase or token", visit, to: visit.form.text("to"))
    } catch {
      if error.code == "workspace.not-signed-in" { door.noteMistake(keys, now: now) }
      var page = SignInPage(visit: visit)
      page.problem = error
      return .page(page.body, status: RefusalPage.status(error))
    }
  }

  private static func follow(_ visit: Visit, _ door: Door) async throws(Problem) -> Reply {
    let keys = ["address " + visit.address]
    let now = visit.workspace.surroundings.now()
    try door.check(keys, now: now)
    do {
      let who = try await visit.workspace.signIn(link: visit.part("link"))
      return try await enter(who, by: "one-time link", visit, to: "/account")
    } catch {
      if error.code == "workspace.link-ended" { door.noteMistake(keys, now: now) }
      throw error
    }
  }

  private static func enter(
    _ who: SignedIn, by way: String, _ visit: Visit, to path: String?
  ) async throws(Problem) -> Reply {
    let opened = try await visit.workspace.openSession(for: who, by: way, agent: visit.agent)
    // Only to a path of ours: `//host` and `/\host` lead elsewhere.
    let isOurs =
      path.map { $0.hasPrefix("/") && !$0.hasPrefix("//") && !$0.contains("\\") } ?? false
    var reply = Reply.see(isOurs ? path ?? "/" : "/")
    reply.fields.append(
      SessionCookie.set(opened.token, seconds: OpenWorkspace.sessionHours * 3600))
    return reply
  }

  var body: HTML {
    let refusal = problem.map(RefusalPage.box) ?? ""
    guard link == nil else {
      return Frame(title: "Sign in once", visit: visit).around(
        """
        <p>This link signs you in once. Then set a passphrase of your own.</p>
        <form method="post" class="narrow"><button>Sign in</button></form>

        """)
    }
    let to = visit.query.text("to") ?? visit.form.text("to") ?? "/"
    return Frame(title: "Sign in", visit: visit).around(
      """
      \(refusal)<form method="post" action="/sign-in" class="narrow">
      <input type="hidden" name="to" value="\(to)">
      <p><label for="name">Name</label>
      <input id="name" name="name" autocomplete="username" autocapitalize="none" required \
      value="\(visit.form.text("name") ?? "")"></p>
      <p><label for="secret">Passphrase or token</label>
      <input id="secret" name="secret" type="password" autocomplete="current-password" required></p>
      <p><button>Sign in</button></p>
      </form>
      <p class="note">An administrator registers people, and gives a one-time link to whoever has no passphrase.</p>

      """)
  }
}
