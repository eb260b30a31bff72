@testable import Duties
import Ground
import Rulebook
import Testing

@Suite("Where a deadline stands")
struct DocketStatusTests {
  private typealias S = DocketSamples

  static let notification: [(day: String, notified: String?, status: Deadline.Status)] = [
    // Known on Saturday 12 December 2026: plain end 26 December, under the Regulation 4 January 2027.
    ("2026-12-12", nil, .dueSoon), ("2026-12-26", nil, .dueSoon), ("2026-12-27", nil, .dueSoon),
    ("2027-01-04", nil, .dueSoon), ("2027-01-05", nil, .overdue), ("2027-03-01", nil, .overdue),
    ("2027-03-01", "2026-12-12", .met), ("2027-03-01", "2026-12-01", .met),
    ("2027-03-01", "2026-12-26", .met), ("2027-03-01", "2027-01-04", .met),
    ("2027-03-01", "2027-01-05", .metLate),
  ]

  @Test("The day that binds decides between in time and late, to the day", arguments: notification)
  func notified(day: String, notified: String?, status: Deadline.Status) throws {
    let model = S.model(
      [],
      [("threshold-known", "2026-12-12")] + (notified.map { [("commission-notified", $0)] } ?? []))
    let deadline = try #require(S.deadline("ai-act/52/1", model, today: S.day(day)))
    #expect(deadline.status == status)
    #expect(deadline.ended?.text == notified)
    #expect(deadline.isClosed == (notified != nil))
    #expect(deadline.endsWith?.contains("(commission-notified)") == true)
    let isBetween = notified.map { $0 > "2026-12-26" && $0 <= "2027-01-04" } ?? false
    #expect(deadline.basis.contains { $0.hasPrefix("Done after the cautious day") } == isBetween)
  }

  @Test("A deadline far away is open, and due soon from a month before the day to plan with")
  func far() throws {
    let model = S.model([], [("placement-planned", "2027-01-31")])
    for (day, status) in [("2026-12-31", Deadline.Status.open), ("2027-01-01", .dueSoon)] {
      let deadline = try #require(S.deadline("ai-act/53/1/d", model, today: S.day(day)))
      #expect(deadline.status == status)
    }
  }

  static let triggers: [(met: [String], known: [String], start: String)] = [
    (["2026-05-04"], [], "2026-05-04"), ([], ["2026-05-04"], "2026-05-04"),
    (["2026-05-04"], ["2026-05-08"], "2026-05-04"), (["2026-05-08"], ["2026-05-04"], "2026-05-04"),
    ([], ["2026-05-08", "2026-05-04", "2026-05-20"], "2026-05-04"),
  ]

  @Test("Of the triggers of Art. 52(1) the earliest governs", arguments: triggers)
  func earliest(met: [String], known: [String], start: String) throws {
    let model = S.model(
      [], met.map { ("threshold-met", $0) } + known.map { ("threshold-known", $0) })
    let deadline = try #require(S.deadline("ai-act/52/1", model))
    #expect(deadline.startDay?.iso == start)
    #expect(deadline.id == "model/m1:ai-act/52/1:1")
  }

  @Test("Fields of a model file and the ledger are triggers as events are")
  func fields() throws {
    let model = S.model([("met_on", .string("2026-05-08"))], [("threshold-known", "2026-06-01")])
    #expect(S.deadline("ai-act/52/1", model)?.startDay?.iso == "2026-05-08")
    let standing = ModelStanding(
      isSystemic: .yes, isProvider: .yes, thresholdKnown: S.day("2026-05-01"))
    let found = S.deadlines(model, standings: [model.id: standing])
    #expect(found.first { $0.ruleID == "ai-act/52/1" }?.startDay?.iso == "2026-05-01")
  }

  @Test("A corrected start moves the days and keeps the identity")
  func corrected() throws {
    let model = S.model([], [("threshold-known", "2026-11-20")])
    let moved = S.applying("threshold-known", "2026-11-23", corrects: true, to: model)
    let before = try #require(S.deadline("ai-act/52/1", model))
    let after = try #require(S.deadline("ai-act/52/1", moved))
    #expect(before.id == after.id && before.stableKey == after.stableKey)
    #expect(before.alarmDay?.iso == "2026-12-04" && after.alarmDay?.iso == "2026-12-07")
  }

  @Test("What was done once stays done in time when it is brought up to date later")
  func updated() throws {
    let model = S.model(
      [], [("documentation-drawn-up", "2026-02-20"), ("placed-on-market", "2026-03-01")])
    let updated = S.applying("documentation-drawn-up", "2026-10-10", to: model)
    let deadline = try #require(S.deadline("ai-act/53/1/a", updated))
    #expect(deadline.status == .met && deadline.ended?.text == "2026-02-20")
  }

  @Test("The representative is appointed before the placing, and on its day at the latest")
  func representative() throws {
    let model = S.model([], [("placed-on-market", "2026-03-02")])
    for (day, status) in [
      ("2026-03-01", Deadline.Status.met), ("2026-03-02", .met), ("2026-03-03", .metLate),
    ] {
      let provider = S.provider(inUnion: false, [], [("representative-appointed", day)])
      #expect(S.deadline("ai-act/54/1", model, provider: provider)?.status == status)
    }
    let named = S.provider(
      inUnion: false, [("authorised_representative", .string("Fictional Agents SRL"))])
    let open = try #require(S.deadline("ai-act/54/1", model, provider: named))
    #expect(open.status == .undetermined && open.missing == ["representative-appointed"])
  }

  static let rounds: [(events: [(String, String)], start: String, occurrence: Int)] = [
    ([], "2026-01-10", 1), ([("framework-assessed", "2026-01-05")], "2026-01-10", 1),
    ([("framework-assessed", "2026-06-01")], "2026-06-01", 2),
    (
      [("framework-assessed", "2026-06-01"), ("framework-assessed", "2026-09-01")], "2026-09-01", 3
    ),
  ]

  @Test("A repeating clock gives its current round", arguments: rounds)
  func repeated(events: [(String, String)], start: String, occurrence: Int) throws {
    let model = S.model([], [("threshold-met", "2026-01-01"), ("placed-on-market", "2026-01-10")])
    let found = S.deadlines(model, provider: S.provider([], events))
      .filter { $0.ruleID == "cop/safety/1.3" }
    let deadline = try #require(found.first)
    #expect(found.count == 1)
    #expect(deadline.startDay?.iso == start && deadline.occurrence == occurrence)
    #expect(deadline.status == .open || deadline.alarmDay.map { $0 <= S.day("2027-01-10") } == true)
  }

  @Test("Access to the Framework is due for the oldest confirmation that nothing followed")
  func unanswered() throws {
    func status(_ events: [(String, String)]) throws -> (String?, Deadline.Status, Int) {
      let provider = S.provider([], events)
      let found = try #require(S.deadline("cop/safety/1.4", provider, provider: nil))
      return (found.startDay?.iso, found.status, found.occurrence)
    }
    let first = ("framework-confirmed", "2026-03-02")
    let second = ("framework-confirmed", "2026-11-16")
    #expect(try status([first]) == ("2026-03-02", .overdue, 1))
    #expect(try status([first, second]) == ("2026-03-02", .overdue, 1))
    let late = ("framework-provided", "2026-03-10")
    #expect(try status([first, late]) == ("2026-03-02", .metLate, 1))
    #expect(try status([first, late, second]) == ("2026-11-16", .dueSoon, 2))
    let both = [first, second, ("framework-provided", "2026-11-18")]
    #expect(try status(both) == ("2026-11-16", .met, 2))
    #expect(try status([first, ("framework-provided", "2026-03-09")]) == ("2026-03-02", .met, 1))
  }

  @Test("A first Model Report is no update; a later confirmation is")
  func modelReport() throws {
    let placed = [("threshold-met", "2026-01-01"), ("placed-on-market", "2026-06-01")]
    let report = [
      ("model-report-confirmed", "2026-05-20"), ("model-report-provided", "2026-05-21"),
    ]
    let first = S.model([], placed + report)
    #expect(S.deadline("cop/safety/7.7/update", first) == nil)
    #expect(S.deadline("cop/safety/7.7", first)?.status == .met)
    let sameDay = S.applying("model-report-confirmed", "2026-05-21", to: first)
    #expect(S.deadline("cop/safety/7.7/update", sameDay) == nil)
    let update = S.applying("model-report-confirmed", "2026-10-01", to: first)
    let open = try #require(S.deadline("cop/safety/7.7/update", update))
    #expect(open.status == .overdue && open.basis.contains { $0.contains("15 working days") })
    let given = S.applying("model-report-provided", "2026-10-05", to: update)
    #expect(S.deadline("cop/safety/7.7/update", given)?.status == .met)
    #expect(S.deadline("cop/safety/7.7", given)?.status == .met)
    #expect(S.deadline("cop/safety/7.6", given)?.startDay?.iso == "2026-10-05")
  }

  @Test("A request is answered, refused or overdue; a refusal does not answer it")
  func request() throws {
    let received = ("request-received", "2026-11-02")
    for (end, status) in [
      (nil, Deadline.Status.overdue), (("request-answered", "2026-11-16"), .met),
      (("request-answered", "2026-11-17"), .metLate),
      (("request-refused", "2026-11-10"), .notApplicable),
    ] as [((String, String)?, Deadline.Status)] {
      let state = S.request([received] + (end.map { [$0] } ?? []))
      let found = S.deadline("cop/transparency/1.2", state, models: [S.model()])
      #expect(found?.status == status)
    }
  }

  @Test("Evidence is replaced in time, withdrawn, reviewed or overdue")
  func evidence() {
    let fields = [("expires", JSON.string("2026-10-01")), ("review_by", .string("2026-09-01"))]
    func statuses(_ events: [(String, String)]) -> [Deadline.Status] {
      S.deadlines(S.evidence(fields, events)).sorted { $0.id < $1.id }.map(\.status)
    }
    #expect(statuses([]) == [.overdue, .overdue])
    #expect(statuses([("evidence-replaced", "2026-09-30")]) == [.met, .notApplicable])
    #expect(statuses([("evidence-replaced", "2026-10-02")]) == [.metLate, .notApplicable])
    #expect(statuses([("evidence-withdrawn", "2026-08-01")]) == [.notApplicable, .notApplicable])
    // A review before the day belongs to an earlier round: the next day of review says when this one is.
    #expect(statuses([("evidence-reviewed", "2026-08-30")]) == [.overdue, .overdue])
    #expect(statuses([("evidence-reviewed", "2026-09-01")]) == [.overdue, .met])
    #expect(S.deadlines(S.evidence([], [])).isEmpty)
  }

  @Test("A request for reassessment opens on the day after the later reading")
  func opens() throws {
    let model = S.model([("designated_under", .string("52(4)"))], [("designated", "2026-08-31")])
    for (day, status) in [("2027-03-01", Deadline.Status.opensLater), ("2027-03-02", .open)] {
      #expect(S.deadline("ai-act/52/5", model, today: S.day(day))?.status == status)
    }
    let kept = S.applying("designation-maintained", "2027-04-01", to: model)
    #expect(S.deadline("ai-act/52/5", kept) == nil)
    #expect(S.deadline("ai-act/52/5/maintained", kept)?.occurrence == 1)
  }

  @Test("Hours count from the moment; an act whose hour is unknown is late on the same day")
  func hours() throws {
    let clock = Clock(
      "house/triage", of: "downstream-request", "Decide",
      start: .each(.event("request-received"), after: nil),
      ends: [.event("request-answered")], owner: .incidentLead, source: "a test")
    let law = Law.at(S.today, overlay: try DocketHouse.overlay("switch:\n  - rule: house/triage\n"))
    func deadline(_ answered: String?) throws -> Deadline {
      let state = S.request(
        [("request-received", "2026-11-18T09:30:00+01:00")]
          + (answered.map { [("request-answered", $0)] } ?? []))
      var docket = DocketClock(
        law: law, today: S.today,
        related: DocketRecords(
          provider: S.provider(), models: [S.model([], [("threshold-met", "2026-01-01")])]),
        table: [clock])
      return try #require(docket.deadlines(of: state).first)
    }
    let open = try deadline(nil)
    #expect(open.moments?.alarm.utc == "2026-11-20T08:30:00Z")
    #expect(open.moments?.regulation.utc == "2026-11-20T09:00:00Z")
    #expect(open.alarmDay == S.today && open.status == .dueSoon)
    #expect(try deadline("2026-11-20T09:30:00+01:00").status == .met)
    #expect(try deadline("2026-11-20T09:30:01+01:00").status == .metLate)
    #expect(try deadline("2026-11-19").status == .met)
    #expect(try deadline("2026-11-20").status == .metLate)
  }
}
