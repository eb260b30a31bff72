import Duties
import Foundation
import Ground
import Sealing
import Testing

@testable import Workspace

@Suite("taking in reports of incidents")
struct IntakeRunTests {
  static let mail = """
    From: Andrée Fictional <andree@example.org>
    Subject: Drain valve opened
    Date: Fri, 13 Nov 2026 03:00:00 +0100
    Message-ID: <1@example.org>
    Content-Type: multipart/mixed; boundary=p

    --p

    The agent opened the drain valve of Northgate 7 yesterday. A person died.
    --p
    Content-Type: text/csv
    Content-Disposition: attachment; filename=valve.csv

    time,valve
    --p--

    """

  static func report(_ text: String) async throws -> IncomingReport {
    try await IntakeReading.report(text)
  }

  @Test("a report becomes an incident that is received now, with nothing answered and no awareness")
  func taken() async throws {
    let desk = try await RecordsDesk()
    var run = try await IntakeRun(desk.workspace)
    let taken = try await run.take(
      try await IntakeRunTests.report(IntakeRunTests.mail), channel: "mail")
    let incident = try #require(taken.incident)
    #expect(taken.isNew)
    #expect(incident.title == "Drain valve opened")
    #expect(incident.text("narrative")?.hasPrefix("The agent opened the drain valve") == true)
    #expect(incident.text("channel") == "mail")
    #expect(incident.text("reference") == "<1@example.org>")
    #expect(incident.status == "received")
    #expect(Array(incident.happened.keys) == ["incident-received"])
    #expect(
      incident.happened["incident-received"] == .moment(desk.workspace.surroundings.now()))
    let asked = IncidentQuestion.allCases.filter { incident.fields[$0.rawValue] != nil }
    #expect(asked.isEmpty)
    #expect(incident.fields["began"] == nil)
    let view = try await desk.workspace.incident(incident.id)
    #expect(view.evidence.count == 2)
    #expect(view.evidence.map(\.id).sorted() == taken.evidence.sorted())
    let said = try await desk.workspace.comments(on: incident.id)
    #expect(said.count == 1)
    #expect(said.first?.text("text")?.contains("hints, and no answers") == true)
    #expect(said.first?.text("text")?.contains("2026-11-13T03:00:00+01:00") == true)
  }

  @Test("the original is kept byte for byte")
  func original() async throws {
    let desk = try await RecordsDesk()
    var run = try await IntakeRun(desk.workspace)
    let report = try await IntakeRunTests.report(IntakeRunTests.mail)
    let taken = try await run.take(report, channel: "mail")
    let evidence = try #require(taken.evidence.last)
    let state = try await desk.workspace.needed(evidence)
    #expect(state.text("sha256") == Digest(of: Array(IntakeRunTests.mail.utf8)).hex)
    #expect(state.text("media_type") == "message/rfc822")
    try await desk.workspace.proveEvidence(evidence)
  }

  @Test("the same report is taken in once: again in the run, in another run, and by somebody else")
  func once() async throws {
    let desk = try await RecordsDesk()
    let report = try await IntakeRunTests.report(IntakeRunTests.mail)
    var run = try await IntakeRun(desk.workspace)
    let first = try await run.take(report, channel: "mail")
    let second = try await run.take(report, channel: "mail")
    var other = try await IntakeRun(desk.acting(.incidentLead))
    let third = try await other.take(report, channel: "import")
    #expect(!second.isNew && !third.isNew)
    #expect(second.incident?.id == first.incident?.id)
    #expect(third.incident?.id == first.incident?.id)
    #expect(try await desk.workspace.states(.incident).count == 1)
    #expect(try await desk.workspace.states(.evidence).count == 2)
  }

  @Test(
    "what a full disk left out between the incident and its files is added, and nothing twice",
    arguments: [1, 2, 3])
  func afterFailure(appends: Int) async throws {
    var failing: FailingStore?
    let keeping = try await Keeping {
      let store = FailingStore($0)
      failing = store
      return store
    }
    let report = try await IntakeRunTests.report(IntakeRunTests.mail)
    // The first append only asks whether the same was asked before.
    try #require(failing).failNext("store.full", after: appends)
    var run = try await IntakeRun(keeping.workspace)
    await #expect(throws: Problem.self) { _ = try await run.take(report, channel: "mail") }
    #expect(try await keeping.workspace.states(.incident).count == (appends == 1 ? 0 : 1))
    var again = try await IntakeRun(keeping.workspace)
    let taken = try await again.take(report, channel: "mail")
    #expect(taken.evidence.count == 2)
    let incident = try #require(try await keeping.workspace.states(.incident).first)
    #expect(try await keeping.workspace.states(.incident).count == 1)
    #expect(try await keeping.workspace.incident(incident.id).evidence.count == 2)
    #expect(try await keeping.workspace.comments(on: incident.id).count == 1)
  }

  @Test("two reports with the same file have it each, and one report has it once")
  func sameFile() async throws {
    let desk = try await RecordsDesk()
    var run = try await IntakeRun(desk.workspace)
    let first = try await run.take(try await IntakeRunTests.report(IntakeRunTests.mail))
    let other = IntakeRunTests.mail.replacing("Drain valve opened", with: "Another event")
      .replacing("<1@example.org>", with: "<2@example.org>")
    let second = try await run.take(try await IntakeRunTests.report(other))
    #expect(Set(first.evidence + second.evidence).count == 4)
    for taken in [first, second] {
      let incident = try #require(taken.incident)
      let files = try await desk.workspace.incident(incident.id).evidence.map { $0.text("file") }
      #expect(files.count == 2 && files.contains("valve.csv"))
    }
    // By hand, too: what another incident has is no evidence of this one.
    var file = NewEvidence(IntakeReading.source("\ntime,valve", "valve.csv"), title: "log")
    file.fields = [("incident", .string(try #require(first.incident).id.text))]
    let known = try await desk.workspace.addEvidence(file)
    file.fields = []
    let free = try await desk.workspace.addEvidence(file)
    #expect(known.state.text("incident") == first.incident?.id.text)
    #expect(!free.isNew, "where no incident is named any record of the content will do")
  }

  @Test("taking in many reports does not read the evidence of all of them for each")
  func reads() async throws {
    var failing: FailingStore?
    let keeping = try await Keeping {
      let store = FailingStore($0)
      failing = store
      return store
    }
    let store = try #require(failing)
    let rows = (0..<40).map { "F-\($0),Fictional event \($0)\n" }.joined()
    let reports = try await IntakeReading.reports("reference,title\n" + rows)
    var run = try await IntakeRun(keeping.workspace)
    var counts: [Int] = []
    for report in reports {
      let before = store.read(.evidence)
      _ = try await run.take(report)
      counts.append(store.read(.evidence) - before)
    }
    #expect(Set(counts).count == 1, "the last costs what the first does: \(counts)")
    #expect(try await keeping.workspace.states(.evidence).count == 40)
  }

  @Test("all incidents are shared but those of a narrow class, and a title that somebody here gave")
  func sharedOfAll() async throws {
    let desk = try await RecordsDesk()
    _ = try await desk.workspace.receive(PublicReport(what: "Mr Fictional died."), by: .public)
    _ = try await desk.workspace.receive(PublicReport(what: "Ms Told it."), by: .whistleblower)
    let own = try await desk.workspace.receiveIncident(IncidentNotice(title: "Outage at a desk"))
    let all = try await desk.workspace.stixOfAll(withNarrative: false)
    #expect(all.count == 2 && all.leftOut == 1)
    let text = all.bundle.compact
    #expect(text.contains("Outage at a desk") && text.contains("Report received on 2026-11-20"))
    #expect(!text.contains("Fictional died") && !text.contains("Told it"))
    let incidents = try await desk.workspace.states(.incident)
    let secret = try #require(incidents.first { $0.confidentiality == .restricted })
    let named = try await desk.workspace.stix([secret, own], withNarrative: false).compact
    #expect(named.contains("Report received on") && !named.contains("Told it"))
    #expect(
      try await desk.workspace.stix([secret], withNarrative: true).compact.contains("Told it"))
    let open = try #require(incidents.first { $0.text("channel") == "public" })
    let retitled = try await desk.workspace.record(
      RecordCommand(
        .incident, open.id,
        Change(
          "incident-described", set: [("title", .string("Death at a ward"))],
          effective: RecordsDesk.day("2026-11-20"))))
    #expect(
      try await desk.workspace.stix([retitled], withNarrative: false).compact
        .contains("Death at a ward"))
  }

  @Test("looking at a report writes nothing")
  func look() async throws {
    let desk = try await RecordsDesk()
    let before = try await desk.entries(.regulatory).count
    let run = try await IntakeRun(desk.workspace)
    let seen = try await run.look(at: try await IntakeRunTests.report(IntakeRunTests.mail))
    #expect(seen.isNew)
    #expect(seen.incident == nil)
    #expect(try await desk.entries(.regulatory).count == before)
  }

  @Test("a database's report sets when it began and its number, and labels answer nothing")
  func database() async throws {
    let desk = try await RecordsDesk()
    let reports = try await IntakeReading.reports(
      IntakeTableTests.aiid,
      classifications: [
        ("classifications_CSETv1.csv", "Incident ID,Lives Lost,Rights Violation\n9001,2,yes\n")
      ])
    var run = try await IntakeRun(desk.workspace)
    let incident = try #require(try await run.take(reports[0]).incident)
    #expect(incident.text("began") == "2026-03-02")
    #expect(incident.text("reference") == "9001")
    #expect(incident.text("source") == "AI Incident Database")
    #expect(incident.fields["death"] == nil)
    #expect(incident.fields["rights"] == nil)
    let said = try await desk.workspace.comments(on: incident.id).first?.text("text") ?? ""
    #expect(said.contains("CSETv1 1 · Lives Lost: 2 [look at: death of a person]"))
  }

  @Test("two reports of one event are proposed with reasons, until a person merges them")
  func duplicates() async throws {
    let desk = try await RecordsDesk()
    var run = try await IntakeRun(desk.workspace)
    let first = try await run.take(try await IntakeRunTests.report(IntakeRunTests.mail))
    let csv =
      "reference,narrative\nW-7,Northgate 7: an agent opened the drain valve and flooded it\n"
    let second = try await run.take(try await IntakeRunTests.report(csv))
    #expect(second.similar.map(\.id) == [first.incident?.id.text])
    let pairs = try await desk.workspace.similarIncidents()
    #expect(pairs.count == 1)
    let pair = try #require(pairs.first)
    #expect(pair.likeness.reasons.count >= 1)
    _ = try await desk.workspace.mergeIncident(pair.later, into: pair.earlier, reason: "same valve")
    #expect(try await desk.workspace.similarIncidents().isEmpty)
    #expect(try await desk.workspace.states(.incident).count == 2)
  }

  @Test("whoever may not write incidents takes nothing in")
  func refused() async throws {
    let desk = try await RecordsDesk()
    var run = try await IntakeRun(desk.acting(.auditor))
    let report = try await IntakeRunTests.report(IntakeRunTests.mail)
    await #expect(throws: Problem.self) { _ = try await run.take(report) }
    #expect(try await desk.workspace.states(.incident).isEmpty)
  }

  @Test(
    "what is shared as STIX tells neither the reporter nor, unasked, the narrative, and is noted")
  func shared() async throws {
    let desk = try await RecordsDesk()
    var run = try await IntakeRun(desk.workspace)
    let taken = try await run.take(
      try await IntakeRunTests.report(IntakeRunTests.mail), channel: "mail")
    let incident = try #require(taken.incident)
    let answered = try await desk.workspace.answerTriage(incident, [("death", "yes")])
    let quiet = try await desk.workspace.stix([answered], withNarrative: false).compact
    #expect(quiet.contains("death of a person"))
    #expect(quiet.contains("Report received on 2026-11-20"))
    #expect(!quiet.contains("Northgate") && !quiet.contains("Drain valve"))
    #expect(!quiet.contains("andree@example.org"))
    #expect(
      try await desk.workspace.stix([answered], withNarrative: true).compact.contains("Northgate"))
    let noted = try await desk.workspace.everyState(.operation)
    #expect(noted.count { $0.happened["incidents-shared"] != nil } == 2)
  }
}
