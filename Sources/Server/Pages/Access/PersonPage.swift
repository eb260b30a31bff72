internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// One person, for administrators: roles and days, ways in, sessions.
struct PersonPage {
  let visit: Visit
  let person: RecordState
  let signIn: SignIn
  var problem: Problem?
  /// A one-time link that was just made.
  var link: String?

  static func endpoints(_ signIn: SignIn) -> [Endpoint] {
    let door = signIn.door
    @Sendable func answer(
      _ visit: Visit, _ body: (inout PersonPage, String) async throws(Problem) -> Void
    ) async throws(Problem) -> Reply { try await self.answer(visit, signIn, body) }
    return [
      .get("/people/{key}") { visit in .page(try await page(visit, signIn).body()) },
      .post("/people/{key}/links") { visit in
        try await answer(visit) { page, name async throws(Problem) in
          page.link = try await visit.workspace.issueLink(to: name)
        }
      },
      .post("/people/{key}/roles") { visit in
        try await answer(visit) { _, name async throws(Problem) in
          try await visit.workspace.changePerson(
            name, try changes(visit), reason: visit.form.text("reason"))
        }
      },
      .post("/people/{key}/sessions/end") { visit in
        try await answer(visit) { _, name async throws(Problem) in
          try await visit.workspace.endSessions(of: name)
        }
      },
      .post("/people/{key}/second-factor/end") { visit in
        try await answer(visit) { page, name async throws(Problem) in
          try await visit.workspace.endSecondFactor(of: name)
          try await visit.workspace.endSessions(of: name)
          signIn.mail?.ask(
            .notice(
              person: page.person.id.key, what: "Your second factor was ended by an administrator"))
        }
      },
      .post("/people/{key}/hold/end") { visit in
        try await answer(visit) { page, name async throws(Problem) in
          try await visit.workspace.authorise(.administer)
          door.forget("name " + name)
          door.forget("name " + page.person.id.key)
        }
      },
      .post("/people/{key}/identity") { visit in
        try await answer(visit) { _, name async throws(Problem) in
          let identity = signIn.client.flatMap { client in
            visit.form.text("subject").map {
              OutsideIdentity(issuer: client.provider.issuer, subject: $0)
            }
          }
          try await visit.workspace.bind(name, to: identity)
        }
      },
      .post("/people/{key}/removal") { visit in
        try await answer(visit) { _, name async throws(Problem) in
          try await visit.workspace.endSessions(of: name)
          try await visit.workspace.removePerson(name, reason: visit.form.text("reason"))
        }
      },
    ]
  }

  private static func page(
    _ visit: Visit, _ signIn: SignIn
  ) async throws(Problem) -> PersonPage {
    try await visit.workspace.authorise(.administer)
    let id = try RecordPage.id("person", visit.part("key"))
    return PersonPage(
      visit: visit, person: try await visit.workspace.needed(id), signIn: signIn)
  }

  /// Does something, then shows the person as they then are, with why not where it was refused.
  private static func answer(
    _ visit: Visit, _ signIn: SignIn,
    _ body: (inout PersonPage, String) async throws(Problem) -> Void
  ) async throws(Problem) -> Reply {
    var page = try await page(visit, signIn)
    do {
      try await body(&page, page.person.title)
    } catch {
      page.problem = error
      return RefusalPage.within(try await page.body(), error)
    }
    guard page.link == nil else { return .page(try await page.body()) }
    return .see("/people/" + page.person.id.key)
  }

  private static func changes(_ visit: Visit) throws(Problem) -> [(String, JSON)] {
    func text(_ name: String) -> JSON { visit.form.text(name).map { .string($0) } ?? .null }
    func day(_ name: String) throws(Problem) -> JSON {
      try PeoplePage.day(visit, name).map { .string($0.iso) } ?? .null
    }
    let scope = try PeoplePage.scope(visit.form.text("scope") ?? "").map(\.text)
    return [
      ("roles", JSON(visit.form.texts("role"))), ("display_name", text("display_name")),
      ("scope", scope.isEmpty ? .null : JSON(scope)), ("request", text("request")),
      ("valid_from", try day("from")), ("valid_until", try day("until")),
    ]
  }

  func body() async throws(Problem) -> HTML {
    let isActive = person.status == "active"
    let sessions = isActive ? try await visit.workspace.sessions(of: person.title) : []
    return Frame(
      title: person.title, visit: visit, section: "/people",
      eyebrow: "<a href=\"/people\">People</a> · \(person.status ?? "")"
    ).around(
      """
      \(problem.map(RefusalPage.box) ?? "")\
      \(link.map { PeoplePage.shown(person.title, "/sign-in/link/" + $0) } ?? "")\
      <p><a href="/records/\(person.id.text)">Record and history</a></p>
      \(isActive ? "\(roles)\(ways)\(self.sessions(sessions))\(removal)" : "")

      """)
  }

  private var roles: HTML {
    func line(_ name: String, _ label: String, _ value: String) -> HTML {
      """
      <p><label for="\(name)">\(label)</label><input id="\(name)" name="\(name)" value="\(value)"></p>

      """
    }
    let chosen = Set(person.texts("roles").compactMap { Role(rawValue: $0) })
    return Component.section(
      "roles", "Roles and days",
      """
      <form method="post" action="/people/\(person.id.key)/roles" class="record">\(Frame.key(visit))
      \(line("display_name", "Name that people read", person.text("display_name") ?? ""))\
      \(line("scope", "Scope", person.texts("scope").joined(separator: ", ")))\
      \(line("request", "Request", person.text("request") ?? ""))\
      \(line("from", "First day of access", person.text("valid_from") ?? ""))\
      \(line("until", "Last day of access", person.text("valid_until") ?? ""))\
      \(line("reason", "Why", ""))\
      <div class="wide">\(PeoplePage.roles(chosen, "role"))</div>
      <p class="wide"><button>Change</button></p></form>

      """)
  }

  private func button(_ path: String, _ title: String, _ note: String) -> HTML {
    """
    <form method="post" action="/people/\(person.id.key)/\(path)">\(Frame.key(visit))\
    <p><button>\(title)</button> <span class="note">\(note)</span></p></form>

    """
  }

  private var ways: HTML {
    Component.section(
      "ways", "Ways in",
      """
      \(button("links", "Make a one-time link", "To set a new passphrase; the link before ends."))\
      \(button("second-factor/end", "End the second factor", "When the device is lost; sessions end too."))\
      \(button("hold/end", "Let them try again", "After too many wrong secrets under this name."))\
      \(identity)
      """)
  }

  private var identity: HTML {
    guard let client = signIn.client else { return "" }
    let issuer = client.provider.issuer
    let bound = person.text("identity")?.split(separator: " ").last.map(String.init) ?? ""
    return """
      <form method="post" action="/people/\(person.id.key)/identity" class="narrow">\(Frame.key(visit))
      <p><label for="subject">Subject at \(issuer); empty for none</label>
      <input id="subject" name="subject" value="\(bound)"></p>
      <p><button>Bind</button></p></form>

      """
  }

  private func sessions(_ sessions: [RecordState]) -> HTML {
    let rows = sessions.map { session -> [HTML] in
      [
        Parts.moment(session.begun), Parts.moment(session.changed), "\(session.text("by") ?? "")",
        "\(session.text("agent") ?? "")",
      ]
    }
    let table =
      rows.isEmpty
      ? Parts.empty("Nobody is signed in as \(person.title).")
      : Component.table(
        "Where they are signed in",
        [.init("Since"), .init("Used"), .init("By"), .init("Browser")], rows)
    return Component.section(
      "sessions", "Sessions",
      "\(table)\(button("sessions/end", "Sign them out everywhere", "They can sign in again."))")
  }

  private var removal: HTML {
    Component.section(
      "removal", "End their access",
      """
      <form method="post" action="/people/\(person.id.key)/removal" class="narrow">\(Frame.key(visit))
      <p><label for="removal-reason">Why</label><input id="removal-reason" name="reason" required></p>
      <p><button>End their access</button></p></form>

      """)
  }
}
