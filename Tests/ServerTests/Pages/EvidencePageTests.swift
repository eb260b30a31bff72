import Duties
import Ground
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Sealing
import Testing
import Workspace

@testable import Server

@Suite("Evidence on the desk")
struct EvidencePageTests {
  /// The smallest picture: one pixel.
  static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 1, 2, 3]

  private func file(
    _ bytes: [UInt8], _ name: String, _ values: [(String, String)] = [], by browser: Browser
  ) async throws -> TestResponse {
    try await browser.upload(
      "/evidence/new", [("title", "Report (example)")] + values, file: name, bytes: bytes)
  }

  @Test("a file that is sent is kept, with its digest on its page, and can be taken along")
  func kept() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let bytes = Array("What was found.\n".utf8)
      let digest = Digest(of: bytes).hex
      let sent = try await file(
        bytes, "report é.txt",
        [("sha256", digest), ("duties", "ai-act/53/1/a"), ("class", "article-78")], by: jane)
      #expect(sent.status.code == 303)
      let path = try #require(sent.headers[.location])
      let page = try await jane.get(path).text
      #expect(
        page.contains(digest) && page.contains("What was found.") && page.contains("article-78"))
      #expect(page.contains("/law/ai-act/53/1/a"))
      let taken = try await jane.get(path + "/file")
      #expect(Array(taken.body.readableBytesView) == bytes)
      let field = try #require(taken.headers[.contentDisposition])
      #expect(
        field.hasPrefix("attachment;") && field.contains("filename*=UTF-8''report%20%C3%A9.txt"))
      #expect(try await jane.get("/evidence").text.contains("Report (example)"))
      #expect(
        try await jane.get("/evidence?rule=ai-act/53/1/b").text.contains("No file for this choice"))
    }
  }

  @Test("a file that arrives otherwise than it was counted is not kept")
  func otherwise() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let digest = Digest(of: "other".utf8).hex
      let sent = try await file(Array("sent".utf8), "a.txt", [("sha256", digest)], by: jane)
      #expect(sent.status.code == 422 && sent.text.contains("not the one that was sent"))
      #expect(try await fixture.workspace.states(.evidence).isEmpty)
      #expect(sent.text.contains("value=\"Report (example)\""), "what was typed stays")
    }
  }

  @Test(
    "what a file is follows from its bytes, and nothing that runs is shown",
    arguments: [
      ("page.png", Array("<html><script>alert(1)</script>".utf8), nil, "&lt;script&gt;alert(1)"),
      ("picture.svg", Array("<svg onload='x()'/>".utf8), nil, "&lt;svg onload="),
      ("picture.txt", png, "image/png", "<img class=\"preview\""),
      ("paper.txt", Array("%PDF-1.7\n…".utf8), "application/pdf", "<iframe"),
      ("other.bin", [0, 1, 2, 3], nil, "no safe way"),
    ] as [(String, [UInt8], String?, String)])
  func preview(_ name: String, _ bytes: [UInt8], _ type: String?, _ shown: String) async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let sent = try await file(bytes, name, by: jane)
      let path = try #require(sent.headers[.location])
      #expect(try await jane.get(path).text.contains(shown))
      let answer = try await jane.get(path + "/preview")
      #expect(answer.status.code == (type == nil ? 404 : 200))
      if let type {
        #expect(answer.headers[.contentType] == type)
        let policy = answer.headers[HTTPField.Name("content-security-policy")!]
        #expect(policy?.hasPrefix("default-src 'none'") == true)
        #expect(answer.headers[HTTPField.Name("x-content-type-options")!] == "nosniff")
      }
    }
  }

  @Test("a review and a withdrawal stand on the record, and each file is kept once")
  func steps() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let path = try #require(
        try await file(Array("one".utf8), "one.txt", by: jane).headers[.location])
      let again = try await file(Array("one".utf8), "one.txt", by: jane)
      #expect(again.status.code == 422 && again.text.contains("there already"))
      #expect(try await jane.send(path + "/reviews", [("next", "2027-01-15")]).status.code == 303)
      #expect(try await jane.get(path).text.contains("2027-01-15"))
      #expect(try await jane.send(path + "/reviews", [("next", "soon")]).status.code == 422)
      #expect(try await jane.send(path + "/withdrawal", []).status.code == 422)
      #expect(
        try await jane.send(path + "/withdrawal", [("reason", "outdated")]).status.code == 303)
      #expect(!(try await jane.get("/evidence").text.contains("one.txt")))
      #expect(try await jane.get("/evidence?show=all").text.contains("withdrawn"))
    }
  }

  @Test("nobody sends a file without the key of a form, without a session or without a file")
  func refused() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.person("eve", .auditor)
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let eve = try await fixture.signedIn("eve", browser)
      let bytes = Array("x".utf8)
      let noKey = try await jane.upload(
        "/evidence/new", [("title", "t")], file: "a", bytes: bytes, key: "")
      #expect(noKey.status.code == 403)
      #expect(try await file(bytes, "a", by: browser).status.code == 401)
      #expect(try await file(bytes, "a", by: eve).status.code == 403)
      let empty = try await jane.upload("/evidence/new", [("title", "t")], file: "", bytes: [])
      #expect(empty.status.code == 422 && empty.text.lowercased().contains("no file was chosen"))
      #expect(try await fixture.workspace.states(.evidence).isEmpty)
    }
  }
}
