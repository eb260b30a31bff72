import Ground
import Testing

@testable import Workspace

@Suite("mail")
struct IntakeMailTests {
  static let whole = """
    Return-Path: <a@example.org>
    Received: from mx.example.org by in.example.net; Fri, 20 Nov 2026 03:00:00 +0100 (CET)
    From: =?utf-8?Q?Andr=C3=A9e_F?= =?utf-8?Q?ictional?= <a@example.org>
    To: incidents@example.net
    Subject: =?iso-8859-1?B?VW5mYWxsIGluIGRlciBH5HJ0?=
     =?iso-8859-1?Q?nerei_=28fiktiv=29?=
    Date: Fri, 20 Nov 2026 02:00:00 +0100 (CET)
    Message-ID: <1@example.org>
    MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary="a b"

    for old programs
    --a b
    Content-Type: multipart/alternative; boundary=in

    --in
    Content-Type: text/plain; charset=utf-8
    Content-Transfer-Encoding: quoted-printable

    The fictional assistant opened the valve. It cost 3 =E2=82=AC and a long line=
     that goes on.
    --in
    Content-Type: text/html

    <p>The <b>fictional</b></p>
    --in--
    --a b
    Content-Type: application/octet-stream; name="x"
    Content-Disposition: attachment; filename*0*=utf-8''../../b%C3%A4d; filename*1=.log
    Content-Transfer-Encoding: base64

    bGlu
    ZQ==
    --a b--

    """

  @Test("a mail is a report: sender, subject, text and files as they were meant")
  func whole() async throws {
    let text = IntakeMailTests.whole.replacing("\n", with: "\r\n")
    let report = try await IntakeReading.report(text)
    #expect(report.reporter == "Andrée Fictional")
    #expect(report.contact == "a@example.org")
    #expect(report.title == "Unfall in der Gärtnerei (fiktiv)")
    #expect(report.reference == "<1@example.org>")
    #expect(
      report.narrative
        == "The fictional assistant opened the valve. It cost 3 € and a long line that goes on.")
    #expect(report.attachments.map(\.name) == ["bäd.log"])
    #expect(report.attachments.first?.bytes == Array("line".utf8))
    #expect(report.original.bytes == Array(text.utf8))
    #expect(report.problems.isEmpty)
  }

  @Test("the dates of a mail are hints with their zone, and nothing happened because of them")
  func dates() async throws {
    let report = try await IntakeReading.report(IntakeMailTests.whole)
    #expect(report.words("Date, in Brussels") == "2026-11-20T02:00:00+01:00")
    #expect(report.words("Received") == "2026-11-20T03:00:00+01:00")
    #expect(report.began == nil)
    #expect(report.occurred.isEmpty)
  }

  @Test(
    "dates of mail are read with their zone, and not without",
    arguments: [
      ("Fri, 20 Nov 2026 02:00:00 +0100", "2026-11-20T01:00:00Z"),
      ("20 Nov 26 02:00 GMT", "2026-11-20T02:00:00Z"),
      ("Tue, 1 Jul 2003 10:52:37 EST", "2003-07-01T15:52:37Z"),
      ("31 Dec 2026 23:59:60 -0000", "2026-12-31T23:59:59Z"),
      ("Fri, 20 Nov 2026 02:00:00", nil), ("30 Feb 2026 02:00 +0100", nil),
      ("20 Nov 2026 25:00 +0100", nil), ("20 Nov 2026 02:00 +01", nil), ("soon", nil),
    ])
  func date(text: String, utc: String?) async throws {
    let mail = "From: a@example.org\nDate: \(text)\n\nIt happened.\n"
    let report = try await IntakeReading.report(mail)
    let moment = report.words("Date, in Brussels").flatMap { Instant($0) }
    #expect(moment?.utc == utc)
    #expect(report.problems.isEmpty == (utc != nil))
  }

  @Test(
    "text is read in its character set",
    arguments: [
      ("utf-8", [0xC5, 0x82], "ł", true), ("iso-8859-2", [0xB3], "ł", true),
      ("windows-1250", [0xB3], "ł", true), ("latin1", [0x80, 0xE9], "€é", true),
      ("windows-1253", [0xE1], "α", true), ("windows-1251", [0xFF], "я", true),
      ("koi8-r", [0xD1], "я", true), ("iso-8859-15", [0xA4], "€", true),
      ("utf-16be", [0x01, 0x42], "ł", true), ("us-ascii", [0xE9], "é", false),
      ("utf-8", [0xE9, 0x41], "\u{FFFD}A", false), ("x-unknown", [0xE9], "é", false),
    ] as [(String, [UInt8], String, Bool)])
  func charset(name: String, bytes: [UInt8], text: String, isSure: Bool) async throws {
    let head = "From: a@example.org\nSubject: s\nContent-Type: text/plain; charset=\(name)\n\n"
    let source = ByteSource("mail", from: HeldBytes(Array(head.utf8) + bytes))
    let report = try #require(try ReadIncoming(format: .mail).all(source).first?.report)
    #expect(report.narrative == text)
    #expect(report.problems.isEmpty == isSure)
  }

  @Test("a mail of HTML alone is told in its words, without markup and scripts")
  func html() async throws {
    let mail = """
      From: "Fictional, A." <a@example.org>
      Subject: s
      Content-Type: text/html; charset=utf-8

      <html><head><title>t</title><style>p{}</style></head><body><p>5 &lt; 6 &amp; caf&eacute;</p>
      <script>steal()</script><img src="https://track.example/x" alt="a>b">It<br>fell.</body></html>
      """
    let report = try await IntakeReading.report(mail)
    #expect(report.reporter == "Fictional, A.")
    #expect(report.narrative == "5 < 6 & café\nIt\nfell.")
  }

  @Test(
    "a forwarded mail is a file, an encrypted one says so, and an answer by a machine is marked")
  func others() async throws {
    let forwarded = """
      From: a@example.org
      Auto-Submitted: auto-replied
      Content-Type: multipart/mixed; boundary=x

      --x

      See below.
      --x
      Content-Type: message/rfc822

      From: b@example.org

      Inner.
      --x--
      """
    let report = try await IntakeReading.report(forwarded)
    #expect(report.narrative == "See below.")
    #expect(report.title == "See below.")
    #expect(report.attachments.map(\.name) == ["mail-1.eml"])
    #expect(report.words("Auto-Submitted") == "auto-replied")
    let sealed =
      "From: a@example.org\nSubject: s\nContent-Type: multipart/encrypted; boundary=x\n\n--x--\n"
    #expect(
      try await IntakeReading.report(sealed).problems.contains { $0.what.contains("encrypted") })
  }

  private static func alternative(_ first: String, _ second: String) -> String {
    """
    From: a@example.org
    Subject: Fictional
    Content-Type: multipart/alternative; boundary=p

    --p
    \(first)
    --p
    \(second)
    --p--

    """
  }

  private static let related = """
    Content-Type: multipart/related; boundary=q

    --q
    Content-Type: text/html

    <p>The valve opened.</p><img src="cid:1">
    --q
    Content-Type: image/png; name=valve.png
    Content-ID: <1>

    fictional
    --q--
    """

  @Test("plain text beside HTML with pictures is told once, and the picture is kept")
  func related() async throws {
    let plain = "Content-Type: text/plain\n\nThe valve opened."
    let report = try await IntakeReading.report(
      IntakeMailTests.alternative(plain, IntakeMailTests.related))
    #expect(report.narrative.ranges(of: "The valve opened.").count == 1)
    #expect(report.attachments.map(\.name) == ["valve.png"])
  }

  @Test("where the plain text is empty, HTML with pictures tells it, once")
  func emptyPlain() async throws {
    let report = try await IntakeReading.report(
      IntakeMailTests.alternative(
        "Content-Type: text/plain\n\n ", IntakeMailTests.related))
    #expect(report.narrative.ranges(of: "The valve opened.").count == 1)
    #expect(report.attachments.map(\.name) == ["valve.png"])
  }

  @Test("an invitation is a file of its own, and other forms of the text are none")
  func invitation() async throws {
    let report = try await IntakeReading.report(
      IntakeMailTests.alternative(
        "Content-Type: text/plain\n\nPlease come.",
        "Content-Type: text/calendar\n\nBEGIN:VCALENDAR\n--p\nContent-Type: text/enriched\n\nx"))
    #expect(report.narrative.trimmingPrefix("\n").hasPrefix("Please come."))
    #expect(report.attachments.map(\.mediaType) == ["text/calendar"])
  }

  @Test(
    "a head without an end hides nothing but its title, and words that are hidden are told of",
    arguments: [
      ("<html><head><title>T</title><body><p>A person died.</p>", "A person died.", true),
      ("<head><style>p{}</style><p>A person died.</p>", "A person died.", true),
      ("<html><head><title>T</title></head><body>A person died.", "A person died.", true),
      ("<head><title>T<body><p>A person died.</p>", "", false),
    ])
  func head(markup: String, text: String, isWhole: Bool) async throws {
    let read = MarkupText(markup)
    #expect(read.text.trimmingPrefix("\n") == text)
    #expect(read.isWhole == isWhole)
    let report = try await IntakeReading.report(
      "From: a@example.org\nSubject: Fictional\nContent-Type: text/html\n\n\(markup)\n")
    #expect(report.problems.isEmpty == isWhole)
  }

  @Test("parts that never end, nest without end or say no boundary lose nothing and end")
  func broken() async throws {
    let open = "From: a@example.org\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nText"
    let report = try await IntakeReading.report(open)
    #expect(report.narrative == "Text")
    #expect(report.problems.count == 1)
    var deep = "Told."
    for level in 0..<60 {
      deep =
        "Content-Type: multipart/mixed; boundary=b\(level)\n\n--b\(level)\n\(deep)\n--b\(level)--\n"
    }
    let nested = try await IntakeReading.report("From: a@example.org\nSubject: s\n" + deep)
    #expect(nested.problems.contains { $0.what.contains("nested too deeply") })
    let without = "From: a@example.org\nContent-Type: multipart/mixed\n\nText"
    #expect(try await IntakeReading.report(without).attachments.count == 1)
  }
}
