import Compute
import Duties
import Foundation
import Ground
import Rulebook
import Store
import TestSupport
import Testing

@testable import Workspace

@Suite("summaries")
struct SummaryTests {
  @Test(
    "after any changes lists, docket, figures and names are what a full computation gives",
    arguments: [11, 12, 13, 14])
  func sameAsComputed(_ seed: UInt64) async throws {
    let desk = try await RecordsDesk()
    var random = SplitMix64(seed: seed)
    let kept = desk.keeping()
    var changes = RandomChanges(desk: desk)
    for round in 0..<60 {
      try await changes.next(&random)
      if round % 4 == 3 { try await expectSame(kept, desk, "round \(round)") }
    }
    try await expectSame(kept, desk, "end")
  }

  @Test("what another process writes is seen by the next question, and so is a new day")
  func otherProcess() async throws {
    let desk = try await RecordsDesk()
    let kept = desk.keeping()
    let model = try await desk.model()
    #expect(try await kept.list(ListQuestion(.model)).rows.map(\.title) == [model.title])
    _ = try await desk.change(model.id, "placed-on-market", on: "2026-01-10")
    try await expectSame(kept, desk, "placed")
    desk.turn(to: "2027-02-01")
    try await expectSame(kept, desk, "another day")
    _ = try await desk.change(model.id, "withdrawn", on: "2027-01-30", reason: "ended")
    try await expectSame(kept, desk, "withdrawn")
  }

  @Test("what was erased stands in no list, and is not kept opened")
  func erased() async throws {
    let keeping = try await Keeping()
    keeping.workspace.keepSummaries()
    let person = try await keeping.person("jane.doe")
    let lists = keeping.workspace
    #expect(try await lists.list(ListQuestion(.person)).rows.contains { $0.id == person.id })
    #expect(try await PeopleNames(lists).name(person.id.key) == person.shownName)
    try await keeping.erase([person.id])
    #expect(try await !lists.list(ListQuestion(.person)).rows.contains { $0.id == person.id })
    #expect(try await PeopleNames(lists).name(person.id.key) == person.id.key)
    #expect(try await lists.opened(person.id) == nil)
    #expect(!lists.shared.summaries.opened.holds(person.id))
  }

  @Test("an inspector's list is noted record by record, and holds only what the scope names")
  func inspector() async throws {
    let desk = try await RecordsDesk()
    desk.workspace.keepSummaries()
    let seen = try await desk.model("Seen (fictional)")
    _ = try await desk.model("Unseen (fictional)")
    let inspector = desk.acting(.inspector, scope: [seen.id])
    let list = try await inspector.list(ListQuestion(.model))
    #expect(list.rows.map(\.id) == [seen.id] && list.total == 1)
    #expect(try await desk.accessLog() == ["record-read read \(seen.id.text) somebody"])
    _ = try await inspector.modelList()
    #expect(try await desk.accessLog().count == 2)
    _ = try await desk.acting(.auditor).list(ListQuestion(.model))
    #expect(try await desk.accessLog().count == 2, "readings of others are not noted by a list")
  }

  @Test("a list of a model whose runs are not all to be read shows no figure")
  func hiddenRuns() async throws {
    let desk = try await RecordsDesk()
    desk.workspace.keepSummaries()
    let model = try await desk.model()
    _ = try await desk.run(of: model.id, "pretraining", flop: "2e25", .restricted)
    let counsel = try await desk.acting(.counsel).modelList().rows
    #expect(
      counsel.map { $0.figures?.cumulative?.digits } == ["2" + String(repeating: "0", count: 25)])
    let safety = try await desk.acting(.safety).modelList().rows
    #expect(safety.count == 1 && safety[0].figures == nil && safety[0].obstacle == .hiddenRuns)
  }

  @Test(
    "lists are narrowed by words and status, sorted, and cut into pages",
    arguments: [
      ("title", false, ["Aurora", "Borealis", "Corona"]),
      ("title", true, ["Corona", "Borealis", "Aurora"]),
      ("changed", true, ["Aurora", "Borealis", "Corona"]),
    ] as [(String, Bool, [String])])
  func narrowed(_ order: String, _ isDescending: Bool, _ titles: [String]) async throws {
    let desk = try await RecordsDesk()
    for (name, day) in [("Corona", "20"), ("Borealis", "21"), ("Aurora", "22")] {
      desk.turn(to: "2026-11-" + day)
      _ = try await desk.model(name)
    }
    var question = ListQuestion(.model)
    question.order = try #require(SummaryOrder(rawValue: order))
    question.isDescending = isDescending
    let kept = desk.keeping()
    #expect(try await kept.list(question).rows.map(\.title) == titles)
    question.start = 1
    question.limit = 1
    let page = try await kept.list(question)
    #expect(page.rows.map(\.title) == [titles[1]] && page.total == 3)
    question.start = 0
    question.words = "BORÉ"
    #expect(try await kept.list(question).rows.map(\.title) == ["Borealis"])
    question.status = "withdrawn"
    #expect(try await kept.list(question).total == 0)
  }

  /// Compares what is held in memory with what is computed from the store, for several sights.
  private func expectSame(
    _ kept: OpenWorkspace, _ desk: RecordsDesk, _ when: String
  ) async throws {
    for role in [Role.counsel, .safety, .administrator] {
      let who = desk.acting(role).who
      let (mine, fresh) = (kept.acting(as: who), desk.acting(role))
      for kind in RecordKind.all {
        var question = ListQuestion(kind)
        question.limit = .max
        (question.order, question.isDescending) = (.id, false)
        let rows = try await mine.list(question).rows
        let states = try await fresh.states(kind)
        #expect(rows == states.map { RecordSummary($0) }, "\(role) \(kind.name) \(when)")
      }
      var question = DocketQuestion()
      question.includesClosed = true
      let law = desk.workspace.surroundings.law(desk.workspace.surroundings.today)
      let lists = (try await mine.docket(question), try await fresh.computedDocket(question))
      func json(_ list: [Deadline]) -> String {
        Docket.json(list, law: law, today: law.day).pretty
      }
      #expect(json(lists.0) == json(lists.1), "\(role) \(when)")
      for row in try await mine.modelList().rows {
        let ledger = try? await fresh.ledger(of: row.summary.id)
        let opinion = ledger.flatMap { try? $0.opinion(law) }
        #expect(row.figures?.cumulative == opinion?.classification.cumulative, "\(when)")
        #expect(row.figures?.isSystemic == opinion?.verdict.isSystemic, "\(role) \(when)")
      }
    }
  }
}

/// Changes of all kinds on which lists and deadlines depend.
struct RandomChanges {
  let desk: RecordsDesk
  var models: [RecordID] = []
  var runs: [RecordID] = []
  var requests: [RecordID] = []
  var count = 0

  /// Does one thing; what the rules refuse is left.
  mutating func next(_ random: inout SplitMix64) async throws {
    count += 1
    let day = "2026-\(["02", "06", "10"][random.int(0...2)])-1\(random.int(0...9))"
    let choice = random.int(0...11)
    if models.isEmpty || choice == 0 {
      let classes: [Confidentiality?] = [nil, nil, .internal, .restricted]
      models.append(
        try await desk.model("Model \(count) (fictional)", on: day, random.pick(classes)).id)
      return
    }
    let model = random.pick(models)
    do {
      switch choice {
      case 1, 2:
        runs.append(
          try await desk.run(
            of: model, "run \(count)", flop: random.pick(["3e24", "8e24", "2e25"]),
            random.pick([nil, nil, .restricted])
          ).id)
      case 3 where !runs.isEmpty:
        _ = try await desk.workspace.record(
          RecordCommand(
            .trainingRun, random.pick(runs),
            Change("run-struck", effective: RecordsDesk.day(day), reason: "not ours")))
      case 4:
        requests.append(try await desk.request(of: model, "Request \(count)", on: day).id)
      case 5 where !requests.isEmpty:
        _ = try await desk.workspace.record(
          RecordCommand(
            .downstreamRequest, random.pick(requests),
            Change("request-answered", effective: RecordsDesk.day("2026-11-01"))))
      case 6:
        _ = try await desk.workspace.record(
          RecordCommand(
            .provider, try await desk.workspace.provider()?.id,
            Change(
              "provider-changed", set: [("signatory", .bool(random.int(0...1) == 0))],
              effective: RecordsDesk.day("2026-11-20"), reason: "known now")))
      case 7: try await assign(&random)
      case 8: try await reclass(model, &random)
      case 9: try await erase(&random)
      default:
        let event = random.pick([
          "placed-on-market", "threshold-known", "withdrawn", "commission-notified", "designated",
        ])
        _ = try await desk.change(model, event, on: day, reason: "it happened")
      }
    } catch let problem as Problem {
      guard problem.code.hasPrefix("duties.") || problem.code.hasPrefix("workspace.") else {
        throw problem
      }
    }
  }

  private func assign(_ random: inout SplitMix64) async throws {
    _ = try? await desk.workspace.addPerson(
      NewPerson(name: "p\(count)", roles: [.counsel], secret: .token))
    let deadlines = try await desk.workspace.computedDocket()
    guard !deadlines.isEmpty else { return }
    try await desk.workspace.assign(random.pick(deadlines).id, to: "p\(count)", note: nil)
  }

  private func reclass(_ model: RecordID, _ random: inout SplitMix64) async throws {
    _ = try await desk.workspace.record(
      RecordCommand(
        .model, model,
        Change(
          "model-changed", effective: RecordsDesk.day("2026-11-20"), reason: "seen again",
          confidentiality: random.pick([.internal, .confidential, .secret, .restricted]))))
  }

  /// Erases a request and begins a new key epoch.
  private mutating func erase(_ random: inout SplitMix64) async throws {
    guard !requests.isEmpty else { return }
    let gone = requests.remove(at: random.int(0...(requests.count - 1)))
    let asked = try await desk.acting(.counsel, id: "one").requestErasure(
      of: [gone], reason: "asked for", basis: "GDPR Art. 17(1)(d)")
    _ = try await desk.acting(.compliance, id: "two").approveErasure(asked.state.id)
  }
}

extension RecordsDesk {
  /// The same workspace as another process sees it that keeps summaries: it reads beside the writer.
  func keeping() -> OpenWorkspace {
    let other = OpenWorkspace(
      folder: workspace.folder, description: workspace.description, store: workspace.store,
      keys: workspace.keys, surroundings: workspace.surroundings, who: workspace.who)
    other.keepSummaries()
    return other
  }

  /// A run of a model.
  func run(
    of model: RecordID, _ name: String, flop: String, _ confidentiality: Confidentiality? = nil
  ) async throws -> RecordState {
    try await workspace.record(
      RecordCommand(
        .trainingRun, nil,
        Change(
          "run-recorded",
          set: [
            ("model", .string(model.text)), ("name", .string(name)), ("flop", .string(flop)),
            ("status", .string("finished")), ("end", .string("2026-05-01")),
          ], effective: RecordsDesk.day("2026-11-20"), confidentiality: confidentiality)))
  }

  /// Somebody downstream asks for something.
  func request(of model: RecordID, _ title: String, on day: String) async throws -> RecordState {
    try await workspace.record(
      RecordCommand(
        .downstreamRequest, nil,
        Change(
          "request-received", set: [("model", .string(model.text)), ("title", .string(title))],
          effective: RecordsDesk.day(day))))
  }
}
