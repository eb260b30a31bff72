import Duties
import Ground
import TestSupport
import Testing

@Suite("A record as its events have made it")
struct RecordStateTests {
  private func state(_ changes: Change...) throws -> RecordState {
    try #require(try Sample.state(changes))
  }

  @Test("A field holds the value that is true from the latest day, whatever was written last")
  func latest() throws {
    let state = try state(
      Sample.begun, Sample.change("changed", [("tokens", .string("20T"))], on: "2026-11-10"),
      Sample.change(
        "changed", [("tokens", .string("15T")), ("open", .bool(true))], on: "2026-11-05"))
    #expect(state.text("tokens") == "20T" && state.fields["open"] == .bool(true))
    #expect(state.version == 3)
  }

  @Test("Of two values from one day the one written later holds, in whatever hour it was true")
  func sameDay() throws {
    let state = try state(
      Sample.begun,
      Sample.change("changed", [("tokens", .string("20T"))], on: "2026-11-10T20:00:00Z"),
      Sample.change("changed", [("tokens", .string("15T"))], on: "2026-11-10T08:00:00Z"))
    #expect(state.text("tokens") == "15T")
  }

  @Test("What a record began with gives way to what is entered later, even of an earlier day")
  func beginning() throws {
    let state = try state(
      Sample.change("begun", [("name", .string("Aurora"))], on: "2026-11-15"),
      Sample.change("changed", [("name", .string("Aurora 3"))], on: "2026-02-01"),
      Sample.change("placed", on: "2025-03-01"))
    #expect(state.text("name") == "Aurora 3" && state.status == "placed")
  }

  @Test("Null unsets a field, from its day on")
  func unset() throws {
    let set = Sample.change("changed", [("tokens", .string("20T"))], on: "2026-11-10")
    let unset = Sample.change("changed", [("tokens", .null)], on: "2026-11-11")
    #expect(try state(Sample.begun, set, unset).fields["tokens"] == nil)
    #expect(try state(Sample.begun, unset, set).fields["tokens"] == nil)
    let again = Sample.change("changed", [("tokens", .string("30T"))], on: "2026-11-11")
    #expect(try state(Sample.begun, set, unset, again).text("tokens") == "30T")
  }

  @Test("The status is that of the latest day")
  func status() throws {
    let updated = Sample.change("updated", on: "2026-11-18")
    let planned = Sample.change("planned", on: "2026-11-10")
    #expect(try state(Sample.begun).status == "new")
    #expect(try state(Sample.begun, Sample.placed, updated, planned).status == "updated")
    #expect(
      try state(Sample.begun, Sample.placed, updated, Sample.change("changed")).status == "updated")
  }

  @Test("A correction replaces the day; any other repetition moves it forward only")
  func correction() throws {
    let placed = Sample.change("placed", on: "2026-11-10")
    for day in ["2026-10-01", "2026-11-15"] {
      let corrected = Sample.change("placed", on: day, reason: "slip", corrects: true)
      let state = try state(Sample.begun, placed, corrected)
      #expect(state.day("placed")?.iso == day && state.status == "placed")
      #expect(state.times("placed").map(\.text) == [day])
    }
    let later = Sample.change("changed", on: "2026-11-10")
    let earlier = Sample.change("changed", on: "2026-11-02")
    #expect(try state(Sample.begun, later, earlier).day("changed")?.iso == "2026-11-10")
    #expect(
      try state(Sample.begun, later, earlier).times("changed").map(\.text) == [
        "2026-11-02", "2026-11-10",
      ])
  }

  @Test("A correction that names its time replaces that one, and what it sets holds")
  func namedTime() throws {
    func updated(
      _ day: String, _ tokens: String, was: String? = nil
    ) -> Change {
      var change = Sample.change("updated", [("tokens", .string(tokens))], on: day)
      if let was {
        (change.corrects, change.reason, change.was) = (true, "slip", Effective(was))
      }
      return change
    }
    let before = [
      Sample.begun, Sample.placed, updated("2026-11-03", "1T"), updated("2026-11-10", "2T"),
      updated("2026-11-10T20:00:00Z", "3T"),
    ]
    for (was, day, times) in [
      ("2026-11-03", "2026-11-04", ["2026-11-04", "2026-11-10", "2026-11-10T20:00:00Z"]),
      ("2026-11-10", "2026-11-12", ["2026-11-03", "2026-11-10T20:00:00Z", "2026-11-12"]),
      ("2026-11-10T20:00:00Z", "2026-11-11", ["2026-11-03", "2026-11-10", "2026-11-11"]),
    ] {
      let state = try #require(try Sample.state(before + [updated(day, "4T", was: was)]))
      #expect(state.times("updated").map(\.text) == times)
      #expect(state.text("tokens") == "4T")
    }
    #expect(throws: Problem("duties.wrong-order", what: "")) {
      _ = try Sample.state(before + [updated("2026-11-04", "4T", was: "2026-11-05")])
    }
    // What comes later is measured by the latest day still.
    let late = try #require(
      try Sample.state(
        before + [updated("2026-11-04", "4T", was: "2026-11-03"), updated("2026-11-09", "5T")]))
    #expect(late.text("tokens") == "4T")
  }

  @Test("A day that was wrong does not stand in the way of its correction")
  func wrongDay() throws {
    let state = try state(
      Sample.begun,
      Sample.change("placed", [("tokens", .string("20T"))], on: "2026-11-18"),
      Sample.change(
        "placed", [("tokens", .string("15T"))], on: "2026-10-01", reason: "slip", corrects: true),
      Sample.change("planned", [("tokens", .string("16T"))], on: "2026-10-10"))
    // The plan is later than the corrected day and takes its place, which the wrong day would not have allowed.
    #expect(state.text("tokens") == "16T" && state.status == "planned")
  }

  @Test("A correction of one event leaves the status that another gave on the same day")
  func otherStatus() throws {
    let state = try state(
      Sample.begun, Sample.change("planned", on: "2026-11-10"),
      Sample.change("placed", on: "2026-11-10"),
      Sample.change("planned", on: "2026-10-01", reason: "slip", corrects: true))
    #expect(state.status == "placed" && state.day("planned")?.iso == "2026-10-01")
  }

  @Test("A run has a field of the name status, which is not where the run itself stands")
  func runStatus() throws {
    let run = try #require(RecordID("training-run/k3v9qz7d2m5x"))
    var state: RecordState?
    let events: [(String, String, [(String, JSON)])] = [
      ("run-recorded", "2026-11-01", [("status", .string("planned"))]),
      ("run-revised", "2026-11-18", [("status", .string("finished"))]),
      ("run-struck", "2026-11-10", []),
    ]
    for (event, day, set) in events {
      var envelope = Sample.envelope(
        Sample.change(event, on: day), version: (state?.version ?? 0) + 1, Sample.author)
      envelope.record = run
      state = RecordKind.trainingRun.applying(
        envelope, content: .object([("set", .object(set))]), to: state)
    }
    #expect(state?.status == "struck out" && state?.text("status") == "finished")
  }

  @Test("The class is that of the newest event; author and beginning stay")
  func others() throws {
    let state = try state(
      Sample.begun, Sample.change("changed", on: "2026-01-01", confidentiality: .secret))
    #expect(state.confidentiality == .secret && state.author == "author" && state.title == "Aurora")
  }

  /// Events of one day each; the rule that is documented, applied to the whole list at once.
  private func ruled(_ changes: [Change]) -> [String: JSON] {
    var fields: [String: (day: Day?, value: JSON)] = [:]
    for (index, change) in changes.enumerated() {
      for (name, value) in change.set {
        let known = fields[name]?.day
        if index > 0, let known, change.effective.day < known { continue }
        fields[name] = (index == 0 ? nil : change.effective.day, value)
      }
    }
    return fields.mapValues(\.value).filter { if case .null = $0.value { false } else { true } }
  }

  @Test("Folding events in any order keeps the rule, and the state comes back from its JSON")
  func folding() {
    property(cases: 400) { random in
      var changes = [Sample.begun]
      for _ in 0..<random.int(1...12) {
        let day =
          "2026-11-" + (random.int(0...1) == 0 ? "0\(random.int(1...9))" : "\(random.int(10...20))")
        var set: [(String, JSON)] = []
        for (name, value) in [
          ("tokens", JSON.string(random.digits(3))), ("open", .bool(random.int(0...1) == 0)),
          ("tags", JSON([random.digits(1), "é\u{301}\"\\\n"])),
        ] where random.int(0...2) == 0 {
          set.append((name, random.int(0...3) == 0 ? .null : value))
        }
        changes.append(Sample.change(random.pick(["changed", "planned"]), set, on: day))
      }
      let tail = changes.dropFirst().shuffled(using: &random)
      for order in [changes, [Sample.begun] + tail] {
        guard let state = try Sample.state(order) else { return "nothing was made" }
        guard
          JSON.object(state.fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
            == JSON.object(ruled(order).sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        else { return "\(state.json.compact) is not what the rule gives" }
        let json = state.json
        guard let again = RecordState(json: try JSON(parsing: json.compactBytes)), again == state
        else {
          return "\(json.compact) came back otherwise"
        }
        guard try json.canonicalBytes() == json.compactBytes else {
          return "its members are not sorted"
        }
        guard state.compactBytes == json.compactBytes else {
          return "\(String(decoding: state.compactBytes, as: UTF8.self)) is not \(json.compact)"
        }
      }
      return nil
    }
  }

  @Test("What is not the JSON of a state is not read")
  func refused() throws {
    let json = try state(Sample.begun, Sample.placed).json
    guard case .object(let members) = json else { return }
    for (index, member) in members.enumerated() where member.0 != "status" && member.0 != "earlier"
    {
      var fewer = members
      fewer.remove(at: index)
      #expect(RecordState(json: .object(fewer)) == nil, "without \(member.0)")
      for other in [JSON.int(7), .string("x"), .array([]), .bool(true), .object([("a", .int(1))])] {
        var changed = members
        changed[index].1 = other
        let isStillOne =
          member.0 == "version" && other == .int(7) || member.0 == "author" && other == .string("x")
          || member.0 == "fields" && other == .object([("a", .int(1))])
        #expect(
          (RecordState(json: .object(changed)) != nil) == isStillOne,
          "\(member.0): \(other.compact)")
      }
    }
    #expect(RecordState(json: .null) == nil)
  }
}
