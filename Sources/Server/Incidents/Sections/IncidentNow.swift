internal import Documents
internal import Duties
internal import Ground
internal import RuleFile
internal import Rulebook
internal import Workspace

/// What governs now: which report, until when, on what basis, by both readings.
struct IncidentNow {
  let page: IncidentPage

  private var state: RecordState { page.state }
  private var assessment: IncidentAssessment { page.view.assessment }

  private var governing: IncidentClock? {
    assessment.clocks.all.first { $0.id == assessment.clocks.governs && $0.state == .running }
  }

  var html: HTML {
    let (look, word, text) = standing
    return """
      <section class="verdict \(look)" aria-labelledby="now-title">
      <h2 id="now-title">What is due now</h2>
      <p class="word">\(word)</p>
      \(text)\(transition)\(system)\(contradictions)\(consumed)<p class="note">Reporting an incident does not admit that a duty was \
      breached. \(Parts.rule("cop/safety/recital/j", page.law.citation("cop/safety/recital/j")))</p>
      </section>

      """
  }

  /// A person's view that it is not serious settles what the answers leave open, and nothing that they say.
  private var isDecidedAgainst: Bool {
    assessment.facts.serious != .yes
      && IncidentRecord.outcome(state).map { $0 != .serious } ?? false
  }

  private var standing: (look: HTML, word: HTML, text: HTML) {
    if let other = state.text("merged_into") ?? state.text("bundled_with") {
      let path = RecordID(other).map(IncidentPages.path) ?? ""
      return (
        "no", "Nothing by itself",
        "<p>The deadlines of \(Parts.link(path, "the other incident")) hold for both.</p>\n"
      )
    }
    if state.status == "closed" { return ("no", "Nothing: it is closed", "") }
    if let clock = governing { return running(clock) }
    if assessment.times.submitted(.final) != nil {
      return ("no", "Nothing: every report was sent", "<p>It can be closed.</p>\n")
    }
    if assessment.facts.serious == .no || isDecidedAgainst { return settled }
    if assessment.times.submitted(.initial) != nil {
      return (
        "undetermined", "The next report",
        "<p>No clock of another report can be dated by what is on the record.</p>\n"
      )
    }
    return open
  }

  private func running(_ clock: IncidentClock) -> (HTML, HTML, HTML) {
    let isOverdue = clock.isOverdue(on: page.visit.today)
    let countdown = clock.due.map { IncidentPages.countdown(to: $0.alarm, from: page.now) } ?? ""
    let word: HTML =
      isOverdue ? "\(clock.words): overdue, \(countdown)" : "\(clock.words) \(countdown)"
    let start: HTML =
      clock.from.map {
        "\(IncidentPages.start($0))\(clock.isFromAtTheLatest ? ", at the latest" as HTML : "")"
      }
      ?? "—"
    let categories = clock.categories.filter { assessment.facts.harm($0) == .yes }
    let because: HTML =
      categories.isEmpty
      ? "" : "<p>Because of: \(categories.map(\.title).joined(separator: "; ")).</p>\n"
    let notes = clock.notes.map { "<p>\(Component.prose(Typography.days($0)))</p>\n" as HTML }
    return (
      isOverdue ? "yes" : "undetermined", word,
      """
      \(because)\(Parts.facts([
        ("act by the end of", IncidentPages.end(clock)),
        ("counted from", start),
        ("plain calendar", clock.due.map { Component.day($0.plainLastDay) } ?? "—"),
        ("by Regulation 1182/71", clock.due.map { Component.day($0.regulationLastDay) } ?? "—"),
        ("basis", "\(Parts.rule(clock.id, clock.provision.citation)) \(Parts.force(clock.force(page.law)))"),
      ]))\(notes)\(reading)\(next(clock))
      """
    )
  }

  private var reading: HTML {
    """
    <p class="note">\(Parts.rule("ai-act/55/1/c", page.law.citation("ai-act/55/1/c"))) asks for the report without undue \
    delay and gives no number of days; the earlier of both readings is the one to act on.</p>

    """
  }

  /// The way to the report that is due.
  private func next(_ clock: IncidentClock) -> HTML {
    guard clock.task == .initial || clock.task == .intermediate || clock.task == .final else {
      return ""
    }
    let open = page.view.papers(.incidentReport).first {
      ["draft", "in review", "approved"].contains($0.status)
    }
    guard let open else {
      return
        "<p class=\"actions\"><a class=\"button\" href=\"#reports\">Go to the reports</a></p>\n"
    }
    return """
      <p class="actions">\(Parts.button(ProcedurePages.path(open.id), "Go on with the report"))</p>
      <p class="note">\(open.title): \(open.status ?? "")</p>

      """
  }

  private var settled: (HTML, HTML, HTML) {
    let papers = page.view.papers(.nonReport).filter { $0.status != "revoked" }
    let isConfirmed = papers.contains { $0.status == "confirmed" }
    let open: HTML =
      isConfirmed
      ? "It counts as decided until one of them makes it serious."
      : "The deadlines that they leave open stay until a second person confirms the decision."
    let left: HTML =
      assessment.facts.serious == .no
      ? "" : "<p class=\"note\">Answers are still open. \(open)</p>\n"
    if isConfirmed {
      return (
        "no", "No report is owed",
        "<p>A second person confirmed that decision; it can be closed.</p>\n\(left)"
      )
    }
    let what: HTML =
      papers.isEmpty
      ? "Say what it is considered to be, and why: that decision is kept."
      : "The decision not to report waits for a second person."
    let isByAnswers = assessment.facts.serious == .no
    return (
      isByAnswers ? "no" : "undetermined",
      isByAnswers
        ? "No report is owed by the answers" : "The decision not to report is not confirmed",
      "<p>\(what) <a href=\"#outcome\">Considered as</a></p>\n\(left)"
    )
  }

  private var open: (HTML, HTML, HTML) {
    let isHarm = assessment.facts.anyCategory == .yes
    let asked = assessment.missing.prefix(3).map { IncidentTestSection.asked($0) }
    let sooner = assessment.clocks.all.first { $0.id == assessment.clocks.earliestPossible }
    let possible: HTML =
      sooner?.due.map { due in
        """
        <p>If all that is open turned out so, the \(sooner?.words.lowercased() ?? "report") would be due by the end of \
        \(Component.day(due.alarmDay)), \(IncidentPages.countdown(to: due.alarm, from: page.now)).</p>

        """
      } ?? ""
    return (
      "undetermined", isHarm ? "A clock without a start" : "The triage",
      """
      \(possible)\(asked.isEmpty ? "" : "<p>Asked next:</p>\n\(Component.list(asked))" as HTML)
      """
    )
  }

  /// The track of an own high-risk system, which is another one.
  private var system: HTML {
    guard let id = assessment.clocks.governsSystem,
      let clock = assessment.clocks.all.first(where: { $0.id == id && $0.track == .highRiskSystem })
    else { return "" }
    return """
      <p><strong>\(clock.words)</strong>, a track of its own: by the end of \(IncidentPages.end(clock)). \
      \(Parts.rule(clock.id, clock.provision.citation)) \(Parts.force(clock.force(page.law)))</p>

      """
  }

  /// A model that was placed on the market before Chapter V applied: whether a report is owed yet is not settled.
  private var transition: HTML {
    let open = page.view.deadlines.lazy.filter { !$0.isClosed }
    guard let words = open.compactMap(\.transitionWords).first,
      let citation = page.law.citation("ai-act/111/3")
    else { return "" }
    return """
      <p class="note">\(Component.prose(Typography.days(words))) \(Parts.rule(citation.id, citation)) \
      \(Parts.force(citation.force))</p>

      """
  }

  /// Answers and dates that cannot all be true.
  private var contradictions: HTML {
    let all = assessment.facts.contradictions + assessment.times.contradictions
    guard !all.isEmpty else { return "" }
    return """
      <p><strong>What contradicts itself:</strong></p>
      \(Component.list(all.map { Component.prose(Typography.days(Typography.sentence($0))) }))
      """
  }

  /// The house limit for triage against the shortest time of the Code.
  private var consumed: HTML {
    let isOpen = IncidentRecord.outcome(state) == nil && state.status != "closed"
    guard isOpen,
      let triage = assessment.clocks.all.first(where: { $0.id == "house/triage" }),
      let urgent = assessment.clocks.all.first(where: { $0.id == "cop/safety/9.3/infrastructure" }),
      urgent.state != .ended, let house = triage.period, let code = urgent.period
    else { return "" }
    return """
      <p><strong>Mind:</strong> the house limit of \(house.words) for triage would use up the whole \
      \(code.words) that the Code gives where infrastructure is disrupted.</p>

      """
  }
}
