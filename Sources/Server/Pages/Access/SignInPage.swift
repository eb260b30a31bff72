internal import Documents
internal import Ground
internal import Workspace

/// Signing in and out.
struct SignInPage {
  let visit: Visit
  let signIn: SignIn
  var problem: Problem?

  static func endpoints(_ signIn: SignIn) -> [Endpoint] {
    let door = signIn.door
    return [
      .get("/sign-in", for: .everybody) { visit in
        .page(SignInPage(visit: visit, signIn: signIn).body)
      },
      .post("/sign-in", for: .everybody) { visit in try await enter(visit, signIn) },
      .get("/sign-in/link/{link}", for: .everybody) { visit in .page(link(visit)) },
      .post("/sign-in/link/{link}", for: .everybody) { visit in try await follow(visit, door) },
      .post("/sign-out") { visit in
        if let session = visit.session { try await visit.workspace.endSession(session.id) }
        var reply = Reply.see("/sign-in")
        reply.fields.append(SessionCookie.ended())
        // What the browser keeps of our pages goes as well. Source: OWASP ASVS 5.0.0, 14.3.1.
        reply.fields.append(("clear-site-data", "\"cache\", \"storage\""))
        return reply
      },
    ]
  }

  private static func enter(_ visit: Visit, _ signIn: SignIn) async throws(Problem) -> Reply {
    let name = visit.form.text("name") ?? ""
    let secret = visit.form.text("secret") ?? ""
    let now = visit.workspace.surroundings.now()
    let keys = Entry.keys(name, visit)
    do {
      try signIn.checkLocal()
      try signIn.door.check(keys, now: now)
      let proof = try await signIn.door.inTurn { () async throws(Problem) in
        try await visit.workspace.prove(name: name, secret: secret)
      }
      // A right secret alone forgives nothing while a code is due: codes are guessed too.
      if !proof.needsCode { signIn.door.forget(keys[0]) }
      return try await Entry.after(
        proof, name: name, to: visit.form.text("to"), visit, signIn.door)
    } catch {
      if error.code == "workspace.not-signed-in" { signIn.door.noteMistake(keys, now: now) }
      var page = SignInPage(visit: visit, signIn: signIn)
      page.problem = error
      return RefusalPage.within(
        page.body, error, retrySeconds: signIn.door.held(keys, now: now))
    }
  }

  private static func follow(_ visit: Visit, _ door: Door) async throws(Problem) -> Reply {
    let keys = ["address " + visit.address]
    let now = visit.workspace.surroundings.now()
    try door.check(keys, now: now)
    do {
      let proof = try await visit.workspace.prove(link: visit.part("link"))
      return try await Entry.after(proof, name: "", to: "/account", visit, door)
    } catch {
      if error.code == "workspace.link-ended" { door.noteMistake(keys, now: now) }
      throw error
    }
  }

  private static func link(_ visit: Visit) -> HTML {
    Frame(title: "Sign in once", visit: visit).around(
      """
      <p>This link signs you in once. Then set a passphrase of your own.</p>
      <form method="post" class="narrow">\(Frame.key(visit))<button>Sign in</button></form>

      """)
  }

  var body: HTML {
    let to = Entry.ours(visit.query.text("to") ?? visit.form.text("to"))
    return Frame(title: "Sign in", visit: visit).around(
      "\(problem.map(RefusalPage.box) ?? "")\(provider(to))\(local(to))")
  }

  private func provider(_ to: String) -> HTML {
    guard let name = signIn.providerName else { return "" }
    return """
      <p class="actions"><a class="button" href="/sign-in/provider?to=\(Desk.encoded(to))">Sign in with \(name)</a></p>

      """
  }

  private func local(_ to: String) -> HTML {
    guard signIn.takesLocal else {
      return """
        <p class="note">Passphrases are not taken here. When \(signIn.providerName ?? "it") does not answer:
        <a href="/sign-in/emergency">emergency access</a>.</p>

        """
    }
    return """
      <form method="post" action="/sign-in" class="narrow">\(Frame.key(visit))
      <input type="hidden" name="to" value="\(to)">
      <p><label for="name">Name</label>
      <input id="name" name="name" autocomplete="username" autocapitalize="none" required \
      value="\(visit.form.text("name") ?? "")"></p>
      <p><label for="secret">Passphrase or token</label>
      <input id="secret" name="secret" type="password" autocomplete="current-password" required></p>
      <p><button>Sign in</button></p>
      </form>
      <p class="note">An administrator registers people, and gives a one-time link to whoever has no passphrase or forgot
      it. <a href="/sign-in/forgotten">Forgotten passphrase</a> · <a href="/sign-in/emergency">Emergency access</a></p>

      """
  }
}
