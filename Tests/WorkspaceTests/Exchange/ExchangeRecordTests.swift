import Duties
import Ground
import TestSupport
import Testing

@testable import Workspace

@Suite("Which records an import meets")
struct ExchangeRecordTests {
  private let aurora = ExchangeSamples.aurora
  private let run = ExchangeSamples.record(
    "training-run/r1",
    [
      ("model", .string("model/aurora1")), ("name", .string("pretraining")),
      ("flop", .string("1e25")),
    ], happened: [("run-recorded", "2026-06-01")], status: "recorded")

  private func codes(_ plan: ImportPlan) -> [String] {
    plan.report.rowProblems.map { "\($0.line) \($0.column ?? "-") \($0.problem.code)" }
  }

  @Test("Records are matched by key fields, of which several may be needed")
  func key() throws {
    let plan = try ExchangeSamples.plan(
      "model,name,flop\nAurora 1,pretraining,2e25\naurora 1,annealing,1e23\nAurora 1,,1\n",
      into: .trainingRun, [aurora, run], .init(key: ["model", "name"], reason: "log found"))
    #expect(plan.report.plan.map(\.action) == [.change, .create])
    #expect(plan.changes[0].record == run.id)
    #expect(plan.changes[0].steps.map(\.event) == ["run-revised"])
    #expect(codes(plan) == ["4 name workspace.import-key"])
  }

  @Test("A key that several records have is refused with their ids")
  func ambiguousKey() throws {
    let other = ExchangeSamples.record("model/aurora9", [("name", .string("Aurora 1"))])
    let plan = try ExchangeSamples.plan(
      "name,tokens\nAurora 1,1\n", [aurora, other], .init(key: ["name"], reason: "x"))
    #expect(codes(plan) == ["2 name workspace.import-key"])
    #expect(plan.report.rowProblems[0].problem.mend.contains("model/aurora9"))
  }

  @Test("A key is a field of the kind")
  func badKey() {
    for key in ["on:training-started", "id", "nam"] {
      let problem = #expect(throws: Problem.self) {
        try RegisterImport(
          .model, options: .init(key: [key]), actor: ExchangeSamples.actor,
          today: ExchangeSamples.today)
      }
      #expect(problem?.code == "workspace.unknown-column")
    }
  }

  @Test("Two rows about one record are refused", arguments: [["name"], []])
  func twice(key: [String]) throws {
    let rows =
      key.isEmpty ? "id,tokens\nmodel/aurora1,1\nmodel/aurora1,2\n" : "name,tokens\nB,1\nB,2\n"
    let plan = try ExchangeSamples.plan(rows, [aurora], .init(key: key, reason: "x"))
    #expect(codes(plan) == ["3 - workspace.import-twice"])
    #expect(plan.report.rowProblems[0].reason.contains("line 2"))
  }

  static let references: [(String, String?)] = [
    ("Aurora 1", nil), ("AURORA 1", nil), ("model/aurora1", nil),
    ("Aurora 9", "workspace.import-reference"), ("model/none", "workspace.import-reference"),
    ("Twin", "workspace.import-reference"), ("person/p1", "workspace.import-reference"),
  ]

  @Test("References may be written by name where it is the only one", arguments: references)
  func reference(text: String, code: String?) throws {
    let twins = ["t1", "t2"].map {
      ExchangeSamples.record("model/\($0)", [("name", .string("Twin"))])
    }
    let plan = try ExchangeSamples.plan(
      "model,name\n\(text),annealing\n", into: .trainingRun, [aurora] + twins)
    #expect(codes(plan) == (code.map { ["2 model \($0)"] } ?? []))
    guard code == nil else { return }
    #expect(plan.changes[0].steps[0].set[0].1 == .string("model/aurora1"))
  }

  @Test("A reference that stays as it is need not be seen")
  func unseenReference() throws {
    let bytes = try ExchangeSamples.export([run], of: .trainingRun)
    #expect(try ExchangeSamples.plan(bytes, into: .trainingRun, [run]).report.unchanged == 1)
  }

  static let ids: [(String, String)] = [
    ("model/none", "workspace.import-unknown-record"), ("aurora", "workspace.import-bad-id"),
    ("person/p1", "workspace.import-bad-id"), ("model/../x", "workspace.import-bad-id"),
  ]

  @Test("An id that is none, or nobody's, is refused", arguments: ids)
  func badID(id: String, code: String) throws {
    let plan = try ExchangeSamples.plan("id,name\n\(id),A\n", [aurora])
    #expect(codes(plan) == ["2 id \(code)"])
  }

  @Test("A row of an older version is refused when it would change the record")
  func stale() throws {
    let rows = "id,version,tokens\nmodel/aurora1,1,"
    let changing = try ExchangeSamples.plan(rows + "16T\n", [aurora])
    #expect(codes(changing) == ["2 version workspace.import-stale"])
    #expect(try ExchangeSamples.plan(rows + "15T\n", [aurora]).report.unchanged == 1)
    let forced = try ExchangeSamples.plan(
      rows + "16T\n", [aurora], .init(map: ["version=-"], reason: "x"))
    #expect(forced.report.changed == 1)
  }

  @Test("What follows from events cannot be edited", arguments: ["status", "begun", "changed"])
  func readOnly(column: String) throws {
    let plan = try ExchangeSamples.plan("id,\(column)\nmodel/aurora1,else\n", [aurora])
    #expect(codes(plan) == ["2 \(column) workspace.import-read-only"])
  }

  @Test("The class changes with a reason; a word that is none is refused")
  func confidentiality() throws {
    let plan = try ExchangeSamples.plan(
      "id,class,name\nmodel/aurora1,public,Aurora 1\n,internal,B\n,secret!,C\n", [aurora])
    #expect(plan.changes[0].steps.map(\.confidentiality) == [.everyone])
    #expect(plan.changes[0].steps[0].set.isEmpty)
    #expect(plan.changes[1].steps[0].confidentiality == .internal)
    #expect(codes(plan) == ["4 class workspace.import-bad-class"])
  }

  @Test(
    "Another day of an event is a new event, an earlier one or one that happens once a correction")
  func days() throws {
    let record = ExchangeSamples.record(
      "model/a", [("name", .string("A"))],
      happened: [
        ("model-registered", "2026-01-05"), ("placed-on-market", "2026-03-01"),
        ("model-updated", "2026-05-01"),
      ])
    let plan = try ExchangeSamples.plan(
      "id,on:model-updated,on:placed-on-market\nmodel/a,2026-06-01,2026-03-02\n", [record])
    #expect(plan.changes[0].steps.map(\.event) == ["placed-on-market", "model-updated"])
    #expect(plan.changes[0].steps.map(\.corrects) == [true, false])
    let earlier = try ExchangeSamples.plan("id,on:model-updated\nmodel/a,2026-04-01\n", [record])
    #expect(earlier.changes[0].steps.map(\.corrects) == [true])
    var updated = record
    updated.earlier = ["model-updated": [.day(Day(2026, 4, 1)!)]]
    let known = try ExchangeSamples.plan("id,on:model-updated\nmodel/a,2026-04-01\n", [updated])
    #expect(known.report.unchanged == 1)
  }

  @Test("JSON Lines keep all times of an event, and a time before the last adds to them")
  func times() throws {
    var record = ExchangeSamples.record(
      "model/a", [("name", .string("A"))],
      happened: [
        ("model-registered", "2026-01-05"), ("placed-on-market", "2026-01-06"),
        ("model-updated", "2026-05-01"),
      ])
    record.earlier = ["model-updated": [.day(Day(2026, 3, 1)!), .day(Day(2026, 4, 1)!)]]
    let lines = try ExchangeSamples.export([record], of: .model, as: .jsonLines)
    #expect(try ExchangeSamples.plan(lines, [record]).report.unchanged == 1)
    let anew = try ExchangeSamples.plan(
      lines, [], .init(map: ["id=-"], reason: "moved"))
    let made = try #require(try ExchangeSamples.carriedOut(anew, of: .model).first)
    #expect(made.times("model-updated") == record.times("model-updated"))
    record.earlier = [:]
    let added = try ExchangeSamples.plan(lines, [record])
    #expect(added.changes.first?.steps.map(\.effective.text) == ["2026-03-01", "2026-04-01"])
    #expect(added.changes.first?.steps.contains(where: \.corrects) == false)
  }

  @Test("A value from an earlier day than the one that stands is refused, since it would not show")
  func overtaken() throws {
    var later = aurora
    later.since["tokens"] = Day(2026, 9, 1)
    let rows = "id,tokens\nmodel/aurora1,16T\n"
    let plan = try ExchangeSamples.plan(
      rows, [later], .init(reason: "x", effective: .day(Day(2026, 8, 1)!)))
    #expect(codes(plan) == ["2 tokens workspace.import-overtaken"])
    #expect(try ExchangeSamples.plan(rows, [later]).report.changed == 1)
  }

  @Test("What the program makes is described by a table, not begun or turned to another file")
  func evidence() throws {
    let report = ExchangeSamples.record(
      "evidence/e1",
      [
        ("title", .string("Report")), ("file", .string("r.pdf")), ("sha256", .string("00")),
        ("bytes", .int(7)), ("stored", .string("s")),
      ], happened: [("evidence-added", "2026-06-01")])
    let plan = try ExchangeSamples.plan(
      "id,title,sha256,review_by\nevidence/e1,Report,11,\nevidence/e1,Report 2026,00,2027-01-31\n,New,,\n",
      into: .evidence, [report])
    #expect(
      codes(plan) == [
        "2 sha256 workspace.import-fixed-field", "3 - workspace.import-twice",
        "4 - workspace.import-cannot-begin",
      ])
    for kind in [RecordKind.person, .accessDecision, .operation, .erasure] {
      let problem = #expect(throws: Problem.self) {
        try RegisterImport(kind, actor: ExchangeSamples.actor, today: ExchangeSamples.today)
      }
      #expect(problem?.code == "workspace.import-not-possible")
    }
  }

  @Test("Fields of a kind that has no event for it do not change; its events may be recorded")
  func noChange() throws {
    let request = ExchangeSamples.record(
      "downstream-request/q", [("model", .string("model/aurora1")), ("title", .string("Docs"))],
      happened: [("request-received", "2026-06-01")], status: "open")
    let plan = try ExchangeSamples.plan(
      "id,title,on:request-answered\ndownstream-request/q,Docs 2,\n", into: .downstreamRequest,
      [request])
    #expect(codes(plan) == ["2 title workspace.import-no-change"])
    let answered = try ExchangeSamples.plan(
      "id,on:request-answered\ndownstream-request/q,2026-06-09\n", into: .downstreamRequest,
      [request])
    #expect(answered.changes[0].steps.map(\.event) == ["request-answered"])
  }

  @Test("An approval is not imported")
  func approval() throws {
    let opinion = ExchangeSamples.record(
      "opinion/o", [("title", .string("O"))], happened: [("opinion-drafted", "2026-06-01")])
    let plan = try ExchangeSamples.plan(
      "id,on:opinion-filed\nopinion/o,2026-06-02\n", into: .opinion, [opinion])
    #expect(codes(plan) == ["2 on:opinion-filed workspace.import-approval"])
  }
}
