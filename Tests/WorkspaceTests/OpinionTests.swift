import Compute
import Duties
import Ground
import RuleFile
import Rulebook
import Testing
import Workspace

@Suite("The opinion on one model")
struct OpinionTests {
  private let law = Law.at(Day(2026, 11, 20)!)

  private func opinion(_ text: String, _ settings: String..., law: Law? = nil) throws -> Opinion {
    try OpinionWriter.write(
      ModelFile(text: text, file: "model.yaml", settings: settings).dossier, law: law ?? self.law)
  }

  private func answer(_ opinion: Opinion, _ question: String) -> Answer? {
    opinion.questions.first { $0.id == question }?.answer
  }

  static let planned = """
    model: M
    modality: text
    known_since: 2026-11-10
    runs:
      - {id: data, activity: synthetic-data-non-public, status: planned, flop: 4e24, start: 2027-01-01, end: 2027-01-10}
      - {id: pre, activity: pre-training, status: planned, flop: 8e24, start: 2027-02-01, end: 2027-02-08}
      - {id: test, activity: evaluation, status: planned, flop: 9e25, start: 2027-03-01, end: 2027-03-02}
    """

  @Test("A plan that crosses has both triggers, and the earlier governs")
  func triggers() throws {
    let opinion = try opinion(Self.planned)
    // 4e24 of data and 1e24 a day: the sixth day ends at exactly 10^25, the seventh above.
    #expect(opinion.forecast?.crossing?.iso == "2027-02-07")
    #expect(opinion.forecast?.known?.iso == "2026-11-10")
    let governing = opinion.clocks.filter(\.governs)
    #expect(governing.count == 1 && governing.first?.start.iso == "2026-11-10")
    #expect(opinion.duties.first { $0.entry.id == "ai-act/52/1" }?.due?.iso == "2026-11-24")
    #expect(opinion.verdict.next?.text.contains("2026-11-24") == true)
    #expect(opinion.verdict.exitStatus == 10)
  }

  @Test("Evaluation is not counted, private data is counted cumulatively only")
  func counting() throws {
    let opinion = try opinion(Self.planned)
    #expect(opinion.classification.training?.flop.digits == "8000000000000000000000000")
    #expect(opinion.classification.cumulative?.digits == "12000000000000000000000000")
  }

  @Test("What is set on the command line replaces the file's value")
  func whatIf() throws {
    let opinion = try opinion(Self.planned, "runs.pre.flop=5e24")
    #expect(opinion.verdict.isSystemic == .no && opinion.forecast?.crossing == nil)
    #expect(opinion.clocks.isEmpty)
  }

  @Test("A day on which it was met, stated and earlier than the plan, counts")
  func statedDay() throws {
    let opinion = try opinion(Self.planned + "\nmet_on: 2026-10-01")
    #expect(opinion.clocks.first { $0.governs }?.start.iso == "2026-10-01")
  }

  @Test("A plan without known_since is known on the day of the question at the latest")
  func unknownDecision() throws {
    let text = Self.planned.replacing("known_since: 2026-11-10\n", with: "")
    let opinion = try opinion(text)
    #expect(opinion.forecast?.known?.iso == "2026-11-20")
    #expect(opinion.clocks.first { $0.governs }?.start.iso == "2026-11-20")
    #expect(opinion.forecast?.basis.contains { $0.contains("known_since") } == true)
  }

  @Test("Methods of one run on different sides leave the answer open, and both are shown")
  func runMethods() throws {
    let opinion = try opinion(
      "model: M\nmodality: text\nruns:\n  - {id: a, flop: 6e24, params_total: 405B, tokens: 15.6T}")
    #expect(opinion.classification.exceeds == .undetermined(["reconciliation"]))
    #expect(opinion.reconciliations.count == 1 && opinion.verdict.exitStatus == 20)
  }

  @Test("A run that another only learns from belongs to another model")
  func teacher() throws {
    let opinion = try opinion(
      "model: M\nmodality: text\nruns:\n  - {id: t, flop: 8e24}\n"
        + "  - {id: s, flop: 3e24, from: [{id: t, how: distilled-from}]}")
    #expect(opinion.classification.cumulative?.digits == "3000000000000000000000000")
    #expect(opinion.ledger.first?.counts.cumulative == .notCounted)
    #expect(opinion.ledger.first?.citation?.id == "count/distillation-parent")
  }

  @Test("Data made for the model counts, whoever made it; the maker's training does not")
  func generatedData() throws {
    let opinion = try opinion(
      "model: M\nmodality: text\nruns:\n  - {id: g, flop: 7e24}\n"
        + "  - {id: d, activity: synthetic-data-non-public, flop: 2e24, from: [{id: g, how: synthetic-data-from}]}\n"
        + "  - {id: m, flop: 3e24, from: [{id: d, how: synthetic-data-from}]}")
    #expect(opinion.classification.cumulative?.digits == "5000000000000000000000000")
    #expect(opinion.classification.training?.flop.digits == "3000000000000000000000000")
  }

  static let diamond = """
    model: D
    modality: text
    runs:
      - {id: root, flop: 4e24}
      - {id: a, activity: fine-tuning, flop: 1e24, from: [{id: root, how: initialised-from}]}
      - {id: b, activity: fine-tuning, flop: 1e24, from: [{id: root, how: initialised-from}]}
      - {id: m, activity: merging, flop: 1e20, from: [{id: a, how: merged-from}, {id: b, how: merged-from}, {id: teacher, how: distilled-from}]}
    base_models:
      - {id: teacher, flop: 9e25, same_provider: no, source: paper}
    """

  @Test("A shared ancestor counts once, a teacher not at all")
  func lineage() throws {
    let opinion = try opinion(Self.diamond)
    #expect(opinion.classification.cumulative?.digits == "6000100000000000000000000")
    #expect(opinion.parts.map(\.id) == ["root", "a", "b", "m"])
    #expect(opinion.classification.isModifierProvider == nil)
  }

  @Test("A line whose counting is open leaves the answer open only when it matters")
  func openCounting() throws {
    let open = Self.diamond + "\n"
    let line = "  - {id: x, activity: inference-ensemble, flop: 5e24}\n"
    let text = open.replacing("base_models:", with: line + "base_models:")
    #expect(try opinion(text).classification.exceeds == .undetermined(["counting.x"]))
    let small = text.replacing("5e24}\nbase", with: "1e24}\nbase")
    #expect(try opinion(small).classification.exceeds == .no)
  }

  static let statuses: [(String, Answer, Int32)] = [
    ("published_flop: 2e25", .yes, 10), ("published_flop: 1e25", .no, 0),
    ("params_total: 1B", .undetermined(["tokens"]), 20),
    ("published_flop: 2e25\nresearch_only: yes", .no, 0),
    ("published_flop: 2e25\ngenerality: narrow\ngenerality_reason: plays chess", .no, 0),
    ("published_flop: 2e25\nbase_flop: 9e25\nbase_same_provider: no", .no, 0),
    ("published_flop: 1e24\ndesignated: yes\ndesignated_on: 2026-08-31", .yes, 10),
    (
      "published_flop: 2e25\ninternal_use_only: yes\ninternal_use_essential: no\naffects_rights: no",
      .yes, 10
    ),
  ]

  @Test("The verdict follows from presumption, designation and scope", arguments: statuses)
  func verdict(facts: String, expected: Answer, status: Int32) throws {
    let opinion = try opinion("model: M\nmodality: text\n" + facts)
    #expect(opinion.verdict.isSystemic.word == expected.word, "\(opinion.verdict.sentence)")
    #expect(opinion.verdict.exitStatus == status)
  }

  @Test("Internal use of a model above the threshold is left to counsel, not decided")
  func internalUse() throws {
    let opinion = try opinion(
      "model: M\nmodality: text\npublished_flop: 2e25\ninternal_use_only: yes\n"
        + "internal_use_essential: no\naffects_rights: no")
    #expect(
      answer(opinion, "placed-on-market") == .undetermined(["counsel_review_of_internal_use"]))
  }

  @Test("A model designated on criteria has the reassessment clock and no notification")
  func designated() throws {
    let opinion = try opinion(
      "model: M\nmodality: text\npublished_flop: 1e24\ndesignated: yes\n"
        + "designated_on: 2026-08-31\ndesignated_under: 52(4)")
    let clock = try #require(opinion.clocks.first { $0.rule == "ai-act/52/5" })
    #expect(clock.due.alarm.rfc3339 == "2027-03-02T00:00:00+01:00")
    #expect(!opinion.duties.contains { $0.entry.id == "ai-act/52/1" })
    #expect(opinion.duties.contains { $0.entry.id == "ai-act/55/1/a" })
  }

  @Test("The open-source exception spares two duties and the representative, never the others")
  func openSource() throws {
    let tests = Dossier.OpenSourceTest.allCases
      .map { "\($0.rawValue): \($0.favours ? "yes" : "no")" }.joined(separator: ", ")
    let facts = "model: M\nmodality: text\nestablished_in_union: no\nopen_source: {\(tests)}\n"
    let small = try opinion(facts + "published_flop: 1e24")
    let ids = small.duties.map(\.entry.id)
    #expect(ids.contains("ai-act/53/1/c") && ids.contains("ai-act/53/1/d"))
    #expect(!ids.contains("ai-act/53/1/a") && !ids.contains("ai-act/54/1"))
    let large = try opinion(facts + "published_flop: 2e25")
    #expect(large.duties.map(\.entry.id).contains("ai-act/53/1/a"))
    #expect(answer(large, "open-source") == .no)
  }

  @Test(
    "Reach is presumed from 10 000 business users on, not below",
    arguments: [("9999", "not presumed below 10000"), ("10000", "presumed from 10000")])
  func businessUsers(users: String, words: String) throws {
    let opinion = try opinion("model: M\nbusiness_users: \(users)")
    let reasons = opinion.questions.first { $0.id == "designated" }?.reasoning ?? []
    let texts = reasons.map(\.text).filter { $0.contains("business users in the Union;") }
    #expect(texts.count == 1 && texts[0].contains(" is " + words))
  }

  @Test(
    "The transition is for models placed before 2 August 2025, and ends on 2 August 2027",
    arguments: [("2025-08-01", "2027-08-02"), ("2025-08-02", "2025-08-02")])
  func transition(released: String, due: String) throws {
    let opinion = try opinion(
      "model: M\nmodality: text\npublished_flop: 1e24\nreleased: \(released)")
    #expect(opinion.duties.first { $0.entry.id == "ai-act/53/1/d" }?.due?.iso == due)
  }

  @Test("Before 2 August 2025 no question of systemic risk arises")
  func beforeTheChapter() throws {
    let law = Law.at(Day(2025, 7, 1)!)
    let opinion = try opinion("model: M\nmodality: text\npublished_flop: 2e25", law: law)
    #expect(opinion.verdict.exitStatus == 0 && opinion.classification.isPresumed == nil)
    #expect(opinion.duties.isEmpty && opinion.verdict.sentence.contains("2 August 2025"))
  }

  @Test("Every sentence that cites names rules that exist, and every question has reasons")
  func citations() throws {
    for text in [Self.planned, Self.diamond, "model: M"] {
      let opinion = try opinion(text)
      for question in opinion.questions { #expect(!question.reasoning.isEmpty, "\(question.id)") }
      let cited = opinion.questions.flatMap(\.reasoning).flatMap(\.citations)
      #expect(cited.count > 40)
      for citation in cited { #expect(law.rule(citation.id) != nil, "\(citation.id)") }
    }
  }
}
