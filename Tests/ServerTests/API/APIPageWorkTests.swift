import Duties
import Ground
import HTTPTypes
import HummingbirdTesting
import Testing
import Workspace

@testable import Server

@Suite("What pages do, asked by programs")
struct APIPageWorkTests {
  private func fields(_ response: TestResponse) throws -> [String: String] {
    ["if-match": try #require(response.etag)]
  }

  @Test("a mandate goes from its draft over the signature to the report of its end")
  func mandate() async throws {
    let fixture = try await DeskFixture()
    let token = try await fixture.token(.compliance)
    try await fixture.calling { caller in
      let jane = Caller(client: caller.client, token: token)
      let set = #"{"set":{"title":"Fictional Delegates","established_in":"Ireland"}}"#
      let provider = try await jane.get("providers").json["items"]?.items.first
      let id = try #require(provider?["id"]?.text?.split(separator: "/").last)
      for isInUnion in [true, false] {
        let said = try await jane.post(
          "providers/\(id)/events",
          #"{"event":"provider-changed","reason":"made up","set":{"established_in_union":\#(isInUnion)}}"#,
          ["if-match": "*"])
        #expect(said.status == .created, "\(said.text)")
        guard isInUnion else { continue }
        #expect(try await jane.post("mandates", set).code == "duties.mandate-not-asked")
      }
      let drafted = try await jane.post("mandates", set)
      #expect(drafted.status == .created, "\(drafted.text)")
      let path = try #require(drafted.headers[.location])
      #expect(try await jane.post(path + "/steps", #"{"step":"sign"}"#).status.code == 428)
      let early = try await jane.post(path + "/steps", #"{"step":"sign"}"#, fields(drafted))
      #expect(early.code == "duties.mandate-incomplete")
      let changed = try await jane.post(
        path + "/steps",
        #"{"step":"change","set":{"verifies":true,"keeps":true,"informs":true,"cooperates":true,"address":"Example Street 1","contact":"desk@delegates.example"}}"#,
        fields(drafted))
      #expect(changed.status == .created, "\(changed.text)")
      let stale = try await jane.post(path + "/steps", #"{"step":"sign"}"#, fields(drafted))
      #expect(stale.status.code == 412)
    }
  }

  @Test("a webhook is made, tried, switched off and removed; its secret is shown once")
  func webhook() async throws {
    let fixture = try await DeskFixture()
    let token = try await fixture.token(.administrator)
    try await fixture.calling { caller in
      let admin = Caller(client: caller.client, token: token)
      let made = try await admin.post(
        "webhooks",
        #"{"title":"Tickets","url":"https://127.0.0.1/secret-path","events":["model.*"]}"#)
      #expect(made.status == .created, "\(made.text)")
      let secret = try #require(try made.json["secret"]?.text)
      let id = try #require(try made.json["webhook"]?["id"]?.text?.split(separator: "/").last)
      for path in ["webhooks", "webhooks/\(id)", "webhooks/\(id)/events"] {
        let text = try await admin.get(path).text
        #expect(!text.contains(secret) && !text.contains("secret-path"), "\(path)")
      }
      let tried = try await admin.post("webhooks/\(id)/deliveries", "{}")
      #expect(try tried.json["done"] == .bool(false), "an address of this machine is not asked")
      let unknown = try await admin.post("webhooks/\(id)/deliveries", #"{"entry":3}"#)
      #expect(unknown.code == "server.no-such-message")
      let log = try await admin.get("webhooks/\(id)/deliveries").json
      #expect(log["url"] == .string("https://127.0.0.1/secret-path"))
      #expect(log["items"]?.items.count == 1)
      let renewed = try await admin.post("webhooks/\(id)/secret", nil)
      #expect(try renewed.json["secret"]?.text != secret)
      let off = try await admin.post("webhooks/\(id)/state", #"{"on":false}"#)
      #expect(try off.json["status"] == .string("off"), "\(off.text)")
      let removed = try await admin.post("webhooks/\(id)/removal", nil)
      #expect(try removed.json["status"] == .string("removed"), "\(removed.text)")
      let bad = try await admin.post(
        "webhooks", #"{"title":"T","url":"https://x.example","events":["nothing.here"]}"#)
      #expect(bad.code == "workspace.unknown-event")
    }
  }

  @Test("a token makes no address for a calendar and keeps no view: both would outlive it")
  func secrets() async throws {
    let fixture = try await DeskFixture()
    let token = try await fixture.token(.counsel)
    try await fixture.calling { caller in
      let jane = Caller(client: caller.client, token: token)
      let made = try await jane.post("account/calendar", nil)
      #expect(made.status == .forbidden && made.code == "workspace.token-makes-none")
      #expect(try await jane.get("account/calendar").json["since"] == .null)
      let view = try await jane.post("account/views", #"{"title":"Mine","path":"/docket"}"#)
      #expect(view.status == .forbidden)
      #expect(try await jane.get("account/views").json["items"] == .array([]))
    }
  }

  @Test("samples are loaded, put away, and asked to be erased")
  func samples() async throws {
    let fixture = try await DeskFixture()
    let token = try await fixture.token(.compliance)
    try await fixture.calling { caller in
      let jane = Caller(client: caller.client, token: token)
      #expect(try await jane.post("samples/end", nil).code == "workspace.no-samples")
      let loaded = try await jane.post("samples", nil)
      #expect(loaded.status == .created, "\(loaded.text)")
      #expect(try await jane.post("samples", nil).status == .conflict)
      let count = try loaded.json["items"]?.items.count
      #expect(try await jane.get("samples").json["items"]?.items.count == count)
      #expect(try await jane.get("board").json["models"] == .array([]), "made up for no board")
      #expect(try await jane.post("samples/end", nil).status == .noContent)
      let asked = try await jane.post("samples/erasure", nil)
      #expect(try asked.json["erasure"]?["kind"] == .string("erasure"), "\(asked.text)")
    }
  }

  @Test("facts of several models change together, or none of them")
  func together() async throws {
    let fixture = try await DeskFixture()
    let (one, two) = (
      try await fixture.model("Fictional-1"), try await fixture.model("Fictional-2")
    )
    let token = try await fixture.token(.compliance)
    try await fixture.calling { caller in
      let jane = Caller(client: caller.client, token: token)
      func change(_ version: Int) async throws -> TestResponse {
        try await jane.post(
          "models/changes",
          """
          {"records":[{"id":"\(one.id.text)","version":1},{"id":"\(two.id.text)","version":\(version)}],\
          "set":{"modality":["text"]},"reason":"stated together"}
          """)
      }
      #expect(try await change(7).status == .conflict)
      #expect(try await jane.get("models/\(one.id.key)").json["version"] == .int(1))
      let done = try await change(1)
      #expect(done.status == .created, "\(done.text)")
      #expect(try done.json["items"]?.items.count == 2)
      let names = try await jane.post(
        "models/changes", #"{"records":[],"set":{"name":"the same"}}"#)
      #expect(names.status == .badRequest, "a name is no fact that several share")
    }
  }

  @Test("questions are answered by the rules, and nothing is kept of them")
  func questions() async throws {
    let fixture = try await DeskFixture()
    let model = try await fixture.model("Fictional-1")
    let token = try await fixture.token(.counsel)
    try await fixture.calling { caller in
      let jane = Caller(client: caller.client, token: token)
      let before = try await jane.get("changes").json["last"]
      let supposed = try await jane.post(
        "models/\(model.id.key)/suppositions", #"{"facts":{"published_flop":"3e25"}}"#)
      #expect(supposed.status == .ok, "\(supposed.text)")
      #expect(supposed.text.contains("30000000000000000000000000"))
      let due = try await jane.get("law/due?rule=ai-act/52/1&from=2026-11-20").json
      #expect(due["plain_last_day"] == .string("2026-12-04"))
      for query in ["", "period=2%20weeks&rule=52(1)&", "rule=52(1)&backward=true&"] {
        let unclear = try await jane.get("law/due?\(query)from=2026-11-20")
        #expect(unclear.code == "server.unclear-period", "\(query)")
      }
      let estimate = try await jane.post(
        "compute/estimates", #"{"method":"dense","params":"405B","tokens":"15.6T"}"#)
      #expect(try estimate.json["above_1e25"] == .bool(true), "\(estimate.text)")
      let lacking = try await jane.post("compute/estimates", #"{"method":"dense"}"#)
      #expect(lacking.code == "workspace.missing-value")
      let held = try await jane.post(
        "compute/reconciliations", #"{"reported":"3.8e25","others":["4.4e25","9e24"]}"#)
      #expect(try held.json["items"]?.items.count == 2)
      #expect(try await jane.get("law/changes?from=2027-08-02&until=2027-08-02").status == .ok)
      #expect(try await jane.get("changes").json["last"] == before)
    }
  }

  @Test("the docket comes in pages that fit together, and a cursor of another question is refused")
  func docket() async throws {
    let fixture = try await DeskFixture()
    _ = try await fixture.workspace.loadSamples()
    let token = try await fixture.token(.compliance)
    try await fixture.calling { caller in
      let jane = Caller(client: caller.client, token: token)
      let whole = try await jane.get("docket?all=true&limit=500").json
      let all = (whole["deadlines"]?.items ?? []).compactMap { $0["id"]?.text }
      #expect(all.count > 2 && whole["total"]?.count == all.count && whole["next"] == .null)
      var found: [String] = []
      var query = "docket?all=true&limit=2"
      for _ in 0...all.count {
        let page = try await jane.get(query).json
        found += (page["deadlines"]?.items ?? []).compactMap { $0["id"]?.text }
        guard let next = page["next"]?.text else { break }
        query = "docket?all=true&limit=2&cursor=" + next
      }
      #expect(found == all)
      let first = try await jane.get("docket?all=true&limit=2")
      #expect(first.headers[HTTPField.Name("link")!]?.contains("rel=\"next\"") == true)
      let next = try #require(try first.json["next"]?.text)
      #expect(try await jane.get("docket?cursor=" + next).code == "server.bad-cursor")
      #expect(try await jane.get("docket?cursor=9-0").code == "server.bad-cursor")
      let table = try await jane.get("docket.csv?all=true").text
      #expect(table.split(separator: "\r\n").count == all.count + 1)
      #expect(try await jane.get("work").status == .ok)
    }
  }

  @Test("what is kept until when comes in pages that fit together")
  func retention() async throws {
    let fixture = try await DeskFixture()
    _ = try await fixture.workspace.loadSamples()
    let token = try await fixture.token(.compliance)
    try await fixture.calling { caller in
      let jane = Caller(client: caller.client, token: token)
      func records(_ page: JSON) -> [String] {
        (page["items"]?.items ?? []).compactMap { $0["record"]?.text }
      }
      let all = records(try await jane.get("retention?limit=500").json)
      #expect(all.count > 3 && Set(all).count == all.count)
      var found: [String] = []
      var query = "retention?limit=3"
      for _ in 0...all.count {
        let page = try await jane.get(query).json
        found += records(page)
        guard let next = page["next"]?.text else { break }
        query = "retention?limit=3&cursor=" + next
      }
      #expect(found == all)
      let other = try #require(try await jane.get("models?limit=1").json["next"]?.text)
      #expect(try await jane.get("retention?cursor=" + other).code == "server.bad-cursor")
    }
  }

  @Test("an administrator ends sessions and decides on second factors; nobody else does")
  func people() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("max", .approver)
    let max = try #require(try await fixture.workspace.person(named: "max"))
    let (admin, counsel) = (
      try await fixture.token(.administrator), try await fixture.token(.counsel)
    )
    try await fixture.calling { caller in
      let admin = Caller(client: caller.client, token: admin)
      let counsel = Caller(client: caller.client, token: counsel)
      let path = "people/\(max.id.key)"
      #expect(try await admin.get(path + "/sessions").json["items"] == .array([]))
      #expect(try await admin.post(path + "/sessions/end", nil).json["ended"] == .int(0))
      #expect(try await admin.post(path + "/hold/end", nil).status == .noContent)
      let bound = try await admin.post(path + "/identity", #"{"subject":"1234"}"#)
      #expect(bound.code == "server.no-provider")
      let decided = try await admin.post(
        "sign-in-rules", #"{"second_factor":["approver"],"reason":"made up"}"#)
      #expect(try decided.json["second_factor"] == JSON(["approver"]), "\(decided.text)")
      for path in [path + "/sessions", "sign-in-rules"] {
        #expect(try await counsel.get(path).status == .forbidden)
      }
      for path in [path + "/sessions/end", path + "/hold/end"] {
        #expect(try await counsel.post(path, nil).status == .forbidden)
      }
    }
  }
}
