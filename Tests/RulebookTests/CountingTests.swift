import Ground
import RuleFile
import Rulebook
import Testing

@Suite("What counts as compute")
struct CountingTests {
  private let law = Law.at(Law.checked)

  /// Source: Guidelines C(2025) 7719, ¶ 115 to 119: training compute, cumulative compute.
  static let table: [(String, Counts.Verdict, Counts.Verdict)] = [
    ("pre-training", .counted, .counted), ("mid-training", .counted, .counted),
    ("fine-tuning", .counted, .counted), ("reinforcement-learning-updates", .counted, .counted),
    ("synthetic-data-non-public", .notCounted, .counted),
    ("synthetic-data-discarded", .notCounted, .counted),
    ("merging", .counted, .counted), ("initialisation-from-weights", .counted, .counted),
    ("synthetic-data-public", .notCounted, .notCounted), ("evaluation", .notCounted, .notCounted),
    ("red-teaming", .notCounted, .notCounted),
    ("exploratory-research", .notCounted, .notCounted),
    ("failed-synthetic-experiments", .notCounted, .notCounted),
    ("distillation-parent", .notCounted, .notCounted),
    ("auxiliary-models", .notCounted, .notCounted),
    ("activation-recomputation", .notCounted, .notCounted),
    ("inference-ensemble", .undetermined, .undetermined),
    ("distillation-data-generation", .notCounted, .counted),
    ("rl-rollouts", .notCounted, .counted),
  ]

  @Test("An item counts as the Guidelines say, under both notions", arguments: table)
  func verdict(item: String, training: Counts.Verdict, cumulative: Counts.Verdict) throws {
    let provision = try #require(law.provision("count/" + item))
    #expect(provision.rule.counts?.training == training)
    #expect(provision.rule.counts?.cumulative == cumulative)
    #expect(provision.rule.force == .guideline)
    #expect(provision.version.cite.hasPrefix("¶"))
  }

  @Test("Whatever is counted as training counts cumulatively too")
  func inclusion() {
    let items = law.rules.filter { $0.counts != nil }
    #expect(items.count >= Self.table.count)
    for rule in items {
      #expect(rule.id.hasPrefix("count/"), "\(rule.id)")
      if rule.counts?.training == .counted { #expect(rule.counts?.cumulative == .counted) }
      #expect(rule.versions.allSatisfy { $0.text.count > 40 }, "\(rule.id) gives no reason")
    }
  }

  @Test("The discarded samples are named as counted")
  func discarded() throws {
    let text = try #require(law.provision("count/synthetic-data-discarded")?.version.text)
    #expect(text.contains("100"))
  }
}
