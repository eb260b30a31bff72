@testable import Duties
import Ground
import RuleFile
import Rulebook
import Testing

/// One clock with a start, and the days that follow.
struct ClockCase: CustomTestStringConvertible, Sendable {
  let key: String
  let record: RecordState
  var provider: RecordState? = DocketSamples.provider()
  let start: String
  /// Plain calendar, Regulation 1182/71, the day that binds, the day to plan with.
  let days: [String]
  let force: Force
  let citation: String?
  var kind = Deadline.Kind.deadline
  let owner: Role

  var testDescription: String { key + " from " + start }
}

@Suite("The clocks of the docket")
struct DocketTableTests {
  private typealias S = DocketSamples

  static let statute: [ClockCase] =
    [
      ClockCase(
        key: "ai-act/52/1", record: S.model([], [("threshold-known", "2026-11-20")]),
        start: "2026-11-20", days: ["2026-12-04", "2026-12-04", "2026-12-04", "2026-12-04"],
        force: .statute, citation: "Art. 52(1) AI Act", owner: .compliance),
      ClockCase(
        key: "ai-act/52/1", record: S.model([], [("threshold-met", "2026-12-12")]),
        start: "2026-12-12", days: ["2026-12-26", "2027-01-04", "2027-01-04", "2026-12-26"],
        force: .statute, citation: "Art. 52(1) AI Act", owner: .compliance),
      ClockCase(
        key: "ai-act/52/1", record: S.model([("known_since", .string("2025-03-01"))]),
        start: "2025-08-02", days: ["2025-08-16", "2025-08-18", "2025-08-18", "2025-08-16"],
        force: .statute, citation: "Art. 52(1) AI Act", owner: .compliance),
      ClockCase(
        key: "ai-act/52/5",
        record: S.model([("designated_under", .string("52(4)"))], [("designated", "2026-08-31")]),
        start: "2026-08-31", days: ["2027-03-01", "2027-03-02", "2027-03-02", "2027-03-02"],
        force: .statute, citation: "Art. 52(5), first to third sentences AI Act", kind: .notBefore,
        owner: .counsel),
      ClockCase(
        key: "ai-act/52/5/maintained",
        record: S.model(
          [("designated_under", .string("52(4)"))],
          [("designated", "2026-01-01"), ("designation-maintained", "2026-08-31")]),
        start: "2026-08-31", days: ["2027-03-01", "2027-03-02", "2027-03-02", "2027-03-02"],
        force: .statute, citation: "Art. 52(5), last sentence AI Act", kind: .notBefore,
        owner: .counsel),
      ClockCase(
        key: "ai-act/111/3", record: S.model([], [("placed-on-market", "2025-08-01")]),
        start: "2025-08-01", days: ["2027-08-02", "2027-08-02", "2027-08-02", "2027-08-02"],
        force: .statute, citation: "Art. 111(3) AI Act", owner: .compliance),
      ClockCase(
        key: "ai-act/54/1", record: S.model([], [("placement-planned", "2027-01-15")]),
        provider: S.provider(inUnion: false), start: "2027-01-15",
        days: ["2027-01-15", "2027-01-15", "2027-01-15", "2027-01-14"], force: .statute,
        citation: "Art. 54(1) AI Act", owner: .counsel),
    ]
    + [("a", Role.compliance), ("b", .compliance), ("c", .counsel), ("d", .compliance)].map {
      letter, owner in
      ClockCase(
        key: "ai-act/53/1/" + letter,
        record: S.model([], [("placement-planned", "2027-01-15")]), start: "2027-01-15",
        days: [String](repeating: "2027-01-15", count: 4), force: .statute,
        citation: "Art. 53(1)(\(letter)) AI Act", owner: owner)
    }

  private static let systemic = [
    ("threshold-known", "2026-06-01"), ("commission-notified", "2026-12-04"),
  ]

  static let code: [ClockCase] = [
    // Four weeks end on New Year's Day, a holiday: the Code's own reading does not move.
    ClockCase(
      key: "cop/safety/1.1/after-notification", record: S.model([], systemic),
      start: "2026-12-04", days: ["2027-01-01", "2027-01-04", "2027-01-01", "2027-01-01"],
      force: .code, citation: "Measure 1.1, last paragraph", owner: .safety),
    ClockCase(
      key: "cop/safety/1.1/before-market",
      record: S.model([], systemic + [("placement-planned", "2026-12-15")]),
      start: "2026-12-15", days: ["2026-12-01", "2026-12-01", "2026-12-01", "2026-11-30"],
      force: .code, citation: "Measure 1.1, last paragraph", kind: .backward, owner: .safety),
    ClockCase(
      key: "cop/safety/1.3",
      record: S.model([], systemic + [("placed-on-market", "2026-02-28")]),
      start: "2026-02-28", days: ["2027-02-28", "2027-03-01", "2027-02-28", "2027-02-28"],
      force: .code, citation: "Measure 1.3", owner: .safety),
    // Five working days over All Souls' Day, which the Commission keeps.
    ClockCase(
      key: "cop/safety/1.4",
      record: S.provider([], [("framework-confirmed", "2026-10-30")]), start: "2026-10-30",
      days: ["2026-11-09", "2026-11-09", "2026-11-09", "2026-11-09"], force: .code,
      citation: "Measure 1.4", owner: .compliance),
    ClockCase(
      key: "cop/safety/7.7",
      record: S.model([], systemic + [("placement-planned", "2026-12-15")]), start: "2026-12-15",
      days: [String](repeating: "2026-12-15", count: 4), force: .code, citation: "Measure 7.7",
      owner: .safety),
    ClockCase(
      key: "cop/safety/7.6",
      record: S.model(
        [("most_capable", .bool(true))],
        systemic + [("placed-on-market", "2026-09-01"), ("model-report-provided", "2026-08-31")]),
      start: "2026-08-31", days: ["2027-02-28", "2027-03-01", "2027-02-28", "2027-02-28"],
      force: .code, citation: "Measure 7.6", owner: .safety),
    ClockCase(
      key: "cop/safety/7.7/update",
      record: S.model(
        [],
        systemic + [
          ("placed-on-market", "2026-09-01"), ("model-report-provided", "2026-08-31"),
          ("model-report-confirmed", "2026-10-30"),
        ]), start: "2026-10-30",
      days: ["2026-11-09", "2026-11-09", "2026-11-09", "2026-11-09"], force: .code,
      citation: "Measure 7.7, first paragraph", owner: .compliance),
    ClockCase(
      key: "cop/safety/app-4.3/1",
      record: S.provider([], [("authorisations-checked", "2026-08-31")]), start: "2026-08-31",
      days: ["2027-02-28", "2027-03-01", "2027-02-28", "2027-02-28"], force: .code,
      citation: "Appendix 4.3, point (1)", owner: .security),
    // Fourteen days end on Boxing Day, a Saturday.
    ClockCase(
      key: "cop/transparency/1.2", record: S.request([("request-received", "2026-12-12")]),
      start: "2026-12-12", days: ["2026-12-26", "2027-01-04", "2026-12-26", "2026-12-26"],
      force: .code, citation: "Measure 1.2", owner: .compliance),
  ]

  static let own: [ClockCase] = [
    ClockCase(
      key: "expires", record: S.evidence([("expires", .string("2027-06-30"))]),
      start: "2027-06-30", days: [String](repeating: "2027-06-30", count: 4), force: .house,
      citation: nil, kind: .review, owner: .compliance),
    ClockCase(
      key: "review", record: S.evidence([("review_by", .string("2027-06-30"))]),
      start: "2027-06-30", days: [String](repeating: "2027-06-30", count: 4), force: .house,
      citation: nil, kind: .review, owner: .compliance),
  ]

  @Test(
    "A clock has its start, both readings, the day that binds and the day to plan with",
    arguments: statute + code + own)
  func days(of item: ClockCase) throws {
    let models = item.record.id.kind == "model" ? [] : [DocketSamples.model()]
    let deadline = try #require(
      DocketSamples.deadline(item.key, item.record, provider: item.provider, models: models))
    #expect(deadline.startDay?.iso == item.start)
    #expect(
      [
        deadline.plainDay, deadline.regulationDay, deadline.statutoryDay, deadline.alarmDay,
      ].map { $0?.iso } == item.days)
    #expect(deadline.force == item.force && deadline.kind == item.kind)
    #expect(deadline.owner == item.owner && deadline.missing.isEmpty)
    #expect(deadline.occurrence == 1 || deadline.repeats)
    if let citation = item.citation {
      #expect(deadline.citation?.text.hasPrefix(citation) == true)
      #expect(deadline.ruleID == item.key && deadline.citation?.id == item.key)
    } else {
      #expect(deadline.citation == nil && deadline.ruleID == nil)
    }
    #expect(deadline.basis.first?.contains(item.start) == true || item.start == "2025-08-02")
  }

  @Test("Every clock that is not a house rule is tried above")
  func complete() {
    let tried = Set((Self.statute + Self.code + Self.own).map(\.key))
    // Those of incidents are tried beside their assessment, in IncidentDocketTests.
    let known = Set(
      Clock.all.filter { clock in
        !(clock.rule ?? "").hasPrefix("house/") && !Clock.incidents.contains { $0.key == clock.key }
      }.map(\.key))
    #expect(known == tried)
  }

  @Test(
    "A clock names rules that stand, events and fields of its records, and its source",
    arguments: Clock.all.map(\.key))
  func table(key: String) throws {
    let clock = try #require(Clock.all.first { $0.key == key })
    let kind = try #require(RecordKind.named(clock.kind))
    #expect(!clock.source.isEmpty && !clock.title.isEmpty)
    if let rule = clock.rule {
      let version = try #require(DocketSamples.law.provision(rule)?.version)
      switch clock.length {
      case .period:
        let lasting = clock.periodOf.map { DocketSamples.law.provision($0)?.version } ?? version
        #expect(lasting?.period != nil)
      case .fixedDay: #expect(version.day != nil)
      case .thatDay, .beforeThatDay: #expect(version.period == nil)
      }
      #expect(
        version.period == nil || version.period?.repeats == clock.repeats
          || clock.repeats && version.period?.unit == .workingDays)
    }
    for fact in clock.facts {
      let bearer = try #require(
        fact.bearer == .record ? kind : RecordKind.named(fact.bearer.rawValue))
      #expect(fact.event.map { bearer.event($0) != nil } ?? true, "\(fact.event ?? "")")
      #expect(fact.field.map { bearer.field($0) != nil } ?? true, "\(fact.field ?? "")")
    }
    #expect(clock.supersededBy.map { kind.event($0) != nil } ?? true)
    #expect(clock.delay.map { DocketSamples.law.provision($0)?.version.period != nil } ?? true)
  }
}

extension Clock {
  /// Everything it asks of records.
  fileprivate var facts: [Fact] {
    let starts: [Fact] =
      switch start {
      case .earliest(let facts), .latest(let facts, _): facts
      case .each(let fact, let after): [fact] + (after.map { [.event($0)] } ?? [])
      case .field(let name): [Fact(bearer: .record, event: nil, field: name)]
      case .placement, .transition: []
      }
    return starts + ends + voids
  }
}
