import Ground
import RuleFile
import Rulebook
import Testing

@Suite("Known divergences")
struct DivergenceTests {
  private static let law = Law.at(Law.checked)
  private static let all = law.divergences

  @Test("Each names publisher, title and date, the primary source with citation, and what differs")
  func complete() {
    #expect(Self.all.count >= 62)
    for divergence in Self.all {
      let parts = [
        divergence.source.publisher, divergence.source.title, divergence.source.dated,
        divergence.says, divergence.primary, divergence.cite,
      ]
      #expect(parts.allSatisfy { !$0.isEmpty }, "\(divergence.id)")
      #expect(divergence.says != divergence.primary, "\(divergence.id)")
      #expect(Self.law.document(divergence.document) != nil, "\(divergence.id)")
    }
    #expect(Set(Self.all.map(\.id)).count == Self.all.count)
  }

  @Test("The rules it concerns exist and show it")
  func rules() {
    for divergence in Self.all {
      for id in divergence.rules {
        #expect(Self.law.rule(id) != nil, "\(divergence.id): \(id)")
        #expect(Self.law.divergences(about: id).contains { $0.id == divergence.id })
      }
    }
    #expect(Self.law.divergences(about: "ai-act/51/2").count >= 2)
    #expect(Self.law.divergences(about: "ai-act/52/1").count >= 2)
  }

  /// Rows of the comparison with the first page, each with words that only its row needs.
  static let developerGuide: [(Int, String)] = [
    (1, "downstream cascade"), (2, "adherence"), (3, "flow"), (4, "Chapter VI"), (5, "50(2)"),
    (6, "tier"), (7, "reaches"), (8, "synthetic data"), (9, "GPU-hours"), (10, "orders"),
    (11, "backward"), (12, "exploratory"), (13, "one third"), (14, "size"), (15, "68"),
    (16, "delegated"), (17, "mitigation"), (18, "52(1)"), (19, "30 days"), (20, "notification"),
    (21, "71"), (22, "confidential"), (23, "Annex XI"), (24, "third countr"), (25, "55(1)"),
    (26, "undue delay"), (27, "Art. 18"), (28, "Art. 13"), (29, "52(1)(a)"), (30, "1 August 2024"),
    (31, "10 July 2025"), (32, "2 December 2027"), (33, "Art. 29"), (34, "hosted"),
    (35, "knowing that it will be met"),
  ]

  /// Rows of the comparison with the second page.
  static let traceGov: [(Int, String)] = [
    (1, "15 days"), (2, "cybersecurity"), (3, "energy"), (4, "55(1)(b)"), (5, "60 days"),
    (6, "root cause"), (7, "model is involved"), (8, "irreversible"), (9, "GPT-4"), (10, "Llama"),
    (11, "Mistral"), (12, "53"), (13, "Annex XIII"), (14, "Model Report"), (15, "bias"),
    (16, "external"), (17, "quarterly"), (18, "channel"), (19, "three drafts"), (20, "presumption"),
    (21, "audit"), (22, "2027"), (23, "watermark"), (24, "vulnerabilities"), (25, "0.74"),
    (26, "Art. 26"), (27, "2026"),
  ]

  @Test("Every row about the developer guide is there", arguments: developerGuide)
  func firstPage(row: Int, words: String) { check("developer-guide", row, words) }

  @Test("Every row about the second page is there", arguments: traceGov)
  func secondPage(row: Int, words: String) { check("tracegov", row, words) }

  private func check(_ source: String, _ row: Int, _ words: String) {
    let texts = Self.all.filter { $0.source.key == source }
      .map { [$0.says, $0.primary, $0.cite, $0.note ?? ""].joined(separator: " ").lowercased() }
    #expect(texts.contains { $0.contains(words.lowercased()) }, "row \(row): \(words)")
  }

  @Test("There are at least as many as the comparisons have rows")
  func counts() {
    let bySource = Dictionary(grouping: Self.all, by: \.source.key).mapValues(\.count)
    #expect(bySource["developer-guide", default: 0] >= 35)
    #expect(bySource["tracegov", default: 0] >= 27)
    #expect(Self.all.count { !["developer-guide", "tracegov"].contains($0.source.key) } >= 8)
  }

  static let circulating = [
    "10^26", "35 million", "52a", "May 2026", "database", "presumption of conformity", "Art. 73",
    "IA-1",
  ]

  @Test("What circulates elsewhere is there too", arguments: circulating)
  func elsewhere(words: String) {
    let texts = Self.all.map { [$0.says, $0.primary, $0.note ?? ""].joined(separator: " ") }
    #expect(texts.contains { $0.lowercased().contains(words.lowercased()) })
  }

  @Test(
    "House guidance without primary source is there, as house rules that are off or on by choice")
  func house() throws {
    let ids = [
      "house/triage", "house/triage-urgent", "house/deployer-notice", "house/quarterly-testing",
      "house/early-warning", "house/incident-closure", "house/incident-countdown",
      "house/notification-fields", "house/annual-review", "house/model-card",
      "house/notification-retention", "house/union-hosting", "house/ownership",
      "house/board-report", "house/segregation",
    ]
    for id in ids {
      let rule = try #require(Self.law.rule(id), "\(id)")
      #expect(rule.force == .house && rule.isOn != nil, "\(id)")
    }
    let triage = try #require(Self.law.rule("house/triage")?.versions.last)
    #expect(
      triage.period
        == PeriodRule(
          amount: 48, unit: .hours, counting: .plain, starts: triage.period?.starts ?? ""))
  }
}
