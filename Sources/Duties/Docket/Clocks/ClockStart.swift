internal import Ground

/// Where a clock of one record starts.
struct ClockStart {
  /// Whether there is anything to list at all.
  var isBegun = true
  /// Nil while it is unknown.
  var start: Effective?
  /// What told it.
  var fact: Clock.Fact?
  var occurrence = 1
  var missing: [String] = []
  var notes: Deadline.Notes = []

  private static let notBegun = ClockStart(isBegun: false)

  private static func unknown(_ facts: [Clock.Fact]) -> ClockStart {
    ClockStart(missing: facts.compactMap { $0.event ?? $0.field })
  }

  static func find(_ clock: Clock, _ facts: DocketFacts) -> ClockStart {
    if let superseding = clock.supersededBy, facts.record.state.happened[superseding] != nil {
      return notBegun
    }
    let legacy = facts.isLegacy == .yes ? clock.legacy : .same
    switch legacy {
    case .dropped: return notBegun
    case .transition: return transition(facts)
    case .same, .noted: break
    }
    var found = begun(clock, facts)
    found.noteTransition(clock, facts)
    return found
  }

  /// Notes where it is not settled that what starts before the transition ends is owed yet.
  mutating func noteTransition(_ clock: Clock, _ facts: DocketFacts) {
    guard clock.legacy == .noted, facts.isLegacy == .yes, let day = start?.day,
      day < DutyTable.transitionEnd
    else { return }
    notes.insert(.inTransition)
  }

  private static func begun(_ clock: Clock, _ facts: DocketFacts) -> ClockStart {
    switch clock.start {
    case .earliest(let triggers): return earliest(triggers, clock, facts)
    case .placement: return placement(facts)
    case .latest(let ends, let fromPlacement):
      var found = latest(ends, clock, facts, fromPlacement: fromPlacement)
      if clock.isRetention { keep(clock, facts, &found) }
      return found
    case .each(let fact, let after): return each(fact, after, clock, facts)
    case .field(let name): return field(name, facts)
    case .transition: return facts.isLegacy == .yes ? transition(facts) : notBegun
    }
  }

  /// Models placed before Chapter V applied have until the end of the transition.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 111(3).
  private static func transition(_ facts: DocketFacts) -> ClockStart {
    var found = ClockStart(notes: .transition)
    found.start = facts.placement.map { .day($0.day) } ?? facts.released.map { .day($0.last) }
    found.fact = facts.placement?.fact ?? .released
    return found
  }

  /// The earliest trigger governs; one from before Chapter V applied counts from that day.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 52(1); Guidelines C(2025) 7719, ¶ 112.
  private static func earliest(
    _ triggers: [Clock.Fact], _ clock: Clock, _ facts: DocketFacts
  ) -> ClockStart {
    var found = ClockStart()
    var tellers = 0
    for trigger in triggers {
      guard let time = facts.earliest(trigger) else { continue }
      tellers += 1
      if found.start.map({ time.day < $0.day }) ?? true {
        found.start = time
        found.fact = trigger
      }
    }
    guard let start = found.start else {
      // That capabilities were found is told by their day alone; without one it is the threshold whose day is missing.
      return unknown(triggers.filter { $0.event?.hasPrefix("capabilities-") != true })
    }
    if tellers > 1 { found.notes.insert(.otherTrigger) }
    if clock.legacy == .transition, start.day < DutyTable.chapterFive {
      found.start = .day(DutyTable.chapterFive)
      found.notes.insert(.movedStart)
    }
    if facts.isGivenUp { found.notes.insert(.givenUp) }
    return found
  }

  private static func placement(_ facts: DocketFacts) -> ClockStart {
    guard let placement = facts.placement else {
      return facts.isGivenUp
        ? notBegun
        : ClockStart(
          missing: [facts.released == nil ? "placement-planned" : "released (to the day)"])
    }
    var found = ClockStart(start: .day(placement.day), fact: placement.fact)
    if !placement.hasHappened, placement.day < facts.today { found.notes.insert(.passedPlan) }
    return found
  }

  private static func latest(
    _ ends: [Clock.Fact], _ clock: Clock, _ facts: DocketFacts, fromPlacement: Bool
  ) -> ClockStart {
    var found = ClockStart()
    var count = 0
    for end in ends {
      guard let time = facts.last(end) else { continue }
      count += facts.times(end).count
      if found.start.map({ time.day >= $0.day }) ?? true {
        found.start = time
        found.fact = end
      }
    }
    if fromPlacement {
      // A model that is not on the market yet starts nothing, and one placed before Chapter V applied neither.
      guard let placement = facts.placement, placement.day <= facts.today else { return notBegun }
      let isLegacy = facts.isLegacy == .yes
      if isLegacy, found.start == nil { return notBegun }
      if !isLegacy, found.start.map({ $0.day < placement.day }) ?? true {
        count = 0
        found.start = .day(placement.day)
        found.fact = placement.fact
      } else {
        count =
          isLegacy
          ? count
          : facts.times(ends[0])
            .count { $0.day >= placement.day }
      }
    }
    found.occurrence = clock.repeats ? count + 1 : max(count, 1)
    if found.start == nil { found.missing = unknown(ends).missing }
    return found
  }

  /// The oldest occurrence that nothing has answered; where all are answered, the last.
  private static func each(
    _ fact: Clock.Fact, _ after: String?, _ clock: Clock, _ facts: DocketFacts
  ) -> ClockStart {
    var times = facts.times(fact)
    if let after {
      guard let first = facts.record.state.times(after).first else { return notBegun }
      times = times.filter { $0.day > first.day }
    }
    guard !times.isEmpty else { return notBegun }
    let answers = clock.ends.flatMap { facts.times($0) }
    let open = times.firstIndex { time in !answers.contains { ClockEnd.follows($0, time) } }
    let index = open ?? times.count - 1
    return ClockStart(start: times[index], fact: fact, occurrence: index + 1)
  }

  private static func field(_ name: String, _ facts: DocketFacts) -> ClockStart {
    guard let day = facts.record.state.text(name).flatMap({ Day(iso: $0) }) else { return notBegun }
    return ClockStart(
      start: .day(day), fact: Clock.Fact(bearer: .record, event: nil, field: name))
  }

  /// Documentation of an incident is kept from the later of its own day and that of the incident.
  ///
  /// Source: Code of Practice, Safety and Security, Measure 9.4.
  private static func keep(
    _ clock: Clock, _ facts: DocketFacts, _ found: inout ClockStart
  ) {
    found.occurrence = 1
    if clock.rule == "cop/safety/9.4", facts.record.state.id.kind == RecordKind.incident.name {
      // The record of an incident is itself its documentation, up to its last entry.
      let last = max(facts.record.state.changed.day, IncidentRecord.lastDay(facts.record.state))
      if let start = found.start, last > start.day { found.start = .day(last) }
      return
    }
    guard clock.rule == "cop/safety/9.4",
      let incident = facts.record.state.text("incident").flatMap({ RecordID($0) })
    else { return }
    guard let day = facts.related.incidentDays[incident] else {
      found.start = nil
      found.missing = ["the day of " + incident.text]
      return
    }
    if let start = found.start, day > start.day { found.start = .day(day) }
  }
}
