@testable import Duties
import Ground
import Rulebook
import Testing

@Suite("Which deadlines a record has")
struct DocketConditionTests {
  private typealias S = DocketSamples

  private func keys(
    _ state: RecordState, provider: RecordState? = DocketSamples.provider(),
    models: [RecordState] = [], today: Day = DocketSamples.today
  ) -> Set<String> {
    Set(
      S.deadlines(state, provider: provider, models: models, today: today)
        .map { $0.prepared.clock.key })
  }

  private let placing: Set<String> = [
    "ai-act/53/1/a", "ai-act/53/1/b", "ai-act/53/1/c", "ai-act/53/1/d",
  ]
  private let systemic = [("threshold-met", "2026-01-01")]

  @Test("A registered model of which nothing else is known has no deadline")
  func nothing() {
    #expect(keys(S.model(), provider: nil).isEmpty)
    #expect(keys(S.provider(signatory: nil)).isEmpty)
  }

  @Test("A model without systemic risk has the four duties of Art. 53 only")
  func general() {
    let model = S.model([], [("placed-on-market", "2026-03-01")])
    #expect(keys(model) == placing)
    let abroad = keys(model, provider: S.provider(inUnion: false))
    #expect(abroad == placing.union(["ai-act/54/1"]))
  }

  @Test("A signatory's model with systemic risk has the clocks of the Code too")
  func signatory() {
    let model = S.model(
      [], systemic + [("commission-notified", "2026-01-10"), ("placed-on-market", "2026-03-01")])
    let code: Set<String> = [
      "cop/safety/1.1/after-notification", "cop/safety/1.1/before-market", "cop/safety/1.3",
      "cop/safety/7.7",
    ]
    let statute = placing.union(["ai-act/52/1"])
    #expect(keys(model) == statute.union(code))
    #expect(keys(model, provider: S.provider(signatory: false)) == statute)
  }

  @Test("While the signature is unknown the Code's deadlines are undetermined, with their days")
  func unknownSignature() throws {
    let model = S.model([], systemic + [("placed-on-market", "2026-03-01")])
    let provider = S.provider(signatory: nil)
    let found = try #require(S.deadline("cop/safety/7.7", model, provider: provider))
    #expect(found.status == .undetermined && found.missing == ["signatory"])
    #expect(found.alarmDay?.iso == "2026-03-01")
    let given = S.applying("model-report-provided", "2026-02-01", to: model)
    #expect(S.deadline("cop/safety/7.7", given, provider: provider)?.status == .met)
    let late = S.applying("model-report-provided", "2026-03-02", to: model)
    #expect(S.deadline("cop/safety/7.7", late, provider: provider)?.status == .undetermined)
    #expect(S.deadline("cop/safety/7.7", late)?.status == .metLate)
    let request = S.request([("request-received", "2026-11-10")])
    let asked = try #require(
      S.deadline("cop/transparency/1.2", request, provider: provider, models: [model]))
    #expect(asked.status == .undetermined && asked.alarmDay?.iso == "2026-11-24")
  }

  @Test("When model and provider differ on the signature, it is open")
  func contradiction() throws {
    let model = S.model(
      [("signatory", .bool(false))], systemic + [("placed-on-market", "2026-03-01")])
    let found = try #require(S.deadline("cop/safety/7.7", model))
    #expect(found.status == .undetermined)
    #expect(found.missing == ["signatory (the model and the provider differ)"])
  }

  @Test("Where the provider is established decides on the representative; unknown is not no")
  func establishment() throws {
    let model = S.model([], [("placed-on-market", "2026-03-01")])
    #expect(S.deadline("ai-act/54/1", model) == nil)
    let unknown = try #require(
      S.deadline("ai-act/54/1", model, provider: S.provider(inUnion: nil)))
    #expect(unknown.status == .undetermined && unknown.missing == ["established_in_union"])
  }

  @Test("The open-source exception takes documentation away, not policy and summary")
  func openSource() throws {
    let open: [(String, JSON)] = [
      ("open_weights", .bool(true)),
      (
        "open_source",
        .object(
          Dossier.OpenSourceTest.allCases.map { ($0.rawValue, .bool($0.favours)) })
      ),
    ]
    let placed = [("placed-on-market", "2026-03-01")]
    let free = S.model(open, [("arguments-accepted", "2026-01-01")] + placed)
    #expect(keys(free, provider: S.provider(inUnion: false)) == ["ai-act/53/1/c", "ai-act/53/1/d"])
    #expect(keys(S.model(open, systemic + placed)).isSuperset(of: placing))
    let unclear = S.model([("open_weights", .null)], placed)
    let found = try #require(S.deadline("ai-act/53/1/a", unclear))
    #expect(found.status == .undetermined && found.missing.contains("open_source_conditions"))
    #expect(S.deadline("ai-act/53/1/c", unclear)?.status == .overdue)
  }

  static let placements: [(fields: [(String, JSON)], events: [(String, String)], day: String?)] = [
    ([], [("placement-planned", "2026-12-01")], "2026-12-01"),
    ([], [("placement-planned", "2026-12-01"), ("placed-on-market", "2026-11-15")], "2026-11-15"),
    ([("released", .string("2026-12-24"))], [], "2026-12-24"),
    ([("released", .string("2026-12-24"))], [("placement-planned", "2026-12-01")], "2026-12-01"),
    ([("released", .string("2026-12"))], [], nil), ([("released", .string("2027"))], [], nil),
    ([("placed_on_market", .bool(true))], [], nil),
  ]

  @Test(
    "The day of placing comes from the event, the plan or an exact field", arguments: placements)
  func placement(fields: [(String, JSON)], events: [(String, String)], day: String?) throws {
    let found = try #require(S.deadline("ai-act/53/1/c", S.model(fields, events)))
    #expect(found.alarmDay?.iso == day)
    #expect((found.status == .undetermined) == (day == nil))
    #expect(found.missing.isEmpty == (day != nil))
  }

  @Test("A plan that has passed says so; a model given up has no placing")
  func plans() throws {
    let model = S.model([], [("placement-planned", "2026-11-01")])
    let found = try #require(S.deadline("ai-act/53/1/c", model))
    #expect(found.status == .overdue)
    #expect(found.basis.contains { $0.hasPrefix("The planned day has passed") })
    #expect(keys(S.applying("model-abandoned", "2026-11-02", to: model)).isEmpty)
    let known = S.model([], [("threshold-known", "2026-11-01"), ("model-abandoned", "2026-11-10")])
    let notice = try #require(S.deadline("ai-act/52/1", known))
    #expect(notice.status == .overdue && notice.basis.contains { $0.contains("for counsel") })
  }

  @Test("Research models and narrow models have none")
  func outOfScope() {
    let placed = [("placement-planned", "2026-12-01")]
    #expect(keys(S.model([("research_only", .bool(true))], placed)).isEmpty)
    #expect(keys(S.model([("generality", .string("narrow"))], placed + systemic)).isEmpty)
  }

  @Test("A modifier may be no provider: that is open until a classification says so")
  func modifier() throws {
    let model = S.model([("base_model", .string("Base 1"))], [("placed-on-market", "2026-03-01")])
    let found = try #require(S.deadline("ai-act/53/1/c", model))
    #expect(found.status == .undetermined && found.missing == ["modifier_is_provider"])
    let settled = S.deadlines(model, standings: [model.id: ModelStanding(isProvider: .no)])
    #expect(settled.isEmpty)
  }

  @Test(
    "A model placed before Chapter V applied has until the end of the transition, for all of it")
  func transition() throws {
    for fields in [[("released", JSON.string("2025-07"))], [("released", .string("2025-08-01"))]] {
      let found = S.deadlines(S.model(fields, systemic))
      #expect(
        Set(found.map { $0.ruleID ?? "" }) == placing.union(["ai-act/52/1", "ai-act/111/3"]))
      #expect(found.allSatisfy { $0.alarmDay?.iso == "2027-08-02" && $0.status == .open })
      #expect(found.allSatisfy { $0.basis.contains { $0.contains("Art. 111(3) AI Act") } })
    }
    #expect(keys(S.model([("released", .string("2025-08-02"))])) == placing)
    let unclear = try #require(
      S.deadline("ai-act/53/1/c", S.model([("released", .string("2025-08"))])))
    #expect(unclear.status == .undetermined && unclear.alarmDay == nil)
  }

  @Test("A known duty without a known start is listed as undetermined")
  func unknownStart() throws {
    let model = S.model()
    let standing = [
      model.id: ModelStanding(isGeneralPurpose: .yes, isSystemic: .yes, isProvider: .yes)
    ]
    let found = try #require(
      S.deadlines(model, standings: standing).first { $0.ruleID == "ai-act/52/1" })
    #expect(found.status == .undetermined && found.alarmDay == nil && found.start == nil)
    #expect(found.missing == ["threshold-met", "threshold-known"])
    let provider = S.provider()
    let checks = try #require(
      S.deadline("cop/safety/app-4.3/1", provider, models: [S.model([], systemic)]))
    #expect(checks.status == .undetermined && checks.missing == ["authorisations-checked"])
    #expect(S.deadline("cop/safety/app-4.3/1", provider, models: [model]) == nil)
  }

  @Test("What a classification leaves open is listed for Art. 53, and not for systemic risk")
  func openClassification() {
    let model = S.model([], [("placed-on-market", "2026-03-01")])
    let open = Answer.undetermined(["tokens"])
    let unsure = ModelStanding(
      isGeneralPurpose: open, isSystemic: open, isOpenSource: .no, isProvider: .yes)
    let found = S.deadlines(model, standings: [model.id: unsure])
    #expect(Set(found.map { $0.ruleID ?? "" }) == placing)
    #expect(found.allSatisfy { $0.status == .undetermined && $0.missing == ["tokens"] })
    let none = ModelStanding(isGeneralPurpose: .no, isSystemic: .no, isProvider: .yes)
    #expect(S.deadlines(model, standings: [model.id: none]).isEmpty)
    let known = S.applying("threshold-known", "2026-01-01", to: model)
    let sure = S.deadlines(known, standings: [known.id: unsure])
    #expect(sure.contains { $0.ruleID == "ai-act/53/1/a" && $0.status == .overdue })
    #expect(sure.contains { $0.ruleID == "cop/safety/7.7" && $0.status == .overdue })
  }

  @Test("A designation on the criteria asks for no notification and opens a reassessment")
  func designation() throws {
    let designated = [("designated", "2026-08-31")]
    let criteria = S.model([("designated_under", .string("52(4)"))], designated)
    #expect(keys(criteria) == ["ai-act/52/5"])
    #expect(keys(S.model([("designated_under", .string("52(1)"))], designated)).isEmpty)
    let open = try #require(S.deadline("ai-act/52/5", S.model([], designated)))
    #expect(open.status == .undetermined && open.missing == ["designated_under"])
  }

  @Test("Accepted arguments end the duties of systemic risk, not the record of the notification")
  func accepted() {
    let model = S.model(
      [],
      systemic + [
        ("commission-notified", "2026-01-10"), ("placed-on-market", "2026-03-01"),
        ("arguments-accepted", "2026-05-01"),
      ])
    #expect(keys(model) == placing.union(["ai-act/52/1"]))
  }

  @Test("The rhythm of Model Reports binds the most capable models; a single one is that")
  func mostCapable() throws {
    let events =
      systemic + [("placed-on-market", "2026-03-01"), ("model-report-provided", "2026-02-20")]
    let model = S.model([], events)
    #expect(S.deadline("cop/safety/7.6", model)?.status == .overdue)
    let second = S.model([], events, key: "m2")
    let open = try #require(S.deadline("cop/safety/7.6", model, models: [second]))
    #expect(open.status == .undetermined && open.missing == ["most_capable"])
    let older = S.model([("most_capable", .bool(false))], events)
    #expect(S.deadline("cop/safety/7.6", older, models: [second]) == nil)
    let withdrawn = S.applying("withdrawn", "2026-10-01", to: model)
    #expect(keys(withdrawn).isDisjoint(with: ["cop/safety/7.6", "cop/safety/1.3"]))
    let excepted = S.applying("model-report-update-excepted", "2026-08-01", to: model)
    #expect(S.deadline("cop/safety/7.6", excepted)?.startDay?.iso == "2026-08-01")
  }

  @Test("Before Chapter V applied nothing was due")
  func early() {
    let day = S.day("2025-08-01")
    let model = S.model(
      [], [("placement-planned", "2025-07-01"), ("threshold-known", "2025-06-01")])
    #expect(
      S.deadlines(model, law: Law.at(day), today: day).allSatisfy {
        $0.force == .statute
          && $0.ruleID == "ai-act/111/3"
      })
  }
}
