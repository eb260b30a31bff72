import Duties
import Ground
import HTTPTypes
import HummingbirdTesting
import Testing
import Workspace

@testable import Server

@Suite("The board and the statistics of incidents")
struct IncidentFigureTests {
  private static func at(_ text: String) throws -> Effective {
    let effective = Effective(text)
    return try #require(effective)
  }

  /// A made-up incident received on a day, with answers and dates as events of the record.
  private func incident(
    _ fixture: DeskFixture, _ title: String, _ received: String, category: String? = nil,
    awareness: String? = nil
  ) async throws -> RecordState {
    let workspace = fixture.workspace
    var state = try await workspace.receiveIncident(
      IncidentNotice(title: title, received: try Self.at(received)))
    if let category {
      state = try await workspace.answerTriage(
        state, [(category, "yes"), ("causal_link", "yes")])
    }
    if let awareness {
      state = try await workspace.dateIncident(
        state, "involvement-known", at: try Self.at(awareness))
    }
    return state
  }

  @Test("Figures count by month, year, category and outcome; what was merged counts once")
  func figures() async throws {
    let fixture = try await DeskFixture()
    let workspace = fixture.workspace
    let old = try await incident(fixture, "Old", "2025-12-30T10:00:00Z", category: "death")
    let one = try await incident(
      fixture, "One", "2026-05-02T10:00:00Z", category: "rights", awareness: "2026-05-03T10:00:00Z")
    let two = try await incident(fixture, "Two", "2026-05-02T12:00:00Z")
    _ = try await workspace.mergeIncident(two, into: one, reason: "the same event")
    let near = try await incident(fixture, "Near", "2026-05-04T00:00:00Z")
    _ = try await workspace.considerIncident(
      near, .nearMiss, reason: "nobody was harmed",
      on: try Self.at("2026-05-06T00:00:00Z"))
    let figures = try await workspace.incidentFigures()
    #expect(figures.all.received == 3 && figures.all.undecided == 2)
    #expect(figures.months.map(\.name) == ["2025-12", "2026-05"])
    #expect(figures.years.map(\.received) == [1, 2])
    #expect(figures.all.categories[.death] == 1 && figures.all.categories[.rights] == 1)
    #expect(figures.all.outcomes == [.nearMiss: 1])
    #expect(figures.all.toTriage.median == 48)
    #expect(figures.all.judged == 0)
    #expect(figures.openLong.map(\.id) == [old.id])
    let csv = String(decoding: figures.csv, as: UTF8.self)
    #expect(csv.contains("2026-05,2,") && csv.contains("\r\nall,3,"))
  }

  @Test("The pages show stages and figures, for an empty workspace too")
  func pages() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      for path in ["/incidents", "/incidents/board", "/incidents/statistics"] {
        #expect(try await jane.get(path).status.code == 200, "\(path)")
      }
    }
    _ = try await incident(
      fixture, "Fictional death", "2026-05-02T10:00:00Z", category: "death",
      awareness: "2026-05-10T10:00:00Z")
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let board = try await jane.get("/incidents/board").text
      #expect(board.contains("! Initial report") && board.contains("Fictional death"))
      let list = try await jane.get("/incidents").text
      #expect(list.contains("overdue: ") && list.contains("cop/safety/9.3/death"))
      let statistics = try await jane.get("/incidents/statistics").text
      #expect(statistics.contains("Incidents by the month") && statistics.contains("2026"))
      #expect(try await jane.get("/incidents/statistics.csv").text.hasPrefix("period,received,"))
    }
  }
}
