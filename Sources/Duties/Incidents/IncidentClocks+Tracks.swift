internal import Ground
internal import RuleFile
internal import Rulebook

extension IncidentClocks {
  /// Whether a harm of the category would still make the model's incident serious.
  private func counts(_ category: IncidentCategory) -> Bool {
    link != .no || category == .cyberBreach && breachOfModel != .no
  }

  private func linkNote(_ categories: [IncidentCategory]) -> [String] {
    if breachOfModel == .yes { return [] }
    if !link.isDecided {
      return ["The causal link is open: the clock counts as running until the link is excluded."]
    }
    guard link == .no, categories.contains(.cyberBreach) else { return [] }
    return [
      "Whether the breach was of the model itself is open: the clock counts as running until that is "
        + "excluded."
    ]
  }

  // MARK: The model

  var model: [IncidentClock?] {
    let awareness = start(.awareOfInvolvement)
    var statute = clock("ai-act/55/1/c", .model, .report, awareness, state: whole)
    statute?.notes.append("Without undue delay: the Act gives no number of days.")
    return [statute] + initial(awareness) + [intermediate, final, retention]
  }

  /// Source: Code of Practice, Safety and Security, Measure 9.3, points (1) to (4).
  private func initial(_ awareness: Start) -> [IncidentClock?] {
    groups(\.period, where: counts).map { id, categories in
      var clock = clock(
        id, .model, .initial, awareness, state: state(of: categories), categories: categories)
      if clock?.state == .running { clock?.notes += linkNote(categories) }
      let lateness = late(categories, clock)
      clock?.notes += lateness
      let told = categories.filter { harms[$0] == .yes }.map { self.told($0) }
      // Every harm that is known must have been told; a report cannot tell what nobody knew yet.
      return ended(
        clock, by: told.contains(nil) ? nil : told.compactMap { $0 }.max() ?? self.told(nil))
    }
  }

  /// Categories that are not excluded, by the rule that gives their time.
  func groups(
    _ rule: (IncidentCategory) -> String?, where counts: (IncidentCategory) -> Bool
  ) -> [(id: String, categories: [IncidentCategory])] {
    var found: [(id: String, categories: [IncidentCategory])] = []
    for category in IncidentCategory.byUrgency {
      guard let id = rule(category), harms[category] != .no, counts(category) else { continue }
      if let index = found.firstIndex(where: { $0.id == id }) {
        found[index].categories.append(category)
      } else {
        found.append((id, [category]))
      }
    }
    return found
  }

  func state(of categories: [IncidentCategory]) -> IncidentClock.State {
    categories.contains { harms[$0] == .yes } ? .running : .possible
  }

  /// When a report told of a category: the first that was sent once it was known.
  private func told(_ category: IncidentCategory?) -> Instant? {
    guard let initial = times.submitted(.initial) else { return nil }
    if let category, let told = times.told { return told[category] }
    guard let category, let learned = times.learned[category], learned > initial else {
      return initial
    }
    return times.reports.first { $0.at >= learned }?.at
  }

  /// A category that became known late: since when its report was due.
  private func late(_ categories: [IncidentCategory], _ clock: IncidentClock?) -> [String] {
    guard let due = clock?.due, let from = clock?.from else { return [] }
    return categories.compactMap { category in
      guard let learned = times.learned[category], learned > from else { return nil }
      if times.submitted(.initial) != nil, told(category) == nil {
        let isLast = times.reports.last?.type == .final
        return "The category \(category.rawValue) became known on \(learned.day.iso), after the "
          + "\(isLast ? "final" : "initial") report: tell of it in an intermediate report by "
          + due.alarmDay.iso
          + (due.alarm <= learned ? ", which has passed: send it at once." : ".")
      }
      if told(category) != nil {
        return
          "The category \(category.rawValue) became known on \(learned.day.iso); its report was "
          + "due by \(due.alarmDay.iso)\(due.alarm <= learned ? ", before it was known." : ".")"
      }
      let was =
        due.alarm <= learned
        ? "its report was due by \(due.alarmDay.iso) already: send it at once, and say why"
        : "its report is due by \(due.alarmDay.iso), counted from the same awareness"
      return "The category \(category.rawValue) became known on \(learned.day.iso); \(was)."
    }
  }

  /// A clock whose report was sent; only what is known to be owed can be late.
  private func ended(_ clock: IncidentClock?, by done: Instant?) -> IncidentClock? {
    guard var clock, let done, clock.state != .notInForce else { return clock }
    let isOwed = clock.state == .running
    clock.state = .ended
    clock.done = done
    if let due = clock.due, let lateness = lateness(of: done, due) {
      clock.notes.append(
        isOwed
          ? "It was done \(lateness)."
          : "Whether it was owed is open; if it was, it was due by \(due.alarmDay.iso) and done "
            + "\(lateness).")
    }
    return clock
  }

  /// How something was late, in words; nil where it was in time by both readings.
  func lateness(of done: Instant, _ due: DueDate) -> String? {
    switch due.timeliness(of: done) {
    case .inTime: nil
    case .byOneReading: "in time by one reading only"
    case .late: "late by both readings"
    }
  }

  /// Source: Code of Practice, Safety and Security, Measure 9.3, third paragraph.
  private var final: IncidentClock? {
    var clock = clock("cop/safety/9.3/final", .model, .final, start(.resolved), state: whole)
    if clock?.state == .running, let note = knownBefore {
      clock?.state = .possible
      clock?.notes.append(note)
    }
    return ended(clock, by: times.submitted(.final))
  }

  /// Source: Code of Practice, Safety and Security, Measure 9.4: the later of document and incident.
  private var retention: IncidentClock? {
    var from = start(.documented)
    if let documented = from.at, let occurred = times[.occurred] {
      from.at = max(documented, occurred)
    }
    return clock("cop/safety/9.4", .model, .retention, from, state: whole)
  }

  // MARK: House practice

  var house: [IncidentClock?] {
    let seen = incidentSeen
    var triage = clock("house/triage", .house, .triage, seen, state: whole)
    let isUrgent = [IncidentCategory.infrastructure, .cyberBreach].contains {
      harms[$0] != .no && counts($0)
    }
    if isUrgent { triage?.notes.append("It consumes the whole time of the shortest category.") }
    let urgent = isUrgent ? clock("house/triage-urgent", .house, .triage, seen, state: whole) : nil
    return [
      ended(triage, by: times.considered), ended(urgent, by: times.considered),
      clock("house/deployer-notice", .house, .deployerNotice, start(.deployerAware), state: whole),
      ended(
        clock("house/incident-countdown", .house, .initial, incidentKnown, state: whole),
        by: times.submitted(.initial)),
      ended(
        clock(
          "house/incident-closure", .house, .closure,
          Start(at: times.submitted(.initial), names: ["initial report"]), state: whole),
        by: times.submitted(.final)),
    ]
  }
}
