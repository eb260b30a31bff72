internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// One connector: where it leads, what would be sent for an incident, and its end.
struct ConnectorPage {
  let visit: Visit
  let connector: RecordState
  var problem: Problem?
  var note: HTML = ""
  /// The secret of its messages, shown this once.
  var secret: String?
  var dryRun: DryRun?

  /// Most incidents that are offered for a dry run.
  private static let mostIncidents = 200

  static func endpoints(_ desk: Desk) -> [Endpoint] {
    let configuration = desk.configuration
    return [
      .get("/connectors/new") { visit in
        try await visit.workspace.authorise(.write(.connector))
        return .page(ConnectorForm(visit: visit).page)
      },
      .post("/connectors") { visit in
        do throws(Problem) {
          let made = try await visit.workspace.addConnector(
            try ConnectorForm(visit: visit).connector())
          var page = ConnectorPage(visit: visit, connector: made.state)
          page.secret = made.secret
          return .page(try await page.body())
        } catch {
          let form = ConnectorForm(visit: visit, problem: error)
          return .page(form.page, status: RefusalPage.status(error))
        }
      },
      .get("/connectors/{key}") { visit in .page(try await ConnectorPage(visit).body()) },
      .get("/connectors/{key}/change") { visit in
        let connector = try await ConnectorPage(visit).connector
        try await visit.workspace.authorise(.write(.connector), connector.id)
        return .page(ConnectorForm(visit: visit, changing: connector).page)
      },
      .post("/connectors/{key}") { visit in
        var page = try await ConnectorPage(visit)
        var form = ConnectorForm(visit: visit, changing: page.connector)
        do throws(Problem) {
          try form.checkBasis()
          try await visit.workspace.changeConnector(page.connector.id, try form.connector())
          page = try await ConnectorPage(visit)
          page.note = "The connector is changed."
          return .page(try await page.body())
        } catch {
          form.problem = error
          return .page(form.page, status: RefusalPage.status(error))
        }
      },
      .post("/connectors/{key}/secret") { visit in
        var page = try await ConnectorPage(visit)
        page.secret = try await visit.workspace.renewConnectorSecret(page.connector.id)
        return .page(try await page.body())
      },
      .post("/connectors/{key}/dry-runs") { visit in
        var page = try await ConnectorPage(visit)
        do throws(Problem) {
          try await visit.workspace.authorise(.write(.connector), page.connector.id)
          let incident = try await visit.workspace.needed(try chosen(visit))
          let rounds = ConnectorRounds(visit.workspace, configuration)
          page.dryRun = try await rounds.dryRun(incident, in: page.connector.id)
          return .page(try await page.body())
        } catch {
          page.problem = error
          return .page(try await page.body(), status: RefusalPage.status(error))
        }
      },
      .post("/connectors/{key}/removal") { visit in
        try await visit.workspace.removeConnector(try RecordPage.id("connector", visit.part("key")))
        return .see("/connectors")
      },
    ]
  }

  private static func chosen(_ visit: Visit) throws(Problem) -> RecordID {
    guard let id = visit.form.text("incident").flatMap({ RecordID($0) }), id.kind == "incident"
    else {
      throw Problem(
        "server.field-missing", what: "no incident was chosen", why: "what is sent is about one",
        mend: "choose one", places: [Place("incident")])
    }
    return id
  }

  init(visit: Visit, connector: RecordState) {
    self.visit = visit
    self.connector = connector
  }

  init(_ visit: Visit) async throws(Problem) {
    let id = try RecordPage.id("connector", visit.part("key"))
    self.init(visit: visit, connector: try await visit.workspace.needed(id))
  }

  private var path: String { "/connectors/" + connector.id.key }
  private var system: ConnectorSystem? {
    connector.text("system").flatMap { ConnectorSystem(rawValue: $0) }
  }

  func body() async throws(Problem) -> HTML {
    Frame(
      title: connector.title, visit: visit, eyebrow: Parts.link("/connectors", "Connectors")
    ).around(
      """
      \(problem.map(RefusalPage.box) ?? "")\(done)\(shown)\(Parts.facts([
        ("system", "\(system.map(ConnectorForm.title) ?? "")"), ("stands", "\(connector.status ?? "")"),
        ("tells", connector.text("texts") == "full" ? "what is on the record" : "that there is an incident"),
        ("takes tickets in", connector.fields["takes_in"] == .bool(true) ? "yes" : "no"),
      ]))\(mapping)\(try await trial())\(end)
      <p>\(Parts.link("/records/" + connector.id.text, "Its history"))</p>

      """)
  }

  private var done: HTML { note.isEmpty ? "" : "<p class=\"done\" role=\"status\">\(note)</p>\n" }

  private var shown: HTML {
    guard let secret, system?.tells == true else { return "" }
    return """
      <div class="done" role="status"><p>Messages from it come to <code>\(visit.base)/hooks/\(connector.id.key)</code>. The \
      secret that signs them is shown this once:</p><p><code>\(secret)</code></p></div>

      """
  }

  private var mapping: HTML {
    guard let mapping = connector.fields["mapping"], mapping != .null else { return "" }
    return "<details><summary>Mapping of fields</summary><pre>\(mapping.pretty)</pre></details>\n"
  }

  private func trial() async throws(Problem) -> HTML {
    guard system?.isTold == true, connector.status != "removed" else { return "" }
    var question = ListQuestion(.incident)
    question.limit = ConnectorPage.mostIncidents
    // Whoever keeps connectors need not be one who may read incidents.
    let incidents = (try? await visit.workspace.stateList(question).states) ?? []
    guard !incidents.isEmpty else {
      return Component.section(
        "trial", "What would be sent", Parts.empty("There is no incident that you may read."))
    }
    let result = dryRun.map(ConnectorPage.said) ?? ""
    return Component.section(
      "trial", "What would be sent",
      """
      <form method="post" action="\(path)/dry-runs#trial" class="narrow">\(Frame.key(visit))
      \(Inputs(form: visit.form).choice("incident", "For which incident", incidents.map { ($0.id.text, $0.title) }))\
      <p><button>Show what would be sent</button> <span class="note">The other side is only asked which fields it requires; \
      nothing is made there.</span></p></form>
      \(result)
      """)
  }

  private static func said(_ run: DryRun) -> HTML {
    let problems = run.problems.map { "\($0)" as HTML }
    let standing: HTML =
      run.unread.map {
        "<p class=\"caution\">Its fields could not be read: \($0). Whether it would be taken is not known.</p>\n"
      }
      ?? (problems.isEmpty
        ? "<p>It has every field that the other side says it requires.</p>\n"
        : "<p class=\"caution\">It would be refused:</p>\n\(Component.list(problems))")
    return """
      \(standing)<p><code>\(run.request)</code></p><pre>\(run.body.pretty)</pre>

      """
  }

  /// Whether whoever looks keeps connectors: others are shown no way to change one.
  static func mayWrite(_ visit: Visit) -> Bool {
    !visit.workspace.who.roles.isDisjoint(with: RecordKind.connector.writers)
  }

  private var end: HTML {
    guard connector.status != "removed", ConnectorPage.mayWrite(visit) else { return "" }
    let renewal: HTML =
      system?.tells == true
      ? """
      <form method="post" action="\(path)/secret">\(Frame.key(visit))<button>Renew the secret of its messages</button> <span \
      class="note">The one before is good no longer.</span></form>

      """ : ""
    return Component.section(
      "end", "Change and end",
      """
      <p>\(Parts.link(path + "/change", "Change where it leads and what it tells"))</p>
      \(renewal)<form method="post" action="\(path)/removal">\(Frame.key(visit))<button>Remove it</button> <span class="note">Its \
      secrets are gone then; its tickets stay on the record.</span></form>

      """)
  }
}
