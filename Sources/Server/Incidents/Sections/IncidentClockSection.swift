internal import Documents
internal import Duties
internal import Ground
internal import RuleFile
internal import Rulebook
internal import Workspace

/// Every clock on every track: as a picture, and as a table with both readings.
struct IncidentClockSection {
  let page: IncidentPage

  private var clocks: [IncidentClock] { page.view.assessment.clocks.all }

  var html: HTML {
    guard !clocks.isEmpty else {
      return Component.section(
        "clocks", "Every clock",
        Parts.empty(
          "By what was answered no clock runs: no category of harm is left, or the model had no part in it."
        ))
    }
    let picture: HTML =
      IncidentChart(marks, clocks.map { (name($0), $0) }, now: page.now).map { chart in
        """
        <figure class="drawing">\(chart.pictures)<figcaption class="note">Points are dates on the record. Bars run from \
        the start of a clock to the moment to act by; outlined: only if what is open turns out so. The small square is the \
        later reading.</figcaption></figure>

        """
      } ?? ""
    return Component.section(
      "clocks", "Every clock", "\(picture)\(table)\(docket)")
  }

  /// The dates that count, each once, corrected ones left out.
  private var marks: [IncidentChart.Mark] {
    page.view.dates.filter { !$0.isCorrected }.map { date in
      let at: Instant =
        switch date.at {
        case .moment(let moment): moment
        case .day(let day): Instant(startOf: day)
        }
      return IncidentChart.Mark(Typography.sentence(date.words), at)
    }
  }

  private func name(_ clock: IncidentClock) -> String {
    guard clock.task == .initial, clock.track == .model else { return clock.words + house(clock) }
    return clock.words + ": " + IncidentClockSection.short(clock.categories)
  }

  private func house(_ clock: IncidentClock) -> String {
    clock.id == "house/triage-urgent"
      ? " (urgent)" : clock.id == "house/incident-countdown" ? " (countdown)" : ""
  }

  private static func short(_ categories: [IncidentCategory]) -> String {
    categories.map { $0.rawValue.replacing("_", with: " ") }
      .joined(separator: ", ")
  }

  private var table: HTML {
    let governs = page.view.assessment.clocks.governs
    let rows = clocks.map { clock -> [HTML] in
      let isGoverning = clock.id == governs && clock.state == .running
      let mark: HTML = isGoverning ? " <strong>governs</strong>" : ""
      let notes = clock.notes.map {
        "<span class=\"note\">\(Component.prose(Typography.days($0)))</span>" as HTML
      }
      return [
        """
        \(name(clock))\(mark)<span class="note">\(clock.trackWords) · \
        \(Parts.rule(clock.id, clock.provision.citation)) \(Parts.force(clock.force(page.law)))</span>\
        \(notes)\(missing(clock))
        """,
        state(clock),
        """
        \(clock.from.map { IncidentPages.start($0) } ?? "—")\
        <span class="note">\(clock.period?.words ?? "no number of days")</span>
        """, countdown(clock), readings(clock),
      ]
    }
    return Component.table(
      "Computed today from the record and the rules; nothing of it is stored",
      [
        .init("Clock, and its basis"), .init("Stands"), .init("From, and how long"),
        .init("Act by"), .init("Last day by both readings"),
      ], rows)
  }

  /// The last day by the plain calendar, and under Regulation 1182/71 where that is another one.
  private func readings(_ clock: IncidentClock) -> HTML {
    guard let due = clock.due else { return "—" }
    let other: HTML =
      due.plainLastDay == due.regulationLastDay
      ? "<span class=\"note\">the same by Regulation 1182/71</span>"
      : "<span class=\"note\">by Regulation 1182/71: \(Component.day(due.regulationLastDay))</span>"
    return "\(Component.day(due.plainLastDay))\(other)"
  }

  private func state(_ clock: IncidentClock) -> HTML {
    let isOverdue = clock.isOverdue(on: page.visit.today)
    let look: HTML = isOverdue ? "overdue" : clock.state == .possible ? "undetermined" : ""
    let done: HTML =
      clock.done.map { " <span class=\"note\">\(IncidentPages.start($0))</span>" } ?? ""
    return
      "<span class=\"status \(look)\">\(isOverdue ? "! overdue" : clock.stateWords)</span>\(done)"
  }

  private func countdown(_ clock: IncidentClock) -> HTML {
    guard let due = clock.due else { return "—" }
    guard clock.state == .running || clock.state == .possible else {
      return IncidentPages.end(clock)
    }
    return """
      \(IncidentPages.end(clock)) <span class="note">\(IncidentPages.countdown(to: due.alarm, from: page.now))</span>
      """
  }

  private func missing(_ clock: IncidentClock) -> HTML {
    guard !clock.missing.isEmpty, clock.state != .ended else { return "" }
    let names = clock.missing.map { IncidentTestSection.short($0) }
    return "<span class=\"note\">not on the record: \(HTML.joined(names, by: "; "))</span>"
  }

  /// The same incident on the docket, where deadlines have people.
  private var docket: HTML {
    let open = page.view.deadlines.filter { !$0.isClosed && $0.status != .opensLater }
    guard !open.isEmpty else { return "" }
    return """
      <details><summary>On the docket, with who looks after each</summary>
      \(DeadlineTable.html(
        "Open deadlines of this incident", open, today: page.visit.today, names: { page.names.name($0) }))
      </details>

      """
  }
}
