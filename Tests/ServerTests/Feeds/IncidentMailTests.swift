import Duties
import Foundation
import Ground
import Testing
import Workspace

@testable import Server

@Suite("mails of incidents")
struct IncidentMailTests {
  @Test("the server takes in what lies in its folder, and its log tells no content")
  func round() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "mails-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("From: a@example.org\nSubject: Fictional leak\n\nIt leaked.\n".utf8)
      .write(to: folder.appending(path: "a.eml"))
    try Data("title\nnone\n".utf8).write(to: folder.appending(path: "b.eml"))
    let fixture = try await DeskFixture()
    let configuration = try Configuration(
      file: nil, environment: ["SYSTEMIC_INCIDENTS_MAIL_FOLDER": folder.path])
    let mails = try #require(IncidentMails.configured(fixture.workspace, configuration))
    let (lines, problem) = try await mails.round()
    #expect(problem == nil)
    #expect(lines.map(\.words) == ["a mail was taken in", "a mail was refused"])
    #expect(lines.allSatisfy { !"\($0.facts)".contains("leak") })
    let titles = try await fixture.workspace.states(.incident).map(\.title)
    #expect(titles == ["Fictional leak"])
    #expect(try await mails.round().lines.isEmpty)
  }

  @Test("without a folder nothing is taken in")
  func none() async throws {
    let fixture = try await DeskFixture()
    let mails = IncidentMails.configured(fixture.workspace, Configuration())
    #expect(mails == nil)
  }
}
