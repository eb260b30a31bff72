import Testing

@Suite("A row of the table: figures and what cannot be trusted")
struct FigureTests {
  private let run = "hardware=H100 chips=1000 hours=1000 utilisation=0.4 modality=text"

  @Test(
    "The figure is the published one, else hardware, else six operations for each parameter and token"
  )
  func precedence() throws {
    let dense = "params_total=7B tokens=2T modality=text"
    let six = try classify(one: dense)
    #expect(six.text("method") == "six_nd")
    #expect(six.text("training_compute_flop") == "84000000000000000000000")
    #expect(six.texts("assumptions") == ["dense"])
    let hardware = try classify(
      one: dense + " " + "hardware=H100 chips=1000 hours=1000 utilisation=0.4")
    #expect(hardware.text("method") == "hardware")
    #expect(hardware.text("hardware_flop") == "1424736000000000000000000")
    #expect(hardware.text("training_compute_flop") == hardware.text("hardware_flop"))
    #expect(hardware.text("six_nd_flop") == "84000000000000000000000")
    let published = try classify(one: dense + " published_flop=9e22")
    #expect(published.text("method") == "published")
    #expect(published.text("training_compute_flop") == "90000000000000000000000")
  }

  @Test("Active parameters are used when given, and then nothing is assumed dense")
  func active() throws {
    let row = try classify(one: "params_total=671B params_active=37B tokens=14.8T modality=text")
    #expect(row.text("six_nd_flop") == "3285600000000000000000000")
    #expect(!row.texts("assumptions").contains("dense"))
  }

  @Test("Chip hours, a peak of one's own and a percentage give the same figure")
  func spellings() throws {
    for cells in [
      "chip_hours=1000000 hardware=H100 utilisation=40%",
      "chip_hours=1e6 peak_flop_per_s=989.4e12 utilisation=0.40",
      "chips=1000 hours=1000 chip_hours=1000000 hardware=nvidia-h100 utilisation=40%",
    ] {
      #expect(
        try classify(one: cells).text("hardware_flop") == "1424736000000000000000000", "\(cells)")
    }
    #expect(try classify(one: run).texts("assumptions").contains("peak_dense_bf16"))
    let own = try classify(one: "chip_hours=1e6 peak_flop_per_s=989.4e12 utilisation=0.40")
    #expect(!own.texts("assumptions").contains("peak_dense_bf16"))
  }

  static let mistrusted: [(String, String)] = [
    ("utilisation=41", "utilisation"), ("utilisation=0", "utilisation"),
    ("utilisation=1.01", "utilisation"), ("utilisation=-0.4", "utilisation"),
    ("utilisation=101%", "utilisation"), ("utilisation=nan", "utilisation"),
    ("published_flop=5", "published_flop"), ("published_flop=3.8", "published_flop"),
    ("published_flop=-1e25", "published_flop"), ("published_flop=NaN", "published_flop"),
    ("published_flop=1e40", "published_flop"), ("published_flop=38,00", "published_flop"),
    ("base_flop=2", "base_flop"), ("released=2025-02-30", "released"),
    ("released=2025-13", "released"), ("released=soon", "released"),
    ("params_total=7", "params_total"), ("params_total=7.5", "params_total"),
    ("params_total=0", "params_total"), ("tokens=15", "tokens"), ("tokens=-15T", "tokens"),
    ("tokens=15Q", "tokens"), ("params_total=7B params_active=8B", "params_active"),
    ("chips=1.5", "chips"), ("chips=0", "chips"), ("hours=0", "hours"), ("hours=-1", "hours"),
    ("chip_hours=abc", "chip_hours"), ("peak_flop_per_s=989", "peak_flop_per_s"),
    ("hardware=H1000", "hardware"), ("open_weights=maybe", "open_weights"),
    ("base_same_provider=1", "base_same_provider"), ("modality=words", "modality"),
    ("published_flop=+", "published_flop"), ("tokens=+", "tokens"),
  ]

  @Test(
    "A value that cannot be trusted is a problem of its column, with a remedy",
    arguments: mistrusted)
  func problem(cells: String, column: String) throws {
    let row = try classify(one: cells)
    #expect(row.problems == [column])
    let first = (row.members["problems"] as? [[String: String]])?.first
    #expect(first?["reason"]?.isEmpty == false && first?["remedy"]?.isEmpty == false)
    #expect(row.isNull("training_compute_flop"), "a figure was made from a bad value")
  }

  @Test("No figure is made from a bad value, and the answer waits for it")
  func noFigure() throws {
    let hot = try classify(one: "hardware=H100 chips=1000 hours=1000 utilisation=41 modality=text")
    #expect(hot.isNull("hardware_flop") && hot.isNull("training_compute_flop"))
    #expect(hot.text("exceeds_1e25") == "undetermined")
    let mantissa = try classify(one: "published_flop=5 params_total=7B tokens=2T modality=text")
    #expect(mantissa.text("exceeds_1e25") == "undetermined")
    #expect(mantissa.texts("missing").contains("published_flop"))
    let date = try classify(one: "released=2025-02-30 published_flop=3e25 modality=text")
    #expect(date.text("systemic_presumed") == "yes")
    #expect(date.due("ai-act/53/1/c") == "null")
  }

  static let chipHours: [(String, Bool)] = [
    ("chips=100 hours=100 chip_hours=10000", true), ("chips=101 hours=100 chip_hours=10000", true),
    ("chips=99 hours=100 chip_hours=10000", true),
    ("chips=100 hours=101.02 chip_hours=10000", false),
    ("chips=100 hours=98.9999 chip_hours=10000", false),
    ("chips=1 hours=1 chip_hours=1000", false),
  ]

  @Test(
    "Chips times hours and chip hours may differ by one per cent, not by more", arguments: chipHours
  )
  func agreement(cells: String, isFine: Bool) throws {
    let row = try classify(one: cells + " hardware=H100 utilisation=0.4")
    #expect(row.problems == (isFine ? [] : ["chip_hours"]))
    #expect(row.isNull("hardware_flop") == !isFine)
  }

  @Test("What a method lacks is named")
  func missing() throws {
    #expect(try classify(one: "params_total=7B").texts("missing").contains("tokens"))
    #expect(try classify(one: "tokens=2T").texts("missing").contains("params_total"))
    #expect(
      try classify(one: "hardware=H100 chips=8 utilisation=0.4").texts("missing").contains("hours"))
    #expect(
      try classify(one: "hardware=H100 chips=8 hours=8").texts("missing").contains("utilisation"))
    #expect(try classify(one: "model=X").texts("missing").contains("published_flop"))
    #expect(try classify(one: "published_flop=1e24 modality=text").texts("missing") == [])
  }

  @Test("An overflow is a problem, not a wrapped number")
  func overflow() throws {
    let row = try classify(one: "params_total=1e30 tokens=1e30")
    #expect(row.isNull("six_nd_flop"))
    #expect(row.problems == ["tokens"])
  }
}
