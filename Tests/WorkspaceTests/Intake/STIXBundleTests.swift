import Ground
import Testing
import Workspace

@Suite("incidents as STIX")
struct STIXBundleTests {
  static let moment = Instant(seconds: 1_790_000_000)
  static let incident = STIXIncident(
    id: "incident/1", title: "Weights taken (fictional)", narrative: "From a store.",
    created: moment, modified: moment, labels: ["cyber_breach"],
    references: [("AIID", "9001", ""), ("report", "", "https://news.example/1")])
  static let bundle = STIXBundle(origin: "o.example", provider: "Fictional Labs", began: moment)

  @Test("what is written is read again, with the provider as the one who tells it")
  func roundTrip() async throws {
    let json = STIXBundleTests.bundle.json([STIXBundleTests.incident])
    let report = try await IntakeReading.report(json.pretty)
    #expect(report.title == "Weights taken (fictional)")
    #expect(report.narrative == "From a store.")
    #expect(report.reporter == "Fictional Labs")
    #expect(report.url == "https://news.example/1")
    #expect(report.words("AIID") == "9001")
  }

  @Test("the same incidents make the same bundle, and another workspace other ids")
  func ids() {
    let json = STIXBundleTests.bundle.json([STIXBundleTests.incident])
    #expect(json == STIXBundleTests.bundle.json([STIXBundleTests.incident]))
    let other = STIXBundle(
      origin: "p.example", provider: "Fictional Labs", began: STIXBundleTests.moment)
    #expect(json["id"] != other.json([STIXBundleTests.incident])["id"])
  }
}
