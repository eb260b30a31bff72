import Compute
import Ground
import Rulebook
import Testing

@testable import Duties

@Suite("High-impact capabilities that no amount of compute lets presume (Art. 51(1)(a))")
struct CapabilityRouteTests {
  private typealias S = DocketSamples

  private static func opinion(
    flop: String? = "4e24", found: String? = nil, expected: String? = nil,
    generality: Dossier.Generality? = nil, designated: Bool? = nil
  ) throws -> Opinion {
    var dossier = Dossier()
    dossier.facts.model = "Aurora 3"
    dossier.facts.modality = try Modality(reading: "text")
    dossier.facts.released = DayRange(iso: "2027-05-01")
    dossier.facts.published = try flop.map { try FLOP(reading: $0) }
    dossier.capabilitiesMetOn = found.flatMap { Day(iso: $0) }
    dossier.capabilitiesKnownSince = expected.flatMap { Day(iso: $0) }
    dossier.generality = generality
    dossier.isDesignated = designated
    return try OpinionWriter.write(dossier, law: Law.at(S.today))
  }

  private static func package(
    _ opinion: Opinion, _ events: [(String, String)], fields: [String: JSON] = [:]
  ) -> NotificationPackage {
    NotificationPackage(
      NotificationSources(
        model: S.model([], events), runs: [], ledgerVersion: 1, opinion: opinion,
        provider: S.provider(inUnion: true, []), mandate: nil, evidence: [], fields: fields,
        law: Law.at(S.today)))
  }

  @Test(
    "A general-purpose model has systemic risk by an assessment, below the threshold and without a figure",
    arguments: [
      ("4e24", "2026-11-12", nil, nil, "yes"), ("4e24", nil, "2026-11-12", nil, "yes"),
      ("4e24", nil, nil, nil, "no"), (nil, "2026-11-12", nil, nil, "undetermined"),
      (nil, "2026-11-12", nil, .general, "yes"), ("4e24", "2026-11-12", nil, .narrow, "no"),
    ] as [(String?, String?, String?, Dossier.Generality?, String)])
  func classified(
    flop: String?, found: String?, expected: String?, generality: Dossier.Generality?, word: String
  ) throws {
    let opinion = try Self.opinion(
      flop: flop, found: found, expected: expected, generality: generality)
    #expect(opinion.verdict.isSystemic.word == word, "\(opinion.verdict.sentence)")
    guard word == "yes" else { return }
    #expect(opinion.verdict.sentence.contains("own assessment"))
    #expect(!opinion.verdict.sentence.contains("presumed"))
    let clock = try #require(opinion.clocks.first { $0.rule == "ai-act/52/1" })
    #expect(clock.start.iso == "2026-11-12" && clock.due.alarmDay.iso == "2026-11-26")
    #expect(opinion.duties.contains { $0.entry.id == "ai-act/52/1" })
    let cited = opinion.questions.flatMap(\.reasoning).flatMap(\.citations).map(\.id)
    #expect(cited.contains("guidelines/29/requirements"), "that the Guidelines see it otherwise")
  }

  @Test("What the assessment found does not make presumed what compute makes presumed")
  func presumption() throws {
    let opinion = try Self.opinion(flop: "1.1e25", found: "2026-11-12")
    #expect(opinion.verdict.sentence.contains("presumed"))
    let package = Self.package(opinion, [("capabilities-found", "2026-11-12")])
    #expect(package.json["requirement"]?["words"]?.compact.contains("10^25") == true)
    #expect(!package.items.contains { $0.id == "capabilities" && $0.asker == .law })
  }

  @Test("The package then asks for the assessment and not for compute, and cites Art. 51(1)(a)")
  func package() throws {
    let events = [("capabilities-found", "2026-11-12")]
    let opinion = try Self.opinion(flop: nil, found: "2026-11-12", generality: .general)
    let bare = Self.package(opinion, events)
    #expect(bare.items.filter(\.isBlocking).map(\.id) == ["capabilities"])
    for id in ["compute", "approach", "approximations"] {
      #expect(bare.items.first { $0.id == id }?.standing == .notAsked, "\(id)")
    }
    let item = try #require(bare.items.first { $0.id == "requirement" })
    #expect(item.standing == .given && item.citations.map(\.id).contains("ai-act/51/1/a"))
    #expect(!item.citations.map(\.id).contains("ai-act/51/2"))
    let whole = Self.package(
      opinion, events, fields: ["capabilities": .string("Fictional suite: 91 of 100")])
    try NotificationPackage.checkLaw(whole.items)
    #expect(
      whole.json["requirement"]?["assessment"] == .string("Fictional suite: 91 of 100"))
    #expect(whole.json["further"]?["capabilities"] == nil, "it is said once")
    let governing = try #require(whole.triggers.first { $0.governs })
    #expect(governing.kind == .met && governing.alarmDay?.iso == "2026-11-26")
    #expect(governing.source.contains("capabilities-found"))
  }

  @Test(
    "Of all days the earliest starts the clock, whichever way the requirement is met",
    arguments: [
      ([("threshold-known", "2026-11-10"), ("capabilities-found", "2026-11-12")], "2026-11-24"),
      ([("threshold-known", "2026-11-12"), ("capabilities-expected", "2026-11-10")], "2026-11-24"),
      ([("capabilities-expected", "2026-11-12")], "2026-11-26"),
    ])
  func clock(events: [(String, String)], alarm: String) throws {
    let model = S.model([], events)
    #expect(try #require(S.deadline("ai-act/52/1", model)).alarmDay?.iso == alarm)
    let package = Self.package(try Self.opinion(flop: "1.1e25"), events)
    #expect(package.triggers.first { $0.governs }?.alarmDay?.iso == alarm)
  }

  @Test("Without compute and without an assessment nothing is shown, and both ways are named")
  func nothing() throws {
    let package = Self.package(try Self.opinion(), [])
    let item = try #require(package.items.first { $0.id == "requirement" })
    #expect(item.standing == .missing && item.note.contains("capabilities-found"))
  }
}
