import Ground
import Sealing
import Testing

@testable import Journal

@Suite("Replies of a witness")
struct WitnessReplyTests {
  private static func outcome(
    _ status: Int, _ body: String, type: String = "text/plain"
  ) throws -> WitnessReply.Outcome {
    let head = try SampleLog(300).head(Vectors.signer())
    let reply = WitnessReply(status: status, contentType: type, body: Array(body.utf8))
    return try reply.outcome(for: head, witnesses: [VerifierKey(Vectors.witnessKey)])
  }

  private static let line =
    "\u{2014} "
    + (Vectors.checkpoint.split(separator: "\u{2014} ").last.map(String.init) ?? "")

  @Test("add the good signatures of known witnesses, and no others")
  func lines() throws {
    let unknown = "\u{2014} unknown.example AAAAAQI=\n"
    let outcome = try WitnessReplyTests.outcome(200, unknown + WitnessReplyTests.line)
    #expect(outcome == .cosigned(try SignedCheckpoint(Vectors.checkpoint.utf8)))
    #expect(throws: Problem("journal.unsigned", what: "")) {
      try WitnessReplyTests.outcome(200, unknown)
    }
    let forged = WitnessReplyTests.line.replacing("a9mwaiD5", with: "a9mwaiD6")
    #expect(forged != WitnessReplyTests.line)
    #expect(throws: Problem("journal.bad-signature", what: "")) {
      try WitnessReplyTests.outcome(200, forged)
    }
    let aside = "\n\n" + WitnessReplyTests.line
    for body in ["", "text\n", aside, WitnessReplyTests.line + "\n"] {
      #expect(throws: Problem.self) { try WitnessReplyTests.outcome(200, body) }
    }
  }

  @Test("name the size signed last in one spelling")
  func sizes() throws {
    let type = "text/x.tlog.size"
    #expect(try WitnessReplyTests.outcome(409, "17\n", type: type) == .lastSigned(17))
    for (body, type) in [
      ("17", type), ("017\n", type), ("-1\n", type), ("\n", type), ("", type), ("17\n\n", type),
      ("17\n", "text/plain"),
    ] {
      #expect(throws: Problem("journal.bad-reply", what: "")) {
        try WitnessReplyTests.outcome(409, body, type: type)
      }
    }
  }

  @Test(
    "that refuse are told from one that contradicts", arguments: [400, 403, 404, 422, 500, 302])
  func refusals(_ status: Int) {
    let code = status == 422 ? "journal.witness-contradicts" : "journal.witness-refused"
    #expect(throws: Problem(code, what: "")) {
      try WitnessReplyTests.outcome(status, "reason\n")
    }
  }
}
