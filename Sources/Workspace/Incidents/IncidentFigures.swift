public import Duties
public import Ground
internal import Rulebook

/// What the incidents of a workspace amount to, in all and by the month and year of their first report.
public struct IncidentFigures: Sendable {
  /// Lengths of time, in hours.
  public struct Durations: Sendable {
    /// Each of them, in no order.
    public internal(set) var hours: [Int] = []

    /// The middle one, the lower of two; nil where there is none.
    public var median: Int? {
      hours.isEmpty ? nil : hours.sorted()[(hours.count - 1) / 2]
    }

    /// The longest; nil where there is none.
    public var longest: Int? { hours.max() }

    mutating func add(from start: Instant?, to end: Instant?) {
      guard let start, let end, start <= end else { return }
      hours.append((end.seconds - start.seconds) / 3600)
    }

    /// `{count, median_hours, longest_hours}`.
    public var json: JSON {
      .object([
        ("count", .int(hours.count)), ("median_hours", median.map { .int($0) } ?? .null),
        ("longest_hours", longest.map { .int($0) } ?? .null),
      ])
    }
  }

  /// The incidents of one period.
  public struct Period: Sendable {
    /// `2026-05`, `2026` or `all`.
    public let name: String
    /// How many were received; what was merged into another counts once.
    public internal(set) var received = 0
    /// By what they are considered to be; nobody said it of the rest.
    public internal(set) var outcomes: [IncidentOutcome: Int] = [:]
    /// By category of harm, as answered; an incident may have several.
    public internal(set) var categories: [IncidentCategory: Int] = [:]
    /// From the occurrence to the awareness of the model's involvement.
    public internal(set) var toAwareness = Durations()
    /// From the first report to the first view of what it is considered to be.
    public internal(set) var toTriage = Durations()
    /// From the awareness to the initial report.
    public internal(set) var toReport = Durations()
    /// Initial reports that were sent by the earlier reading of their time limit.
    public internal(set) var inTime = 0
    /// Initial reports that were sent in time by one reading only.
    public internal(set) var byOneReading = 0
    /// Initial reports that were sent late by both readings.
    public internal(set) var late = 0

    /// Initial reports whose time limit is known.
    public var judged: Int { inTime + byOneReading + late }
    /// Incidents of which nobody said yet what they are.
    public var undecided: Int { received - outcomes.values.reduce(0, +) }
  }

  /// Days after which an incident that is not closed is named.
  public static let longOpen = 60

  /// All of them.
  public private(set) var all = Period(name: "all")
  /// By month, the first one first.
  public private(set) var months: [Period] = []
  /// By year, the first one first.
  public private(set) var years: [Period] = []
  /// Those that are open for more than `longOpen` days, the longest first.
  public private(set) var openLong: [RecordState] = []

  init(_ states: [RecordState], law: Law, now: Instant) {
    var byMonth: [String: Period] = [:]
    var byYear: [String: Period] = [:]
    var open: [(since: Instant, state: RecordState)] = []
    for state in states where state.status != "merged" {
      let line = IncidentFigures.line(state, law)
      let month = String(line.received.day.iso.prefix(7))
      let year = String(line.received.day.iso.prefix(4))
      line.count(in: &all)
      line.count(in: &byMonth[month, default: Period(name: month)])
      line.count(in: &byYear[year, default: Period(name: year)])
      if state.status != "closed",
        now.seconds - line.received.seconds > IncidentFigures.longOpen * 86_400
      {
        open.append((line.received, state))
      }
    }
    months = byMonth.values.sorted { $0.name < $1.name }
    years = byYear.values.sorted { $0.name < $1.name }
    openLong = open.sorted { $0.since < $1.since }.map(\.state)
  }

  /// What one incident adds.
  private struct Line {
    let received: Instant
    let outcome: IncidentOutcome?
    let categories: [IncidentCategory]
    let times: IncidentTimes
    let considered: Instant?
    /// When its initial report was sent, with the readings of the strictest time limit that held for it.
    let report: (sent: Instant, due: DueDate)?

    func count(in period: inout Period) {
      period.received += 1
      if let outcome { period.outcomes[outcome, default: 0] += 1 }
      for category in categories { period.categories[category, default: 0] += 1 }
      period.toAwareness.add(from: times[.occurred], to: times[.awareOfInvolvement])
      period.toTriage.add(from: received, to: considered)
      period.toReport.add(from: times[.awareOfInvolvement], to: times.submitted(.initial))
      guard let report else { return }
      switch report.due.timeliness(of: report.sent) {
      case .inTime: period.inTime += 1
      case .byOneReading: period.byOneReading += 1
      case .late: period.late += 1
      }
    }
  }

  private static func line(_ state: RecordState, _ law: Law) -> Line {
    let facts = IncidentRecord.facts(state)
    let times = IncidentRecord.times(state)
    let categories = IncidentCategory.allCases.filter { facts.harm($0) == .yes }
    let clocks = IncidentClocks(facts: facts, times: times, law: law).all.filter { clock in
      clock.track == .model && clock.task == .initial && clock.state == .ended
        && clock.categories.contains { categories.contains($0) }
    }
    var report: (sent: Instant, due: DueDate)?
    if let sent = times.submitted(.initial),
      let due = clocks.compactMap(\.due).min(by: { $0.alarm < $1.alarm })
    {
      report = (sent, due)
    }
    return Line(
      received: times[.firstReport] ?? state.begun, outcome: IncidentRecord.outcome(state),
      categories: categories, times: times,
      considered: state.times("incident-considered").map(\.instant).min(), report: report)
  }

  // MARK: For programs

  /// `{all, months, years, open_long}`; durations in hours.
  public var json: JSON {
    .object([
      ("all", all.json), ("months", .array(months.map(\.json))),
      ("years", .array(years.map(\.json))), ("open_long", JSON(openLong.map(\.id.text))),
    ])
  }

  /// Months, years and all of them, a row each.
  public var csv: [UInt8] {
    (months + years + [all]).reduce(CSVLine.of(Period.columns)) { $0 + CSVLine.of($1.cells) }
  }
}

extension IncidentFigures.Period {
  /// The documented members of a period.
  public var json: JSON {
    .object([
      ("period", .string(name)), ("received", .int(received)),
      (
        "outcomes",
        .object(IncidentOutcome.allCases.map { ($0.rawValue, .int(outcomes[$0] ?? 0)) })
      ),
      ("undecided", .int(undecided)),
      (
        "categories",
        .object(IncidentCategory.allCases.map { ($0.rawValue, .int(categories[$0] ?? 0)) })
      ),
      ("to_awareness", toAwareness.json), ("to_triage", toTriage.json),
      ("to_report", toReport.json), ("in_time", .int(inTime)),
      ("by_one_reading", .int(byOneReading)), ("late", .int(late)),
    ])
  }

  static let columns =
    ["period", "received"] + IncidentOutcome.allCases.map(\.rawValue) + ["undecided"]
    + IncidentCategory.allCases.map(\.rawValue)
    + [
      "to_awareness_median_hours", "to_triage_median_hours", "to_report_median_hours", "in_time",
      "by_one_reading", "late",
    ]

  var cells: [String] {
    func hours(_ durations: IncidentFigures.Durations) -> String {
      durations.median.map { String($0) } ?? ""
    }
    return [name, String(received)]
      + IncidentOutcome.allCases.map { String(outcomes[$0] ?? 0) } + [String(undecided)]
      + IncidentCategory.allCases.map { String(categories[$0] ?? 0) }
      + [
        hours(toAwareness), hours(toTriage), hours(toReport), String(inTime), String(byOneReading),
        String(late),
      ]
  }
}

extension OpenWorkspace {
  /// What the incidents that the actor may read amount to.
  ///
  /// - Throws: `store.*`, `workspace.*`.
  public func incidentFigures() async throws(Problem) -> IncidentFigures {
    IncidentFigures(
      try await states(.incident), law: surroundings.law(surroundings.today),
      now: surroundings.now())
  }
}
