internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// What is due next, how each model stands, what changed of late.
struct HomePage {
  let visit: Visit
  let deadlines: [Deadline]
  let models: [ModelLine]
  let changes: [RecordState]
  let names: PeopleNames

  /// Deadlines shown here.
  private static let mostDeadlines = 8
  private static let mostChanges = 8

  static let endpoints: [Endpoint] = [
    .get("/") { visit in .page(try await HomePage(visit).body) }
  ]

  init(_ visit: Visit) async throws(Problem) {
    self.visit = visit
    let workspace = visit.workspace
    deadlines = try await workspace.docket()
    models = try await ModelLine.all(workspace)
    names = try await PeopleNames(workspace)
    var records: [RecordState] = []
    for kind in [RecordKind.provider, .model, .trainingRun, .opinion, .evidence] {
      records += try await workspace.states(kind)
    }
    changes = Array(records.sorted { $0.changed > $1.changed }.prefix(HomePage.mostChanges))
  }

  var body: HTML {
    Frame(title: "Home", visit: visit, section: "/").around(
      "\(due)\(standing)\(recent)")
  }

  private var due: HTML {
    let next = deadlines.filter { $0.status != .undetermined }.prefix(HomePage.mostDeadlines)
    let open = deadlines.count { $0.status == .undetermined }
    let overdue = deadlines.count { $0.status == .overdue }
    let table =
      next.isEmpty
      ? Parts.empty("Nothing is due that the records tell of.")
      : DeadlineTable.html(
        "The next \(next.count) deadlines", Array(next), today: visit.today,
        names: { names.name($0) })
    return Component.section(
      "due", "Due next",
      """
      \(Parts.facts([
        ("overdue", "\(overdue)"), ("on the docket", "\(deadlines.count)"),
        ("undetermined for want of facts", "\(open)"),
      ]))\(table)<p><a href="/docket">The whole docket</a></p>

      """)
  }

  private var standing: HTML {
    guard !models.isEmpty else {
      return Component.section(
        "models", "Models",
        Parts.empty("No model is registered. <a href=\"/models/new\">Register the first</a>."))
    }
    return Component.section("models", "Models", ModelLine.table(models))
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
