import Ground
import RuleFile
import Rulebook
import TestSupport
import Testing

@Suite("What the law is on a day")
struct StalenessTests {
  @Test("Until the day of the last check there is no caution, from the next day on there is")
  func staleness() throws {
    #expect(Law.checked.iso == "2026-11-20")
    #expect(Law.at(Law.checked).staleness == nil)
    #expect(Law.at(try #require(Day(2025, 8, 2))).staleness == nil)
    let later = try #require(Law.at(Law.checked.adding(days: 1)).staleness)
    #expect(later.contains("2026-11-20") && later.contains("2026-11-21"))
  }

  @Test("Every rule has a source, a text, a day of its check and a document that exists")
  func sources() {
    let law = Law.at(Law.checked)
    for rule in law.rules {
      #expect(rule.checked <= Law.checked, "\(rule.id)")
      for version in rule.versions {
        #expect(law.document(version.document) != nil, "\(rule.id)")
        #expect(!version.cite.isEmpty && (version.repealed || !version.text.isEmpty), "\(rule.id)")
      }
    }
    #expect(law.ids.count >= 800)
    #expect(Set(law.ids).count == law.ids.count)
  }

  @Test("A citation is written as lawyers write it and carries validity and force")
  func citation() throws {
    let law = Law.at(Law.checked)
    let notify = try #require(law.citation("ai-act/52/1"))
    #expect(notify.text == "Art. 52(1) AI Act")
    #expect(notify.force == .statute && notify.confidence == .primary)
    #expect(notify.link?.hasSuffix("#art_52") == true)
    #expect(notify.from.iso == "2025-08-02" && notify.until == nil)
    let atStart = Law.at(try #require(Day(2025, 8, 2)))
    let old = try #require(atStart.citation("ai-act/56/6"))
    #expect(old.until?.iso == "2026-07-27")
    let early = Law.at(try #require(Day(2025, 7, 1)))
    let later = try #require(early.citation("ai-act/101/1"))
    #expect(later.from.iso == "2026-08-02", "before it applies, the first version is cited")
  }

  @Test("Fewer statutory rules stand on an earlier day")
  func growth() throws {
    let counts = try ["2024-07-01", "2025-07-01", "2025-08-02", "2026-08-02"].map { iso in
      let day = try #require(Day(iso: iso))
      return Law.at(day).provisions.count { $0.rule.force == .statute }
    }
    #expect(counts == counts.sorted() && Set(counts).count == counts.count)
  }

  @Test("A rule is shown as JSON with validity, force, confidence and period")
  func json() throws {
    let provision = try #require(Law.at(Law.checked).provision("ai-act/52/1"))
    #expect(provision.json["force"] == .string("statute"))
    #expect(provision.json["valid_from"] == .string("2025-08-02"))
    #expect(provision.json["period"]?["amount"] == .int(2))
    #expect(provision.json["period"]?["unit"] == .string("weeks"))
    #expect(provision.json["threshold"] == .null)
    let threshold = try #require(Law.at(Law.checked).provision("ai-act/51/2"))
    #expect(threshold.json["threshold"]?["comparison"] == .string("above"))
  }

  @Test("Inferred numbers of the Guidelines show that they were inferred")
  func inferred() {
    let adopted = Law.at(Law.checked).provisions.filter { $0.version.document == "guidelines-7719" }
    #expect(adopted.count > 100)
    let read = adopted.filter { !$0.version.cite.contains("inferred") }.map(\.version.cite)
    #expect(
      Set(read.flatMap { $0.split { !$0.isNumber }.compactMap { Int($0) } }).isSubset(
        of: Self.numbersRead))
  }

  /// Paragraphs whose number was confirmed by a reader of the adopted text, or is the same in both.
  ///
  /// Source: C(2025) 7719; the others are carried over from C(2025) 5045.
  private static let numbersRead = Set([9, 100, 112] + Array(12...23) + Array(45...68))
    .union(82...84)
}
