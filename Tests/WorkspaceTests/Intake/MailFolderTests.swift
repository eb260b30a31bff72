import Duties
import Foundation
import Ground
import Testing

@testable import Workspace

@Suite("a folder of mails")
struct MailFolderTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "mails-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func put(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: name))
  }

  private func names(_ place: String = "") -> [String] {
    let path = folder.appending(path: place).path
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  @Test(
    "mails are taken in and moved away, what is no mail is refused with the reason, the rest stays")
  func round() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let desk = try await RecordsDesk()
    try put("a.eml", IntakeRunTests.mail)
    try put("b.EML", "From: b@example.org\nSubject: Second\n\nAnother event.\n")
    try put("c.eml", "title\nno mail\n")
    try put("d.eml.part", IntakeRunTests.mail)
    try put(".e.eml", IntakeRunTests.mail)
    try FileManager.default.createSymbolicLink(
      at: folder.appending(path: "f.eml"), withDestinationURL: folder.appending(path: "d.eml.part"))
    let outcomes = try await MailFolder(folder.path).round(desk.acting(.incidentLead)).outcomes
    #expect(outcomes.map(\.name) == ["a.eml", "b.EML", "c.eml"])
    #expect(outcomes.map { $0.refusal == nil } == [true, true, false])
    #expect(names("done") == ["a.eml", "b.EML"])
    #expect(names("refused") == ["c.eml", "c.eml.txt"])
    #expect(names() == [".e.eml", "d.eml.part", "done", "f.eml", "refused"])
    let incidents = try await desk.workspace.states(.incident)
    #expect(incidents.map(\.title).sorted() == ["Drain valve opened", "Second"])
    #expect(incidents.allSatisfy { $0.text("channel") == "mail" })
  }

  @Test("the server takes mails in by itself, files and hints among it")
  func bySystem() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let desk = try await RecordsDesk()
    try put("a.eml", IntakeRunTests.mail)
    let program = desk.workspace.acting(as: .system)
    #expect(try await MailFolder(folder.path).round(program).outcomes.count == 1)
    let incident = try #require(try await desk.workspace.states(.incident).first)
    #expect(incident.author == "system")
    #expect(try await desk.workspace.incident(incident.id).evidence.count == 2)
    #expect(try await desk.workspace.comments(on: incident.id).count == 1)
  }

  @Test("a mail that was moved back is known, and both files stay")
  func again() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let desk = try await RecordsDesk()
    try put("a.eml", IntakeRunTests.mail)
    _ = try await MailFolder(folder.path).round(desk.workspace)
    try put("a.eml", IntakeRunTests.mail)
    let outcomes = try await MailFolder(folder.path).round(desk.workspace).outcomes
    #expect(outcomes.map { $0.taken?.isNew } == [false])
    #expect(names("done") == ["a-2.eml", "a.eml"])
    #expect(try await desk.workspace.states(.incident).count == 1)
  }

  @Test("a mail that cannot be written stays where it is")
  func notWritten() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let desk = try await RecordsDesk()
    try put("a.eml", IntakeRunTests.mail)
    let mails = MailFolder(folder.path)
    let refused = try await mails.round(desk.acting(.auditor))
    #expect(refused.problem?.code == "workspace.not-allowed" && refused.outcomes.isEmpty)
    #expect(names() == ["a.eml"])
    #expect(try await mails.round(desk.workspace).outcomes.count == 1)
  }

  @Test(
    "a file that is no mail, whatever it begins with, keeps no mail behind it from being taken in",
    arguments: [
      "[EXTERNAL] Somebody wrote\n\nwhat happened", "{broken", "[1, 2", "incident-date: [\n",
      "PK\u{3}\u{4}",
      "\u{0}\u{1}", "",
    ])
  func behind(_ text: String) async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let desk = try await RecordsDesk()
    try put("0.eml", text)
    try put("1.eml", IntakeRunTests.mail)
    let round = try await MailFolder(folder.path).round(desk.workspace)
    #expect(round.problem == nil)
    #expect(round.outcomes.map { $0.taken != nil } == [false, true])
    #expect(names("refused") == ["0.eml", "0.eml.txt"] && names("done") == ["1.eml"])
    #expect(try await desk.workspace.states(.incident).count == 1)
  }

  @Test("what was taken in before the disk was full is told, and the rest waits for the next round")
  func partial() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var failing: FailingStore?
    let keeping = try await Keeping {
      let store = FailingStore($0)
      failing = store
      return store
    }
    try put("a.eml", "From: a@example.org\nSubject: First\n\nOne event.\n")
    try put("b.eml", "From: b@example.org\nSubject: Second\n\nAnother event.\n")
    // A question, an incident and its original for the first; the question for the second.
    try #require(failing).failNext("store.full", after: 4)
    let round = try await MailFolder(folder.path).round(keeping.workspace, settledSeconds: 0)
    #expect(round.outcomes.map(\.name) == ["a.eml"])
    #expect(round.problem?.code == "store.full")
    #expect(names("done") == ["a.eml"] && names().contains("b.eml"))
    let next = try await MailFolder(folder.path).round(keeping.workspace, settledSeconds: 0)
    #expect(next.outcomes.map(\.name) == ["b.eml"] && next.problem == nil)
  }

  @Test("a mail that cannot be moved away stays, is told, and keeps no other from being taken in")
  func unmovable() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let desk = try await RecordsDesk()
    try put("a.eml", IntakeRunTests.mail)
    try put("b.eml", "{broken")
    try put("done", "a file where the folder should be")
    let round = try await MailFolder(folder.path).round(desk.workspace)
    #expect(round.outcomes.map { $0.left == nil } == [false, true])
    #expect(round.outcomes[0].taken?.isNew == true)
    #expect(names("refused") == ["b.eml", "b.eml.txt"])
    let again = try await MailFolder(folder.path).round(desk.workspace)
    #expect(!again.hasMoved && again.outcomes.map { $0.taken?.isNew } == [false])
  }

  @Test("a folder that is not there is told")
  func missing() async throws {
    let desk = try await RecordsDesk()
    let mails = MailFolder(folder.path + "/nowhere")
    #expect(
      await RecordsDesk.code { _ = try await mails.round(desk.workspace) }
        == "workspace.mail-folder")
    try? FileManager.default.removeItem(at: folder)
  }
}
