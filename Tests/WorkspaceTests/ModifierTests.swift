import Testing

@Suite("A row of the table: who modifies another's model")
struct ModifierTests {
  static let thirds: [(String, String?)] = [
    ("published_flop=1e24 base_flop=3e24 base_same_provider=no", "no"),
    ("published_flop=1000000000000000000000001 base_flop=3e24 base_same_provider=no", "yes"),
    ("published_flop=1e24 base_flop=2999999999999999999999999 base_same_provider=no", "yes"),
    ("published_flop=3333333333333333333333333 base_flop=1e25 base_same_provider=no", "no"),
    ("published_flop=3333333333333333333333334 base_flop=1e25 base_same_provider=no", "yes"),
    ("published_flop=1e24", nil),
    ("published_flop=1e24 base_flop=1e24 base_same_provider=yes", nil),
    ("published_flop=1e24 base_model=X base_same_provider=yes", nil),
    ("published_flop=1e24 base_flop=1e24", "undetermined"),
    ("base_flop=1e24 base_same_provider=no", "undetermined"),
  ]

  @Test(
    "A modifier of another's model is its provider above one third; exactly a third is not",
    arguments: thirds)
  func oneThird(cells: String, expected: String?) throws {
    let row = try classify(one: cells + " modality=text")
    #expect(row.text("modifier_is_provider") == expected)
    #expect(row.isNull("modifier_is_provider") == (expected == nil))
  }

  static let fallback: [(String, String, Bool)] = [
    ("3333333333333333333333334", "yes", true),
    ("3333333333333333333333333", "undetermined", false),
    ("1e24", "undetermined", false), ("33333333333333333333334", "undetermined", false),
    ("33333333333333333333333", "no", true), ("1e22", "no", true), ("5e25", "yes", true),
  ]

  @Test(
    "Where the original is unknown, a third of 10^25 and of 10^23 decide as far as they agree",
    arguments: fallback)
  func unknownBase(own: String, expected: String, isAssumed: Bool) throws {
    let row = try classify(
      one: "published_flop=\(own) base_model=Other base_same_provider=no modality=text")
    #expect(row.text("modifier_is_provider") == expected)
    #expect(row.texts("assumptions").contains("base_compute_unknown_fallback") == isAssumed)
    #expect(row.texts("missing").contains("base_flop"))
  }

  @Test("A modifier who is not above one third has no duty from the cumulative figure")
  func noDuties() throws {
    let row = try classify(
      one:
        "published_flop=1e24 base_flop=3e25 base_same_provider=no modality=text released=2026-01-15"
    )
    #expect(row.text("modifier_is_provider") == "no")
    #expect(row.text("exceeds_1e25") == "yes")
    #expect(row.isNull("systemic_presumed"))
    #expect(row.duties.isEmpty)
  }

  @Test("A modifier above one third of a model above 10^25 is presumed and must notify")
  func systemic() throws {
    let row = try classify(
      one: "published_flop=1.1e25 base_flop=3e25 base_same_provider=no modality=text")
    #expect(row.text("modifier_is_provider") == "yes")
    #expect(row.text("systemic_presumed") == "yes")
    #expect(row.duty("ai-act/52/1") != nil)
    #expect(row.text("cumulative_compute_flop") == "41000000000000000000000000")
    #expect(row.text("training_compute_flop") == "11000000000000000000000000")
  }

  @Test("Whose the base is must be known before anything is presumed of the modifier")
  func unknownProvider() throws {
    let row = try classify(one: "published_flop=1e24 base_flop=3e25 modality=text")
    #expect(row.text("modifier_is_provider") == "undetermined")
    #expect(row.text("systemic_presumed") == "undetermined")
    #expect(row.texts("missing").contains("base_same_provider"))
  }
}
