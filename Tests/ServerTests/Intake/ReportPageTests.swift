import Documents
import Duties
import Foundation
import Ground
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Server
@testable import Workspace

@Suite("Anybody reports on a page")
struct ReportPageTests {
  @Test("a page that is not switched on is not there")
  func closed() async throws {
    let fixture = try await DeskFixture()
    try await fixture.asking { browser async throws in
      for path in ["/report", "/report/confidential", "/report/status"] {
        #expect(try await browser.get(path).status.code == 404, "\(path)")
      }
      #expect(try await browser.parts("/report", [("what", "x")], file: nil).status.code == 404)
      let big = String(repeating: "x", count: 200_000)
      let file = try await browser.parts("/report", [("what", "x")], file: ("a.txt", big))
      #expect(file.status.code == 404)
    }
    try await fixture.calling { caller async throws in
      #expect(try await caller.get("public/challenge").code == "server.no-intake")
    }
    let half = try await DeskFixture(["SYSTEMIC_INTAKE_CONFIDENTIAL": "yes"])
    try await half.asking { browser async throws in
      #expect(try await browser.get("/report").status.code == 404)
      #expect(try await browser.get("/report/confidential").status.code == 200)
      #expect(try await browser.get("/report/status").status.code == 200)
    }
  }

  @Test(
    "a report without script becomes an incident with its file, and its code tells where it stands")
  func whole() async throws {
    let fixture = try await IntakeDesk.fixture()
    try await fixture.asking { browser async throws in
      let sent = try await browser.report(
        "/report",
        [
          ("what", "A fictional assistant gave a wrong dose.\nThe patient noticed."),
          ("when", "last Tuesday"), ("harm", "nobody, nearly"), ("contact", "ann@example.org"),
          ("model", "Fictional-1"),
        ], file: ("C:\\chat.txt", "a fictional chat"))
      #expect(sent.status.code == 200, "\(sent.text)")
      let code = try IntakeDesk.code(sent.text)
      let incident = try #require(try await fixture.workspace.everyState(.incident).first)
      #expect(incident.title == "A fictional assistant gave a wrong dose.")
      #expect(incident.text("narrative")?.hasSuffix("noticed.") == true)
      #expect(incident.text("channel") == "public" && incident.author == "public-page")
      #expect(incident.text("told_when") == "last Tuesday")
      #expect(incident.text("told_model") == "Fictional-1" && incident.text("model") == nil)
      #expect(incident.text("contact") == "ann@example.org")
      #expect(incident.text("tracking")?.utf8.count == 64)
      #expect(try await fixture.workspace.needed(incident.id).text("tracking") == nil)
      let evidence = try #require(try await fixture.workspace.everyState(.evidence).first)
      #expect(evidence.text("incident") == incident.id.text && evidence.text("file") == "chat.txt")
      #expect(evidence.confidentiality == incident.confidentiality)
      let content = try await fixture.workspace.evidenceContent(evidence.id)
      #expect(String(decoding: try content.head(100), as: UTF8.self) == "a fictional chat")
      #expect(try await fixture.workspace.checkEvidence().isEmpty)

      let shown = try await browser.post("/report/status", [("code", code.uppercased())])
      #expect(shown.status.code == 200 && shown.text.contains("received"))
      #expect(!shown.text.contains("dose") && !shown.text.contains(incident.id.text))
      let added = try await browser.post(
        "/report/messages", [("code", code), ("text", "The <b>patient</b> is well.")])
      #expect(added.status.code == 200 && added.text.contains("was added"))
      let comment = try #require(try await fixture.workspace.comments(on: incident.id).first)
      #expect(comment.text("text") == "The <b>patient</b> is well.")
      #expect(comment.author == "public-page")
      _ = try await fixture.workspace.answerTriage(incident, [("death", "no")])
      let later = try await browser.post("/report/status", [("code", code)])
      #expect(later.text.contains("being looked at"))
    }
  }

  @Test("an address that tries codes learns nothing, and is held back")
  func guesses() async throws {
    let fixture = try await IntakeDesk.fixture(["SYSTEMIC_INTAKE_PER_MINUTE": "10"])
    let first = ["x-forwarded-for": "203.0.113.7"]
    try await fixture.asking { browser async throws in
      let sent = try await browser.report("/report", [("what", "fictional")], more: first)
      let code = Array(try IntakeDesk.code(sent.text))
      var statuses: [Int] = []
      var pages: Set<String> = []
      for place in [0, 3, 20, 38, 45, 46] + Array(repeating: 1, count: 6) {
        var wrong = code
        wrong[place] = wrong[place] == "a" ? "b" : "a"
        let answer = try await browser.post(
          "/report/status", [("code", String(wrong))], more: first)
        statuses.append(answer.status.code)
        if answer.status.code == 404 {
          pages.insert(answer.text.replacing(String(wrong), with: ""))
        }
      }
      #expect(statuses == Array(repeating: 404, count: 10) + [429, 429])
      #expect(pages.count == 1, "a code of a report that exists is refused in the same words")
      let other = try await browser.post(
        "/report/status", [("code", String(code))], more: ["x-forwarded-for": "203.0.113.8"])
      #expect(other.status.code == 200)
      let messages = try await browser.post(
        "/report/messages", [("code", "x"), ("text", "y")],
        more: ["x-forwarded-for": "203.0.113.9"])
      #expect(messages.status.code == 404)
      #expect(try await fixture.workspace.everyState(.comment).isEmpty)
    }
  }

  @Test("what is wrong is said above the form, what was typed stays, and nothing is kept")
  func wrong() async throws {
    let fixture = try await IntakeDesk.fixture()
    try await fixture.asking { browser async throws in
      let empty = try await browser.report("/report", [("what", " "), ("harm", "typed <b>")])
      #expect(empty.status.code == 422 && empty.text.contains("workspace.empty-report") == false)
      #expect(empty.text.contains("typed &lt;b&gt;") && empty.text.contains("role=\"alert\""))
      let sum = try await browser.report("/report", [("what", "told")], answer: "1")
      #expect(sum.status.code == 422 && sum.text.contains("told"))
      let long = try await browser.report(
        "/report", [("what", "x"), ("when", String(repeating: "y", count: 501))])
      #expect(long.status.code == 422)
      let page = try await browser.get("/report").text
      let fields = [
        ("challenge", try IntakeDesk.hidden("challenge", page)), ("what", "twice"),
        ("answer", try IntakeDesk.sum(page)),
      ]
      #expect(try await browser.parts("/report", fields, file: nil).status.code == 200)
      let again = try await browser.parts("/report", fields, file: nil)
      #expect(again.status.code == 422 && again.text.contains("sent before"))
      let foreign = try await browser.parts(
        "/report", fields, file: nil, more: ["sec-fetch-site": "cross-site"])
      #expect(foreign.status.code == 403)
      #expect(try await fixture.workspace.everyState(.incident).count == 1)
    }
  }

  @Test("a file is taken behind a right answer only, and within its bound")
  func files() async throws {
    let fixture = try await IntakeDesk.fixture(["SYSTEMIC_INTAKE_FILE_MEGABYTES": "1"])
    let folder = fixture.workspace.folder
    try await fixture.asking { browser async throws in
      let big = String(repeating: "x", count: (1 << 20) + 1)
      let large = try await browser.report("/report", [("what", "x")], file: ("a.txt", big))
      #expect(large.status.code == 413)
      let wrong = try await browser.report(
        "/report", [("what", "x")], file: ("a.txt", "content"), answer: "1")
      #expect(wrong.status.code == 422)
      let first = try await browser.parts("/report", [], file: ("a.txt", "content"))
      #expect(first.status.code == 422, "no answer stands before the file")
      #expect(try await fixture.workspace.everyState(.incident).isEmpty)
      #expect(try folder.files.names().isEmpty && folder.files.parts().isEmpty)
      let fits = try await browser.report(
        "/report", [("what", "x")], file: ("a.txt", String(big.dropLast())))
      #expect(fits.status.code == 200, "\(fits.text)")
    }
    let none = try await IntakeDesk.fixture(["SYSTEMIC_INTAKE_FILE_MEGABYTES": "0"])
    try await none.asking { browser async throws in
      let page = try await browser.get("/report").text
      #expect(!page.contains("type=\"file\""))
      let sent = try await browser.report("/report", [("what", "x")], file: ("a.txt", "content"))
      #expect(sent.status.code == 413)
    }
  }

  @Test("floods are held back: each address, all together, and all without script")
  func floods() async throws {
    let fixture = try await IntakeDesk.fixture([
      "SYSTEMIC_INTAKE_PER_MINUTE": "2", "SYSTEMIC_INTAKE_ALL_PER_MINUTE": "100",
      "SYSTEMIC_INTAKE_QUESTIONS_PER_MINUTE": "3",
    ])
    try await fixture.asking { browser async throws in
      var statuses: [String: [Int]] = [:]
      for address in ["203.0.113.1", "203.0.113.2"] {
        for _ in 0..<3 {
          let sent = try await browser.report(
            "/report", [("what", "again")], more: ["x-forwarded-for": address])
          statuses[address, default: []].append(sent.status.code)
        }
      }
      #expect(statuses["203.0.113.1"] == [200, 200, 429])
      #expect(statuses["203.0.113.2"] == [200, 429, 429], "three without script in all")
      fixture.pass(seconds: 60)
      let later = try await browser.report(
        "/report", [("what", "later")], more: ["x-forwarded-for": "203.0.113.1"])
      #expect(later.status.code == 200)
      #expect(try await fixture.workspace.everyState(.incident).count == 4)
    }
  }

  @Test(
    "the provider's text stands above the form, as text, and models that are public are offered")
  func words() async throws {
    let fixture = try await IntakeDesk.fixture(["SYSTEMIC_INTAKE_MODELS": "Fictional-1"])
    let text = "# Report\n\n**Write** to us. <script>alert(1)</script>\n\n- one\n- two\n"
    let file = FileManager.default.temporaryDirectory.path() + "/\(UUID().uuidString).md"
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: file) }
    let configuration = try Configuration(
      file: nil, environment: IntakeDesk.open.merging(["SYSTEMIC_INTAKE_TEXT": file]) { $1 })
    let entrance = try #require(try Entrance(configuration))
    #expect(entrance.intakeText == text)
    let desk = Desk(fixture.workspace, configuration, intakeText: entrance.intakeText)
    #expect(desk.intake.text == text)
    let page = ReportPage(
      intake: desk.intake, channel: .public, visit: try await visit(fixture)
    ).body.markup
    #expect(page.contains("<strong>Write</strong>") && page.contains("<li>one</li>"))
    #expect(!page.contains("<script>alert"))
    try await fixture.asking { browser async throws in
      let page = try await browser.get("/report").text
      #expect(page.contains("<option value=\"Fictional-1\">"))
    }
  }

  private func visit(_ fixture: DeskFixture) async throws -> Visit {
    Visit(
      workspace: fixture.workspace, session: nil, path: "/report", parts: [:], query: Form(),
      form: Form(), formKey: "", agent: nil, address: "", secret: nil, step: nil, journey: nil,
      bearer: nil, drawings: fixture.desk.drawings, base: "")
  }
}
