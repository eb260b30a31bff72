internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// Who may act, for administrators: everybody, and inviting somebody new.
struct PeoplePage {
  let visit: Visit
  var problem: Problem?
  /// The one-time link of somebody who was just invited.
  var link: (name: String, path: String)?

  static let endpoints: [Endpoint] = [
    .get("/people") { visit in .page(try await PeoplePage(visit: visit).body()) },
    .post("/people") { visit in try await invite(visit) },
    .post("/people/rules") { visit in
      var page = PeoplePage(visit: visit)
      do throws(Problem) {
        try await visit.workspace.setSecondFactor(
          for: visit.form.texts("role").compactMap { Role(rawValue: $0) },
          reason: visit.form.text("reason"))
        return .see("/people")
      } catch {
        page.problem = error
        return RefusalPage.within(try await page.body(), error)
      }
    },
  ]

  /// Registers somebody without a secret, and makes the link with which they set one.
  private static func invite(_ visit: Visit) async throws(Problem) -> Reply {
    var page = PeoplePage(visit: visit)
    do throws(Problem) {
      let name = visit.form.text("name") ?? ""
      var person = NewPerson(
        name: name, displayName: visit.form.text("display_name"),
        roles: visit.form.texts("role").compactMap { Role(rawValue: $0) }, secret: .later)
      person.scope = try scope(visit.form.text("scope") ?? "")
      person.request = visit.form.text("request")
      person.days = (try day(visit, "from"), try day(visit, "until"))
      _ = try await visit.workspace.addPerson(person)
      page.link = (name, "/sign-in/link/" + (try await visit.workspace.issueLink(to: name)))
      return .page(try await page.body())
    } catch {
      page.problem = error
      return RefusalPage.within(try await page.body(), error)
    }
  }

  /// The records that a scope names, apart by commas or spaces.
  static func scope(_ text: String) throws(Problem) -> [RecordID] {
    var ids: [RecordID] = []
    for part in text.split(whereSeparator: { $0 == "," || $0 == ";" || $0.isWhitespace }) {
      guard let id = RecordID(String(part)) else {
        throw Problem(
          "server.bad-scope", what: "“\(part.prefix(80))” is no name of a record",
          why: "a scope names records", mend: "for example model/k3v9qz7d2m5x")
      }
      ids.append(id)
    }
    return ids
  }

  static func day(_ visit: Visit, _ name: String) throws(Problem) -> Day? {
    guard let text = visit.form.text(name) else { return nil }
    guard let day = Day(iso: text) else {
      throw Problem(
        "server.bad-day", what: "“\(text.prefix(40))” is not a day",
        why: "days are written YYYY-MM-DD",
        mend: "for example \(visit.today.iso)")
    }
    return day
  }

  func body() async throws(Problem) -> HTML {
    try await visit.workspace.authorise(.administer)
    let people = try await visit.workspace.states(.person)
    let factors = try await visit.workspace.peopleWithSecondFactor()
    let rules = try await visit.workspace.signInRules()
    let rows = people.map { person -> [HTML] in
      [
        Parts.link("/people/" + person.id.key, person.title),
        "\(person.text("display_name") ?? "")", "\(person.texts("roles").joined(separator: ", "))",
        "\(person.status ?? "")", "\(person.text("valid_until") ?? "")",
        factors.contains(person.title) ? "set" : "none",
      ]
    }
    return Frame(title: "People", visit: visit, section: "/people").around(
      """
      \(problem.map(RefusalPage.box) ?? "")\(invited)\(Component.table(
        "Who may act",
        [
          .init("Name"), .init("Reads as"), .init("Roles"), .init("Status"), .init("Until"),
          .init("Second factor"),
        ], rows))
      \(Component.section("invite", "Invite somebody", form))\
      \(Component.section("rules", "Second factor", ruleForm(rules)))

      """)
  }

  private var invited: HTML {
    guard let link else { return "" }
    return PeoplePage.shown(link.name, link.path)
  }

  /// A one-time link, to be given to its person.
  static func shown(_ name: String, _ path: String) -> HTML {
    """
    <div class="done" role="status"><p>One-time link for \(name), shown this once, good for \
    \(OpenWorkspace.linkMinutes) minutes:</p>
    <p>\(Component.code(path))</p>
    <p class="note">Put the address of this desk before it, and give it to nobody else.</p></div>

    """
  }

  /// Boxes for roles that people may have.
  static func roles(_ chosen: Set<Role>, _ prefix: String) -> HTML {
    let boxes = Role.allCases.filter { $0 != .localOperator && $0 != .system }.map { role -> HTML in
      let isChosen: HTML = chosen.contains(role) ? " checked" : ""
      return """
        <label><input type="checkbox" name="role" id="\(prefix)-\(role.rawValue)" \
        value="\(role.rawValue)"\(isChosen)> \(role.rawValue)</label>

        """
    }
    return "<fieldset><legend>Roles</legend>\n\(boxes)</fieldset>\n"
  }

  private var form: HTML {
    let chosen = Set(visit.form.texts("role").compactMap { Role(rawValue: $0) })
    func line(_ name: String, _ label: String, _ more: HTML = "") -> HTML {
      """
      <p><label for="new-\(name)">\(label)</label>
      <input id="new-\(name)" name="\(name)" value="\(visit.form.text(name) ?? "")"\(more)></p>

      """
    }
    return """
      <form method="post" action="/people" class="record">\(Frame.key(visit))
      \(line("name", "Name to sign in with", " required autocapitalize=\"none\""))\
      \(line("display_name", "Name that people read"))\
      \(line("scope", "Scope: records that an evaluator or inspector reads"))\
      \(line("request", "Request on which an inspector acts"))\
      \(line("from", "First day of access", " placeholder=\"YYYY-MM-DD\""))\
      \(line("until", "Last day of access", " placeholder=\"YYYY-MM-DD\""))\
      <div class="wide">\(PeoplePage.roles(link == nil ? chosen : [], "new"))</div>
      <p class="wide"><button>Register and make a one-time link</button></p></form>

      """
  }

  private func ruleForm(_ rules: SignInRules) -> HTML {
    """
    <form method="post" action="/people/rules" class="narrow">\(Frame.key(visit))
    <p>Whoever has one of these roles signs in with a second factor.</p>
    \(PeoplePage.roles(rules.secondFactor, "rule"))\
    <p><label for="rule-reason">Why</label><input id="rule-reason" name="reason"></p>
    <p><button>Decide</button></p></form>

    """
  }
}
