import Duties
import Ground
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing
import Workspace

@testable import Server

@Suite("The page of a model")
struct ModelPageTests {
  private func sample(
    _ name: String,
    _ body: @Sendable @escaping (DeskFixture, Browser, RecordState) async throws -> Void
  ) async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.person("max", .counsel)
    _ = try await fixture.workspace.loadSamples()
    let model = try #require(
      try await fixture.workspace.states(.model).first { $0.title.hasPrefix(name) })
    try await fixture.asking { browser in
      try await body(fixture, try await fixture.signedIn("jane", browser), model)
    }
  }

  @Test(
    "it shows totals against the thresholds, ledger and lineage",
    arguments: [
      ("Aurora", "Presumption of high-impact capabilities"), ("Borealis", "Within 30"),
      ("Corvus", "one third of the original"),
    ])
  func sections(_ name: String, _ words: String) async throws {
    try await sample(name) { _, jane, model in
      let text = try await jane.get("/models/\(model.id.key)").text
      #expect(text.contains(words))
      #expect(text.contains("Where \(model.title) comes from"))
      #expect(text.contains("/law/ai-act/51/2"))
      #expect(!text.contains("style=") && !text.contains("<script>"))
    }
  }

  @Test("a what-if question answers and writes nothing")
  func whatIf() async throws {
    try await sample("Aurora") { fixture, jane, model in
      let size = try await fixture.workspace.store.head(.regulatory).size
      let path = "/models/\(model.id.key)/what-if"
      let less = try await jane.get(path + "?r1.tokens=20T")
      #expect(less.status.code == 200 && less.text.contains("changes"))
      #expect(less.text.contains("badge no"))
      let bad = try await jane.get(path + "?r1.tokens=lots")
      #expect(bad.text.contains("What to do:"))
      let more = try await jane.get(
        path + "?n.name=tuning&n.activity=fine-tuning&n.flop=5e25&m.modality=unknown")
      #expect(more.status.code == 200)
      #expect(try await fixture.workspace.store.head(.regulatory).size == size)
    }
  }

  @Test("an opinion is drafted by one and filed by another, who sees it word for word")
  func opinion() async throws {
    try await sample("Aurora") { fixture, jane, model in
      let max = try await fixture.signedIn("max", Browser(client: jane.client))
      let drafted = try await jane.send("/models/\(model.id.key)/opinions", [])
      let path = try #require(drafted.headers[.location])
      let mine = try await jane.get(path).text
      #expect(mine.contains("You drafted it") && !mine.contains("Approve and file"))
      let theirs = try await max.get(path).text
      #expect(theirs.contains("Approve and file") && theirs.contains("Questions and reasons"))
      let record = path.replacing("/opinions/", with: "/records/opinion/")
      let filed = try await max.send(record + "/changes/opinion-filed", [("version", "1")])
      #expect(filed.status.code == 303)
      #expect(!(try await max.get(path).text.contains("Approve and file")))
    }
  }

  @Test("nested facts are asked for in parts and kept as model files state them")
  func trees() async throws {
    try await sample("Borealis") { fixture, jane, model in
      let path = "/records/\(model.id.text)/changes/model-changed"
      let form = try await jane.get(path).text
      #expect(form.contains("name=\"f.open_source.access\"") && form.contains("f.annex_xiii.g"))
      let sent = try await jane.send(
        path,
        [
          ("version", "\(model.version)"), ("reason", "known now"),
          ("f.open_source.access", "yes"), ("f.open_source.monetised", "no"),
          ("f.annex_xiii.e", "benchmark report"), ("f.sources.0.fact", "tokens"),
          ("f.sources.0.source", "training plan"), ("f.sources.1.fact", ""),
        ])
      #expect(sent.status.code == 303, "\(sent.text)")
      let state = try await fixture.workspace.needed(model.id)
      #expect(
        state.fields["open_source"]
          == .object([("access", .string("yes")), ("monetised", .string("no"))]))
      #expect(
        state.fields["sources"]
          == .array([
            .object([("fact", .string("tokens")), ("source", .string("training plan"))])
          ]))
      let ledger = try await fixture.workspace.ledger(of: model.id)
      let opinion = try fixture.workspace.opinion(on: ledger)
      #expect(opinion.questions.contains { $0.id == "open-source" })
      let half = try await jane.send(
        path,
        [
          ("version", "\(state.version)"), ("reason", "x"), ("f.sources.0.fact", "tokens"),
          ("f.sources.0.source", ""),
        ])
      #expect(half.status.code == 422 && half.text.contains("line 1"))
    }
  }

  @Test("each field of a model stands in one group of its form")
  func groups() {
    for (kind, groups) in FieldGroups.titles {
      let names = groups.flatMap { $0.1 }
      #expect(Set(names).count == names.count, "\(kind)")
      for name in names { #expect(RecordKind.named(kind)?.field(name) != nil, "\(kind).\(name)") }
    }
  }
}
