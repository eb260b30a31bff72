import Foundation
import Ground
import Testing

@testable import Outbound

@Suite("Mail messages")
struct MailMessageTests {
  private func message(
    to: String = "jane@example.org", subject: String = "Systemic: 1 deadline", text: String = "x",
    key: String = "a.1"
  ) throws(Problem) -> MailMessage {
    try MailMessage(
      from: "desk@example.org", to: to, subject: subject, text: text,
      moment: Instant(seconds: 1_780_000_000), key: key)
  }

  @Test(
    "an address that would be read as more than one, or as a line of its own, is refused",
    arguments: [
      "", "jane", "@example.org", "jane@", "jane@example.org,max@example.org", "jane@a@b",
      "jane@example.org\r\nBcc: max@example.org", "jane@example.org\nx", "\"jane\"@example.org",
      "Jane <jane@example.org>", "-x@example.org", "jane@example.org>", "jane @example.org",
      "jané@example.org", "jane@example.org\0",
    ])
  func addresses(_ address: String) {
    #expect(throws: Problem("outbound.bad-mail-address", what: "")) { try message(to: address) }
  }

  @Test(
    "no text becomes a field, another recipient or the end of the message",
    arguments: [
      "x\r\nBcc: max@example.org", "x\nBcc: max@example.org", "x\rBcc: max@example.org",
      "x\r\n\r\nanother body", "x\r\n.\r\nMAIL FROM:<max@example.org>", "x\u{2028}Bcc: y",
      "x\u{85}Bcc: y", "=?utf-8?q?x=0ABcc:_y?=",
    ])
  func injection(_ text: String) throws {
    let message = try message(subject: text, text: text, key: text)
    let whole = String(decoding: message.bytes, as: UTF8.self)
    let lines = whole.components(separatedBy: "\r\n")
    let end = try #require(lines.firstIndex(of: ""))
    let names = lines[..<end].map { String($0.prefix { $0 != ":" }) }
    #expect(
      names == [
        "Date", "From", "To", "Subject", "Message-ID", "Auto-Submitted", "MIME-Version",
        "Content-Type", "Content-Transfer-Encoding",
      ])
    #expect(whole.replacing("\r\n", with: "").utf8.allSatisfy { (0x20...0x7E).contains($0) })
    let body = lines[(end + 1)...].joined()
    #expect(body.utf8.allSatisfy { $0 != 0x2E }, "no line can end the message")
    let decoded = try #require(Data(base64Encoded: body))
    #expect(String(decoding: decoded, as: UTF8.self) == text.replacing("\n", with: "\r\n"))
  }
}
