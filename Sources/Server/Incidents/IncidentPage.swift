internal import Documents
internal import Duties
internal import Ground
internal import Rulebook
internal import Workspace

/// One incident: what governs now, every clock, its dates, the legal test, its reports and what follows.
struct IncidentPage {
  let visit: Visit
  let view: IncidentView
  let law: Law
  let names: PeopleNames
  let history: [RecordedEvent]
  let model: RecordState?
  /// Other incidents with the same model, those that changed last first.
  let similar: [RecordState]
  /// What was said about it.
  var comments: Comments
  /// What stood in the way of the step that was asked for.
  var problem: Problem?
  /// The step that was refused.
  var step: IncidentStep?

  /// Most other incidents that are shown.
  private static let mostSimilar = 8

  init(_ visit: Visit) async throws(Problem) {
    self.visit = visit
    let workspace = visit.workspace
    let id = try IncidentPages.id(visit)
    view = try await workspace.incident(id)
    law = workspace.surroundings.law(visit.today)
    names = try await PeopleNames(workspace)
    history = try await workspace.history(id)
    let named = view.state.text("model").flatMap { RecordID($0) }
    // A model that may not be read is named by its id only.
    model = if let named { try? await workspace.needed(named) } else { nil }
    similar =
      if let named {
        try await workspace.newestIncidents(of: named, atMost: IncidentPage.mostSimilar + 1)
          .filter { $0.id != id }
      } else { [] }
    comments = try await Comments(visit, about: id, names: names)
    comments.isOfIncident = true
  }

  var state: RecordState { view.state }
  var path: String { IncidentPages.path(state.id) }
  var now: Instant { visit.workspace.surroundings.now() }

  /// What was typed into the step that was refused; nothing for the others.
  func typed(_ step: IncidentStep) -> Form { step == self.step ? visit.form : Form() }

  /// The problem of a step.
  func problem(of step: IncidentStep) -> Problem? { step == self.step ? problem : nil }

  /// The hidden fields of a step, and what stands in its way.
  func head(_ step: IncidentStep) -> HTML {
    let refusal = problem(of: step).map(RefusalPage.box) ?? ""
    return """
      \(refusal)\(Frame.key(visit))<input type="hidden" name="version" value="\(state.version)">
      """
  }

  var body: HTML {
    let mark: HTML = state.isSample ? " \(Parts.sample)" : ""
    let refused: HTML =
      step.map { step in
        "<p class=\"caution\">This was not put on the record: <a href=\"#\(step.section)\">see why</a>.</p>\n"
      } ?? ""
    return Frame(
      title: state.title, visit: visit, section: "/incidents",
      eyebrow: """
        \(Parts.link("/incidents", "Incidents")) · \(state.status ?? "received") · \
        \(state.confidentiality.rawValue)\(mark)
        """
    ).around(
      """
      \(refused)\(IncidentMessagesSection(page: self).html)\(IncidentNow(page: self).html)\(places)\(IncidentClockSection(page: self).html)\
      \(IncidentDateSection(page: self).html)\(told)\(IncidentTestSection(page: self).html)\
      \(IncidentOutcomeSection(page: self).html)\(IncidentReportSection(page: self).html)\
      \(IncidentPaperSection(page: self).html)\(comments.html)\(IncidentBeside(page: self).html)
      """)
  }

  /// The way to the parts of a long page.
  private var places: HTML {
    let parts = [
      ("clocks", "Clocks"), ("dates", "Dates"), ("told", "What is told"), ("test", "Legal test"),
      ("outcome", "Considered as"), ("reports", "Reports"), ("measures", "What follows"),
      ("comments", "Comments"), ("history", "History"),
    ].map { "<li><a href=\"#\($0.0)\">\($0.1)</a></li>\n" as HTML }
    return "<nav aria-label=\"On this page\"><ul class=\"views\">\(parts)</ul></nav>\n"
  }

  private var told: HTML {
    var facts: [(String, HTML)] = [
      (
        "model",
        model.map { Parts.link("/models/" + $0.id.key, $0.title) }
          ?? state.text("model").map { "\($0)" } ?? "<span class=\"unknown\">not named</span>"
      ),
      ("came in by", "\(state.text("channel") ?? "not said")"),
      (
        "looks after it",
        state.text("owner").map { "\(names.name($0.replacing("person/", with: "")))" }
          ?? "<span class=\"unknown\">nobody by name</span>"
      ),
    ]
    for (name, title) in [
      ("reporter", "reported by"), ("contact", "reached by"), ("source", "source"),
      ("reference", "reference"), ("began", "began"), ("ended", "ended"),
    ] {
      if let text = state.text(name) { facts.append((title, "\(text)")) }
    }
    let narrative: HTML =
      state.text("narrative").map { "<blockquote class=\"words\">\($0)</blockquote>\n" }
      ?? Parts.empty("Nobody wrote down what happened.")
    let unknown = state.texts("unknown")
    let open: HTML =
      unknown.isEmpty
      ? ""
      : "<p><strong>Said not to be known yet:</strong> \(IncidentPages.titles(unknown))</p>\n"
    return Component.section(
      "told", "What is told",
      """
      \(Parts.facts(facts))\(narrative)\(open)<p class="actions">\
      \(Parts.link(path + "/description", "Fill in or change what is told")) \
      <span class="note">the fields that the reports take their text from</span></p>

      """)
  }
}
