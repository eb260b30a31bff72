@testable import Documents
@testable import Duties
import Ground
import TestSupport
import Testing

@Suite("Editions of a calendar file")
struct CalendarEditionTests {
  private typealias S = CalendarSamples

  private func memory(_ bytes: [UInt8]) throws -> [ICSMemory] {
    try ICSReader.memory(of: bytes, file: "docket.ics")
  }

  private func event(_ deadline: Deadline, in memory: [ICSMemory]) throws -> ICSMemory {
    try #require(memory.first { $0.uid.hasPrefix(deadline.stableKey) })
  }

  @Test("The same docket gives the same bytes, whenever it is written")
  func unchanged() throws {
    let deadlines = S.deadlines([CalendarTests.notified, S.provider])
    let first = ICSWriter(now: S.now).write(deadlines)
    let again = ICSWriter(now: S.later).write(deadlines, previous: try memory(first.bytes))
    #expect(again.bytes == first.bytes)
    // On another day the statuses differ, and the events do not.
    let nextWeek = S.deadlines([CalendarTests.notified, S.provider], today: Day(2026, 11, 27)!)
    #expect(nextWeek.map(\.status) != deadlines.map(\.status))
    #expect(ICSWriter(now: S.later).write(nextWeek, previous: first.memory).bytes == first.bytes)
  }

  @Test("A changed deadline keeps its identity and raises its sequence, once for each change")
  func changed() throws {
    var previous: [ICSMemory] = []
    var model = CalendarTests.notified
    for (sequence, day) in ["2026-11-20", "2026-11-18", "2026-11-18", "2026-11-17"].enumerated() {
      let envelope = Envelope(
        record: model.id, version: model.version + 1, event: "threshold-known",
        effective: Effective(day)!, recorded: S.now, actor: .system, confidentiality: .internal)
      model = RecordState.applying(
        envelope, content: .object([("corrects", .bool(true))]), status: nil, to: model)
      let deadlines = S.deadlines([model])
      let written = ICSWriter(now: S.later).write(deadlines, previous: previous)
      previous = try memory(written.bytes)
      let notice = try #require(deadlines.first { $0.ruleID == "ai-act/52/1" })
      #expect(try event(notice, in: previous).sequence == [0, 1, 1, 2][sequence])
    }
  }

  @Test("A deadline that is met or gone is cancelled, kept, and comes back with a higher sequence")
  func cancelled() throws {
    let open = S.deadlines([CalendarTests.notified])
    let first = ICSWriter(now: S.now).write(open)
    let notice = try #require(open.first { $0.ruleID == "ai-act/52/1" })
    let done = S.model([("threshold-known", "2026-11-20"), ("commission-notified", "2026-11-25")])
    for deadlines in [[], S.deadlines([done])] {
      let second = ICSWriter(now: S.later).write(deadlines, previous: try memory(first.bytes))
      let gone = try event(notice, in: try memory(second.bytes))
      #expect(gone.isCancelled && gone.sequence == 1)
      #expect(gone.stamp == "20261201T080000Z" && !gone.content.contains("BEGIN:VALARM"))
      #expect(gone.content.contains("SUMMARY:Notify the Commission without delay: Aurora 3"))
      let third = ICSWriter(now: S.later).write(deadlines, previous: second.memory)
      #expect(third.bytes == second.bytes)
      let back = ICSWriter(now: S.later).write(open, previous: try memory(third.bytes))
      let again = try event(notice, in: back.memory)
      #expect(!again.isCancelled && again.sequence == 2)
    }
  }

  @Test("A cancelled confidential event loses what an open edition showed")
  func withheld() throws {
    let model = S.model([("threshold-known", "2026-11-20")], name: "Nightjar", class: .confidential)
    let shown = ICSWriter(now: S.now, reveals: true).write(S.deadlines([model]))
    #expect(S.lines(shown.bytes).contains { $0.contains("Nightjar") })
    let gone = ICSWriter(now: S.later).write([], previous: try memory(shown.bytes))
    #expect(
      !S.lines(gone.bytes).contains {
        $0.contains("Nightjar") || $0.contains("52") && $0.contains("Art")
      })
    #expect(gone.memory.allSatisfy { $0.isCancelled && $0.content.count == 4 })
    let neutral = try #require(S.deadlines([model]).first { $0.ruleID == "ai-act/52/1" })
    #expect(
      try event(neutral, in: gone.memory).content
        .contains("SUMMARY:" + ICSText.escaped(neutral.neutralTitle)))
  }

  @Test("What is read back is what was written, whatever the titles")
  func roundTrip() throws {
    property(cases: 40) { generator in
      let pieces = [
        "é", "\n", ";", "\\", ",", "🗓", " ", "BEGIN:VEVENT", "x", "\r\n", ":", "\u{2028}",
      ]
      let states = (0..<4).map { index in
        let name = (0..<generator.int(0...60)).map { _ in generator.pick(pieces) }.joined()
        return S.model(
          [("threshold-known", "2026-11-20"), ("placement-planned", "2027-03-01")], name: name,
          class: generator.pick([.everyone, .internal, .confidential]), key: "m\(index)")
      }
      let written = ICSWriter(now: S.now, reveals: generator.pick([true, false]))
        .write(S.deadlines(states))
      let read = try ICSReader.memory(of: written.bytes, file: "docket.ics")
      return read == written.memory ? nil : "it differs"
    }
    #expect(try memory([]).isEmpty)
  }

  static let foreign: [@Sendable (String) -> String] = [
    { $0.replacing("Systemic//Docket", with: "Somebody//Else") },
    { $0.replacing("\r\n", with: "\n") }, { String($0.dropLast(3)) }, { $0 + "X:1\r\n" },
    { $0.replacing("METHOD:PUBLISH\r\n", with: "") },
    { $0.replacing("SEQUENCE:0", with: "SEQUENCE:-1") },
    { $0.replacing("SEQUENCE:0", with: "SEQUENCE:9999999999") },
    { $0.replacing("@docket.systemic", with: "@elsewhere.example") },
    { $0.replacing("STATUS:CONFIRMED", with: "STATUS:TENTATIVE") },
    { $0.replacing("BEGIN:VALARM", with: "BEGIN:VTODO") },
    { $0.replacing("DTSTAMP:2026", with: "DTSTAMP:x026") },
    { $0.replacing("DTSTART", with: "X-START") },
    { text in
      let start = text.firstRange(of: "BEGIN:VEVENT")!.lowerBound
      let end = text.firstRange(of: "END:VEVENT\r\n")!.upperBound
      return String(text[..<end] + text[start...])
    }, { _ in "hello" }, { _ in "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n" },
    { $0.replacing("CLASS:PRIVATE", with: "CLASS:PRIVATE" + String(repeating: "x", count: 80)) },
  ]

  @Test(
    "A file that this program did not write is refused, with its line", arguments: foreign.indices)
  func refused(index: Int) throws {
    let written = ICSWriter(now: S.now).write(S.deadlines([CalendarTests.notified, S.provider]))
    let changed = Self.foreign[index](String(decoding: written.bytes, as: UTF8.self))
    #expect(throws: Problem.self) {
      do {
        _ = try memory(Array(changed.utf8))
      } catch let problem as Problem {
        #expect(problem.code == "documents.foreign-calendar" && problem.places.first?.line != nil)
        throw problem
      }
    }
  }

  @Test("The docket as JSON is what its schema says")
  func schema() throws {
    let request = S.record(
      "downstream-request/r1", .internal, [("title", "Context"), ("model", "model/m1")],
      [("request-received", "2026-11-01"), ("request-refused", "2026-11-02")])
    let evidence = S.record(
      "evidence/e1", .confidential, [("title", "Report"), ("expires", "2027-01-01")],
      [("evidence-added", "2026-01-01")])
    let deadlines = S.deadlines(
      [
        CalendarTests.notified, S.provider, request, evidence,
        S.model([("placement-planned", "2027-01-01")], key: "m2"),
      ])
    #expect(deadlines.count > 8)
    let json = Docket.json(deadlines, law: S.law, today: S.today).compact
    let schema = try SchemaTests.schema("docket")
    #expect(try SchemaCheck.mistakes(in: json, schema: schema) == [])
    for (good, bad) in [
      ("\"kind\":\"deadline\"", "\"kind\":\"alarm\""), ("\"owner\":", "\"keeper\":"),
    ] {
      let wrong = json.replacing(good, with: bad)
      #expect(try !SchemaCheck.mistakes(in: wrong, schema: schema).isEmpty)
    }
  }
}
