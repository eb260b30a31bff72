internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// What is due next, how each model stands, what changed of late.
struct HomePage {
  let visit: Visit
  let next: [Deadline]
  let docket: DocketPart
  let models: ModelList
  let changes: [RecordSummary]
  let names: PeopleNames

  /// Deadlines shown here.
  private static let mostDeadlines = 8
  private static let mostModels = 12
  private static let mostChanges = 8

  static let endpoints: [Endpoint] = [
    .get("/") { visit in .page(try await HomePage(visit).body) }
  ]

  init(_ visit: Visit) async throws(Problem) {
    self.visit = visit
    let workspace = visit.workspace
    var question = DocketQuestion()
    docket = try await workspace.docket(question, from: 0, atMost: 0)
    question.isDecidedOnly = true
    next = try await workspace.docket(question, from: 0, atMost: HomePage.mostDeadlines).deadlines
    var list = ListQuestion(.model)
    list.limit = HomePage.mostModels
    models = try await workspace.modelList(list)
    changes = try await workspace.recent(
      [.provider, .model, .trainingRun, .opinion, .evidence], atMost: HomePage.mostChanges)
    names = try await PeopleNames(workspace)
  }

  var body: HTML {
    Frame(title: "Home", visit: visit, section: "/").around(
      "\(due)\(standing)\(recent)")
  }

  private var due: HTML {
    let table =
      next.isEmpty
      ? Parts.empty("Nothing is due that the records tell of.")
      : DeadlineTable.html(
        "The next \(next.count) deadlines", next, today: visit.today,
        names: { names.name($0) })
    return Component.section(
      "due", "Due next",
      """
      \(Parts.facts([
        ("overdue", "\(docket.overdue)"), ("on the docket", "\(docket.total)"),
        ("undetermined for want of facts", "\(docket.undetermined)"),
      ]))\(table)<p><a href="/docket">The whole docket</a></p>

      """)
  }

  private var standing: HTML {
    guard !models.rows.isEmpty else {
      return Component.section(
        "models", "Models",
        Parts.empty("No model is registered. <a href=\"/models/new\">Register the first</a>."))
    }
    let rest: HTML =
      models.total > models.rows.count
      ? "<p><a href=\"/models\">All \(models.total) models</a></p>\n" : ""
    return Component.section("models", "Models", "\(ModelLine.table(models.rows))\(rest)")
  }

  private var recent: HTML {
    guard !changes.isEmpty else { return "" }
    return Component.section(
      "changes", "Changed last",
      Component.list(
        changes.map { state in
          "\(Parts.link(state)) <span class=\"note\">\(state.id.kind), \(Parts.moment(state.changed))</span>"
        }))
  }
}
