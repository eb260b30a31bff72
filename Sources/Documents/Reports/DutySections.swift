internal import Duties
internal import Ground
internal import RuleFile
internal import Rulebook

/// Periods that run and duties with their days.
struct DutySections {
  let opinion: Opinion

  /// Clocks under both readings, and how each was counted.
  var clocks: HTML {
    let rows = opinion.clocks.map { clock -> [HTML] in
      let due = clock.due
      return [
        "\(Component.prose(clock.trigger))<br>"
          + "<span class=\"cites\">\(ReasonSections.citation(clock.citation))</span>",
        Component.day(clock.start),
        "\(OpinionWords.end(due.plain, due.plainLastDay, due.kind))",
        "\(OpinionWords.end(due.regulation, due.regulationLastDay, due.kind))",
        DutySections.alarm(due),
        clock.governs ? "<strong>yes</strong>" : "no",
      ]
    }
    let table = Component.table(
      "Each period with its end under both readings, Brussels time",
      [
        .init("What starts it"), .init("Starts"), .init("Plain calendar"),
        .init("Regulation 1182/71"), .init("Alarm"), .init("Governs the duty"),
      ], rows)
    return table + .joined(opinion.clocks.map(counting))
  }

  private static func alarm(_ due: DueDate) -> HTML {
    let end = OpinionWords.end(due.alarm, due.alarmDay, due.kind)
    return """
      <strong>\(end)</strong><br><span class="sub">\(OpinionWords.asks(due.kind)); \
      \(OpinionWords.acted(due))</span>
      """
  }

  private func counting(_ clock: Opinion.Clock) -> HTML {
    let due = clock.due
    let doubt: HTML =
      due.calendarStatus == .official
      ? "" : ", of which a year involved is \(due.calendarStatus.rawValue), not an official list"
    return """
      <div class="counting">
      <h3>How it was counted: \(Component.prose(clock.trigger))</h3>
      \(Component.list(due.basis.map { "\($0)" }))\
      <p class="cites">Rule \(Component.code(clock.rule)); holidays by the \(due.calendar) \
      calendar\(doubt).</p>
      </div>

      """
  }

  /// Duties that apply or may apply.
  var duties: HTML {
    let rows = opinion.duties.map { duty -> [HTML] in
      [
        "\(duty.entry.title)<br><span class=\"sub\">\(Component.prose(duty.entry.text))</span>",
        ReasonSections.citation(duty.entry.citation), applies(duty), DutySections.due(duty),
        "\(Component.prose(duty.basis))",
      ]
    }
    return Component.table(
      "Duties of the provider that apply or may apply",
      [
        .init("What is to be done"), .init("Legal basis"), .init("Applies"), .init("Due"),
        .init("Why then"),
      ], rows)
  }

  private func applies(_ duty: DutyDue) -> HTML {
    let badge = Component.badge(duty.applies)
    guard !duty.applies.missing.isEmpty else { return badge }
    let facts = duty.applies.missing.map { "\(OpinionWords.fact($0))" as HTML }
    return "\(badge)<br><span class=\"sub\">decided by: \(HTML.joined(facts, by: "; "))</span>"
  }

  private static func due(_ duty: DutyDue) -> HTML {
    if let due = duty.due { return Component.day(due) }
    if let latest = duty.dueAtLatest { return "at the latest \(Component.day(latest))" }
    return "no day follows from the facts"
  }
}
