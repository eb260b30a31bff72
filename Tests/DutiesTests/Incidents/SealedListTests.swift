import Duties
import Ground
import TestSupport
import Testing

/// Lists of invented reports, written down before the words that they test were looked at, or changed again.
@Suite("Sealed lists of reports")
struct SealedListTests {
  /// How many reports of a category a list asks about at least; more is welcome, less is a step back.
  struct Floor: Sendable, CustomTestStringConvertible {
    let list: Int
    let category: IncidentCategory
    let least: Int
    let of: Int

    var testDescription: String { "list \(list): \(category.rawValue) \(least) of \(of)" }
  }

  private struct Report {
    let told: Set<String>
    let narrative: String

    init(_ line: Substring) throws {
      let json = try JSON(parsing: line.utf8)
      var told: Set<String> = []
      if case .array(let names) = json["is"] { told = Set(names.compactMap(\.text)) }
      self.told = told
      narrative = try #require(json["narrative"]?.text)
    }

    var asked: Set<String> {
      Set(CategorySuggestion.read(narrative).suggested.map(\.category.rawValue))
    }
  }

  private static func reports(_ list: String) throws -> [Report] {
    try Repository.text("Tests/DutiesTests/Incidents/Lists/\(list).jsonl")
      .split(separator: "\n").map { try Report($0) }
  }

  static let floors: [Floor] = [
    (1, [24, 20, 20, 20, 20, 20]), (2, [25, 20, 20, 22, 20, 20]), (3, [26, 20, 20, 22, 20, 20]),
    (4, [26, 16, 16, 16, 16, 16]), (5, [135, 32, 25, 24, 25, 25]), (6, [90, 15, 15, 15, 15, 15]),
  ].flatMap { list, least in
    zip(IncidentCategory.allCases, least).map { category, least in
      Floor(list: list, category: category, least: least, of: SealedListTests.size(list, category))
    }
  }

  private static func size(_ list: Int, _ category: IncidentCategory) -> Int {
    if list > 4 {
      let sizes = list == 5 ? [135, 32, 25, 26, 25, 25] : [90, 15, 15, 15, 15, 15]
      return sizes[IncidentCategory.allCases.firstIndex(of: category) ?? 0]
    }
    return switch category {
    case .death: min(23 + list, 26)
    case .rights where list == 2 || list == 3: 22
    case .health, .infrastructure, .rights, .propertyEnvironment, .cyberBreach: list == 4 ? 16 : 20
    }
  }

  @Test("a list asks about no fewer reports of a category than it did", arguments: floors)
  func recall(floor: Floor) throws {
    let name = floor.category.rawValue
    let told = try SealedListTests.reports("sealed-\(floor.list)").filter { $0.told.contains(name) }
    #expect(told.count == floor.of)
    let missed = told.filter { !$0.asked.contains(name) }.map(\.narrative)
    #expect(told.count - missed.count >= floor.least, "not asked: \(missed)")
  }

  @Test(
    "of reports without harm, no more are asked about than were",
    arguments: [(1, 4), (2, 2), (3, 1), (4, 0), (5, 7), (6, 18)])
  func quiet(list: Int, most: Int) throws {
    let harmless = try SealedListTests.reports("sealed-\(list)").filter(\.told.isEmpty)
    #expect(harmless.count == (list == 4 ? 30 : list > 4 ? 55 : 62))
    let loud = harmless.filter { !$0.asked.isEmpty }.map(\.narrative)
    #expect(loud.count <= most, "\(loud)")
  }

  @Test("short reports that words were tried on are asked about, and few of those without harm")
  func probes() throws {
    let reports = try SealedListTests.reports("probes")
    let missed = reports.filter { !$0.asked.isSuperset(of: $0.told) }.map(\.narrative)
    #expect(reports.count >= 700 && missed == [])
    let loud = reports.filter { $0.told.isEmpty && !$0.asked.isEmpty }.map(\.narrative)
    #expect(loud.count <= 4, "\(loud)")
  }
}
