import Duties
import Ground
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing
import Workspace

@testable import Server

@Suite("The Commission procedure through the interface for programs")
struct APIProcedureTests {
  @Test("two people take a notification from its draft to the acknowledgement")
  func notification() async throws {
    let fixture = try await DeskFixture()
    let today = fixture.workspace.surroundings.today
    let set: [(String, JSON)] = [
      ("name", .string("Fictional-9")), ("modality", JSON(["text"])),
      ("published_flop", .string("1.1e25")), ("released", .string("2027-05-01")),
    ]
    let model = try await fixture.workspace.record(
      RecordCommand(.model, nil, Change("model-registered", set: set, effective: .day(today))))
    _ = try await fixture.workspace.record(
      RecordCommand(
        .model, model.id, Change("threshold-known", effective: .day(today.adding(days: -4)))))
    let (jane, max) = (try await fixture.token(.compliance), try await fixture.token(.counsel))
    try await fixture.calling { caller in
      let jane = Caller(client: caller.client, token: jane)
      let max = Caller(client: caller.client, token: max)
      let drafted = try await jane.post(
        "models/\(model.id.key)/notifications",
        #"{"set":{"approach":"Six times parameters times tokens","approximations":"None"}}"#)
      #expect(drafted.status.code == 201, "\(drafted.text)")
      let path = try #require(drafted.headers[.location])
      let generic = try await jane.post(path + "/events", "{}", ["if-match": "\"v1\""])
      #expect(generic.status.code == 405, "its steps are its own")
      var tag = try #require(drafted.etag)
      func step(_ who: Caller, _ body: String) async throws -> TestResponse {
        let answer = try await who.post(path + "/steps", body, ["if-match": tag])
        tag = answer.etag ?? tag
        return answer
      }
      #expect(try await jane.post(path + "/steps", #"{"step":"send"}"#).status.code == 428)
      #expect(try await step(jane, #"{"step":"send"}"#).status.code == 201)
      let stale = try await max.post(
        path + "/steps", #"{"step":"approve"}"#, ["if-match": "\"v1\""])
      #expect(stale.status.code == 412)
      #expect(try await step(jane, #"{"step":"approve"}"#).status.code == 403)
      let approved = try await step(max, #"{"step":"approve"}"#)
      #expect(approved.status.code == 201, "\(approved.text)")
      let sent = try await step(jane, #"{"step":"submit","channel":"EU SEND","receipt":"R-1"}"#)
      #expect(sent.status.code == 201, "\(sent.text)")
      let corrected = try await step(
        jane, #"{"step":"correct","channel":"EU SEND","receipt":"R-2","reason":"misread"}"#)
      #expect(try corrected.json["fields"]?["receipt"] == .string("R-2"), "\(corrected.text)")
      let groundless = try await step(jane, #"{"step":"correct","channel":"EU SEND"}"#)
      #expect(groundless.code == "duties.reason-due", "\(groundless.text)")
      #expect(
        try await step(jane, #"{"step":"decide","outcome":"accepted"}"#).status == .badRequest,
        "nothing is decided on a notification")
      let known = try await step(jane, #"{"step":"acknowledge","reference":"X"}"#)
      #expect(try known.json["status"] == .string("acknowledged"), "\(known.text)")
      let package = try await max.get(path + "/package").json
      #expect(package["sent"] == .bool(true) && package["package"] != .null)
      #expect(try await max.get(path + "/package.json").json == package["package"])
      let page = try await max.get(path + "/package.html")
      #expect(page.text.hasPrefix("<!DOCTYPE html>"))
      #expect(page.headers[.contentSecurityPolicy]?.contains("sha256-") == true)
      #expect(try await max.get(path + "/package.md").text.hasPrefix("# "))
    }
  }

  @Test("what the Commission decided on arguments is noted once they were sent, and says which way")
  func decision() async throws {
    let fixture = try await DeskFixture()
    let model = try await fixture.model("Fictional-9")
    let token = try await fixture.token(.compliance)
    try await fixture.calling { caller in
      let jane = Caller(client: caller.client, token: token)
      let drafted = try await jane.post("models/\(model.id.key)/notifications", "{}")
      let notification = try #require(drafted.headers[.location])
      let rebuttal = try await jane.post(notification + "/rebuttals", "{}")
      let path = try #require(rebuttal.headers[.location], "\(rebuttal.text)")
      let match = ["if-match": try #require(rebuttal.etag)]
      func step(_ body: String) async throws -> TestResponse {
        try await jane.post(path + "/steps", body, match)
      }
      #expect(try await step(#"{"step":"decide"}"#).code == "server.no-decision")
      let early = try await step(#"{"step":"decide","outcome":"rejected"}"#)
      #expect(early.code == "duties.wrong-order", "\(early.text)")
      #expect(
        try await step(#"{"step":"decide","outcome":"maintained"}"#).status == .badRequest,
        "that is decided on a reassessment")
      #expect(
        try await step(#"{"step":"submit","channel":"EU SEND"}"#).status == .badRequest,
        "arguments are sent with their notification")
    }
  }
}
