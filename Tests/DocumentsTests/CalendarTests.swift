@testable import Documents
@testable import Duties
import Ground
import Rulebook
import TestSupport
import Testing

@Suite("The docket as a calendar file")
struct CalendarTests {
  private typealias S = CalendarSamples

  static let notified = CalendarSamples.model([("threshold-known", "2026-11-20")])

  @Test("An event has the parts that RFC 5545 wants, in one calendar")
  func parts() throws {
    let deadlines = S.deadlines([Self.notified])
    let written = ICSWriter(now: S.now).write(deadlines)
    let lines = S.lines(written.bytes)
    #expect(lines.first == "BEGIN:VCALENDAR" && lines.suffix(2) == ["END:VCALENDAR", ""])
    #expect(lines.contains("VERSION:2.0") && lines.contains("METHOD:PUBLISH"))
    #expect(lines.contains("PRODID:-//Systemic//Docket//EN"))
    let notice = try #require(deadlines.first { $0.ruleID == "ai-act/52/1" })
    let at = try #require(lines.firstIndex(of: "UID:\(notice.stableKey)@docket.systemic"))
    let event = Array(lines[at...].prefix { $0 != "END:VEVENT" })
    for line in [
      "DTSTAMP:20261120T080000Z", "LAST-MODIFIED:20261120T080000Z", "SEQUENCE:0",
      "STATUS:CONFIRMED", "DTSTART;VALUE=DATE:20261204", "CATEGORIES:statute,deadline",
      "CLASS:PRIVATE", "SUMMARY:Notify the Commission without delay: Aurora 3",
      "TRIGGER:-P30D", "TRIGGER:-P7D", "TRIGGER:-P1D",
    ] {
      #expect(event.contains(line), "\(line)")
    }
    let text = try #require(
      event.first { $0.hasPrefix("DESCRIPTION:Art. 52(1) AI Act (statute)\\n") })
    #expect(
      text.contains("2026-12-04 by the plain calendar\\, 2026-12-04 under Regulation 1182/71"))
    #expect(text.contains("Ends with: Commission notified under Art. 52(1) (commission-notified)"))
    #expect(event.count { $0 == "BEGIN:VALARM" } == 3)
  }

  static let texts = [
    ("a, b; c\\d", "a\\, b\\; c\\\\d"), ("one\ntwo\r\nthree", "one\\ntwo\\nthree"),
    ("BEGIN:VEVENT\r\nUID:x", "BEGIN:VEVENT\\nUID:x"), ("tab\there\u{0}\u{7F}", "tab here"),
    ("“é” 🗓", "“é” 🗓"), ("a\u{2028}b\u{85}c", "a\\nb\\nc"),
  ]

  @Test("A text value cannot leave its line", arguments: texts)
  func escaping(text: String, escaped: String) {
    #expect(ICSText.escaped(text) == escaped)
  }

  @Test("Lines are folded before 75 octets, and never within a character")
  func folding() {
    property(cases: 400) { generator in
      let scalars = ["a", "é", "€", "🗓", "\u{301}", " "]
      let line = (0..<generator.int(0...300)).map { _ in generator.pick(scalars) }.joined()
      var bytes: [UInt8] = []
      ICSText.append(line, to: &bytes)
      var parts: [[UInt8]] = [[]]
      for byte in bytes {
        if byte == 0x0A { parts.append([]) } else { parts[parts.count - 1].append(byte) }
      }
      guard parts.removeLast().isEmpty else { return "no line end" }
      var whole: [UInt8] = []
      for (index, part) in parts.enumerated() {
        guard part.last == 0x0D, part.count <= 76 else { return "\(part.count) octets" }
        guard index == 0 || part.first == 0x20 else { return "a fold without space" }
        guard String(validating: part, as: UTF8.self) != nil else { return "half a character" }
        whole += part.dropLast().dropFirst(index == 0 ? 0 : 1)
      }
      return whole == Array(line.utf8) ? nil : "the line changed"
    }
    var exact: [UInt8] = []
    ICSText.append(String(repeating: "x", count: 75), to: &exact)
    #expect(exact.count == 77)
    var over: [UInt8] = []
    ICSText.append(String(repeating: "x", count: 74) + "é", to: &over)
    #expect(Array(over[74..<77]) == [0x0D, 0x0A, 0x20])
  }

  static let classes: [(Confidentiality, Bool)] = [
    (.everyone, false), (.internal, false), (.confidential, true), (.secret, true),
    (.restricted, true),
  ]

  @Test("Confidential and narrower records show a number and a day only", arguments: classes)
  func neutral(confidentiality: Confidentiality, isNeutral: Bool) throws {
    let model = S.model(
      [("threshold-known", "2026-11-20"), ("placement-planned", "2027-03-01")],
      name: "Secret Project Nightjar", class: confidentiality)
    let deadlines = S.deadlines([model])
    let plain = String(decoding: ICSWriter(now: S.now).write(deadlines).bytes, as: UTF8.self)
      .replacing("\r\n ", with: "")
    for word in ["Nightjar", "Commission", "model/m1", "52(1)", "statute", "Model Report", "Owner"]
    {
      #expect(plain.contains(word) != isNeutral, "\(word)")
    }
    let notice = try #require(deadlines.first { $0.ruleID == "ai-act/52/1" })
    #expect(plain.contains("SUMMARY:" + ICSText.escaped(notice.neutralTitle)) == isNeutral)
    #expect(plain.contains("DTSTART;VALUE=DATE:20261204"))
    let shown = ICSWriter(now: S.now, reveals: true).write(deadlines)
    #expect(S.lines(shown.bytes).contains { $0.contains("Nightjar") })
    #expect(
      Set(shown.memory.map(\.uid)) == Set(ICSWriter(now: S.now).write(deadlines).memory.map(\.uid)))
  }

  @Test("Where hours count the event is a moment in UTC, with alarms in hours")
  func hours() throws {
    let clock = Clock(
      "cop/transparency/1.2", of: "downstream-request", "Answer",
      start: .each(.event("request-received"), after: nil), ends: [], owner: .compliance,
      source: "a test")
    let text =
      "overlay: Fictional Labs\nchecked: 2026-11-20\nshorten:\n"
      + "  - rule: cop/transparency/1.2\n    amount: 48\n    unit: hours\n    reason: a test\n"
    guard case .success(let overlay) = Overlay.read(text, file: "house.yaml") else {
      Issue.record("the overlay is read")
      return
    }
    let request = S.record(
      "downstream-request/r1", .internal, [("title", "Context window")],
      [("request-received", "2026-11-20T09:30:00+01:00")])
    var docket = DocketClock(
      law: Law.at(S.today, overlay: overlay), today: S.today,
      related: DocketRecords(provider: S.provider), table: [clock])
    let lines = S.lines(ICSWriter(now: S.now).write(docket.deadlines(of: request)).bytes)
    #expect(lines.contains("DTSTART:20261122T083000Z") && lines.contains("TRIGGER:-PT12H"))
    #expect(lines.contains { $0.contains("Plain hours: 2026-11-22T09:30:00+01:00") })
  }

  @Test("Deadlines without a day, and those that are over, are not published")
  func left() {
    let model = S.model([("threshold-known", "2026-11-01"), ("commission-notified", "2026-11-05")])
    let open = S.record(
      "model/m2", .internal, [("name", "Borealis"), ("placed_on_market", true)],
      [("model-registered", "2026-01-01")])
    let deadlines = S.deadlines([model, open])
    #expect(deadlines.contains { $0.isClosed } && deadlines.contains { $0.alarmDay == nil })
    let written = ICSWriter(now: S.now).write(deadlines)
    let published = deadlines.filter { !$0.isClosed && $0.alarmDay != nil }
    #expect(written.memory.count == published.count)
  }
}
