internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// All files that show that something was done: what each shows, until when, and who looks at it next.
struct EvidenceListPage {
  /// Which of them.
  enum Choice: String, CaseIterable {
    case current, expired, review, all

    var title: String {
      switch self {
      case .current: "in use"
      case .expired: "past its last day"
      case .review: "review due"
      case .all: "also replaced and withdrawn"
      }
    }
  }

  let visit: Visit
  let choice: Choice
  let evidence: [RecordState]
  let models: [RecordID: String]
  let names: PeopleNames

  static let endpoints: [Endpoint] = [
    .get("/evidence") { visit in .page(try await EvidenceListPage(visit).body) }
  ]

  init(_ visit: Visit) async throws(Problem) {
    self.visit = visit
    choice = visit.query.text("show").flatMap { Choice(rawValue: $0) } ?? .current
    let today = visit.today
    let (choice, rule) = (choice, visit.query.text("rule"))
    evidence = try await visit.workspace.states(.evidence).filter { state in
      let isInUse = state.status == "current"
      let fits =
        switch choice {
        case .current: isInUse
        case .expired: isInUse && state.isExpired(on: today)
        case .review: isInUse && state.isReviewDue(on: today)
        case .all: true
        }
      return fits && (rule.map { state.texts("duties").contains($0) } ?? true)
    }.sorted { $0.changed > $1.changed }
    models = Dictionary(
      try await visit.workspace.states(.model).map { ($0.id, $0.title) }
    ) { first, _ in first }
    names = try await PeopleNames(visit.workspace)
  }

  var body: HTML {
    let table =
      evidence.isEmpty
      ? Parts.empty(
        """
        No file for this choice. Evidence is what an inspector may ask to see: evaluation reports, approvals, \
        published pages. A file is kept encrypted, its SHA-256 stands in the journal, and nothing is filled in \
        for you.
        """)
      : Component.table(
        "\(evidence.count) files",
        [
          .init("What it shows"), .init("Belongs to"), .init("Answers"), .init("Holds until"),
          .init("Next review"), .init("Class"), .init("State"),
        ], evidence.map { row($0) })
    return Frame(title: "Evidence", visit: visit, section: "/evidence").around(
      """
      <p class="actions"><a class="button" href="/evidence/new">Add a file</a></p>
      \(choices)\(table)
      """)
  }

  private var choices: HTML {
    let options = Choice.allCases.map { one -> HTML in
      let chosen: HTML = one == choice ? " selected" : ""
      return "<option value=\"\(one.rawValue)\"\(chosen)>\(one.title)</option>"
    }
    return """
      <form method="get" action="/evidence" class="choices">
      <label>Show <select name="show">\(options)</select></label>
      <label>Rule <input name="rule" value="\(visit.query.text("rule") ?? "")" placeholder="ai-act/53/1/a"></label>
      <button>Show</button></form>

      """
  }

  private func row(_ state: RecordState) -> [HTML] {
    let model = state.text("model").flatMap { RecordID($0) }
    let rules = state.texts("duties").map { EvidencePage.rule($0, visit) }
    return [
      """
      \(Parts.link("/evidence/" + state.id.key, state.title))\
      <span class="note">\(state.text("file") ?? "")</span>
      """,
      model.map { Parts.link("/models/" + $0.key, models[$0] ?? $0.text) } ?? "—",
      rules.isEmpty ? "—" : .joined(rules, by: "; "),
      EvidencePage.expiry(state, visit.today), review(state),
      "\(state.confidentiality.rawValue)", "\(state.status ?? "")",
    ]
  }

  private func review(_ state: RecordState) -> HTML {
    guard let day = state.text("review_by").flatMap({ Day(iso: $0) }) else { return "—" }
    let who = state.text("reviewer").flatMap { RecordID($0) }.map { names.name($0.key) }
    let due: HTML =
      state.isReviewDue(on: visit.today) && state.status == "current"
      ? "<span class=\"status overdue\"><span aria-hidden=\"true\">!</span> due</span> " : ""
    return "\(due)\(Component.day(day))<span class=\"note\">\(who ?? "")</span>"
  }
}
