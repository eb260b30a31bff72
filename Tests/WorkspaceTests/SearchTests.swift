import Duties
import Ground
import TestSupport
import Testing

@testable import Workspace

@Suite("Searching records")
struct SearchTests {
  private static func record(
    _ id: String, _ fields: [(String, JSON)], status: String? = nil, changed: String = "2026-06-02",
    happened: [(String, String)] = []
  ) -> RecordState {
    ExchangeSamples.record(
      id, fields, happened: happened, status: status, changed: changed + "T08:00:00Z")
  }

  /// Fictional records.
  static let records = [
    record(
      "model/a",
      [
        ("name", .string("Aurora 2")), ("tokens", .string("15T")),
        ("licence", .string("Own licence; see the café annex")),
        ("modality", JSON(["text", "image"])),
      ], status: "on the market", changed: "2026-03-01",
      happened: [("placed-on-market", "2025-11-20")]),
    record(
      "model/b", [("name", .string("Boréal")), ("base_model", .string("Aurora 2"))],
      status: "planned", changed: "2026-07-01"),
    record(
      "training-run/r",
      [
        ("model", .string("model/a")), ("name", .string("pretraining aurora")),
        ("status", .string("finished")),
        ("measured", .object([("note", .string("loss spike at step 41000"))])),
      ], status: "recorded", changed: "2026-05-01"),
    record(
      "opinion/o",
      [
        ("title", .string("Opinion on Aurora 2")),
        ("markdown", .string("# Opinion\n\nThe auroras of the provider exceed 10^25 FLOP.")),
      ], status: "filed", changed: "2026-08-01"),
    record(
      "person/p",
      [
        ("name", .string("counsel")), ("passphrase", .string("hash-aurora")),
        ("token", .string("digest-aurora")),
      ], status: "active"),
  ]

  private func found(_ query: String) throws -> [String] {
    try RecordSearch(query).matches(in: SearchTests.records).matches.map(\.record.id.text)
  }

  static let queries: [(String, [String])] = [
    // Title before other fields, whole words first, newest first.
    ("aurora", ["opinion/o", "training-run/r", "model/a", "model/b"]),
    ("AURORA 2", ["opinion/o", "model/a", "model/b"]), ("\"aurora 2\" image", ["model/a"]),
    ("boreal", ["model/b"]), ("BORÉAL", ["model/b"]), ("bore\u{301}al", ["model/b"]),
    ("cafe", ["model/a"]), ("auror", ["opinion/o", "training-run/r", "model/a", "model/b"]),
    ("auroras", ["opinion/o"]), ("spike", ["training-run/r"]), ("10^25", ["opinion/o"]),
    ("\"market\"", ["model/a"]), ("opinion the", ["opinion/o"]),
    ("name:aurora", ["training-run/r", "model/a"]), ("base_model:aurora", ["model/b"]),
    ("title:\"on aurora\"", ["opinion/o"]), ("status:filed", ["opinion/o"]),
    ("status:finished", ["training-run/r"]), ("status:\"on the market\"", ["model/a"]),
    ("kind:model", ["model/b", "model/a"]), ("kind:\"training run\"", ["training-run/r"]),
    ("kind:model kind:opinion aurora", ["opinion/o", "model/a", "model/b"]),
    ("aurora -kind:opinion", ["training-run/r", "model/a", "model/b"]),
    ("aurora -image -opinion", ["training-run/r", "model/b"]),
    ("aurora -\"aurora 2\"", ["training-run/r"]),
    (
      "aurora -base_model:aurora -kind:opinion",
      [
        "training-run/r", "model/a",
      ]
    ),
    ("kind:model before:2026-01-01", ["model/a"]), ("kind:model after:2026-06-30", ["model/b"]),
    ("after:2026-04 before:2026-06", ["training-run/r"]), ("before:2025", []),
    ("after:2025-11-19 before:2025-11-21", ["model/a"]), ("after:2026-08-01", []),
    ("model/a", ["training-run/r", "model/a"]), ("id:opinion/o", ["opinion/o"]),
    ("hash-aurora", []), ("passphrase:hash", []), ("token:digest", []), ("digest", []),
    ("Art:5", []), ("nothing", []), ("aurora nothing", []), ("\"boréal", ["model/b"]),
    ("kind:person", ["person/p"]), ("15t", ["model/a"]),
  ]

  @Test("A query finds what it asks for, the best first", arguments: queries)
  func query(query: String, expected: [String]) throws { #expect(try found(query) == expected) }

  static let refusedQueries: [(String, String)] = [
    ("", "workspace.search-empty"), ("  ", "workspace.search-empty"),
    ("\"\"", "workspace.search-empty"),
    ("-", "workspace.search-empty"), ("kind:modell", "workspace.search-unknown-kind"),
    ("before:yesterday", "workspace.search-bad-day"),
    ("after:03/04/2026", "workspace.search-bad-day"),
    ("-after:2026", "workspace.search-bad-day"),
    (String(repeating: "a ", count: 40), "workspace.search-too-long"),
    (String(repeating: "a", count: 1001), "workspace.search-too-long"),
  ]

  @Test("A query that asks for nothing or cannot be understood says so", arguments: refusedQueries)
  func refused(query: String, code: String) {
    let problem = #expect(throws: Problem.self) { try RecordSearch(query) }
    #expect(problem?.code == code && problem?.mend.isEmpty == false)
  }

  @Test("A limit gives the best and counts all")
  func limit() throws {
    let result = try RecordSearch("aurora").matches(in: SearchTests.records, limit: 1)
    #expect(result.total == 4 && result.matches.map(\.record.id.text) == ["opinion/o"])
    #expect(try RecordSearch("aurora").matches(in: [], limit: 1).total == 0)
  }

  @Test("No piece shows what lets a person in")
  func secrets() throws {
    for query in ["counsel", "kind:person aurora", "aurora", "a", "h", "-nothing"] {
      let text = try RecordSearch(query).matches(in: SearchTests.records).json.compact
      #expect(!text.contains("hash-aurora") && !text.contains("digest-aurora"))
    }
    #expect(try found("kind:person aurora") == [])
  }

  @Test("The order is the same whatever the order of the records")
  func stable() {
    property(cases: 50) { random in
      let shuffled = SearchTests.records.shuffled(using: &random)
      let ids = try RecordSearch("a").matches(in: shuffled).matches.map(\.record.id.text)
      let expected = try RecordSearch("a").matches(in: SearchTests.records).matches
        .map(\.record.id.text)
      return ids == expected ? nil : "\(ids)"
    }
  }

  @Test("Any query over any texts ends, and marks only what was asked for")
  func anyQuery() {
    property(cases: 1500) { random in
      let query = ExchangeSamples.hostile(&random)
      let record = ExchangeSamples.record(
        "model/x", [("name", .string(ExchangeSamples.hostile(&random) + "e\u{301} ß"))])
      guard let search = try? RecordSearch(query) else { return nil }
      for snippet in search.matches(in: [record]).matches.flatMap(\.snippets) {
        let joined = snippet.parts.map(\.text).joined()
        if !joined.utf8.elementsEqual(snippet.text.utf8) { return "\(query.debugDescription)" }
        if !snippet.parts.contains(where: \.isMatch) { return "nothing is marked: \(query)" }
      }
      return nil
    }
  }
}
