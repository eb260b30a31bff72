import Duties
import Ground
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing
import Workspace

@testable import Server

@Suite("Work done through the interface for programs")
struct APIJourneyTests {
  private func two(
    _ body: @Sendable @escaping (DeskFixture, Caller, Caller) async throws -> Void
  ) async throws {
    let fixture = try await DeskFixture()
    let (jane, max) = (try await fixture.token(.compliance), try await fixture.token(.counsel))
    try await fixture.calling { caller in
      try await body(
        fixture, Caller(client: caller.client, token: jane),
        Caller(client: caller.client, token: max))
    }
  }

  @Test("a model is classified, its opinion drafted, and filed by a second person")
  func opinion() async throws {
    try await two { fixture, jane, max in
      let facts = #"{"facts":{"model":"Fictional-1","published_flop":"3e25","modality":["text"]}}"#
      let told = try await jane.post("classifications", facts)
      #expect(told.status.code == 200 && told.text.contains("systemic"), "\(told.text.prefix(300))")
      let made = try await jane.post("model-files", facts)
      #expect(made.status.code == 201, "\(made.text)")
      let key = try #require(made.json["model"]?["id"]?.text?.dropFirst("model/".count))
      #expect(try await jane.get("models/\(key)/classification").status.code == 200)
      #expect(try await jane.get("models/\(key)/ledger").json["version"] == .int(0))
      // A question of what would be: the model file of the ledger, with another figure.
      guard case .object(let file)? = try await jane.get("models/\(key)/ledger").json["model_file"]
      else { throw Problem.noSuchPath }
      let supposed =
        file.filter { $0.0 != "published_flop" } + [("published_flop", .string("1e22"))]
      let question = JSON.object([("facts", .object(supposed))])
      #expect(try await jane.post("classifications", question.compact).status.code == 200)
      let draft = try await jane.post("models/\(key)/opinions", "{}")
      let path = try #require(draft.headers[.location])
      let filing = #"{"event":"opinion-filed"}"#
      let own = try await jane.post(path + "/events", filing, ["if-match": "\"v1\""])
      #expect(own.status.code == 403 && own.code == "duties.same-person")
      let filed = try await max.post(path + "/events", filing, ["if-match": "\"v1\""])
      #expect(try filed.status.code == 201 && filed.json["status"] == .string("filed"))
      #expect(try await max.get(path + "/document.md").text.contains("Fictional-1"))
      #expect(try await max.get(path + "/document.json").json["verdict"] != nil)
    }
  }

  @Test("facts that name a file of the server are refused")
  func files() async throws {
    try await two { _, jane, _ in
      let facts = #"{"facts":{"model":"x","runs":[{"id":"a","log":"/etc/passwd"}]}}"#
      for path in ["classifications", "model-files"] {
        let answer = try await jane.post(path, facts)
        #expect(answer.status.code == 422 && answer.code == "workspace.log-in-facts")
      }
    }
  }

  @Test("a file goes in under its digest and comes out the same; a second time it is not added")
  func evidence() async throws {
    try await two { _, jane, max in
      let content = String(repeating: "made-up report\n", count: 20_000)
      let path = "evidence?title=Report&file=r%22%C3%A9port.txt"
      let binary = ["content-type": "application/octet-stream"]
      let added = try await jane.post(path, content, binary)
      #expect(added.status.code == 201, "\(added.text)")
      let location = try #require(added.headers[.location])
      let file = try await max.get(location + "/file")
      #expect(
        file.text == content
          && file.headers[.contentDisposition] == "attachment; filename=\"r__port.txt\"")
      let again = try await jane.post(path, content, binary)
      #expect(try again.json["id"] == added.json["id"])
      let reviewed = try await jane.post(location + "/reviews", #"{"next":"2027-01-01"}"#)
      #expect(try reviewed.json["fields"]?["review_by"] == .string("2027-01-01"))
    }
  }

  @Test("a log becomes a run of the ledger; a table is planned before it is written")
  func imports() async throws {
    try await two { fixture, jane, _ in
      let model = try await fixture.model("Fictional-1")
      let log = try Repository.text("examples/logs/megatron-example.log")
      let binary = ["content-type": "application/octet-stream"]
      let path = "models/\(model.id.key)/log-imports?name=pilot"
      let open = try await jane.post(path, log, binary)
      #expect(open.status.code == 422 && open.code == "workspace.log-without-figure")
      #expect(!open.text.contains("/proc/"), "\(open.text)")
      let taken = try await jane.post(
        path + "&params=7B&tokens_per_step=4194304&gpus=64&keep=true", log, binary)
      #expect(taken.status.code == 201, "\(taken.text)")
      #expect(try taken.json["run"]?["fields"]?["flop"] == .string("2503596834816000000000"))
      let table = "name,params_total\nFictional-2,7B\nFictional-3,9B\n"
      let csv = ["content-type": "text/csv"]
      let planned = try await jane.post("models/imports", table, csv)
      #expect(try planned.json["plan"]?["created"] == .int(2) && planned.json["written"] == .null)
      #expect(!planned.text.contains("/proc/"))
      let written = try await jane.post("models/imports?commit=true", table, csv)
      #expect(try written.json["written"] == .int(2), "\(written.text)")
      let out = try await jane.get("models.csv?columns=name,params_total").text
      #expect(out.hasPrefix("name,params_total\r\n") && out.contains("Fictional-3,9B"))
    }
  }

  @Test("the feed of changes has no gap, and a stream goes on after the event that was seen last")
  func feed() async throws {
    try await two { fixture, jane, _ in
      for number in 1...5 { _ = try await fixture.model("Fictional-\(number)") }
      var (seen, last, more) = ([Int](), -1, true)
      while more {
        let page = try await jane.get("changes?limit=2&after=\(last)").json
        guard case .array(let items)? = page["items"] else { throw Problem.noSuchPath }
        seen += items.compactMap { $0["index"]?.count }
        last = page["last"]?.count ?? Int.max
        more = page["more"] == .bool(true)
      }
      #expect(seen == Array(0..<seen.count) && seen.count >= 5)
      let stream = try await jane.get("events?seconds=1", ["last-event-id": "\(last - 2)"])
      #expect(stream.headers[.contentType] == "text/event-stream; charset=utf-8")
      let ids = stream.text.split(separator: "\n").filter { $0.hasPrefix("id: ") }
      #expect(ids == ["id: \(last - 1)", "id: \(last)"], "\(stream.text)")
    }
  }

  @Test("the journal is verified, its entries proven, and its head taken along")
  func journal() async throws {
    try await two { fixture, jane, _ in
      let model = try await fixture.model("Fictional-1")
      let early = try await jane.get("models/\(model.id.key)/proof")
      #expect(early.status.code == 409)
      #expect(try await jane.post("journal/checkpoints", nil).status.code == 200)
      for path in ["models/\(model.id.key)/proof", "journal/regulatory/entries/0/proof"] {
        #expect(try await jane.get(path).text.hasPrefix("c2sp.org/tlog-proof@v1\n"))
      }
      #expect(try await jane.get("journal/access/checkpoint").text.contains("desk.example/access"))
      #expect(try await jane.post("journal/audits", nil).json["ok"] == .bool(true))
      let entries = try await jane.get("journal/regulatory/entries?contents=true")
      #expect(entries.text.contains("Fictional-1"))
    }
  }

  @Test("people are registered and removed, deadlines assigned, holds placed")
  func people() async throws {
    try await two { fixture, jane, max in
      let keeper = Caller(client: jane.client, token: try await fixture.token(.administrator))
      let person = #"{"name":"new.person","roles":["auditor"]}"#
      #expect(try await jane.post("people", person).status.code == 403)
      let made = try await keeper.post("people", person)
      #expect(made.status.code == 201 && !made.text.contains("passphrase\""), "\(made.text)")
      let key = try #require(made.json["person"]?["id"]?.text?.dropFirst("person/".count))
      let change = #"{"reason":"more to do","set":{"roles":["counsel"]}}"#
      #expect(try await keeper.post("people/\(key)/changes", change).status.code == 201)
      #expect(try await keeper.post("people/\(key)/link", nil).status.code == 201)
      #expect(
        try await keeper.post("people/\(key)/removal", #"{"reason":"left"}"#).status.code == 201)
      #expect(try await keeper.post("people/\(key)/link", nil).status.code == 404)
      let hold = try await max.post(
        "holds", #"{"matter":"made up","basis":"Art. 91","records":[]}"#)
      let path = try #require(hold.headers[.location])
      #expect(try await max.post(path + "/release", #"{"reason":"over"}"#).status.code == 201)
      let model = try await fixture.model("Fictional-1")
      let request = #"{"records":["\#(model.id.text)"],"basis":"made up","reason":"made up"}"#
      let asked = try await jane.post("erasures", request)
      #expect(asked.status.code == 201, "\(asked.text)")
      let id = try #require(asked.json["erasure"]?["id"]?.text?.dropFirst("erasure/".count))
      #expect(try await jane.post("erasures/\(id)/approval", nil).status.code == 403)
      #expect(
        try await max.post("erasures/\(id)/refusal", #"{"reason":"kept"}"#).status.code == 201)
      #expect(try await jane.get("retention").status.code == 200)
    }
  }

  @Test("the law is listed, searched and read as of a day")
  func law() async throws {
    try await two { (_, jane, _) async throws in
      #expect(try await jane.get("law?day=2026-08-02&force=statute&q=weeks").status.code == 200)
      #expect(try await jane.get("law/rule?id=ai-act/52/1").json["id"] == .string("ai-act/52/1"))
      #expect(try await jane.get("law/rule?id=nonsense").status.code == 404)
      #expect(try await jane.get("law/rule").status.code == 400)
      #expect(try await jane.get("law/timeline").status.code == 200)
      #expect(try await jane.get("law/divergences").status.code == 200)
      #expect(try await jane.get("docket?all=true&day=2026-13-01").status.code == 400)
      #expect(try await jane.get("docket.ics").text.hasPrefix("BEGIN:VCALENDAR"))
    }
  }
}
