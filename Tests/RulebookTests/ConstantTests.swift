import Compute
import Ground
import RuleFile
import Rulebook
import Testing

/// The constants that the law and the Code set, written here once more by hand.
///
/// Source: Regulation (EU) 2024/1689; Guidelines C(2025) 7719; Code of Practice of 10 July 2025.
@Suite("The constants of the law")
struct ConstantTests {
  private let law = Law.at(Law.checked)

  static let thresholds: [(String, String, String, ThresholdRule.Comparison)] = [
    ("ai-act/51/2", "10^25", "FLOP", .above), ("guidelines/17", "10^23", "FLOP", .above),
    ("guidelines/60", "1/3", "fraction", .above),
    ("guidelines/61/systemic", "10^25/3", "FLOP", .above),
    ("guidelines/61/other", "10^23/3", "FLOP", .above),
    ("guidelines/120", "30", "percent", .atMost),
    ("ai-act/annex-xiii/f", "10000", "business-users", .atLeast),
    ("ai-act/101/1", "3", "percent", .atMost), ("ai-act/101/1/amount", "15000000", "EUR", .atMost),
    ("cop/safety/7.3", "5", "samples", .atLeast), ("cop/safety/app-4.2/3", "256", "bits", .atLeast),
    ("ai-act/75a-75d/periodic-penalties", "5", "percent", .atMost),
  ]

  @Test("A threshold has its value, unit and comparison", arguments: thresholds)
  func threshold(id: String, value: String, unit: String, comparison: ThresholdRule.Comparison)
    throws
  {
    let threshold = try #require(law.provision(id)?.version.threshold)
    #expect(threshold.value == value)
    #expect(threshold.unit == unit)
    #expect(threshold.comparison == comparison)
  }

  static let periods: [(String, Int, PeriodRule.Unit, PeriodRule.Kind)] = [
    ("ai-act/52/1", 2, .weeks, .deadline), ("ai-act/52/5", 6, .months, .notBefore),
    ("ai-act/52/5/maintained", 6, .months, .notBefore), ("ai-act/54/3/b", 10, .years, .notBefore),
    ("cop/safety/1.1/after-notification", 4, .weeks, .deadline),
    ("cop/safety/1.1/before-market", 2, .weeks, .backward),
    ("cop/safety/1.4", 5, .workingDays, .deadline), ("cop/safety/1.3", 12, .months, .deadline),
    ("cop/safety/7.7/update", 5, .workingDays, .deadline),
    ("cop/safety/7.7/delay", 15, .workingDays, .deadline),
    ("cop/safety/7.6", 6, .months, .deadline),
    ("cop/safety/9.3/infrastructure", 2, .days, .deadline),
    ("cop/safety/9.3/cyber", 5, .days, .deadline), ("cop/safety/9.3/death", 10, .days, .deadline),
    ("cop/safety/9.3/harm", 15, .days, .deadline),
    ("cop/safety/9.3/intermediate", 4, .weeks, .deadline),
    ("cop/safety/9.3/final", 60, .days, .deadline), ("cop/safety/9.4", 5, .years, .notBefore),
    ("cop/safety/10.1", 10, .years, .notBefore), ("cop/transparency/1.1", 10, .years, .notBefore),
    ("cop/transparency/1.2", 14, .days, .deadline),
    ("cop/safety/app-3.4/time", 20, .workingDays, .notBefore),
    ("cop/safety/app-3.5/call", 20, .workingDays, .notBefore),
    ("cop/safety/3.5/disclosure", 30, .workingDays, .deadline),
    ("cop/safety/app-4.3/1", 6, .months, .deadline),
    ("cop/safety/app-2.2/replacement", 6, .months, .deadline),
    ("ai-act/75/3", 30, .days, .deadline), ("ai-act/94", 10, .workingDays, .notBefore),
  ]

  @Test("A period has its length, unit and meaning", arguments: periods)
  func period(id: String, amount: Int, unit: PeriodRule.Unit, kind: PeriodRule.Kind) throws {
    let period = try #require(law.provision(id)?.version.period)
    #expect(period.amount == amount)
    #expect(period.unit == unit)
    #expect(period.kind == kind)
  }

  @Test(
    "Statutory periods are counted by Regulation 1182/71, those of the Code are unsettled, those of the house plain"
  )
  func counting() throws {
    for rule in law.rules {
      for period in rule.versions.compactMap(\.period) {
        let expected: PeriodRule.Counting =
          switch rule.force {
          case .statute, .guideline: .regulation
          case .code: .unsettled
          case .house: .plain
          case .recital, .template: .unsettled
          }
        #expect(period.counting == expected, "\(rule.id)")
        #expect(!period.starts.isEmpty, "\(rule.id)")
      }
    }
  }

  @Test("What repeats says so")
  func repeating() throws {
    for id in [
      "cop/safety/9.3/intermediate", "cop/safety/1.3", "cop/safety/7.6", "cop/safety/app-4.3/1",
    ] {
      #expect(try #require(law.provision(id)?.version.period).repeats, "\(id)")
    }
    #expect(try #require(law.provision("ai-act/52/1")?.version.period).repeats == false)
  }

  static let words: [(String, [String])] = [
    ("guidelines/31/compute", ["two significant figures"]),
    ("cop/safety/7.6/exceptions", ["less than a month"]),
    ("ai-act/52/1", ["without delay", "two weeks"]), ("ai-act/101/1", ["higher"]),
    ("ai-act/53/4", ["standard"]), ("ai-act/55/1/c", ["without undue delay"]),
  ]

  @Test("What is no number stands in the words of the rule", arguments: words)
  func text(id: String, phrases: [String]) throws {
    let text = try #require(law.provision(id)?.version.text)
    for phrase in phrases { #expect(text.contains(phrase)) }
  }

  @Test("The thresholds of the program are those of the law, on every day on which they stand")
  func inCode() throws {
    for (id, flop) in [("ai-act/51/2", FLOP.presumption), ("guidelines/17", FLOP.indication)] {
      let rule = try #require(law.rule(id))
      #expect(!rule.versions.isEmpty)
      for version in rule.versions {
        let threshold = try #require(version.threshold)
        #expect(try FLOP(reading: threshold.value) == flop)
        #expect(threshold.comparison == .above)
      }
    }
    let margin = try #require(law.provision("guidelines/120")?.version.threshold)
    #expect(Estimate.guidelineMargin * 100 == Double(margin.value))
  }

  @Test("No rule says that smaller enterprises pay the lower fine, nor knows a registry of models")
  func absent() throws {
    let text = try #require(law.provision("ai-act/101/1")?.version.text)
    #expect(!text.contains("lower"))
    for id in ["ai-act/52a", "ai-act/55a", "ai-act/71"] { #expect(law.rule(id) == nil) }
  }
}
