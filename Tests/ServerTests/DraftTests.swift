import Duties
import Foundation
import Ground
import HTTPTypes
import HummingbirdTesting
import Testing
import Workspace

@testable import Server

@Suite("Forms that outlive their session")
struct DraftTests {
  private func draft(_ text: String) throws -> String {
    let start = try #require(text.firstRange(of: "/drafts/"))
    return String(text[start.lowerBound...].prefix { $0 != "\"" })
  }

  @Test("nothing that was typed is lost when a session has ended")
  func kept() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.person("max", .counsel)
    try await fixture.asking { browser in
      let before = try await fixture.signedIn("jane", browser)
      fixture.pass(hours: 13)
      let name = "Fictional “Ünïcode” & <two>\nlines"
      let late = try await before.send("/models/new", [("f.name", name), ("f.licence", "own")])
      #expect(late.status.code == 401)
      let path = try draft(late.text)
      let max = try await fixture.signedIn("max", browser)
      #expect(try await max.get(path).status.code == 404, "it is nobody else's")
      let jane = try await fixture.signedIn("jane", browser)
      let page = try await jane.get(path).text
      #expect(page.contains(HTMLText.escaped(name)))
      let id = path.split(separator: "/").last ?? ""
      let form = try await jane.get("/models/new?draft=\(id)").text
      #expect(form.contains("value=\"own\""), "it stands in its form again")
      let sent = try await jane.send("/models/new?draft=\(id)", [("f.name", name)])
      #expect(sent.status.code == 303)
      #expect(try await fixture.workspace.states(.model).first?.title == name)
      #expect(try await jane.get(path).status.code == 404, "it was sent, and is forgotten")
    }
  }

  @Test("a form is kept only for whoever was signed in, and never with a secret in it")
  func notKept() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      fixture.pass(hours: 13)
      let values = [("f.name", "Fictional-1")]
      let noKey = try await jane.post("/models/new", values)
      #expect(noKey.status.code == 401 && !noKey.text.contains("/drafts/"))
      let stranger = try await browser.send("/models/new", values)
      #expect(stranger.status.code == 401 && !stranger.text.contains("/drafts/"))
      let secret = try await jane.send(
        "/account/passphrase", [("first", "river cactus"), ("second", "river cactus")])
      #expect(secret.status.code == 401 && !secret.text.contains("/drafts/"))
      #expect(!secret.text.contains("river cactus"))
    }
  }

  @Test("what was typed outlives the server, sealed, and goes when it was sent or is too old")
  func restart() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    let folder = fixture.workspace.folder.path + "/shelf"
    let now = fixture.workspace.surroundings.now()
    let form = Form([("f.name", "Secret Project “Ünïcode”"), ("f.licence", "own")])
    let first = Drafts(shelf: fixture.workspace)
    let id = try #require(first.keep(form, of: "jane", path: "/models/new?a=b", now: now))
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(files == [id + ".sealed"])
    let bytes = try Data(contentsOf: URL(filePath: folder + "/" + files[0]))
    for plain in ["Secret", "licence", "jane", "/models"] {
      #expect(bytes.range(of: Data(plain.utf8)) == nil, "\(plain)")
    }
    let second = Drafts(shelf: fixture.workspace)
    let found = try #require(second.draft(id, of: "jane", now: now))
    #expect(found.form == form && found.path == "/models/new?a=b")
    #expect(second.draft(id, of: "max", now: now) == nil)
    second.forget(id, of: "max")
    #expect(Drafts(shelf: fixture.workspace).draft(id, of: "jane", now: now) != nil)
    second.forget(id, of: "jane")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    let other = try #require(first.keep(form, of: "jane", path: "/x", now: now))
    try Data("{}\nbroken".utf8).write(to: URL(filePath: folder + "/odd.sealed"))
    fixture.pass(hours: Drafts.hours + 1)
    let late = Drafts(shelf: fixture.workspace)
    #expect(late.draft(other, of: "jane", now: fixture.workspace.surroundings.now()) == nil)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
  }

  @Test("drafts are bounded, and end by themselves")
  func bounds() throws {
    let drafts = Drafts()
    let now = Instant(seconds: 1_780_000_000)
    let ids = (0..<20).compactMap {
      drafts.keep(Form([("a", String($0))]), of: "jane", path: "/x", now: now)
    }
    #expect(ids.count == 20)
    #expect(ids.filter { drafts.draft($0, of: "jane", now: now) != nil } == Array(ids.suffix(10)))
    let later = Instant(seconds: now.seconds + Drafts.hours * 3600 + 1)
    #expect(drafts.draft(ids[19], of: "jane", now: later) == nil)
    let large = String(repeating: "x", count: 1 << 20)
    let many = (0..<20).compactMap {
      drafts.keep(Form([("a", large)]), of: "person-\($0)", path: "/x", now: now)
    }
    let left = many.enumerated().count { drafts.draft($1, of: "person-\($0)", now: now) != nil }
    #expect(left < 9)
  }
}

/// Text as pages show it.
enum HTMLText {
  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
