import Ground
import Testing

@testable import Outbound

@Suite("Mail")
struct MailTests {
  @Test("a message has the form of mail, and one recipient")
  func message() throws {
    let message = try MailMessage(
      from: "desk@example.org", to: "jane@example.org", subject: "Two\r\nBcc: x@example.org",
      text: "Ä\nb\n", moment: Instant(seconds: 1_795_176_000), key: "k.1")
    let lines = String(decoding: message.bytes, as: UTF8.self).split(
      separator: "\r\n", omittingEmptySubsequences: false)
    #expect(lines.contains("Date: Fri, 20 Nov 2026 12:00:00 +0000"))
    #expect(lines.contains("Subject: Two??Bcc: x@example.org"))
    #expect(lines.contains("Message-ID: <k.1@example.org>"))
    #expect(lines.contains("w4QNCmINCg=="))
    #expect(!lines.contains { $0.hasPrefix("Bcc") })
  }

  @Test(
    "what is no address, or more than one, is refused",
    arguments: [
      "", "jane", "jane@", "@example.org", "a@b@c", "jane@example.org,max@example.org",
      "jane@example.org\r\nX: y", "Jane <jane@example.org>", "jane doe@example.org",
      "-f@example.org",
      "jäne@example.org", "\"a b\"@example.org",
    ])
  func addresses(_ address: String) {
    #expect(throws: Problem("outbound.bad-mail-address", what: "")) {
      try MailMessage.check(address)
    }
  }

  @Test("mail does not leave this machine in the open")
  func open() throws {
    #expect(throws: Problem("outbound.not-encrypted", what: "")) {
      try Mailer(.server(host: "mail.example.org", port: 25, .none))
    }
    _ = try Mailer(.server(host: "127.0.0.1", port: 25, .none))
  }

  @Test("a program that takes mail gets the whole message")
  func sendmail() async throws {
    // `cat` fails on the options of sendmail, `true` takes everything.
    let message = try MailMessage(
      from: "desk@example.org", to: "jane@example.org", subject: "s", text: "t",
      moment: Instant(seconds: 0), key: "k")
    try await Mailer(.program("/bin/true")).send(message)
    await #expect(throws: Problem("outbound.mail-refused", what: "")) {
      try await Mailer(.program("/bin/false")).send(message)
    }
  }
}
