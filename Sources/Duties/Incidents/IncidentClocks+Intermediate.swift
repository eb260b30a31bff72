internal import Ground
internal import RuleFile
internal import Rulebook

extension IncidentClocks {
  /// The next intermediate report, counted from the last report, with those that were missed before.
  ///
  /// Source: Code of Practice, Safety and Security, Measure 9.3, second paragraph.
  var intermediate: IncidentClock? {
    let last = times.reports.last { $0.type != .final }
    let hasInitial = times.submitted(.initial) != nil
    var clock = clock(
      "cop/safety/9.3/intermediate", .model, .intermediate,
      Start(at: hasInitial ? last?.at : nil, names: ["initial report"]), state: whole)
    guard let due = clock?.due, let period = clock?.period else { return clock }
    clock?.notes += missed(period)
    if clock?.state == .running, let note = knownBefore {
      clock?.state = .possible
      clock?.notes.append(note)
    }
    let isResolvedBefore = resolved.map { !due.isLate($0) } == true
    if isResolvedBefore || times.reports.last?.type == .final { clock?.state = .ended }
    if isResolvedBefore {
      clock?.notes.append("The incident was resolved before another report was due.")
    }
    return clock
  }

  /// When the incident was resolved; a resolution that is only planned ends nothing yet, unless all of it is a plan.
  private var resolved: Instant? {
    let asked = Instant(endOf: law.day)
    let begun = [times[.awareOfInvolvement], times.reports.last?.at].compactMap { $0 }.max()
    guard let resolved = times[.resolved], resolved >= asked, let begun, begun < asked else {
      return times[.resolved]
    }
    return nil
  }

  /// Each time between two reports that was longer than the period, in words: which report was missed, and since when.
  private func missed(_ period: PeriodRule) -> [String] {
    let reports = times.reports
    return reports.indices.compactMap { index in
      let report = reports[index]
      guard report.type != .final, let calendar else { return nil }
      let due = DueDate.count(period, from: report.at, calendar: calendar)
      let next = index + 1 < reports.count ? reports[index + 1].at : nil
      // What ended the wait: another report, the resolution, or nothing up to the day asked.
      let end = [next, resolved].compactMap { $0 }.min() ?? Instant(endOf: law.day)
      guard let lateness = lateness(of: end, due), resolved.map({ !due.isLate($0) }) != true else {
        return nil
      }
      let was =
        "An intermediate report was due by \(due.alarmDay.iso), \(period.words) after the report of "
        + report.at.day.iso
      if let next, next == end {
        return was + ". The next was sent on \(next.day.iso), \(lateness)."
      }
      let more = periods(period, from: due, until: end, calendar)
      let count = more > 1 ? " \(more) were due in all." : ""
      if let resolved {
        return was + ". None was sent until the incident was resolved on \(resolved.day.iso)."
          + count
      }
      return was + ". None was sent until \(law.day.iso)." + count
    }
  }

  /// How many periods, each counted from the end of the one before, were over before the end.
  private func periods(
    _ period: PeriodRule, from first: DueDate, until end: Instant, _ calendar: HolidayCalendar
  ) -> Int {
    var due = first
    var count = 0
    while due.alarm < end, count < 1000 {
      count += 1
      due = DueDate.count(period, from: Instant(startOf: due.alarmDay), calendar: calendar)
    }
    return count
  }
}
