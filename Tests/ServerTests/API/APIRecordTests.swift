import Duties
import Ground
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing
import Workspace

@testable import Server

@Suite("Records through the interface for programs")
struct APIRecordTests {
  private func asking(
    _ role: Role = .compliance,
    _ body: @Sendable @escaping (DeskFixture, Caller) async throws -> Void
  ) async throws {
    let fixture = try await DeskFixture()
    let token = try await fixture.token(role)
    try await fixture.calling { caller in
      try await body(fixture, Caller(client: caller.client, token: token))
    }
  }

  @Test("a record is begun, changed on the version that was read, and its history tells all")
  func change() async throws {
    try await asking { _, caller in
      let made = try await caller.post("models", #"{"set":{"name":"Fictional-1"}}"#)
      #expect(made.status.code == 201 && made.etag == "\"v1\"")
      let path = try #require(made.headers[.location])
      let known = try await caller.get(path)
      #expect(try known.json["title"] == .string("Fictional-1"))
      #expect(try await caller.get(path, ["if-none-match": "\"v1\""]).status.code == 304)
      let event = #"{"event":"model-changed","set":{"params_total":"7B"},"reason":"known now"}"#
      #expect(try await caller.post(path + "/events", event).status.code == 428)
      let bad = try await caller.post(path + "/events", event, ["if-match": "7"])
      #expect(bad.status.code == 400)
      let done = try await caller.post(path + "/events", event, ["if-match": "\"v1\""])
      #expect(done.status.code == 201 && done.etag == "\"v2\"")
      let late = try await caller.post(path + "/events", event, ["if-match": "\"v1\""])
      #expect(late.status.code == 412 && late.code == "store.version-conflict")
      let history = try await caller.get(path + "/events").json
      guard case .array(let lines)? = history["items"] else { throw Problem.noSuchPath }
      #expect(lines.count == 2 && lines[1]["reason"] == .string("known now"))
      // Which of several times it corrects: none here.
      #expect(lines[1]["was"] == .null)
      #expect(lines[1]["set"]?["params_total"] == .string("7B"))
    }
  }

  @Test("a request that names itself is done once, and its name is good for nothing else")
  func idempotency() async throws {
    try await asking { fixture, caller in
      let key = ["idempotency-key": "job-1"]
      let first = try await caller.post("models", #"{"set":{"name":"Fictional-1"}}"#, key)
      let again = try await caller.post("models", #"{"set":{"name":"Fictional-1"}}"#, key)
      #expect(first.status.code == 201 && again.status.code == 201)
      #expect(try first.json["id"] == again.json["id"])
      #expect(try await fixture.workspace.states(.model).count == 1)
      let other = try await caller.post("models", #"{"set":{"name":"Fictional-2"}}"#, key)
      #expect(other.status.code == 422 && other.code == "workspace.other-request")
      #expect(try await fixture.workspace.states(.model).count == 1)
      let another = try await fixture.token(.counsel)
      let theirs = try await Caller(client: caller.client, token: another)
        .post("models", #"{"set":{"name":"Fictional-2"}}"#, key)
      #expect(theirs.status.code == 201, "a name of a request is its sender's own")
      let history = try await caller.get(
        "models/\(first.json["id"]?.text?.dropFirst(6) ?? "")/events")
      #expect(!history.text.contains("request"))
      let bad = try await caller.post("models", "{}", ["idempotency-key": "two words"])
      #expect(bad.status.code == 400)
    }
  }

  @Test("pages follow each other without a gap, and a cursor fits its own list only")
  func pages() async throws {
    try await asking { fixture, caller in
      for number in 1...7 { _ = try await fixture.model("Fictional-\(number)") }
      var (names, cursor, pages): ([String], String?, Int) = ([], nil, 0)
      repeat {
        let page = try await caller.get("models?limit=3" + (cursor.map { "&cursor=" + $0 } ?? ""))
        guard case .array(let items)? = try page.json["items"] else { throw Problem.noSuchPath }
        names += items.compactMap { $0["title"]?.text }
        cursor = try page.json["next"]?.text
        #expect((page.headers[HTTPField.Name("link")!] != nil) == (cursor != nil))
        if let cursor {
          #expect(try await caller.get("training-runs?cursor=" + cursor).status.code == 422)
          #expect(try await caller.get("models?status=x&cursor=" + cursor).status.code == 422)
        }
        pages += 1
      } while cursor != nil && pages < 10
      #expect(pages == 3 && Set(names).count == 7)
      let moment = fixture.workspace.surroundings.now()
      let later = Instant(seconds: moment.seconds + 1).utc
      #expect(
        try await caller.get("models?updated_since=\(moment.utc)").json["items"]?.isEmpty == false)
      #expect(try await caller.get("models?updated_since=\(later)").json["items"]?.isEmpty == true)
    }
  }

  @Test(
    "what is not as described is refused, with the place",
    arguments: [
      ("{", 400, "ground.not-json"), ("[]", 400, "server.bad-body"),
      (#"{"set":{"name":"a"},"extra":1}"#, 400, "server.bad-body"),
      (#"{"set":{"name":1}}"#, 400, "server.bad-body"), (#"{"set":{}}"#, 400, "server.bad-body"),
      (#"{"set":{"name":"a","nonsense":"b"}}"#, 400, "server.bad-body"),
      (#"{"set":{"name":"a","name":"b"}}"#, 400, "ground.not-json"),
      (#"{"set":{"name":"a","tokens":"many"}}"#, 422, "duties.bad-field"),
      (#"{"set":{"name":"a"},"effective":"2999-01-01"}"#, 422, "duties.in-future"),
    ])
  func refused(_ body: String, _ status: Int, _ code: String) async throws {
    try await asking { fixture, caller in
      let answer = try await caller.post("models", body)
      #expect(answer.status.code == status && answer.code == code, "\(answer.text)")
      #expect(try answer.json["mend"]?.text?.isEmpty == false)
      #expect(try await fixture.workspace.states(.model).isEmpty)
    }
  }

  @Test("types, sizes, methods and addresses that nobody reads are told by their status")
  func limits() async throws {
    try await asking { _, caller in
      let large = "{\"set\":{\"name\":\"" + String(repeating: "x", count: API.mostBody) + "\"}}"
      #expect(try await caller.post("models", large).status.code == 413)
      let wrong = try await caller.post("models", "a=b", ["content-type": "text/plain"])
      #expect(wrong.status.code == 415)
      #expect(try await caller.get("models", ["accept": "image/png"]).status.code == 406)
      #expect(try await caller.get("models", ["accept": "text/html, */*;q=0.1"]).status.code == 200)
      #expect(try await caller.get("models?nonsense=1").status.code == 400)
      #expect(try await caller.get("models?limit=0").status.code == 400)
      #expect(try await caller.get("models?limit=1&limit=2").status.code == 400)
      let long = String(repeating: "x", count: 9000)
      #expect(try await caller.get("models?q=" + long).status.code == 414)
      for path in [
        "nowhere", "models/", "models/A", "models/%2e%2e", "models/..%2f..%2fetc", "models//events",
        "models/x%00y", "/api", "/api/", "/api/v2/models", "/api/v1",
      ] {
        #expect(try await caller.get(path).status.code == 404, "\(path)")
      }
      let options = try await caller.ask(.options, "models", nil)
      #expect(options.status.code == 204 && options.headers[.allow] == "GET, POST, HEAD, OPTIONS")
      let head = try await caller.ask(.head, "models", nil)
      #expect(head.status.code == 200 && head.text.isEmpty)
    }
  }

  @Test("whoever may not read a record is refused it, and their lists leave it out")
  func roles() async throws {
    try await asking(.administrator) { fixture, caller in
      let model = try await fixture.model("Fictional-1")
      #expect(try await caller.get("models/" + model.id.key).status.code == 403)
      #expect(try await caller.get("models/\(model.id.key)/classification").status.code == 403)
      for path in ["models", "search?q=Fictional-1", "models.csv", "changes", "docket?all=true"] {
        #expect(!(try await caller.get(path).text.contains("Fictional-1")), "\(path)")
      }
      #expect(!(try await caller.get("changes").text.contains(model.id.text)))
    }
  }

  @Test("a page's cookie alone changes nothing; with the key of its forms it does")
  func cookie() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let cookie = jane.cookie!
      let key = SessionCookie.formKey(String(cookie.drop { $0 != "=" }.dropFirst()))
      let caller = Caller(client: browser.client)
      let body = #"{"set":{"name":"Fictional-1"}}"#
      #expect(try await caller.get("account", ["cookie": cookie]).status.code == 200)
      #expect(try await caller.post("models", body, ["cookie": cookie]).status.code == 403)
      let elsewhere = ["cookie": cookie, "x-form-key": key, "sec-fetch-site": "cross-site"]
      #expect(try await caller.post("models", body, elsewhere).status.code == 403)
      let own = ["cookie": cookie, "x-form-key": key, "sec-fetch-site": "same-origin"]
      #expect(try await caller.post("models", body, own).status.code == 201)
    }
  }
}

extension JSON {
  /// Whether this is a list of nothing.
  var isEmpty: Bool {
    guard case .array(let values) = self else { return true }
    return values.isEmpty
  }
}
