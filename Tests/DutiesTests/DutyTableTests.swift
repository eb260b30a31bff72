import Compute
import Duties
import Ground
import Rulebook
import Testing

@Suite("Duties that follow")
struct DutyTableTests {
  private let table = DutyTable(law: Law.at(Law.checked))

  private func facts(
    gpai: Answer = .yes, systemic: Answer = .no, provider: Answer = .yes,
    openSource: Answer = .no, inUnion: Answer = .yes, placed: String? = "2026-03-15"
  ) -> DutyFacts {
    var facts = DutyFacts(Classification.decide(ModelFacts()))
    facts.isGeneralPurpose = gpai
    facts.isSystemic = systemic
    facts.isProvider = provider
    facts.isOpenSource = openSource
    facts.isInUnion = inUnion
    facts.placed = placed.flatMap { DayRange(iso: $0) }
    return facts
  }

  private func ids(_ facts: DutyFacts) -> Set<String> { Set(table.duties(facts).map(\.entry.id)) }

  private let documentation: Set<String> = ["ai-act/53/1/a", "ai-act/53/1/b"]
  private let always: Set<String> = ["ai-act/53/1/c", "ai-act/53/1/d"]
  private let systemic: Set<String> = [
    "ai-act/52/1", "ai-act/55/1/a", "ai-act/55/1/b", "ai-act/55/1/c", "ai-act/55/1/d",
  ]

  @Test(
    "A provider of a model without systemic risk has the four duties of Art. 53, and none of 55")
  func general() {
    let found = ids(facts())
    #expect(found.isSuperset(of: documentation.union(always)))
    #expect(found.isDisjoint(with: systemic))
  }

  @Test("Systemic risk adds notification and Art. 55")
  func systemicRisk() {
    #expect(ids(facts(systemic: .yes)).isSuperset(of: systemic.union(documentation).union(always)))
  }

  @Test("Open source takes away documentation and representative, but not with systemic risk")
  func openSource() {
    let free = ids(facts(openSource: .yes, inUnion: .no))
    #expect(free.isSuperset(of: always) && free.isDisjoint(with: documentation))
    #expect(!free.contains("ai-act/54/1"))
    let risky = ids(facts(systemic: .yes, openSource: .yes, inUnion: .no))
    #expect(risky.isSuperset(of: documentation) && risky.contains("ai-act/54/1"))
  }

  @Test("Only providers established outside the Union appoint a representative")
  func representative() {
    #expect(!ids(facts(inUnion: .yes)).contains("ai-act/54/1"))
    #expect(ids(facts(inUnion: .no)).contains("ai-act/54/1"))
  }

  @Test("Who is no provider, and what is no general-purpose model, has none")
  func none() {
    #expect(ids(facts(gpai: .no)).isEmpty)
    #expect(ids(facts(provider: .no)).isEmpty)
  }

  @Test("Before Chapter V applied the table is empty")
  func early() throws {
    let before = DutyTable(law: Law.at(try #require(Day(2025, 8, 1))))
    #expect(before.entries.isEmpty && !before.isChapterInForce)
    let first = DutyTable(law: Law.at(try #require(Day(2025, 8, 2))))
    #expect(!first.entries.isEmpty && first.isChapterInForce)
  }

  static let days: [(String?, String?, String?)] = [
    ("2025-08-01", "2027-08-02", nil), ("2025-08-02", "2025-08-02", nil),
    ("2025-07", "2027-08-02", nil), ("2025-08", nil, nil), ("2025-09", nil, "2025-09-30"),
    ("2026", nil, "2026-12-31"), (nil, nil, nil),
  ]

  @Test("The day of placing on the market decides when documentation is due", arguments: days)
  func due(placed: String?, due: String?, latest: String?) throws {
    let duty = try #require(
      table.duties(facts(placed: placed)).first { $0.entry.id == "ai-act/53/1/a" })
    #expect(duty.due?.iso == due)
    #expect(duty.dueAtLatest?.iso == latest)
    #expect(!duty.basis.isEmpty)
  }

  @Test("A known notification date is the due day of Art. 52(1), with its reason")
  func notification() throws {
    var known = facts(systemic: .yes)
    known.notification = (try #require(Day(2026, 12, 4)), "two weeks after it was known")
    let duty = try #require(table.duties(known).first { $0.entry.id == "ai-act/52/1" })
    #expect(duty.due?.iso == "2026-12-04")
    #expect(duty.basis == "two weeks after it was known")
  }

  @Test("Every duty is statute with a citation that is in force that day")
  func citations() {
    #expect(table.entries.count >= 10)
    for entry in table.entries {
      #expect(entry.citation.force == .statute && entry.citation.id == entry.id)
      #expect(entry.citation.from <= Law.checked)
      #expect(!entry.title.isEmpty && entry.text.hasSuffix("."))
    }
  }

  @Test("Comparable models have a name, a figure, a source, and are never called classifications")
  func comparable() {
    #expect(ComparableModel.all.count >= 40)
    for model in ComparableModel.all {
      #expect(
        !model.name.isEmpty && !model.organisation.isEmpty && model.flop > FLOP(powerOfTen: 20))
    }
    #expect(ComparableModel.attribution.contains("never classifications"))
    let nearest = ComparableModel.nearest(to: .presumption, count: 5)
    #expect(nearest.count == 5)
    #expect(nearest.map(\.flop) == nearest.map(\.flop).sorted())
    let ratios = nearest.map { $0.flop.approximate / 1e25 }
    let farther = ComparableModel.all.filter { model in !nearest.contains { $0.name == model.name }
    }
    let worst = ratios.map { max($0, 1 / $0) }.max() ?? 0
    #expect(
      farther.allSatisfy { max($0.flop.approximate / 1e25, 1e25 / $0.flop.approximate) >= worst })
  }
}
