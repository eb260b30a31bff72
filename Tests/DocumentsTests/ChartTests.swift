import Compute
@testable import Documents
import Duties
import Ground
import Testing

@Suite("Charts")
struct ChartTests {
  static let amounts = [
    "5e18", "3e21", "1e23", "9.9e24", "10000000000000000000000001", "4e26", "3e38",
  ]

  static func chart(_ text: String?, _ shape: ChartShape) -> TagReader {
    let flop = text.map { try! FLOP(reading: $0) }
    let near = ComparableModel.nearest(to: flop ?? .presumption, count: 6)
    let chart = ComputeChart(model: "A model", cumulative: flop, comparables: near)
    return TagReader(chart.svg(shape, id: "c").markup)
  }

  @Test(
    "show both thresholds with raised powers, at every size", arguments: amounts,
    ChartShape.allCases)
  func thresholds(amount: String, shape: ChartShape) {
    let svg = ChartTests.chart(amount, shape)
    #expect(svg.mistakes.isEmpty)
    #expect(svg.text.contains("10²³ indication"))
    #expect(svg.text.contains("10²⁵ presumption"))
    #expect(!svg.text.contains("1025"))
    #expect(!svg.text.contains("10^"))
    #expect(svg.text.contains("third-party estimate"))
    #expect(svg.elements.first?.attributes["role"] == "img")
    #expect(
      svg.elements.contains { $0.name == "title" } && svg.elements.contains { $0.name == "desc" })
  }

  @Test("keep every mark inside the picture", arguments: amounts, ChartShape.allCases)
  func marks(amount: String, shape: ChartShape) throws {
    let svg = ChartTests.chart(amount, shape)
    for element in svg.elements {
      for key in ["x", "x1", "x2", "cx"] {
        guard let text = element.attributes[key] else { continue }
        let value = try #require(Double(text))
        #expect((0...shape.width).contains(value))
      }
    }
  }

  @Test("texts of one line do not overlap", arguments: amounts, ChartShape.allCases)
  func overlaps(amount: String, shape: ChartShape) throws {
    let flop = try FLOP(reading: amount)
    var models = ComparableModel.nearest(to: flop, count: 4)
    models[0].name = "A model with a name much longer than any chart has room for, and longer"
    let chart = ComputeChart(model: models[0].name, cumulative: flop, comparables: models)
    let markup = chart.svg(shape, id: "c").markup
    var lines: [String: [ClosedRange<Double>]] = [:]
    for part in markup.split(separator: "<text ").dropFirst() {
      let element = TagReader("<text " + String(part.prefix { $0 != "\n" })).elements[0]
      let text = String(part.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" })
      let size = try #require(Double(element.attributes["font-size"] ?? ""))
      let x = try #require(Double(element.attributes["x"] ?? ""))
      // Half an em a character is what sans-serif type takes on average.
      let width = Double(text.count) * size * 0.5
      let start =
        switch element.attributes["text-anchor"] {
        case "end": x - width
        case "middle": x - width / 2
        default: x
        }
      lines[element.attributes["y"] ?? "", default: []].append(start...(start + width))
    }
    for ranges in lines.values {
      let sorted = ranges.sorted { $0.lowerBound < $1.lowerBound }
      #expect(zip(sorted, sorted.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound })
    }
  }

  @Test("say so when compute is unknown", arguments: ChartShape.allCases)
  func unknown(shape: ChartShape) {
    let svg = ChartTests.chart(nil, shape)
    #expect(svg.mistakes.isEmpty)
    #expect(svg.text.contains("unknown"))
    #expect(!svg.elements.contains { $0.name == "rect" })
  }

  @Test(
    "a forecast names the day of passing and the day of knowing", arguments: ChartShape.allCases)
  func forecast(shape: ChartShape) throws {
    let chart = try #require(ForecastChart(Samples.forecast))
    let svg = TagReader(chart.svg(shape, id: "f").markup)
    #expect(svg.mistakes.isEmpty)
    #expect(svg.text.contains("passes 10²⁵ FLOP: 2027-03-20"))
    #expect(svg.text.contains("known that it will: 2026-11-10"))
    #expect(svg.elements.count { $0.name == "circle" } == 3)
  }

  @Test("a forecast without two days has no chart")
  func noForecast() {
    var forecast = Samples.forecast
    forecast.steps = []
    #expect(ForecastChart(forecast) == nil)
  }

  @Test("the ratio is rounded half up to four decimals")
  func ratio() throws {
    #expect(try FLOP(reading: "1e25").ratioToPresumption == "1.0000")
    #expect(try FLOP(reading: "1.00005e25").ratioToPresumption == "1.0001")
    #expect(try FLOP(reading: "1.00004e25").ratioToPresumption == "1.0000")
    #expect(try FLOP(reading: "3.4e38").ratioToPresumption == "34000000000000.0000")
    #expect(try FLOP(reading: "1000").ratioToPresumption == "0.0000")
  }

  @Test("the band is exact and never overflows")
  func band() throws {
    let (low, high) = try FLOP(reading: "11064000000000000000000007").band
    #expect(low.digits == "7744800000000000000000004")
    #expect(high.digits == "14383200000000000000000009")
    #expect(FLOP(UInt128.max).band.high == FLOP(UInt128.max))
  }
}
