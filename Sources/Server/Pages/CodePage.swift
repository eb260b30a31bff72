internal import Documents
internal import Ground
internal import Workspace

/// The second step of signing in: a code of the second factor.
struct CodePage {
  let visit: Visit
  var problem: Problem?

  static func endpoints(_ door: Door) -> [Endpoint] {
    [
      .get("/sign-in/code", for: .everybody) { visit in
        visit.step == nil ? .see("/sign-in") : .page(CodePage(visit: visit).body)
      },
      .post("/sign-in/code", for: .everybody) { visit in try await answer(visit, door) },
    ]
  }

  private static func answer(_ visit: Visit, _ door: Door) async throws(Problem) -> Reply {
    let now = visit.workspace.surroundings.now()
    guard let secret = visit.step, let step = door.step(secret, now: now) else {
      var reply = Reply.see("/sign-in")
      reply.fields.append(SessionCookie.ended(SessionCookie.step))
      return reply
    }
    let keys = step.keys(visit)
    do {
      try door.check(keys, now: now)
      let who = try await visit.workspace.signIn(
        step.proof, code: visit.form.text("code") ?? " ")
      door.end(secret)
      keys.dropLast().forEach(door.forget)
      return try await Entry.enter(who, by: step.proof.way, visit, to: visit.form.text("to"))
    } catch {
      if error.code == "workspace.wrong-code" { door.noteMistake(keys, now: now) }
      var page = CodePage(visit: visit)
      page.problem = error
      return RefusalPage.within(page.body, error, retrySeconds: door.held(keys, now: now))
    }
  }

  var body: HTML {
    Frame(title: "One more step", visit: visit).around(
      """
      \(problem.map(RefusalPage.box) ?? "")<form method="post" action="/sign-in/code" class="narrow">\(Frame.key(visit))
      <input type="hidden" name="to" value="\(visit.query.text("to") ?? visit.form.text("to") ?? "/")">
      <p><label for="code">The six digits that your device shows, or a recovery code</label>
      <input id="code" name="code" autocomplete="one-time-code" autocapitalize="none" required></p>
      <p><button>Sign in</button></p></form>

      """)
  }
}
