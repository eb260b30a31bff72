internal import Documents
internal import Duties
internal import Ground
internal import RuleFile
internal import Rulebook
internal import Workspace

/// The legal test as questions in plain words, with what the words of the report suggest and what is asked next.
struct IncidentTestSection {
  let page: IncidentPage

  private var assessment: IncidentAssessment { page.view.assessment }

  /// What is missing, with the way to where it is answered or dated.
  static func asked(_ name: String) -> HTML {
    if let question = IncidentQuestion(rawValue: name) {
      return "<a href=\"#q-\(name)\">\(question.words)</a>"
    }
    guard let moment = IncidentMoment(rawValue: name) else {
      return "\(name.replacing("_", with: " "))"
    }
    guard let event = events[moment] else { return "when \(moment.words)" }
    return "<a href=\"?date=\(event)#date-form\">when \(moment.words)</a>"
  }

  /// The same in few words.
  static func short(_ name: String) -> HTML {
    guard let event = IncidentMoment(rawValue: name).flatMap({ events[$0] }),
      let title = RecordKind.incident.event(event)?.title
    else { return "\(name.replacing("_", with: " "))" }
    return "<a href=\"?date=\(event)#date-form\">\(title)</a>"
  }

  private static let events: [IncidentMoment: String] = [
    .occurred: "incident-occurred", .deployerAware: "deployer-aware",
    .awareOfIncident: "incident-known", .awareOfInvolvement: "involvement-known",
    .resolved: "incident-resolved",
  ]

  var html: HTML {
    Component.section(
      "test", "Is it a serious incident?", "\(answer)\(next)\(form)\(score)")
  }

  private var answer: HTML {
    let serious = assessment.facts.serious
    let link = Typography.sentence(assessment.facts.linkWord)
    let rows = assessment.reasons.map { reason -> [HTML] in
      [
        "\(Typography.sentence(reason.category.title))", Component.badge(reason.answer),
        "\(reason.reason.replacing("_", with: " "))",
        Parts.rule(reason.category.rule, page.law.citation(reason.category.rule)),
      ]
    }
    return """
      <p>By what was answered: \(Component.badge(serious)) · causal link: <strong>\(link)</strong>. The answers decide; \
      what is unknown is never no.</p>
      \(Component.table(
        "The categories of harm",
        [.init("Category"), .init("Answer"), .init("What decided it"), .init("Where")], rows))
      """
  }

  private var next: HTML {
    let asked = assessment.missing.prefix(5).map { IncidentTestSection.asked($0) }
    guard !asked.isEmpty else { return "" }
    return
      "<p><strong>Asked next</strong>, because it would decide or date it:</p>\n\(Component.list(asked))"
  }

  // MARK: The questions

  private var form: HTML {
    let typed = page.typed(.answers)
    let groups = IncidentTestSection.groups.map { name, title -> HTML in
      let questions = IncidentQuestion.allCases.filter { $0.group == name }
      let category = IncidentCategory(rawValue: name)
      let isOpen: HTML = isShown(questions, category) ? " open" : ""
      return """
        <details class="group"\(isOpen)><summary>\(Typography.sentence(title))\(mark(category))</summary>
        \(category.map(suggestion) ?? "")\(category.map { whole($0, typed) } ?? "")\
        \(questions.map { question($0, typed) })</details>

        """
    }
    return """
      <form method="post" action="\(page.path)/answers#test" class="record questions">\(page.head(.answers))
      \(groups)\(MomentInput(
        form: typed, prefix: "known", label: "When the facts behind these answers became known",
        note: "Left empty: now. A category that was learned late says since when its report was due.",
        problem: page.problem(of: .answers)).html)
      <p><label for="answers-reason">Why, where an answer changes</label>
      <input id="answers-reason" name="reason" value="\(typed.text("reason") ?? "")"></p>
      <p class="wide"><button>Keep the answers</button> \
      <span class="note">Only what differs from the record is written.</span></p>
      </form>

      """
  }

  private static let groups: [(name: String, title: String)] = {
    var groups: [(name: String, title: String)] = [("all", "The part of the model")]
    for category in IncidentCategory.byUrgency {
      groups.append((category.rawValue, category.title))
    }
    groups.append(("status", "Incident, near miss or hazard"))
    groups.append(("system", "An own high-risk system"))
    groups.append(("score", "For the order of triage only"))
    return groups
  }()

  /// Open where something is suggested, asked for, or answered otherwise than no.
  private func isShown(_ questions: [IncidentQuestion], _ category: IncidentCategory?) -> Bool {
    let missing = Set(assessment.missing.prefix(3))
    if questions.contains(where: { missing.contains($0.rawValue) }) { return true }
    if page.step == .answers { return true }
    guard let category else { return false }
    return assessment.facts.harm(category) == .yes || isSuggested(category)
  }

  /// Whether words of the report, or of a message from outside, suggest a category.
  private func isSuggested(_ category: IncidentCategory) -> Bool {
    assessment.suggestions.contains { $0.category == category }
      || !page.view.messages.words(category).isEmpty
  }

  private func mark(_ category: IncidentCategory?) -> HTML {
    guard let category else { return "" }
    let words: HTML =
      isSuggested(category) ? " <span class=\"suggested\">words suggest it</span>" : ""
    return " \(Component.badge(assessment.facts.harm(category)))\(words)"
  }

  private func suggestion(_ category: IncidentCategory) -> HTML {
    let found = assessment.suggestions.filter { $0.category == category }
    let aside = assessment.setAside.filter { $0.category == category }
    let stated = found.map { suggestion -> HTML in
      let reading: HTML =
        suggestion.reading == .hypothetical
        ? "as something that might happen" : "as something that happened"
      return """
        <p class="caution">A suggestion, no answer: words of the report speak of this \(reading): \
        \(quoted(suggestion.words)). A person decides.</p>

        """
    }
    let negated = aside.map { suggestion -> HTML in
      "<p class=\"note\">Mentioned in the negative only: \(quoted(suggestion.words)).</p>\n"
    }
    let added = page.view.messages.words(category)
    let message: HTML =
      added.isEmpty
      ? ""
      : """
      <p class="caution">A suggestion, no answer: words of a <a href="#messages">message from outside</a> speak of this: \
      \(quoted(added)). A person decides.</p>

      """
    return .joined(stated + [message] + negated)
  }

  private func quoted(_ words: [String]) -> HTML {
    .joined(words.map { "<mark>\($0)</mark>" as HTML }, by: ", ")
  }

  private func question(_ question: IncidentQuestion, _ typed: Form) -> HTML {
    answered(
      question.rawValue, "\(question.words)", typed,
      question == .causalLink ? IncidentTestSection.linkLabels : [:],
      more: WhyAsked(page.visit).html(question.rules))
  }

  /// A category of several questions may be answered at once; what its questions settle goes before that.
  private func whole(_ category: IncidentCategory, _ typed: Form) -> HTML {
    guard IncidentCategory.inAnswer.contains(category) else { return "" }
    let legend: HTML = """
      All at once: \(category.title)? <span class="note">Or answer one by one below; what the single answers settle \
      counts.</span>
      """
    return answered(
      category.rawValue, legend, typed, [:], more: WhyAsked(page.visit).html([category.rule]))
  }

  private func answered(
    _ id: String, _ legend: HTML, _ typed: Form, _ labels: [String: String], more: HTML
  ) -> HTML {
    let name = "q-" + id
    let chosen = typed.text(name) ?? IncidentTestSection.recorded(id, page.state)
    let choices = ["yes", "no", "unknown"].map { word -> HTML in
      let mark: HTML = word == chosen ? " checked" : ""
      return """
        <label><input type="radio" name="\(name)" value="\(word)"\(mark)> \(labels[word] ?? word)</label>

        """
    }
    let since: HTML =
      page.state.since[id].map {
        " <span class=\"note\">answered as of \(Component.day($0))</span>"
      } ?? ""
    let wrong = IncidentPages.at(id, page.problem(of: .answers))
    return """
      <fieldset class="question" id="\(name)"><legend>\(legend)</legend>
      <div class="answers">\(choices)\(since)\(wrong.words)</div>
      \(more)</fieldset>

      """
  }

  private static let linkLabels = [
    "yes": "yes: established", "no": "no: excluded", "unknown": "unknown: open",
  ]

  /// What can be answered in the form.
  static let names =
    IncidentQuestion.allCases.map(\.rawValue) + IncidentCategory.inAnswer.map(\.rawValue)

  /// The answer of a record in the three words of the form; a link that is suspected answers the question of the suspicion.
  static func recorded(_ id: String, _ state: RecordState) -> String {
    let link = state.text(IncidentQuestion.causalLink.rawValue)
    if id == IncidentQuestion.causalLinkSuspected.rawValue, state.text(id) == nil,
      link == "suspected"
    {
      return "yes"
    }
    switch state.text(id) {
    case "established"?: return "yes"
    case "excluded"?: return "no"
    case "open"?, "suspected"?: return "unknown"
    case let answer: return answer ?? ""
    }
  }

  // MARK: The score

  private var score: HTML {
    let score = assessment.score
    let rows = score.parts.map { part -> [HTML] in
      [
        "\(Typography.sentence(part.name.replacing("_", with: " ")))",
        range(part.points), "\(IncidentScore.most)",
        part.missing.isEmpty
          ? "—" : .joined(part.missing.map { IncidentTestSection.asked($0) }, by: "; "),
      ]
    }
    return """
      <details><summary>Score for the order of triage: \(range(score.points)) of \
      \(score.parts.count * IncidentScore.most)</summary>
      <p>House practice: it puts reports in order and never replaces the legal test. \
      \(Parts.rule("house/incident-score", page.law.citation("house/incident-score")))</p>
      \(Component.table(
        "The parts of the score",
        [.init("Part"), .figures("Points"), .figures("Of"), .init("Would be narrowed by")], rows))
      </details>

      """
  }

  private func range(_ points: ClosedRange<Int>) -> HTML {
    points.lowerBound == points.upperBound
      ? "\(points.lowerBound)" : "\(points.lowerBound) to \(points.upperBound)"
  }
}
