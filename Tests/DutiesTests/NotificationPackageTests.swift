import Compute
import Ground
import RuleFile
import Rulebook
import Testing

@testable import Duties

@Suite("The package of a notification")
struct NotificationPackageTests {
  /// A fictional model with one line of compute, as a classification sees it.
  static func package(
    flop: String? = "1.1e25", parameters: Bool = false, inUnion: Bool? = true,
    fields: [String: JSON] = [:], events: [(String, String)] = [("threshold-known", "2026-11-10")],
    mandate: RecordState? = nil, provider more: [(String, JSON)] = [],
    model own: [(String, JSON)] = [],
    day: Day = DocketSamples.today
  ) throws -> NotificationPackage {
    var dossier = Dossier()
    dossier.facts.model = "Aurora 3"
    dossier.facts.modality = try Modality(reading: "text")
    dossier.facts.released = DayRange(iso: "2027-05-01")
    if parameters {
      dossier.facts.parametersTotal = 60_000_000_000
      dossier.facts.tokens = 30_600_000_000_000
    } else {
      dossier.facts.published = try flop.map { try FLOP(reading: $0) }
    }
    let law = Law.at(day)
    return NotificationPackage(
      NotificationSources(
        model: DocketSamples.model(own, events), runs: [], ledgerVersion: 1,
        opinion: try OpinionWriter.write(dossier, law: law),
        provider: DocketSamples.provider(inUnion: inUnion, more), mandate: mandate, evidence: [],
        fields: fields, law: law))
  }

  static func standing(_ id: String, _ package: NotificationPackage) -> String? {
    package.items.first { $0.id == id }?.standing.rawValue
  }

  static let written: [String: JSON] = [
    "approach": .string("as the training plan says"), "approximations": .string("none"),
  ]

  @Test(
    "What the law asks for blocks an approval, and is named with its citation and how to give it")
  func law() throws {
    let bare = try NotificationPackageTests.package()
    #expect(bare.items.filter(\.isBlocking).map(\.id) == ["approach", "approximations"])
    let problem = #expect(throws: Problem.self) { try NotificationPackage.checkLaw(bare.items) }
    #expect(problem?.code == "duties.package-incomplete")
    #expect(problem?.what.contains("C(2025) 7719") == true)
    let whole = try NotificationPackageTests.package(fields: NotificationPackageTests.written)
    try NotificationPackage.checkLaw(whole.items)
    #expect(!whole.gaps.isEmpty && whole.gaps.allSatisfy { $0.asker == .house })
    for item in whole.items + bare.items {
      #expect(!item.citations.isEmpty && !item.note.isEmpty, "\(item.id)")
      let forces = Set(item.citations.prefix(1).map(\.force))
      let wanted: Force =
        switch item.asker {
        case .law: .statute
        case .guidelines: .guideline
        case .code: .code
        case .template: .template
        case .house: .house
        }
      #expect(forces == [wanted], "\(item.id)")
    }
  }

  @Test("A method with inputs describes itself; a bare figure does not")
  func approach() throws {
    let computed = try NotificationPackageTests.package(parameters: true)
    #expect(NotificationPackageTests.standing("approach", computed) == "given")
    #expect(NotificationPackageTests.standing("approximations", computed) == "given")
    let bare = try NotificationPackageTests.package()
    #expect(NotificationPackageTests.standing("approach", bare) == "missing")
  }

  @Test(
    "The requirement is shown by compute above the threshold, exactly at it by nothing",
    arguments: [
      ("1.1e25", "given"), ("10000000000000000000000001", "given"), ("1e25", "missing"),
      ("9e24", "missing"), (nil, "undetermined"),
    ] as [(String?, String)])
  func requirement(flop: String?, standing: String) throws {
    let package = try NotificationPackageTests.package(flop: flop)
    #expect(NotificationPackageTests.standing("requirement", package) == standing)
    #expect(
      NotificationPackageTests.standing("compute", package) == (flop == nil ? "missing" : "given"))
  }

  @Test(
    "A representative is asked of providers outside the Union only; an unknown seat is named",
    arguments: [
      (true, nil, "not asked"), (false, nil, "missing"), (nil, nil, "undetermined"),
      (false, "Fictional Delegates", "given"),
    ] as [(Bool?, String?, String)])
  func representative(inUnion: Bool?, name: String?, standing: String) throws {
    let mandate = name.map {
      DocketSamples.record(
        "mandate/m1", [("title", .string($0)), ("established_in", .string("Ireland"))],
        [("mandate-drafted", "2026-11-01"), ("mandate-signed", "2026-11-02")])
    }
    let package = try NotificationPackageTests.package(inUnion: inUnion, mandate: mandate)
    #expect(NotificationPackageTests.standing("representative", package) == standing)
    let item = package.items.first { $0.id == "representative" }
    #expect(item?.asker == .house && item?.citations.last?.id == "ai-act/54/1")
    if inUnion == nil { #expect(item?.note.contains("established_in_union") == true) }
    let said = package.json["provider"]?["authorised_representative"] ?? .null
    #expect(said.compact.contains("Fictional Delegates") == (name != nil))
  }

  @Test("Fields that some put in beside are optional, and never missing")
  func optional() throws {
    let package = try NotificationPackageTests.package()
    let optional = PackageItems.optional.map(\.0)
    for id in optional {
      #expect(NotificationPackageTests.standing(id, package) == "optional", "\(id)")
    }
    let given = try NotificationPackageTests.package(fields: ["capabilities": .string("chess")])
    #expect(NotificationPackageTests.standing("capabilities", given) == "given")
    #expect(given.json["further"]?["capabilities"] == .string("chess"))
  }

  @Test(
    "Of both triggers the earlier governs, with the last day of two weeks under both readings",
    arguments: [
      // Two weeks from Tuesday 10 November end on Tuesday 24 November.
      ("2027-03-20", "2026-11-10", "known", "2026-11-24", "2026-11-24"),
      ("2026-11-02", "2026-11-10", "met", "2026-11-16", "2026-11-16"),
      // Two weeks from Saturday 7 November end on a Saturday: the binding end moves to Monday.
      (nil, "2026-11-07", "known", "2026-11-21", "2026-11-23"),
      ("2025-07-01", nil, "met", "2025-08-16", "2025-08-18"),
    ] as [(String?, String?, String, String, String)])
  func triggers(met: String?, known: String?, kind: String, alarm: String, binding: String) throws {
    let events =
      (met.map { [("threshold-met", $0)] } ?? []) + (known.map { [("threshold-known", $0)] } ?? [])
    let package = try NotificationPackageTests.package(events: events)
    let governing = try #require(package.triggers.first { $0.governs })
    #expect(package.triggers.count { $0.governs } == 1)
    #expect(governing.kind.rawValue == kind)
    #expect(governing.alarmDay?.iso == alarm && governing.statutoryDay?.iso == binding)
  }

  @Test("Without a day on the record no clock runs, and the house asks for the day")
  func noTrigger() throws {
    let package = try NotificationPackageTests.package(events: [])
    #expect(package.triggers.allSatisfy { !$0.governs && $0.alarmDay == nil })
    #expect(NotificationPackageTests.standing("trigger", package) == "missing")
  }

  @Test("The same records and the same law give the same package, byte for byte")
  func pure() throws {
    let first = try NotificationPackageTests.package(fields: NotificationPackageTests.written)
    let second = try NotificationPackageTests.package(fields: NotificationPackageTests.written)
    #expect(NotificationPackage.text(first.json) == NotificationPackage.text(second.json))
    #expect(first.json["compute"]?["two_significant_figures"] == .string("1.1×10^25"))
    #expect(first.json["compute"]?["exact"] == .string("11000000000000000000000000"))
  }

  @Test("What changed since the submission is named with before and after")
  func changes() throws {
    let sent = try NotificationPackageTests.package(fields: NotificationPackageTests.written).json
    func changed(_ now: NotificationPackage) -> [String] {
      PackageChange.sinceSubmission(from: sent, to: now.json).map(\.what)
    }
    #expect(changed(try NotificationPackageTests.package()).isEmpty, "texts alone are not material")
    let more = try NotificationPackageTests.package(flop: "1.2e25")
    #expect(changed(more) == ["compute with two significant figures"])
    let change = PackageChange.sinceSubmission(from: sent, to: more.json).first
    #expect(change?.before == "1.1×10^25 FLOP" && change?.after == "1.2×10^25 FLOP")
    let slightly = try NotificationPackageTests.package(flop: "1.101e25")
    #expect(changed(slightly).isEmpty, "two significant figures stay the same")
    #expect(
      changed(try NotificationPackageTests.package(parameters: true)) == ["how it was estimated"])
    let withdrawn = try NotificationPackageTests.package(
      events: [
        ("threshold-known", "2026-11-10"), ("placed-on-market", "2026-11-12"),
        ("withdrawn", "2026-11-15"),
      ])
    #expect(changed(withdrawn) == ["withdrawal from the market"])
    let designated = try NotificationPackageTests.package(
      model: [("designated", .bool(true)), ("designated_on", .string("2026-11-15"))])
    #expect(changed(designated) == ["designation"])
  }

  @Test("Before it is sent every difference counts, the day on which it was made does not")
  func staleness() throws {
    let reviewed = try NotificationPackageTests.package(fields: NotificationPackageTests.written)
      .json
    let other = try NotificationPackageTests.package(
      flop: "1.101e25", fields: NotificationPackageTests.written)
    #expect(!PackageChange.all(from: reviewed, to: other.json).isEmpty)
    #expect(PackageChange.all(from: reviewed, to: reviewed).isEmpty)
  }
}
