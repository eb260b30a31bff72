import Ground
import TestSupport
import Testing

@Suite("Names, times and classes of records")
struct RecordWordTests {
  @Test(
    "A record is named by kind and key in plain letters",
    arguments: ["model/k3v9qz7d2m5x", "training-run/0", "a/b", "a-b-/c-", "9/9"])
  func names(text: String) throws {
    let id = try #require(RecordID(text))
    let parts = text.split(separator: "/")
    #expect(id.kind == String(parts[0]) && id.key == String(parts[1]) && id.text == text)
  }

  @Test(
    "Nothing else is a name",
    arguments: [
      "", "/", "model", "model/", "/key", "a/b/c", "a//b", "Model/key", "model/Key", "model/-key",
      "-model/key", "model/key ", " model/key", "model/k_y", "model/kéy", "modèle/key", "model/k.y",
      "model\\key", "model/key\n", "model/\u{212A}",
      String(repeating: "a", count: 40) + "/"
        + String(repeating: "b", count: 40),
    ])
  func refused(text: String) { #expect(RecordID(text) == nil) }

  @Test("Names have at most 80 bytes and are ordered by them")
  func order() throws {
    let longest = "a/" + String(repeating: "b", count: 78)
    #expect(RecordID(longest) != nil)
    #expect(RecordID(longest + "b") == nil)
    let names = try ["a-b/c", "a/b", "a/c", "a0/b", "b/a"].map { try #require(RecordID($0)) }
    #expect(names.shuffled().sorted() == names)
  }

  static let effective: [(String, String?)] = [
    ("2026-03-01", "2026-03-01"), ("2026-03-01T02:00:00Z", "2026-03-01T02:00:00Z"),
    ("2026-03-01T02:00Z", "2026-03-01T02:00:00Z"),
    ("2026-03-01T02:00:00+01:00", "2026-03-01T01:00:00Z"),
    ("2026-03-01t02:00:00.75z", "2026-03-01T02:00:00Z"),
    ("2026-03-01T00:00-00:30", "2026-03-01T00:30:00Z"),
    ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
    ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
    // Without an offset the moment would depend on who reads it.
    ("2026-03-01T02:00:00", nil), ("2026-03-01 02:00", nil), ("2026-03-01T02:00:00.5", nil),
    // In UTC these lie outside the years that can be written.
    ("0001-01-01T00:00:00+01:00", nil), ("9999-12-31T23:59:59-01:00", nil), ("0000-01-01", nil),
    ("2026-03", nil), ("2026", nil), ("2026-02-30", nil), ("2026-03-01T", nil),
    ("2026-03-01Z", nil),
    ("2026-03-01T25:00:00Z", nil), ("", nil), ("Z", nil), ("yesterday", nil),
  ]

  @Test(
    "A time is a day, or a moment with its offset, and is read back from what it writes",
    arguments: effective)
  func times(text: String, written: String?) {
    #expect(Effective(text)?.text == written)
    if let written { #expect(Effective(written) == Effective(text)) }
  }

  @Test("The day of a moment is that of Brussels")
  func day() throws {
    #expect(try #require(Effective("2026-06-30T22:00:00Z")).day.iso == "2026-07-01")
    #expect(try #require(Effective("2026-06-30T21:59:59Z")).day.iso == "2026-06-30")
  }

  @Test("A moment is written in UTC with four digits for the year")
  func utc() {
    for (seconds, text) in [
      (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
      (951_782_399, "2000-02-28T23:59:59Z"),
      (951_782_400, "2000-02-29T00:00:00Z"), (-62_135_596_800, "0001-01-01T00:00:00Z"),
      (253_402_300_799, "9999-12-31T23:59:59Z"),
    ] {
      #expect(Instant(seconds: seconds).utc == text)
      #expect(Instant(text)?.seconds == seconds)
    }
    property(cases: 3000) { random in
      let instant = Instant(seconds: random.int(-62_135_596_800...253_402_300_799))
      return instant.utc.utf8.count == 20 && Instant(instant.utc) == instant
        ? nil : "\(instant.seconds) was written as \(instant.utc)"
    }
  }

  @Test("A day is written with ten characters in any year that it can have")
  func days() {
    property(cases: 3000) { random in
      let day = Day(sinceEpoch: random.int(-719_162...2_932_896))
      return day.iso.utf8.count == 10 && Day(iso: day.iso) == day
        && Day(iso: day.iso.dropFirst(0)) == day
        ? nil : "\(day) was written as \(day.iso)"
    }
    for text in [
      "", "2026-1-01", "2026/01/01", "2026-01-0a", "+026-01-01", "２026-01-01", "2026-01-011",
    ] {
      #expect(Day(iso: text) == nil)
    }
  }

  @Test("Classes go from public to a single incident")
  func classes() {
    let order: [Confidentiality] = [.everyone, .internal, .confidential, .secret, .restricted]
    #expect(Confidentiality.allCases == order)
    for (index, left) in order.enumerated() {
      for (other, right) in order.enumerated() {
        #expect((left < right) == (index < other))
        #expect(max(left, right) == order[max(index, other)])
      }
    }
    #expect(
      order.map(\.rawValue) == [
        "public", "internal", "confidential", "article-78", "incident-restricted",
      ])
  }
}
