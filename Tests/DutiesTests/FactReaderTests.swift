import Compute
import Duties
import Ground
import Testing

@Suite("Facts as they are given")
struct FactReaderTests {
  private func read(_ cells: [ModelFacts.Column: String]) -> FactReader {
    FactReader { cells[$0] ?? "" }
  }

  @Test("All columns are read, with their spellings")
  func all() {
    let reader = read([
      .model: "M", .provider: "P", .baseModel: " B ", .released: "2025-08", .modality: "text;code",
      .openWeights: "YES", .baseSameProvider: "false", .parametersTotal: "671B",
      .parametersActive: "37B", .tokens: "14.8T", .hardware: "H800", .chips: "2048",
      .hours: "1361.3", .peak: "989e12", .utilisation: "40%", .published: "3.4×10^24",
      .base: "1e24",
    ])
    let facts = reader.facts
    #expect(reader.problems == [])
    #expect(facts.baseModel == "B" && facts.hasBase)
    #expect(facts.released?.iso == "2025-08")
    #expect(facts.openWeights == true && facts.baseSameProvider == false)
    #expect(facts.parametersTotal == 671_000_000_000 && facts.parametersActive == 37_000_000_000)
    #expect(facts.tokens == 14_800_000_000_000)
    #expect(facts.chips?.integer == 2048)
    #expect(facts.hours?.decimal == "1361.3")
    #expect(facts.utilisation?.decimal == "0.4")
    #expect(facts.published?.digits == "3400000000000000000000000")
  }

  @Test("Empty and blank cells are unknown, not zero and not a problem")
  func empty() {
    let reader = read([.tokens: "", .published: "   ", .released: "\t"])
    #expect(reader.problems == [])
    #expect(reader.facts.tokens == nil && reader.facts.published == nil)
    #expect(!reader.facts.hasBase)
  }

  @Test("A base that cannot be read is still a base")
  func unreadableBase() {
    let reader = read([.base: "many"])
    #expect(reader.facts.hasBase)
    #expect(reader.facts.unreadable == [.base])
  }

  @Test("Every column that cannot be read is reported, not the first alone")
  func gathered() {
    let reader = read([.tokens: "x", .published: "y", .released: "z", .utilisation: "41"])
    #expect(
      Set(reader.problems.map(\.column)) == ["tokens", "published_flop", "released", "utilisation"])
    #expect(reader.problems.allSatisfy { !$0.reason.isEmpty && !$0.remedy.isEmpty })
  }

  @Test("A chip that is not known is answered with names that are near")
  func nearChip() throws {
    let reader = read([.hardware: "H100 SXM9"])
    let problem = try #require(reader.problems.first)
    #expect(problem.remedy.contains("H100"))
    #expect(read([.hardware: "H100 SXM9", .peak: "1e15"]).problems == [])
  }

  static let fractions: [(String, String?)] = [
    ("0.41", "0.41"), ("41%", "0.41"), ("1", "1"), ("100%", "1"), ("0.5 %", "0.005"), ("0", nil),
    ("0%", nil), ("1.0000001", nil), ("100.01%", nil), ("%", nil), ("41", nil), ("-41%", nil),
  ]

  @Test("A utilisation lies above zero and up to one", arguments: fractions)
  func utilisation(text: String, expected: String?) {
    #expect(read([.utilisation: text]).facts.utilisation?.decimal == expected)
  }
}
