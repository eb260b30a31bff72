import Duties
import Ground
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing
import Workspace

@testable import Server

@Suite("The provider's own forms of reports")
struct TemplatePageTests {
  private let path = "/incidents/templates"
  /// What a DOCX begins with and must hold; nothing else of it is read before it is used.
  private static let docx: [UInt8] = [0x50, 0x4B, 0x03, 0x04] + Array("word/styles.xml".utf8)

  private func page(
    _ body: @Sendable @escaping (DeskFixture, Browser) async throws -> Void
  ) async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.asking { browser in
      try await body(fixture, try await fixture.signedIn("jane", browser))
    }
  }

  @Test("a template is added, taken along, replaced by a newer one and taken out of use")
  func whole() async throws {
    let path = path
    try await page { fixture, jane in
      #expect(try await jane.get(path).text.contains("No template of your own is in use"))
      let first = Array("# {{title}}\n".utf8)
      let added = try await jane.upload(path, [("title", "House")], file: "a.md", bytes: first)
      #expect(added.status.code == 303, "\(added.text)")
      let state = try #require(try await fixture.workspace.states(.reportTemplate).first)
      let file = try await jane.get("\(path)/\(state.id.key)/file")
      #expect(Array(file.body.readableBytesView) == first)
      #expect(file.headers[.contentDisposition]?.contains(".md\"") == true)
      fixture.pass(seconds: 60)
      let second = try await jane.upload(path, [], file: "b.md", bytes: Array("{{part-1}}".utf8))
      #expect(second.status.code == 303)
      let list = try await jane.get(path).text
      #expect(list.contains("b.md") && list.contains("in use after the newer one is withdrawn"))
      #expect(try await fixture.workspace.reportForms("incident-report").text == "{{part-1}}")
      let newer = try #require(
        try await fixture.workspace.states(.reportTemplate).first { $0.title == "b.md" })
      #expect(try await jane.send("\(path)/\(newer.id.key)/withdrawal", []).status.code == 303)
      #expect(try await fixture.workspace.reportForms("incident-report").text == "# {{title}}\n")
      #expect(try await jane.send("\(path)/\(newer.id.key)/withdrawal", []).status.code == 422)
      let styles = try await jane.upload(path, [], file: "c.docx", bytes: TemplatePageTests.docx)
      #expect(styles.status.code == 303)
      #expect(
        try await fixture.workspace.reportForms("incident-report").styles == TemplatePageTests.docx)
    }
  }

  @Test(
    "what is no template is refused, with what is wrong in it; nothing is kept",
    arguments: [
      (Array("{{title}}\n{{harm}}\n".utf8), "line 2"), ([0x50, 0x4B, 1, 2], "no DOCX"),
      ([0xFF, 0xFE, 0x00], "UTF-8"), ([], "no file was chosen"),
      ([UInt8](repeating: 0x61, count: 1_100_000), "larger than"),
    ] as [([UInt8], String)])
  func refused(_ bytes: [UInt8], _ words: String) async throws {
    let path = path
    try await page { fixture, jane in
      let answer = try await jane.upload(path, [("title", "Mine")], file: "x.md", bytes: bytes)
      #expect((400..<500).contains(answer.status.code))
      #expect(answer.text.lowercased().contains(words.lowercased()), "\(words)")
      #expect(answer.text.contains("value=\"Mine\""))
      #expect(try await fixture.workspace.states(.reportTemplate).isEmpty)
    }
  }

  @Test("the example names every field that there is, and is a template")
  func example() async throws {
    let path = path
    try await page { fixture, jane in
      let example = try await jane.get(path + "/example.md")
      for field in ReportTemplate.fields {
        #expect(example.text.contains("{{\(field)}}"), "\(field)")
      }
      let added = try await jane.upload(
        path, [], file: "e.md", bytes: Array(example.body.readableBytesView))
      #expect(added.status.code == 303)
    }
  }

  @Test("programs do the same; a body with both or neither is refused")
  func programs() async throws {
    let fixture = try await DeskFixture()
    let token = try await fixture.token(.compliance)
    try await fixture.calling { caller in
      let jane = Caller(client: caller.client, token: token)
      let made = try await jane.post("report-templates", #"{"title":"a","text":"{{title}}"}"#)
      #expect(made.status.code == 201, "\(made.text)")
      let key = try #require(made.json["id"]?.text?.split(separator: "/").last)
      #expect(try await jane.get("report-templates/\(key)/file").text == "{{title}}")
      #expect(try await jane.get("report-templates/example.md").text.contains("{{part-10}}"))
      for body in [#"{"title":"a"}"#, #"{"title":"a","text":"b","styles":"YQ=="}"#] {
        #expect(try await jane.post("report-templates", body).status.code == 400)
      }
      let wrong = try await jane.post("report-templates", #"{"title":"a","text":"{{x}}"}"#)
      #expect(wrong.code == "duties.unknown-template-field")
      #expect(try await jane.post("report-templates/\(key)/withdrawal", nil).status.code == 201)
    }
    #expect(try await fixture.workspace.reportForms("incident-report").text == nil)
  }
}
