import Duties
import Ground
import Testing

@testable import Workspace

@Suite("Which of our fields are which of theirs")
struct FieldMapTests {
  private func map(
    _ text: String, _ system: ConnectorSystem = .jiraCloud, isFull: Bool = false
  ) throws -> FieldMap {
    try FieldMap(try JSON(parsing: text.utf8), system, isFull: isFull)
  }

  @Test("what a mapping does not name is filled as usual, and what it names as it says")
  func usual() throws {
    #expect(
      try FieldMap(nil, .serviceNow, isFull: false).rules.map(\.theirs) == [
        "short_description", "description",
      ])
    let map = try map(
      #"{"fields":[{"theirs":"summary","ours":"reference"},{"theirs":"customfield_1","always":"x","as":"option"}]}"#
    )
    #expect(map.rules.map(\.theirs) == ["description", "summary", "customfield_1"])
    #expect(map.rules.last?.form == .option)
  }

  @Test("values and states are translated; what is always the same is not compared")
  func values() throws {
    let map = try map(
      #"{"fields":[{"theirs":"f","ours":"stage","values":{"received":"New"}},{"theirs":"g","always":"x"}],"states":{"received":"To Do"}}"#
    )
    let ticket = Ticket(
      correlation: "systemic-a", values: ["stage": "received", "title": "T", "text": "a \n\n"])
    #expect(
      map.compared(ticket) == [
        "f": "New", "@state": "To Do", "summary": "T", "description": "a",
      ])
  }

  @Test(
    "what nobody could have meant is refused",
    arguments: [
      "[]", #"{"field":[]}"#, #"{"fields":{}}"#, #"{"fields":[1]}"#,
      #"{"fields":[{"theirs":"a"}]}"#, #"{"fields":[{"ours":"title"}]}"#,
      #"{"fields":[{"theirs":"a","ours":"title","always":"x"}]}"#,
      #"{"fields":[{"theirs":"a","ours":"narrative"}]}"#,
      #"{"fields":[{"theirs":"a","ours":"harm"}]}"#,
      #"{"fields":[{"theirs":"a b","ours":"title"}]}"#,
      #"{"fields":[{"theirs":"a^b","ours":"title"}]}"#,
      #"{"fields":[{"theirs":"a","ours":"title","as":"picture"}]}"#,
      #"{"fields":[{"theirs":"a","ours":"title","value":{}}]}"#,
      #"{"fields":[{"theirs":"a","ours":"title"},{"theirs":"a","always":"x"}]}"#,
      #"{"states":{"received":1}}"#,
    ])
  func refusals(_ text: String) {
    #expect(throws: Problem("workspace.bad-mapping", what: "", places: [Place("mapping")])) {
      try map(text)
    }
  }

  @Test("what is on the record can be mapped only where the full text is told")
  func full() throws {
    let text = #"{"fields":[{"theirs":"a","ours":"harm"}]}"#
    #expect(try map(text, isFull: true).rules.last?.ours == "harm")
  }

  @Test("the correlation names incident and connector, and nothing else is taken for one")
  func correlation() throws {
    let id = try #require(RecordID("incident/k3v9qz7d2m5x"))
    let connector = try #require(RecordID("connector/a1b2"))
    let correlation = Correlation(id, connector)
    #expect(correlation.text == "systemic-k3v9qz7d2m5x-a1b2")
    #expect(Correlation(correlation.text) == correlation)
    for text in [
      "systemic-", "systemic-k3v9qz7d2m5x", "systemic-../x-a1b2", "systemic-k3v9-",
      "other-k3v9qz7d2m5x-a1b2", "systemic--a1b2",
    ] { #expect(Correlation(text) == nil, "\(text)") }
    #expect(Ticket.name(id) == "Incident k3v9-qz7d-2m5x")
  }
}
