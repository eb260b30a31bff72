import Ground
import TestSupport
import Testing

@Suite("An entry of the journal")
struct EnvelopeTests {
  static let sample = """
    {"actor":"k3v9qz7d2m5x","class":"confidential",\
    "commit":"\(String(repeating: "0a", count: 32))","effective":"2026-11-10",\
    "event":"model-registered","law":"\(String(repeating: "f7", count: 32))",\
    "record":"model/h4w8tn6c3r9y","recorded":"2026-11-20T08:30:00Z","role":"compliance","v":1,\
    "version":1}
    """

  @Test("An entry says who, when, which record and which event, and is written as it was read")
  func reading() throws {
    let envelope = try Envelope(entry: Array(EnvelopeTests.sample.utf8))
    #expect(envelope.actor == Actor(id: "k3v9qz7d2m5x", role: .compliance))
    #expect(envelope.record.text == "model/h4w8tn6c3r9y")
    #expect(envelope.record.kind == "model" && envelope.record.key == "h4w8tn6c3r9y")
    #expect(envelope.event == "model-registered" && envelope.version == 1)
    #expect(envelope.effective.text == "2026-11-10")
    #expect(envelope.recorded.utc == "2026-11-20T08:30:00Z")
    #expect(envelope.confidentiality == .confidential)
    #expect(envelope.commitment == [UInt8](repeating: 10, count: 32))
    #expect(try envelope.entry() == Array(EnvelopeTests.sample.utf8))
  }

  /// A part of the sample and what replaces it.
  static let respelled: [(String, String)] = [
    ("{\"actor\"", "{ \"actor\""), ("\"v\":1", "\"v\": 1"), ("\"version\":1}", "\"version\":1}\n"),
    ("\"version\":1}", "\"version\":1} "), ("\"version\":1", "\"version\":1.0"),
    ("\"version\":1", "\"version\":1e0"), ("\"version\":1", "\"version\":0"),
    ("\"version\":1", "\"version\":-1"), ("\"version\":1", "\"version\":\"1\""),
    ("\"version\":1", "\"version\":9007199254740992"), ("\"v\":1,", "\"v\":2,"),
    ("\"v\":1,", "\"v\":true,"), ("\"v\":1,", ""), ("\"v\":1,", "\"v\":1,\"v\":1,"),
    ("\"v\":1,", "\"v\":1,\"va\":1,"),
    ("\"role\":\"compliance\",\"v\":1", "\"v\":1,\"role\":\"compliance\""),
    ("compliance", "Compliance"), ("compliance", "boss"), ("compliance", "complianc\\u0065"),
    ("\"role\":\"compliance\",", ""), ("08:30:00Z", "08:30:00z"), ("08:30:00Z", "08:30:00+00:00"),
    ("08:30:00Z", "08:30:00.0Z"), ("08:30:00Z", "08:30Z"), ("08:30:00Z", "09:30:00"),
    ("2026-11-20T", "2026-11-20 "), ("2026-11-20T08:30:00Z", "2026-11-20"),
    ("2026-11-20T08:30:00Z", "2026-02-30T08:30:00Z"), ("\"2026-11-10\"", "\"2026-11-10T00:00:00\""),
    ("\"2026-11-10\"", "\"2026-11-10T00:00:00+01:00\""), ("\"2026-11-10\"", "\"2026-11\""),
    ("\"2026-11-10\"", "\"\""), ("\"2026-11-10\"", "20261110"), ("0a0a", "0A0a"), ("0a0a", "0a0"),
    ("0a0a", "0a0a0a"), ("0a0a", "+a0a"), ("0a0a", "0g0a"), ("f7f7", "F7f7"), ("f7f7", "f7"),
    ("f7f7", "f7f\\\""), ("f7f7", "xyz0"), ("\"law\":\"", "\"law\":\"\",\"lax\":\""),
    ("model/h4w8tn6c3r9y", "model"), ("model/h4w8tn6c3r9y", "model/"),
    ("model/h4w8tn6c3r9y", "Model/h4w8tn6c3r9y"), ("model/h4w8tn6c3r9y", "model/h4/w8"),
    ("model-registered", "Model registered"), ("model-registered", ""),
    ("model-registered", "modèle"), ("k3v9qz7d2m5x", "jane.doe"), ("k3v9qz7d2m5x", ""),
    ("k3v9qz7d2m5x", String(repeating: "a", count: 81)), ("confidential", "top-secret"),
    ("confidential", "Confidential"), ("\"class\":\"confidential\",", ""),
  ]

  @Test("Every other spelling is refused", arguments: respelled)
  func refuses(part: String, other: String) throws {
    let parts = EnvelopeTests.sample.split(
      separator: part, maxSplits: 1, omittingEmptySubsequences: false)
    try #require(parts.count == 2, "\(part) stands in the sample")
    let text = parts[0] + other + parts[1]
    let problem = #expect(throws: Problem.self) { try Envelope(entry: Array(text.utf8)) }
    #expect(
      ["ground.not-json", "ground.not-an-entry", "ground.not-canonical"].contains(problem?.code))
  }

  @Test("Without content or law the entry is shorter and still read")
  func shorter() throws {
    var envelope = try Envelope(entry: Array(EnvelopeTests.sample.utf8))
    envelope.commitment = nil
    envelope.law = nil
    let entry = try envelope.entry()
    #expect(!String(decoding: entry, as: UTF8.self).contains("commit\""))
    #expect(try Envelope(entry: entry) == envelope)
  }

  @Test("A part that could not be read back is not written")
  func unwritable() throws {
    let sample = try Envelope(entry: Array(EnvelopeTests.sample.utf8))
    let changes: [(inout Envelope) -> Void] = [
      { $0.actor.id = "Jane Doe" }, { $0.actor.id = "" }, { $0.event = "model registered" },
      { $0.event = "a\"b" }, { $0.event = String(repeating: "a", count: 81) }, { $0.version = 0 },
      { $0.version = -1 }, { $0.version = .max }, { $0.law = "" }, { $0.law = "a\"b" },
      { $0.law = String(repeating: "F7", count: 32) },
      { $0.law = String(repeating: "f7", count: 33) },
      { $0.commitment = [] }, { $0.commitment = [UInt8](repeating: 0, count: 31) },
      { $0.recorded = Instant(seconds: 253_402_300_800) },
      { $0.recorded = Instant(seconds: .min / 2) },
      { $0.effective = .moment(Instant(seconds: -62_135_596_801)) },
      { $0.effective = .day($0.effective.day.adding(days: 10_000_000)) },
    ]
    for (index, change) in changes.enumerated() {
      var envelope = sample
      change(&envelope)
      let problem = #expect(throws: Problem.self, "change \(index)") { try envelope.entry() }
      #expect(problem?.code == "ground.not-canonical")
    }
  }

  @Test("Any envelope is written as the canonical JSON of its members, and read back")
  func canonical() {
    property(cases: 1500) { random in
      let envelope = EnvelopeTests.envelope(&random)
      let entry = try envelope.entry()
      let json = try EnvelopeTests.members(envelope).canonicalBytes()
      guard entry == json else {
        return "\(String(decoding: entry, as: UTF8.self)) is not canonical"
      }
      guard entry.count <= Envelope.largestEntry else { return "it is too large" }
      return try Envelope(entry: entry) == envelope ? nil : "it came back otherwise"
    }
  }

  @Test("An entry with one changed bit is refused, or is another entry in its own canonical form")
  func flipped() {
    let bytes = Array(EnvelopeTests.sample.utf8)
    var accepted = 0
    for index in bytes.indices {
      for bit in 0..<8 {
        var other = bytes
        other[index] ^= 1 << UInt8(bit)
        guard let envelope = try? Envelope(entry: other) else { continue }
        accepted += 1
        #expect((try? envelope.entry()) == other, "byte \(index), bit \(bit)")
      }
    }
    // Letters of ids and digits of digests are free; most other bytes are not.
    #expect(accepted > 100 && accepted < bytes.count * 4)
  }

  private static func members(_ envelope: Envelope) -> JSON {
    func hex(_ bytes: [UInt8]) -> String {
      bytes.map { String(UInt16($0) + 0x100, radix: 16).dropFirst() }.joined()
    }
    var members: [(String, JSON)] = [
      ("version", .int(envelope.version)), ("v", .int(1)),
      ("record", .string(envelope.record.text)),
      ("role", .string(envelope.actor.role.rawValue)), ("actor", .string(envelope.actor.id)),
      ("event", .string(envelope.event)), ("effective", .string(envelope.effective.text)),
      ("recorded", .string(envelope.recorded.utc)),
      ("class", .string(envelope.confidentiality.rawValue)),
    ]
    if let commitment = envelope.commitment { members.append(("commit", .string(hex(commitment)))) }
    if let law = envelope.law { members.append(("law", .string(law))) }
    return .object(members)
  }

  private static func envelope(_ random: inout SplitMix64) -> Envelope {
    func word(_ most: Int) -> String {
      let letters = Array("abcxyz0189-".utf8)
      let body = (0..<random.int(0...(most - 1))).map { _ in random.pick(letters) }
      return String(decoding: [random.pick(Array("az09".utf8))] + body, as: UTF8.self)
    }
    let seconds = -62_135_596_800...253_402_300_799
    let day = Day(random.int(1...9999), random.int(1...12), random.int(1...28))
    let moment = Effective.moment(Instant(seconds: random.int(seconds)))
    return Envelope(
      record: RecordID(word(20) + "/" + word(50)) ?? RecordID("a/b").unsafelyUnwrapped,
      version: random.int(1...random.pick([9, 9999, JSON.largestExactInteger])), event: word(80),
      effective: random.int(0...1) == 0 ? moment : day.map { .day($0) } ?? moment,
      recorded: Instant(seconds: random.int(seconds)),
      actor: Actor(id: word(80), role: random.pick(Role.allCases)),
      confidentiality: random.pick(Confidentiality.allCases),
      commitment: random.int(0...3) == 0
        ? nil : (0..<32).map { _ in UInt8(truncatingIfNeeded: random.next()) },
      law: random.int(0...1) == 0
        ? nil
        : (0..<64).map { _ in random.pick(Array("0123456789abcdef").map(String.init)) }.joined())
  }
}
