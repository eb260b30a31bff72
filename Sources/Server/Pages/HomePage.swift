internal import Compute
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
  /// What happened last to each of them.
  let events: [RecordID: Envelope]
  let names: PeopleNames
  let gaps: [Deadline]
  /// How far the set-up has come; nil where there is more than a first model.
  let steps: SetupSteps?
  /// Filings that wait for somebody.
  let waiting: HTML

  /// Deadlines shown here.
  private static let mostDeadlines = 8
  private static let mostModels = 12
  private static let mostChanges = 8
  private static let mostGaps = 40
  private static let mostGapRows = 8
  private static let mostCharted = 8
  /// Models up to which the way of the set-up is shown.
  private static let mostInSetup = 3

  static let endpoints: [Endpoint] = [
    .page("/") { visit in try await HomePage(visit).body }
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
      [
        .provider, .model, .modelVersion, .trainingRun, .opinion, .evidence, .notification,
        .rebuttal,
        .reassessment, .mandate,
      ], atMost: HomePage.mostChanges)
    events = try await workspace.newestEvents(of: changes)
    names = try await PeopleNames(workspace)
    waiting = try await ProcedureSection.waiting(visit)
    steps =
      models.total <= HomePage.mostInSetup ? try await SetupSteps(workspace) : nil
    var open = DocketQuestion()
    open.isUndeterminedOnly = true
    gaps = try await workspace.docket(open, from: 0, atMost: HomePage.mostGaps).deadlines
  }

  var body: HTML {
    Frame(title: "Home", visit: visit, section: "/").around(
      "\(setup)\(due)\(waiting)\(standing)\(missing)\(recent)")
  }

  /// The way to the first answer, until it is there.
  private var setup: HTML {
    guard let steps, !steps.isComplete else { return "" }
    return """
      <section class="setup" aria-labelledby="setup-title"><h2 id="setup-title">Setting up</h2>
      \(steps.list(at: nil))<p class="actions">\(Parts.button(steps.path(steps.next), "Go on: " + steps.next.title)) \
      <a href="/samples">Or try it with samples</a></p></section>

      """
  }

  /// Facts without which no day can be told, by record.
  private var missing: HTML {
    var records: [(title: String, id: RecordID, facts: [String])] = []
    for deadline in gaps where !deadline.missing.isEmpty {
      if let place = records.firstIndex(where: { $0.id == deadline.record }) {
        let known = records[place].facts
        records[place].facts = known + deadline.missing.filter { !known.contains($0) }
      } else {
        records.append((deadline.recordTitle, deadline.record, deadline.missing))
      }
    }
    guard !records.isEmpty else { return "" }
    return Component.section(
      "gaps", "Open gaps",
      Component.table(
        "Facts that are missing to tell whether something is due, or when",
        [.init("Record"), .init("Not on the record")],
        records.prefix(HomePage.mostGapRows).map { record in
          [
            Parts.link(Parts.path(record.id), record.title),
            DeadlineTable.missing(record.facts, record.id),
          ]
        }))
  }

  private var due: HTML {
    let table =
      next.isEmpty
      ? Parts.empty("Nothing is due that the records tell of.")
      : DeadlineTable.html(
        next.count == 1 ? "The next deadline" : "The next \(next.count) deadlines", next,
        today: visit.today,
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
    let chart = visit.drawings.compute(
      models.rows.prefix(HomePage.mostCharted).map { ($0.summary.title, $0.figures?.cumulative) },
      id: "models")
    let rest: HTML =
      models.total > models.rows.count
      ? "<p><a href=\"/models\">All \(models.total) models</a></p>\n" : ""
    return Component.section("models", "Models", "\(chart)\(ModelLine.table(models.rows))\(rest)")
  }

  private var recent: HTML {
    guard !changes.isEmpty else { return "" }
    return Component.section(
      "changes", "Recent changes",
      Component.table(
        "The records that changed last",
        [.init("Record"), .init("What happened"), .init("By"), .init("When")],
        changes.map { row in
          let kind = RecordKind.named(row.id.kind)
          let event = events[row.id]
          let title = event.map { kind?.event($0.event)?.title ?? $0.event } ?? ""
          return [
            "\(Parts.link(row)) <span class=\"note\">\(kind?.title ?? row.id.kind)</span>",
            "\(Typography.sentence(title))", "\(event.map { names.name($0.actor.id) } ?? "—")",
            Parts.moment(row.changed),
          ]
        }))
  }
}
