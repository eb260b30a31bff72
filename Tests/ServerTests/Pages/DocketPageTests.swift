import Duties
import Ground
import HTTPTypes
import HummingbirdTesting
import Testing
import Workspace

@testable import Server

@Suite("The docket on the desk")
struct DocketPageTests {
  private func known(_ fixture: DeskFixture, _ name: String) async throws -> RecordState {
    let model = try await fixture.model(name)
    return try await fixture.workspace.record(
      RecordCommand(
        .model, model.id,
        Change("threshold-known", effective: .day(fixture.workspace.surroundings.today))))
  }

  @Test("is a list, a month, a picture and a table, with the same choices")
  func views() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    let model = try await known(fixture, "=Fictional-1")
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let list = try await jane.get("/docket").text
      #expect(list.contains("Art. 52(1)") && list.contains("type=\"checkbox\" name=\"deadline\""))
      let filtered = try await jane.get("/docket?model=\(model.id.text)&status=undetermined").text
      #expect(
        filtered.contains("/docket/calendar?model=") && filtered.contains("/docket.csv?model="))
      #expect(!filtered.contains("Art. 52(1)"), "the two weeks have a day")
      let deadline = try #require(
        try await fixture.workspace.docket().first { $0.ruleID == "ai-act/52/1" })
      let day = try #require(deadline.alarmDay)
      let month = try await jane.get("/docket/calendar?month=\(day.iso.prefix(7))").text
      #expect(month.contains("datetime=\"\(day.iso)\"") && month.contains(">act by<"))
      #expect(try await jane.get("/docket/calendar?month=1999-01").status.code == 422)
      let picture = try await jane.get("/docket/timeline").text
      #expect(picture.contains("<svg class=\"chart wide\"") && picture.contains("<desc"))
      let table = try await jane.get("/docket.csv")
      #expect(table.headers[.contentType] == "text/csv; charset=utf-8")
      #expect(table.text.contains(day.iso) && table.text.hasPrefix("id,record,what,act_by"))
      let cells = table.text.split(separator: "\r\n").flatMap { $0.split(separator: ",") }
      #expect(!cells.contains { $0.hasPrefix("=") || $0.hasPrefix("\"=") }, "no cell is a formula")
    }
  }

  @Test("several deadlines are given to somebody at once, or none is")
  func assign() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.person("max", .counsel)
    _ = try await known(fixture, "Fictional-1")
    _ = try await known(fixture, "Fictional-2")
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let ids = try await fixture.workspace.docket().prefix(2).map(\.id)
      #expect(ids.count == 2)
      let chosen = ids.map { ("deadline", $0) }
      let wrong = try await jane.send(
        "/docket/assignments", chosen + [("deadline", "none"), ("person", "max")])
      #expect(wrong.status.code == 404)
      #expect(try await jane.send("/docket/assignments", [("person", "max")]).status.code == 422)
      #expect(try await fixture.workspace.states(.assignment).isEmpty)
      #expect(
        try await jane.send("/docket/assignments", chosen + [("person", "max")]).status.code == 303)
      let person = try #require(try await fixture.workspace.person(named: "max"))
      let assigned = try await fixture.workspace.docket().filter { $0.assignedTo == person.id.text }
      #expect(Set(assigned.map(\.id)) == Set(ids))
      #expect(
        try await jane.send("/docket/assignments", chosen + [("person", "jane")]).status.code == 303
      )
      #expect(try await fixture.workspace.states(.assignment).count == 2, "each has one assignment")
    }
  }
}
