import Documents
import Duties
import Foundation
import Ground
import Rulebook
import TestSupport
import Testing

@testable import Workspace

@Suite("Models, their ledger and opinions on record")
struct LedgerTests {
  static let examples = Repository.files(in: "examples", ending: ".yaml")
  static let day = Day(2026, 11, 20) ?? Day(sinceEpoch: 0)

  private func provider(_ example: String) throws -> String {
    let line = try Repository.text("examples/" + example).split(separator: "\n").first {
      $0.hasPrefix("provider: ")
    }
    return line.map { String($0.dropFirst("provider: ".count)) } ?? "Fictional Labs"
  }

  private func register(_ example: String) async throws -> (RecordsDesk, RecordState) {
    let desk = try await RecordsDesk(provider: try provider(example))
    let made = try await desk.workspace.registerModel(file: Repository.path("examples/" + example))
    return (desk, made.model)
  }

  @Test("A model on record has the opinion that its file has", arguments: examples)
  func sameOpinion(example: String) async throws {
    let (desk, model) = try await register(example)
    let ledger = try await desk.workspace.ledger(of: model.id)
    let recorded = try desk.workspace.opinion(on: ledger, day: LedgerTests.day)
    let direct = try ClassifyModel.opinion(
      path: Repository.path("examples/" + example), law: Law.at(LedgerTests.day))
    #expect(OpinionDocument.json(recorded).pretty == OpinionDocument.json(direct).pretty)
    #expect(OpinionDocument.markdown(recorded) == OpinionDocument.markdown(direct))
  }

  @Test("A file is registered whole or not at all, and once")
  func whole() async throws {
    let (desk, model) = try await register("aurora-planned.yaml")
    let path = Repository.path("examples/aurora-planned.yaml")
    #expect(
      await RecordsDesk.code { _ = try await desk.workspace.registerModel(file: path) }
        == "workspace.name-taken")
    let before = try await desk.entries(.regulatory).count
    let text = try Repository.text("examples/aurora-planned.yaml").replacing(
      "Aurora 3 (example)", with: "Borealis")
    for (part, other) in [
      ("planned", "perhaps"), ("established_in_union: yes", "established_in_union: maybe"),
      ("flop: \"2e21\"", "log: x.log"),
    ] {
      let broken = text.replacing(part, with: other)
      let code = await RecordsDesk.code {
        try await withFolderFile(broken) { _ = try await desk.workspace.registerModel(file: $0) }
      }
      #expect(code != nil, "\(other)")
    }
    #expect(try await desk.entries(.regulatory).count == before)
    #expect(
      try await desk.workspace.runs(of: model.id).map(\.title) == [
        "aurora-3-synthetic-corpus", "aurora-3-pretraining", "aurora-3-evaluation",
      ])
  }

  private func withFolderFile(_ text: String, _ body: (String) async throws -> Void) async throws {
    let path = FileManager.default.temporaryDirectory.path() + "/" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: path) }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    try await body(path)
  }

  @Test(
    "Every recording, revision and striking out makes a new version of the ledger; earlier ones stay visible"
  )
  func versions() async throws {
    let (desk, model) = try await register("aurora-planned.yaml")
    let workspace = desk.workspace
    #expect(try await workspace.ledger(of: model.id).version == 3)
    let runs = try await workspace.runs(of: model.id)
    desk.turn(to: "2026-12-01")
    func change(_ run: RecordState, _ event: String, _ set: [(String, JSON)] = []) async throws
      -> RecordState
    {
      try await workspace.record(
        RecordCommand(
          .trainingRun, run.id,
          Change(event, set: set, effective: RecordsDesk.day("2026-12-01"), reason: "final figures")
        ))
    }
    _ = try await change(runs[1], "run-revised", [("tokens", .string("10T"))])
    let revised = try await workspace.ledger(of: model.id)
    #expect(revised.version == 4)
    let before = try workspace.opinion(
      on: try await workspace.ledger(of: model.id, AsOf(effective: LedgerTests.day)),
      day: LedgerTests.day)
    let after = try workspace.opinion(on: revised, day: LedgerTests.day)
    #expect(before.verdict.exitStatus == 10 && after.verdict.exitStatus == 0)
    _ = try await change(runs[1], "run-struck")
    let struck = try await workspace.ledger(of: model.id)
    #expect(struck.version == 5 && struck.runs.count == 3)
    #expect(
      try workspace.opinion(on: struck, day: LedgerTests.day).ledger.map(\.id) == [
        "aurora-3-synthetic-corpus", "aurora-3-evaluation",
      ])
    #expect(
      await RecordsDesk.code { _ = try await change(runs[1], "run-revised") }
        == "duties.wrong-order")
    let other = try await desk.model("Borealis (fictional)")
    #expect(
      await RecordsDesk.code {
        _ = try await change(runs[0], "run-revised", [("model", .string(other.id.text))])
      }
        == "duties.fixed-field")
    #expect(try await workspace.ledger(of: model.id, AsOf(known: LedgerTests.day)).version == 3)
  }

  @Test("A ledger from which a run would have to be left out is refused")
  func hiddenRun() async throws {
    let (desk, model) = try await register("aurora-planned.yaml")
    let runs = try await desk.workspace.runs(of: model.id)
    _ = try await desk.workspace.record(
      RecordCommand(
        .trainingRun, runs[0].id,
        Change(
          "run-revised", effective: RecordsDesk.day("2026-11-20"), reason: "an incident",
          confidentiality: .restricted)))
    #expect(try await desk.acting(.counsel).ledger(of: model.id).runs.count == 3)
    let approver = desk.acting(.approver)
    #expect(
      await RecordsDesk.code { _ = try await approver.ledger(of: model.id) }
        == "workspace.not-allowed")
  }

  @Test("Texts come through as they are, whatever characters they hold")
  func texts() async throws {
    let desk = try await RecordsDesk()
    let name = "A\u{2028}B\u{85}C \u{7F}\u{FEFF}\"\\ é\u{301} 😀: #x"
    let model = try await desk.model(name)
    let opinion = try desk.workspace.opinion(on: try await desk.workspace.ledger(of: model.id))
    #expect(
      opinion.facts.contains { $0.value.utf8.elementsEqual(name.utf8) }
        || opinion.verdict.sentence.contains(name))
  }

  private func draft(_ workspace: OpenWorkspace, on model: RecordState, day: Day? = nil)
    async throws -> RecordState
  {
    try await workspace.draftOpinion(on: model, day: day) { opinion in
      (OpinionDocument.markdown(opinion), OpinionDocument.json(opinion))
    }
  }

  @Test("An opinion is drafted by one person and filed by another, and stays as it was filed")
  func filing() async throws {
    let (desk, model) = try await register("aurora-planned.yaml")
    let author = desk.acting(.compliance, .approver, id: "author")
    let approver = desk.acting(.approver, id: "approver")
    let drafted = try await draft(author, on: model)
    #expect(drafted.status == "draft" && drafted.fields["ledger_version"] == .int(3))
    let digest = Law.at(LedgerTests.day).digest
    #expect(drafted.text("law") == digest)
    for (who, code) in [
      (author, "duties.same-person"), (desk.workspace, "workspace.not-allowed"),
      (desk.acting(.safety), "workspace.not-allowed"),
      (desk.acting(.administrator), "workspace.not-allowed"),
    ] {
      #expect(await RecordsDesk.code { _ = try await who.fileOpinion(drafted) } == code)
    }
    let filed = try await approver.fileOpinion(drafted, reason: "agreed")
    #expect(filed.status == "filed" && filed.author == "author")
    for event in [
      ("opinion-rejected", "duties.wrong-order"), ("opinion-superseded", "duties.fixed-field"),
    ] {
      let code = await RecordsDesk.code {
        _ = try await author.record(
          RecordCommand(
            .opinion, drafted.id,
            Change(
              event.0, set: [("markdown", .string("forged"))],
              effective: RecordsDesk.day("2026-11-20"), reason: "x")))
      }
      #expect(code == event.1)
    }
    #expect(
      await RecordsDesk.code { _ = try await approver.fileOpinion(filed) } == "duties.wrong-order")
    let entries = try await desk.entries(.regulatory).filter { $0.record == drafted.id }
    #expect(entries.map(\.event) == ["opinion-drafted", "opinion-filed"])
    #expect(
      entries.map(\.law) == [digest, digest] && entries.map(\.actor.id) == ["author", "approver"])
  }

  @Test("A draft that changed since it was read, or was sent back, is not filed")
  func stale() async throws {
    let (desk, model) = try await register("aurora-planned.yaml")
    let author = desk.acting(.compliance, id: "author")
    let approver = desk.acting(.approver, id: "approver")
    let drafted = try await draft(author, on: model)
    _ = try await approver.record(
      RecordCommand(
        .opinion, drafted.id,
        Change(
          "opinion-rejected", effective: RecordsDesk.day("2026-11-20"),
          reason: "figures are missing")))
    #expect(
      await RecordsDesk.code { _ = try await approver.fileOpinion(drafted) }
        == "store.version-conflict")
    let sentBack = try await approver.needed(drafted.id)
    #expect(
      await RecordsDesk.code { _ = try await approver.fileOpinion(sentBack) }
        == "duties.wrong-order")
  }

  @Test("An opinion on an earlier day rests on the facts and the law of that day")
  func earlierDay() async throws {
    let (desk, model) = try await register("aurora-planned.yaml")
    desk.turn(to: "2026-12-01")
    let runs = try await desk.workspace.runs(of: model.id)
    _ = try await desk.workspace.record(
      RecordCommand(
        .trainingRun, runs[1].id,
        Change(
          "run-revised", set: [("tokens", .string("10T"))],
          effective: RecordsDesk.day("2026-12-01"), reason: "cut")))
    let then = try await draft(desk.workspace, on: model, day: LedgerTests.day)
    let now = try await draft(desk.workspace, on: model)
    #expect(then.text("as_of") == "2026-11-20" && then.fields["ledger_version"] == .int(3))
    #expect(now.text("as_of") == "2026-12-01" && now.fields["ledger_version"] == .int(4))
    #expect(
      then.text("facts")?.contains("30.6T") == true && now.text("facts")?.contains("30.6T") == false
    )
  }
}
