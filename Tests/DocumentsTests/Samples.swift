import Compute
@testable import Duties
import Ground
@testable import RuleFile
import Rulebook

/// Opinions with everything in them, and with nearly nothing.
enum Samples {
  static let day = Day(2026, 11, 20)!
  static let law = Law.at(day)

  /// A text that tries to leave every context it is put into.
  static let hostile =
    "<script>alert(1)</script> & \"q\" 'a' | *b* _c_ [d](javascript:e) `f`\n# g <img src=x>"

  static func cite(_ ids: String...) -> [Citation] { ids.compactMap { law.citation($0) } }

  /// A citation that was not read in its primary text and will end.
  static let doubtful = Citation(
    id: "house/sample", text: "Sample practice", force: .house, confidence: .oneSecondary,
    from: Day(2026, 1, 1)!, until: Day(2027, 1, 1)!, link: "https://example.org/a?b=1&c=2")

  static func run(
    _ id: String, _ activity: String, _ flop: String?, _ start: String, _ end: String,
    counts: Counts.Verdict
  ) -> Opinion.LedgerLine {
    let estimate = flop.map { Estimator.stated(try! FLOP(reading: $0), method: .measured) }
    return .init(
      id: id, activity: activity, status: "planned", start: Day(iso: start), end: Day(iso: end),
      estimate: estimate, methods: estimate.map { [$0] } ?? [],
      counts: Counts(training: counts, cumulative: counts),
      reason: "What \(activity) is for decides whether it counts; 10^25 is not asked here.",
      citation: law.citation("guidelines/116"),
      missing: flop == nil ? ["tokens", "params_total"] : [])
  }

  static func classification(model: String, provider: String) -> Classification {
    var facts = ModelFacts()
    facts.model = model
    facts.provider = provider
    facts.baseModel = "Base 1"
    facts.baseSameProvider = true
    facts.base = try! FLOP(reading: "4e24")
    facts.modality = try! Modality(reading: "text, code")
    facts.parametersTotal = 480_000_000_000
    facts.parametersActive = 60_000_000_000
    facts.tokens = 20_000_000_000_000
    facts.hardware = "H200 SXM"
    facts.released = DayRange(iso: "2027-05")
    facts.openWeights = false
    facts.chipHours = try! Quantity.read("4.6e6")
    facts.utilisation = try! Quantity.read("0.4")
    return Classification.decide(
      facts,
      problems: [FactProblem(column: "hours", reason: "zero hours", remedy: "leave it empty")])
  }

  static func questions(_ divergences: [Divergence]) -> [Opinion.Question] {
    [
      .init(
        id: "general-purpose", title: "Is it a general-purpose AI model?", answer: .yes,
        reasoning: [
          .init("More than 10^23 FLOP and language.", cite("guidelines/17", "ai-act/3/63")),
          .init("Arithmetic needs no citation: 6 x 10^24 is 6000000000000000000000000."),
        ], divergences: Array(divergences.prefix(2))),
      .init(
        id: "designated", title: "Has the Commission designated it?",
        answer: .undetermined(["designated"]),
        reasoning: [.init("A decision would be needed.", cite("ai-act/52/4") + [doubtful])],
        divergences: Array(divergences.prefix(3))),
      .init(
        id: "modifier", title: "Does a modifier become the provider?", answer: nil, reasoning: [],
        divergences: []),
    ]
  }

  static let forecast = Opinion.Forecast(
    crossing: Day(2027, 3, 20)!, known: Day(2026, 11, 10)!,
    basis: ["Runs are taken to grow evenly.", "10^25 is passed within the second run."],
    steps: [
      .init(day: Day(2026, 11, 15)!, flop: FLOP(0), run: ""),
      .init(day: Day(2026, 12, 1)!, flop: try! FLOP(reading: "4e24"), run: "base"),
      .init(day: Day(2027, 1, 31)!, flop: try! FLOP(reading: "4.8e24"), run: "data"),
      .init(day: Day(2027, 3, 31)!, flop: try! FLOP(reading: "1.12e25"), run: "pre-training"),
    ])

  static func clock(_ trigger: String, _ start: String, governs: Bool) -> Opinion.Clock {
    let provision = law.provision("ai-act/52/1")!
    let day = Day(iso: start)!
    return .init(
      rule: "ai-act/52/1", trigger: trigger, start: day,
      due: DueDate.count(
        provision.version.period!, from: Instant(startOf: day),
        calendar: law.calendar("commission")!), citation: provision.citation, governs: governs)
  }

  /// Every optional part is there; the model's name can be chosen.
  static func full(model: String = "Sample 7", provider: String = "Sample Labs") -> Opinion {
    let classification = classification(model: model, provider: provider)
    let divergences = law.divergences
    var facts = DutyFacts(classification)
    facts.isGeneralPurpose = .yes
    facts.isSystemic = .yes
    facts.notification = (Day(2026, 11, 24)!, "two weeks from 10 November 2026")
    let complete = classification.figures.complete
    return Opinion(
      day: day, lawChecked: day, staleness: "The rules may have changed since.",
      verdict: .init(
        isSystemic: .yes, sentence: "\(model) is presumed to have systemic risk above 10^25 FLOP."),
      classification: classification, hasCapabilities: .no,
      facts: [
        .init(
          id: "tokens", value: "20000000000000", source: "Plan, https://example.org/plan; p. 3"),
        .init(id: "modality", value: "text, code", source: ""),
        .init(id: "notification_sent", value: "no", source: "Register | of <notices>"),
      ],
      questions: questions(divergences),
      ledger: [
        run(
          "data", "synthetic-data-non-public", "8e23", "2026-12-01", "2027-01-31", counts: .counted),
        run("pre", "pre-training", "6.4e24", "2026-12-01", "2027-03-31", counts: .counted),
        run("checks", "evaluation", "2e21", "2027-04-01", "2027-04-21", counts: .notCounted),
        run("later", "fine-tuning", nil, "2027-05-01", "2027-05-31", counts: .undetermined),
      ],
      parts: [
        .init(id: "pre", flop: try! FLOP(reading: "7.2e24"), source: "ledger"),
        .init(id: "Base 1", flop: try! FLOP(reading: "4e24"), source: "https://example.org/base"),
        .init(id: "Adapter", flop: nil, source: "not stated"),
      ],
      reconciliations: complete.dropFirst().map {
        Reconciliation(reported: complete[0], other: $0)
      },
      forecast: forecast,
      clocks: [
        clock("the condition is met", "2027-03-20", governs: false),
        clock("it becomes known that 10^25 will be passed", "2026-11-10", governs: true),
      ],
      duties: DutyTable(law: law).duties(facts),
      comparables: ComparableModel.nearest(to: classification.cumulative!, count: 6),
      divergences: Array(divergences.prefix(5)),
      changes: [
        .init("A figure of 10^25 or less would change it.", cite("ai-act/51/2")),
        .init("So would new facts."),
      ])
  }

  /// Nothing is known.
  static var empty: Opinion {
    Opinion(
      day: day, lawChecked: day, staleness: nil,
      verdict: .init(
        isSystemic: .undetermined(["published_flop", "tokens"]), sentence: "It cannot be said."),
      classification: Classification.decide(ModelFacts()), hasCapabilities: .no, facts: [],
      questions: [], ledger: [], parts: [], reconciliations: [], forecast: nil, clocks: [],
      duties: [], comparables: [],
      divergences: [], changes: [])
  }

  /// Every text that comes from people says the same hostile thing.
  static var hostileEverywhere: Opinion {
    var opinion = full(model: hostile, provider: hostile)
    opinion.classification.facts.baseModel = hostile
    opinion.classification.assumptions = [hostile]
    opinion.facts = [.init(id: hostile, value: hostile, source: hostile)]
    opinion.ledger[0].id = hostile
    opinion.ledger[0].activity = hostile
    opinion.parts[0].id = hostile
    opinion.parts[0].source =
      "javascript:alert(1) data:text/html,x https://evil.example/\"><script>"
    opinion.forecast?.steps[0].run = hostile
    opinion.clocks[0].trigger = hostile
    opinion.questions[0].title = hostile
    opinion.questions[0].reasoning[0].text = hostile
    opinion.questions[0].reasoning[0].citations = [
      Citation(
        id: "x", text: hostile, force: .house, confidence: .unverified, from: day,
        link: "javascript:alert(1)")
    ]
    opinion.comparables[0].name = hostile
    opinion.comparables[0].link = "javascript:alert(1)"
    opinion.classification.problems = [
      FactProblem(column: hostile, reason: hostile, remedy: hostile)
    ]
    return opinion
  }
}
