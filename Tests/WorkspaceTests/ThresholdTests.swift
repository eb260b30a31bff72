import Testing

@Suite("A row of the table: thresholds")
struct ThresholdTests {
  static let presumption: [(String, String, String?)] = [
    ("published_flop=1e25 modality=text", "no", "no"),
    ("published_flop=10000000000000000000000001 modality=text", "yes", "yes"),
    ("published_flop=9999999999999999999999999 modality=text", "no", "no"),
    ("published_flop=3.8e25 modality=text", "yes", "yes"),
    ("published_flop=3.8e25 modality=other", "yes", "no"),
    ("published_flop=3.8e25", "yes", "undetermined"),
    ("published_flop=1e20", "no", "no"),
    ("modality=text", "undetermined", "undetermined"),
    ("modality=other", "undetermined", "no"),
    ("params_total=405B tokens=15.6T modality=text", "yes", "yes"),
    ("params_total=405B modality=text", "undetermined", "undetermined"),
  ]

  @Test("Systemic risk is presumed strictly above 10^25", arguments: presumption)
  func presumed(cells: String, exceeds: String, presumed: String?) throws {
    let row = try classify(one: cells)
    #expect(row.text("exceeds_1e25") == exceeds)
    #expect(row.text("systemic_presumed") == presumed)
    #expect(row.problems == [])
  }

  static let indication: [(String, String)] = [
    ("published_flop=1e23 modality=text", "no"),
    ("published_flop=100000000000000000000001 modality=text", "yes"),
    ("published_flop=100000000000000000000001 modality=other", "no"),
    ("published_flop=1e24", "undetermined"), ("published_flop=1e22", "no"),
    ("modality=text", "undetermined"), ("modality=image", "no"),
    ("published_flop=1e24 modality=text;image", "yes"),
    ("published_flop=1e24 modality=image;text-to-video", "yes"),
    ("published_flop=1e22 modality=text", "no"),
  ]

  @Test(
    "The indication needs more than 10^23 and a named output; what is unknown stays open",
    arguments: indication)
  func indicated(cells: String, expected: String) throws {
    #expect(try classify(one: cells).text("gpai_indicative") == expected)
  }

  static let words: [(String, String)] = [
    ("text", "yes"), ("code", "yes"), ("speech", "yes"), ("audio", "yes"), ("text-to-image", "yes"),
    ("text-to-video", "yes"), ("image", "no"), ("other", "no"), ("Language", "yes"),
    ("Speech", "yes"), ("Vision", "no"), ("Games", "no"), ("Robotics", "no"),
    ("Mathematics", "no"), ("TEXT", "yes"), ("Vision;Language", "yes"),
    ("Multimodal", "undetermined"), ("Multimodal;Language", "yes"), (" text ; code ", "yes"),
  ]

  @Test("The words for outputs, and Epoch's words for domains, are understood", arguments: words)
  func modality(words: String, expected: String) throws {
    let row = try #require(try classify("modality,published_flop\n\"\(words)\",1e24\n").first)
    #expect(row.text("gpai_indicative") == expected)
    #expect(row.problems == [])
  }

  @Test(
    "A word that names no output is a problem, and the question stays open",
    arguments: ["txt", "text;smell"])
  func unknownModality(words: String) throws {
    let row = try classify(one: "published_flop=3e25 modality=\(words)")
    #expect(row.problems == ["modality"])
    #expect(row.text("gpai_indicative") == "undetermined")
    #expect(row.texts("missing").contains("modality"))
  }

  static let near: [(String, Bool?)] = [
    ("published_flop=7692307692307692307692307", false),
    ("published_flop=7692307692307692307692308", true),
    ("published_flop=14285714285714285714285714", true),
    ("published_flop=14285714285714285714285715", false), ("published_flop=1e25", true),
    ("modality=text", nil), ("published_flop=1e24 base_flop=9e24", true),
    ("published_flop=9e24 base_flop=9e24", false), ("published_flop=1e25 base_model=X", nil),
  ]

  @Test("Near is when 10^25 lies between 0.7 and 1.3 times the cumulative figure", arguments: near)
  func nearThreshold(cells: String, expected: Bool?) throws {
    let row = try classify(one: cells)
    #expect(row.flag("near_threshold") == expected)
    #expect(row.isNull("near_threshold") == (expected == nil))
  }

  static let disagreement: [(String, String, Bool)] = [
    ("published_flop=9e24 params_total=405B tokens=15.6T", "undetermined", true),
    ("published_flop=2e25 params_total=405B tokens=15.6T", "yes", false),
    ("published_flop=9e24 params_total=70B tokens=15T", "no", false),
    (
      "params_total=405B tokens=15.6T hardware=H100 chips=1000 hours=100 utilisation=0.4",
      "undetermined", true
    ),
    ("published_flop=9e24 base_flop=2e24 params_total=70B tokens=15T", "undetermined", true),
    ("published_flop=9e24 base_flop=4e24 params_total=70B tokens=15T", "yes", false),
  ]

  @Test(
    "Methods on different sides of 10^25 leave it open until they are reconciled",
    arguments: disagreement)
  func reconciliation(cells: String, expected: String, isMissing: Bool) throws {
    let row = try classify(one: cells + " modality=text base_same_provider=yes")
    #expect(row.text("exceeds_1e25") == expected)
    #expect(row.texts("missing").contains("reconciliation") == isMissing)
  }

  static let base: [(String, String, Bool)] = [
    ("published_flop=1e24 base_model=X base_same_provider=yes", "undetermined", true),
    ("published_flop=2e25 base_model=X base_same_provider=yes", "yes", true),
    ("published_flop=1e24 base_flop=9e24 base_same_provider=yes", "no", false),
    (
      "published_flop=1e24 base_flop=9000000000000000000000001 base_same_provider=yes", "yes", false
    ),
    ("base_flop=2e25 base_same_provider=yes", "yes", false),
  ]

  @Test(
    "A base model belongs to the cumulative figure; an unknown one leaves it open, unless the rest is above",
    arguments: base)
  func cumulative(cells: String, exceeds: String, isMissing: Bool) throws {
    let row = try classify(one: cells + " modality=text")
    #expect(row.text("exceeds_1e25") == exceeds)
    #expect(row.texts("missing").contains("base_flop") == isMissing)
    if isMissing { #expect(row.isNull("cumulative_compute_flop")) }
  }

  @Test("Before Chapter V applied nothing was presumed")
  func early() throws {
    let row = try classify(one: "published_flop=3e25 modality=text", on: "2025-07-01")
    #expect(row.isNull("systemic_presumed"))
    #expect(row.duties.isEmpty)
  }
}
