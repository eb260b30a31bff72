import Duties
import Foundation
import Ground
import Journal
import Testing

@testable import Workspace

@Suite("erasure")
struct ErasureTests {
  @Test("one person asks, another with the role for it does it; never the local operator")
  func twoPeople() async throws {
    let keeping = try await Keeping()
    let person = try await keeping.person("jane.doe")
    let asked = try await keeping.workspace.acting(as: Keeping.counsel).requestErasure(
      of: [person.id], reason: "left", basis: "GDPR Art. 17(1)(a)")
    #expect(asked.refusals.isEmpty && asked.state.status == "requested")
    func approve(_ who: SignedIn) async -> String? {
      await code {
        _ = try await keeping.workspace.acting(as: who).approveErasure(asked.state.id)
      }
    }
    #expect(await approve(.localOperator("tester")) == "workspace.not-allowed")
    #expect(
      await approve(SignedIn(id: "a", name: "A", roles: [.approver])) == "workspace.not-allowed")
    #expect(
      await approve(SignedIn(id: "s", name: "S", roles: [.security])) == "workspace.not-allowed")
    #expect(await approve(Keeping.counsel) == "duties.same-person")
    #expect(try await keeping.workspace.needed(person.id).title == "jane.doe")
    #expect(await approve(Keeping.compliance) == nil)
    #expect(try await keeping.workspace.state(person.id) == nil)
    #expect(await approve(Keeping.compliance) == "workspace.erasure-settled")
  }

  @Test("an erasure needs a reason, records that are there, and a legal basis")
  func asked() async throws {
    let keeping = try await Keeping()
    let person = try await keeping.person("jane.doe")
    func ask(_ records: [RecordID], _ reason: String?) async -> String? {
      await code {
        _ = try await keeping.workspace.requestErasure(of: records, reason: reason, basis: "b")
      }
    }
    #expect(await ask([person.id], nil) == "duties.reason-due")
    #expect(await ask([], "left") == "workspace.nothing-to-erase")
    #expect(await ask([RecordID("person/nobody")!], "left") == "workspace.unknown-record")
    try await keeping.erase([person.id])
    #expect(await ask([person.id], "left") == "workspace.unknown-record")
  }

  @Test("after an erasure the entries stay, and every proof with them")
  func entriesStay() async throws {
    let keeping = try await Keeping()
    let person = try await keeping.person("jane.doe")
    let store = keeping.workspace.store
    let before = try await store.history(person.id)
    let report = try await keeping.erase([person.id])
    let after = try await store.history(person.id)
    #expect(after.map(\.entry) == before.map(\.entry) && after.map(\.leaf) == before.map(\.leaf))
    #expect(after.allSatisfy { $0.content == nil })
    for log in LogName.allCases {
      let proof = try await LogProof(store, log)
      #expect(proof.wrong == nil)
      #expect(try await store.head(log) == proof.tree.head)
    }
    #expect(report.state.status == "done" && report.state.fields["epoch"] == .int(2))
    #expect(try await keeping.workspace.history(person.id).allSatisfy { $0.content == nil })
  }

  @Test("what a person did stays under their pseudonym, without their name")
  func pseudonym() async throws {
    let keeping = try await Keeping()
    let person = try await keeping.person("jane.doe")
    let jane = SignedIn(person)
    let model = try await keeping.workspace.acting(as: jane).record(
      RecordCommand(
        .model, nil,
        Change(
          "model-registered", set: [("name", .string("Aurora (fictional)"))],
          effective: .day(keeping.workspace.surroundings.today))))
    #expect(
      try await PeopleNames(keeping.workspace).name(model.author)
        == "jane.doe of the fictional ones")
    try await keeping.erase([person.id])
    #expect(try await keeping.workspace.needed(model.id).author == person.id.key)
    #expect(try await PeopleNames(keeping.workspace).name(model.author) == person.id.key)
  }

  @Test(
    "a record under a duty to keep is refused, and the refusal is recorded with rule and ground")
  func keptByRule() async throws {
    let keeping = try await Keeping()
    let model = try await keeping.model(placed: "2026-03-02")
    let evidence = try await keeping.evidence([1], "Report", [("model", .string(model.id.text))])
    let (request, outlook) = try await keeping.workspace.requestErasure(
      of: [evidence.id], reason: "asked for", basis: "GDPR Art. 17(1)(a)")
    #expect(outlook.map(\.record) == [evidence.id])
    #expect(
      await code {
        _ = try await keeping.workspace.acting(as: Keeping.counsel).approveErasure(request.id)
      } == "workspace.erasure-refused")
    let refused = try await keeping.workspace.needed(request.id)
    let told = refused.fields["refusals"]?.compact ?? ""
    #expect(refused.status == "refused")
    #expect(told.contains("cop/safety/10.1") && told.contains("GDPR Art. 17(3)(b)"))
    #expect(told.contains("\"from\":\"2036-03-"))
    try await keeping.workspace.proveEvidence(evidence.id)
    #expect(!keeping.workspace.hasUnfinishedEpoch && keeping.workspace.keys.epoch == 1)
    let last = try #require(try await keeping.workspace.history(request.id).last)
    #expect(last.envelope.event == "erasure-refused" && last.envelope.law != nil)
  }

  @Test("as long as the end of a period is not known, nothing is erased")
  func undetermined() async throws {
    let keeping = try await Keeping()
    let model = try await keeping.model(placed: nil)
    let evidence = try await keeping.evidence([1], "Report", [("model", .string(model.id.text))])
    keeping.clock.now = Keeping.year2045
    await #expect(
      throws: Problem("workspace.erasure-refused", what: "", places: [Place(evidence.id.text)])
    ) {
      try await keeping.erase([evidence.id])
    }
    let kept = try #require(try await keeping.workspace.retention(of: [evidence.id]).first)
    guard case .undetermined = kept.retention.outcome else {
      Issue.record("it is not undetermined: \(kept.words)")
      return
    }
  }

  @Test("one record that has to be kept keeps all that were asked for together")
  func allOrNothing() async throws {
    let keeping = try await Keeping()
    let person = try await keeping.person("jane.doe")
    let evidence = try await keeping.evidence([1])
    #expect(
      await code { try await keeping.erase([person.id, evidence.id]) }
        == "workspace.erasure-refused")
    #expect(try await keeping.workspace.needed(person.id).title == "jane.doe")
  }

  @Test("after the latest end of its periods evidence goes, and its file with it")
  func afterTheEnd() async throws {
    let keeping = try await Keeping()
    let model = try await keeping.model(placed: "2026-03-02")
    let fields: [(String, JSON)] = [("model", .string(model.id.text))]
    let (one, two) = (
      try await keeping.evidence([1], "One", fields), try await keeping.evidence([2], "Two", fields)
    )
    let kept = try #require(try await keeping.workspace.retention(of: [one.id]).first)
    let day = try #require(kept.retention.day)
    keeping.clock.now = Instant(startOf: day.adding(days: -1))
    #expect(await code { try await keeping.erase([one.id]) } == "workspace.erasure-refused")
    keeping.clock.now = Instant(startOf: day)
    let report = try await keeping.erase([one.id])
    #expect(report.files == 1)
    #expect(try keeping.folder.files.names() == [two.text("stored") ?? ""])
    try await keeping.workspace.proveEvidence(two.id)
    #expect(try await keeping.workspace.checkEvidence().isEmpty)
  }

  @Test("erasures, operations and holds in force cannot be erased")
  func lasting() async throws {
    let keeping = try await Keeping()
    keeping.clock.now = Keeping.year2045
    let (request, _) = try await keeping.workspace.requestErasure(
      of: [try await keeping.person("jane.doe").id], reason: "left", basis: "b")
    let operation = try #require(try await keeping.workspace.states(.operation).first)
    for id in [request.id, operation.id] {
      #expect(await code { try await keeping.erase([id]) } == "workspace.erasure-refused")
    }
  }

  @Test("the report names the backups and recovery files that reach back")
  func copiesKnown() async throws {
    let keeping = try await Keeping()
    let (first, second) = (try await keeping.person("one"), try await keeping.person("two"))
    let backup = keeping.root + "/backup"
    _ = try await keeping.workspace.backUp(to: backup, open: Keeping.open)
    let passphrase = "several unrelated words"
    let file = try await keeping.workspace.exportKeys(
      to: keeping.root + "/recovery.txt", passphrase: passphrase, logCost: 4)
    let report = try await keeping.erase([first.id])
    #expect(report.backups.map(\.place) == [backup] && report.backups.map(\.epochs) == [[1]])
    #expect(report.recoveryFiles.map(\.number) == [file.number] && file.number == 1)
    #expect(report.advice.count == 3)
    _ = try await keeping.workspace.refreshBackup(at: backup, open: Keeping.open)
    let next = try await keeping.workspace.exportKeys(
      to: keeping.root + "/next.txt", passphrase: passphrase, logCost: 4)
    #expect(next.number == 2 && next.epochs == [2])
    let later = try await keeping.erase([second.id])
    #expect(later.backups.map(\.epochs) == [[2]])
    #expect(later.recoveryFiles.map(\.number) == [1, 2])
    #expect(later.state.fields["recovery"]?.compact.contains("\"number\":2") == true)
  }
}
