import Duties
import Ground
import Testing

@testable import Workspace

@Suite("As it stood and as it was known on a day")
struct AsOfTests {
  private func asOf(_ effective: String? = nil, known: String? = nil) -> AsOf {
    AsOf(effective: effective.flatMap { Day(iso: $0) }, known: known.flatMap { Day(iso: $0) })
  }

  private func tokens(_ desk: RecordsDesk, _ id: RecordID, _ asOf: AsOf) async throws -> String? {
    try await desk.workspace.state(id, asOf)?.text("tokens")
  }

  @Test(
    "A late entry is seen on the day on which it was true, and known from the day on which it was written"
  )
  func late() async throws {
    let desk = try await RecordsDesk()
    let model = try await desk.model(on: "2026-10-01")
    desk.turn(to: "2026-12-01")
    _ = try await desk.change(
      model.id, "model-changed", on: "2026-11-25", [("tokens", .string("20T"))], reason: "plan")
    desk.turn(to: "2026-12-10")
    _ = try await desk.change(
      model.id, "model-changed", on: "2026-11-05", [("tokens", .string("17T"))], reason: "late")
    #expect(try await tokens(desk, model.id, asOf("2026-09-30")) == nil)
    #expect(try await tokens(desk, model.id, asOf("2026-10-01")) == "15T")
    #expect(try await tokens(desk, model.id, asOf("2026-11-05")) == "17T")
    #expect(try await tokens(desk, model.id, asOf("2026-11-25")) == "20T")
    #expect(try await tokens(desk, model.id, .now) == "20T")
    #expect(try await tokens(desk, model.id, asOf(known: "2026-11-19")) == nil)
    #expect(try await tokens(desk, model.id, asOf(known: "2026-11-30")) == "15T")
    #expect(try await tokens(desk, model.id, asOf(known: "2026-12-01")) == "20T")
    #expect(try await tokens(desk, model.id, asOf("2026-11-05", known: "2026-12-09")) == "15T")
    #expect(try await tokens(desk, model.id, asOf("2026-11-05", known: "2026-12-10")) == "17T")
  }

  @Test("A corrected day counts in every view, once the correction is known")
  func corrected() async throws {
    let desk = try await RecordsDesk()
    let model = try await desk.model(on: "2026-01-01")
    _ = try await desk.change(model.id, "placed-on-market", on: "2026-03-01")
    desk.turn(to: "2026-12-01")
    _ = try await desk.change(
      model.id, "placed-on-market", on: "2026-04-01", reason: "slip", corrects: true)
    desk.turn(to: "2026-12-10")
    _ = try await desk.change(
      model.id, "placed-on-market", on: "2026-02-01", reason: "slip", corrects: true)
    func placed(_ asOf: AsOf) async throws -> String? {
      try await desk.workspace.state(model.id, asOf)?.day("placed-on-market")?.iso
    }
    // As was known before the corrections, between them and after both.
    for (known, day) in [
      ("2026-11-30", "2026-03-01"), ("2026-12-09", "2026-04-01"), ("2026-12-10", "2026-02-01"),
    ] {
      #expect(try await placed(asOf(known: known)) == day)
      #expect(try await placed(asOf(day, known: known)) == day)
      let before = Day(iso: day).map { $0.adding(days: -1).iso }
      #expect(
        try await placed(asOf(before, known: known)) == nil, "\(known): not yet on the market")
    }
    #expect(try await placed(asOf("2026-02-15")) == "2026-02-01")
    #expect(try await placed(.now) == "2026-02-01")
    #expect(try await desk.workspace.state(model.id)?.status == "on the market")
  }

  @Test("A correction belongs to the last time of an event that happens often")
  func repeated() async throws {
    let desk = try await RecordsDesk()
    let model = try await desk.model(on: "2026-01-01")
    _ = try await desk.change(model.id, "placed-on-market", on: "2026-02-01")
    _ = try await desk.change(model.id, "model-updated", on: "2026-03-01")
    _ = try await desk.change(model.id, "model-updated", on: "2026-06-01")
    _ = try await desk.change(
      model.id, "model-updated", on: "2026-07-01", reason: "slip", corrects: true)
    func updated(_ day: String) async throws -> String? {
      try await desk.workspace.state(model.id, asOf(day))?.day("model-updated")?.iso
    }
    #expect(try await updated("2026-02-28") == nil)
    #expect(try await updated("2026-03-01") == "2026-03-01")
    #expect(try await updated("2026-06-30") == "2026-03-01")
    #expect(try await updated("2026-07-01") == "2026-07-01")
  }

  @Test("With a corrected beginning the record begins on the corrected day")
  func beginning() async throws {
    let desk = try await RecordsDesk()
    let model = try await desk.model(on: "2026-06-01")
    _ = try await desk.change(
      model.id, "model-registered", on: "2026-03-01", reason: "slip", corrects: true)
    #expect(try await tokens(desk, model.id, asOf("2026-02-28")) == nil)
    #expect(try await tokens(desk, model.id, asOf("2026-03-01")) == "15T")
  }

  @Test("What was known is a beginning of the history, even when the clock went back")
  func clock() async throws {
    let desk = try await RecordsDesk()
    let model = try await desk.model(on: "2026-01-01")
    desk.turn(to: "2026-12-05")
    _ = try await desk.change(
      model.id, "model-changed", on: "2026-11-01", [("tokens", .string("20T"))], reason: "x")
    desk.turn(to: "2026-12-01")
    _ = try await desk.change(
      model.id, "model-changed", on: "2026-11-02", [("chips", .int(8))], reason: "x")
    let then = try await desk.workspace.state(model.id, asOf(known: "2026-12-02"))
    #expect(then?.version == 1 && then?.fields["chips"] == nil)
    #expect(try await desk.workspace.state(model.id, asOf(known: "2026-12-05"))?.version == 3)
  }

  @Test("A view that sees everything is the record as it stands")
  func everything() async throws {
    let desk = try await RecordsDesk()
    let model = try await desk.model(on: "2026-01-01")
    _ = try await desk.change(model.id, "placed-on-market", on: "2026-03-01")
    _ = try await desk.change(
      model.id, "model-changed", on: "2026-02-01", [("tokens", .null)], reason: "x")
    _ = try await desk.change(
      model.id, "placed-on-market", on: "2026-02-10", reason: "slip", corrects: true)
    let all = AsOf(effective: Day(9999, 12, 31), known: Day(9999, 12, 31))
    #expect(try await desk.workspace.state(model.id, all) == desk.workspace.state(model.id))
    #expect(try await desk.workspace.states(.model, all) == desk.workspace.states(.model))
    #expect(try await desk.workspace.states(.model, asOf("2025-12-31")).isEmpty)
    let unknown = try #require(RecordID("model/h4w8tn6c3r9y"))
    #expect(try await desk.workspace.state(unknown, all) == nil)
  }
}
