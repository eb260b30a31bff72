import Duties
import Ground
import HTTPTypes
import HummingbirdTesting
import Testing
import Workspace

@testable import Server

@Suite("Lists of the desk")
struct ListTests {
  @Test("what was just recorded stands in every list that shows it, whoever wrote it")
  func fresh() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      for number in 1...3 {
        let name = "Fictional-\(number)"
        #expect(try await jane.send("/models/new", [("f.name", name)]).status.code == 303)
        let beside = try await fixture.model("Beside-\(number)")
        for path in ["/", "/models", "/records/model"] {
          let text = try await jane.get(path).text
          #expect(text.contains(name) && text.contains(beside.title), "\(path)")
        }
      }
    }
  }

  @Test("a list is cut into pages, and pages that are not there show nothing")
  func pages() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    let today = fixture.workspace.surroundings.today
    _ = try await fixture.workspace.record(
      (1...101).map { number in
        RecordCommand(
          .model, nil,
          Change(
            "model-registered", set: [("name", .string("Fictional-\(number)"))],
            effective: .day(today)))
      })
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      for path in ["/models", "/records/model"] {
        func rows(_ query: String) async throws -> Int {
          let answer = try await jane.get(path + query)
          #expect(answer.status.code == 200, "\(path)\(query)")
          return answer.text.split(separator: ">Fictional-").count - 1
        }
        #expect(try await rows("") == 100)
        #expect(try await rows("?page=2") == 1)
        for query in ["?page=3", "?page=99999999999999999999", "?page=-1&status=nothing"] {
          _ = try await rows(query)
        }
        #expect(try await rows("?page=1000000") == 0)
        #expect(try await rows("?page=9223372036854775807") == 0)
      }
    }
  }
}
