import Compute
import Ground
import Testing

/// The Commission's worked examples and the other ways to estimate.
///
/// Source: Guidelines C(2025) 7719, annex A.3.
@Suite("Estimates of training compute")
struct EstimatorTests {
  static let dense:
    [(example: String, parameters: String, tokens: String, exact: String, stated: String)] = [
      ("A", "3.8B", "3.3T", "75240000000000000000000", "7.5×10^22"),
      ("C", "0.6B", "36T", "129600000000000000000000", "1.3×10^23"),
      ("D", "1.54B", "18T", "166320000000000000000000", "1.7×10^23"),
      ("E", "1.7B", "36T", "367200000000000000000000", "3.7×10^23"),
      ("F", "2.5B", "12T", "180000000000000000000000", "1.8×10^23"),
      ("G", "2.6B", "10.004T", "156062400000000000000000", "1.6×10^23"),
    ]

  @Test(
    "Six operations for each parameter and token give the Commission's examples", arguments: dense)
  func sixND(example: String, parameters: String, tokens: String, exact: String, stated: String)
    throws
  {
    let estimate = try Estimator.sixND(
      parameters: try count(parameters), tokens: try count(tokens), isActive: false)
    #expect(estimate.flop.digits == exact)
    #expect(estimate.flop.figures() == stated)
    #expect(estimate.assumptions == ["dense"])
    #expect(estimate.allowedBy.contains("guidelines/120"))
  }

  @Test("Epochs count: 61 billion tokens seen 164 times are ten trillion tokens")
  func epochs() throws {
    let tokens = try count("61B") * 164
    #expect(tokens == 10_004_000_000_000)
    // The Commission rounds to 10 trillion tokens and then to 1.5×10^23.
    let rounded = try Estimator.sixND(
      parameters: try count("2.6B"), tokens: try count("10T"), isActive: false)
    #expect(rounded.flop.digits == "156000000000000000000000")
  }

  @Test("The Commission's example D, 1.66×10^23, is met to three figures")
  func exampleD() throws {
    let estimate = try Estimator.sixND(
      parameters: try count("1.54B"), tokens: try count("18T"), isActive: false)
    #expect(estimate.flop.figures(3) == "1.66×10^23")
  }

  static let hardware:
    [(example: String, hours: String, peak: String, exact: String, stated: String)] = [
      ("B", "200000", "300e12", "108000000000000000000000", "1×10^23"),
      ("H", "370000", "989e12", "658674000000000000000000", "7×10^23"),
    ]

  @Test("Chips, hours, peak and utilisation give the Commission's examples", arguments: hardware)
  func hours(example: String, hours: String, peak: String, exact: String, stated: String) throws {
    let estimate = try Estimator.hardware([
      HardwarePeriod(
        chipHours: try Quantity.read(hours), peak: try Quantity.read(peak),
        utilisation: try Quantity.read("0.5"))
    ])
    #expect(estimate.flop.digits == exact)
    #expect(estimate.flop.figures(1) == stated)
    #expect(estimate.method == .hardware)
    #expect(
      estimate.inputs.map(\.value) == [
        hours, peak == "300e12" ? "300000000000000" : "989000000000000", "0.5",
      ])
  }

  @Test("Periods of different numbers of chips are summed")
  func periods() throws {
    let period = HardwarePeriod(
      chipHours: try Quantity.read("1000"), peak: try Quantity.read("1e15"),
      utilisation: try Quantity.read("0.4"), notes: ["peak_dense_bf16"])
    let one = try Estimator.hardware([period])
    let two = try Estimator.hardware([period, period])
    #expect(one.flop.times(2) == two.flop)
    #expect(two.assumptions == ["peak_dense_bf16"])
    let none = #expect(throws: Problem.self) { try Estimator.hardware([]) }
    #expect(none?.code == "compute.no-periods")
  }

  @Test("Active parameters are named as an assumption, total ones as dense")
  func active() throws {
    let estimate = try Estimator.sixND(
      parameters: 37_000_000_000, tokens: 14_800_000_000_000, isActive: true)
    #expect(estimate.assumptions == ["active_parameters"])
    #expect(estimate.inputs.first?.name == "params_active")
    #expect(estimate.flop.digits == "3285600000000000000000000")
  }

  @Test("Attention adds twelve times layers, width and context for each token")
  func attention() throws {
    let plain = try Estimator.sixND(parameters: 1_000_000, tokens: 1000, isActive: false)
    let long = try Estimator.sixNDAttention(
      parameters: 1_000_000, tokens: 1000, layers: 2, width: 64, context: 128, isActive: false)
    #expect(long.flop.count - plain.flop.count == 12 * 2 * 64 * 128 * 1000)
    #expect(long.assumptions == ["dense", "full_attention"])
  }

  @Test("Encoder and decoder are counted apart")
  func encoderDecoder() throws {
    let estimate = try Estimator.encoderDecoder(
      encoderParameters: 10, encoderTokens: 100, decoderParameters: 20, decoderTokens: 30)
    #expect(estimate.flop.count == 6 * (10 * 100 + 20 * 30))
  }

  @Test("A measured step is multiplied by the steps")
  func perStep() throws {
    let estimate = try Estimator.perStep(flopPerStep: FLOP(2_000), steps: 500)
    #expect(estimate.flop.count == 1_000_000)
    #expect(estimate.method == .perStep)
  }

  @Test("An amount above 128 bits is refused, not wrapped")
  func overflow() throws {
    let huge = UInt128(1) << 100
    for attempt: () throws -> Estimate in [
      { try Estimator.sixND(parameters: huge, tokens: huge, isActive: false) },
      { try Estimator.perStep(flopPerStep: FLOP(huge), steps: huge) },
      {
        try Estimator.encoderDecoder(
          encoderParameters: huge, encoderTokens: huge, decoderParameters: 1, decoderTokens: 1)
      },
      {
        try Estimator.hardware([
          HardwarePeriod(
            chipHours: Quantity(huge), peak: Quantity(huge), utilisation: Quantity(1))
        ])
      },
    ] {
      let problem = #expect(throws: Problem.self) { try attempt() }
      #expect(problem?.code == "compute.too-large")
    }
  }

  @Test("Three quarters of a hardware utilisation with full recomputation are model utilisation")
  func recomputation() throws {
    let corrected = HardwarePeriod.modelUtilisation(hardwareUtilisation: try Quantity.read("0.52"))
    #expect(corrected.decimal == "0.39")
  }

  @Test("The range of an estimate is 30 % either way, and stands in its record")
  func range() {
    let estimate = Estimator.stated(FLOP(powerOfTen: 25), method: .published)
    #expect(estimate.margin == 0.30)
    #expect(estimate.json["low"] == .string("7" + String(repeating: "0", count: 24)))
    #expect(estimate.json["high"] == .string("13" + String(repeating: "0", count: 24)))
    #expect(estimate.json["flop_2_significant_figures"] == .string("1.0×10^25"))
    #expect(Estimator.stated(FLOP(.max), method: .measured).scaled(0.7) < FLOP(.max))
  }

  private func count(_ text: String) throws -> UInt128 {
    try #require(try Quantity.read(text, letters: true).integer)
  }
}
