internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// Emergency access: coming in, and looking at what was done by it.
struct EmergencyPage {
  let visit: Visit
  var problem: Problem?

  static func endpoints(_ door: Door) -> [Endpoint] {
    [
      .get("/sign-in/emergency", for: .everybody) { visit in
        .page(EmergencyPage(visit: visit).form)
      },
      .post("/sign-in/emergency", for: .everybody) { visit in try await open(visit, door) },
      .get("/emergency") { visit in .page(try await EmergencyPage(visit: visit).list()) },
      .post("/emergency/{key}/review") { visit in
        do throws(Problem) {
          try await visit.workspace.reviewEmergency(
            try RecordPage.id("emergency", visit.part("key")), found: visit.form.text("reason"))
          return .see("/emergency")
        } catch {
          return RefusalPage.within(
            try await EmergencyPage(visit: visit, problem: error).list(), error)
        }
      },
    ]
  }

  private static func open(_ visit: Visit, _ door: Door) async throws(Problem) -> Reply {
    let now = visit.workspace.surroundings.now()
    // By address only: nobody else can hold up the way in for emergencies.
    let keys = ["address " + visit.address]
    do {
      try door.check(keys, now: now)
      if let before = visit.session { try await visit.workspace.endSession(before.id) }
      let opened = try await visit.workspace.openEmergency(
        secret: visit.form.text("secret") ?? "", why: visit.form.text("why") ?? "",
        agent: visit.agent)
      var reply = Reply.see("/people")
      reply.fields.append(
        SessionCookie.set(opened.token, seconds: OpenWorkspace.emergencyHours * 3600))
      return reply
    } catch {
      if error.code == "workspace.not-signed-in" { door.noteMistake(keys, now: now) }
      return RefusalPage.within(
        EmergencyPage(visit: visit, problem: error).form, error,
        retrySeconds: door.held(keys, now: now))
    }
  }

  var form: HTML {
    Frame(title: "Emergency access", visit: visit).around(
      """
      \(problem.map(RefusalPage.box) ?? "")<p class="caution">For when nobody else can come in. It opens the work of an
      administrator for \(OpenWorkspace.emergencyHours) hour, is shown on every page to everybody, and is reviewed by
      another person.</p>
      <form method="post" action="/sign-in/emergency" class="narrow">\(Frame.key(visit))
      <p><label for="secret">Emergency secret</label>
      <input id="secret" name="secret" type="password" autocomplete="off" required></p>
      <p><label for="why">Why it is needed</label>
      <input id="why" name="why" required value="\(visit.form.text("why") ?? "")"></p>
      <p><button>Come in</button></p></form>

      """)
  }

  func list() async throws(Problem) -> HTML {
    let uses = try await visit.workspace.states(.emergency).sorted { $0.begun > $1.begun }
    let items = uses.map { use -> HTML in
      """
      <li><p><strong>\(Parts.link(use))</strong>, \(use.status ?? "")</p>
      <p>\(use.text("why") ?? "")</p>\(review(use))</li>

      """
    }
    return Frame(title: "Emergency access", visit: visit).around(
      """
      \(problem.map(RefusalPage.box) ?? "")\(uses.isEmpty
        ? Parts.empty("Nobody used it, or you may not read it.") : "<ol class=\"history\">\n\(items)</ol>\n")
      <p class="note">The entries of that hour stand in the journal; whoever reviews was not the one who came in.</p>

      """)
  }

  private func review(_ use: RecordState) -> HTML {
    guard use.status == "to review" else { return "" }
    return """
      <form method="post" action="/emergency/\(use.id.key)/review" class="narrow">\(Frame.key(visit))
      <p><label for="found-\(use.id.key)">What you found</label>
      <input id="found-\(use.id.key)" name="reason" required></p>
      <p><button>Reviewed</button></p></form>

      """
  }
}
