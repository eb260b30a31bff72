internal import Compute
internal import Duties

/// A model's cumulative compute beside the two thresholds and models of similar size, on a logarithmic scale.
struct ComputeChart: Sendable {
  /// One row of the chart.
  struct Row: Sendable {
    /// Whose compute.
    var name: String
    /// What kind of figure it is.
    var note: String
    /// The amount; nil when it is unknown.
    var flop: FLOP?
    /// The error band, for the model itself.
    var band: (low: FLOP, high: FLOP)?
  }

  /// The rows, the model first.
  let rows: [Row]
  /// What is shown, in a few words.
  let title: String

  /// A chart of a model and those it can be compared with.
  init(model: String, cumulative: FLOP?, comparables: [ComparableModel]) {
    let own = Row(
      name: model, note: cumulative == nil ? "not known from the facts" : "band of ±30\u{A0}%",
      flop: cumulative, band: cumulative?.band)
    rows =
      [own]
      + comparables.map { Row(name: $0.name, note: "third-party estimate", flop: $0.flop) }
    title =
      comparables.isEmpty
      ? "Cumulative training compute of \(model)"
      : "Cumulative training compute of \(model) and comparable models"
  }

  /// A chart of several models of one provider, at least one.
  init(models: [(name: String, flop: FLOP?)]) {
    rows = models.map { model in
      Row(
        name: model.name,
        note: model.flop == nil ? "not known from the facts" : "band of ±30\u{A0}%",
        flop: model.flop, band: model.flop?.band)
    }
    title = "Cumulative training compute of the models"
  }

  /// What the chart shows, for those who do not see it.
  var description: String {
    let lines = rows.map { row in
      row.name + ": " + (row.flop.map { $0.shown + " FLOP" } ?? "unknown") + ", " + row.note
    }
    return "Logarithmic scale. Thresholds at " + Typography.power(23) + " and "
      + Typography.power(25) + " FLOP. " + lines.joined(separator: "; ") + "."
  }

  /// The chart in one shape; `id` keeps its inner ids apart from others.
  func svg(_ shape: ChartShape, id: String) -> HTML {
    let plot = Plot(rows: rows, shape: shape)
    let content: [HTML] = [
      plot.grid, plot.line(23), plot.line(25),
      .joined(rows.indices.map { plot.row(rows[$0], at: $0) }), plot.label(23), plot.label(25),
      plot.legend,
    ]
    return Drawing.frame(
      id: id, shape: shape, height: plot.height,
      title: title,
      description: description, "\(content)")
  }
}

/// Where things stand in a compute chart.
private struct Plot {
  let shape: ChartShape
  let count: Int
  /// Powers of ten at both ends of the scale.
  let scale: ClosedRange<Double>
  private let top = 46.0

  init(rows: [ComputeChart.Row], shape: ChartShape) {
    self.shape = shape
    count = rows.count
    let amounts = rows.flatMap { [$0.flop, $0.band?.low, $0.band?.high].compactMap { $0 } }
    let powers = amounts.map { Plot.power($0) }
    let lowest = min(22, (powers.min() ?? 22).rounded(.down))
    let highest = max(26, (powers.max() ?? 26).rounded(.up))
    scale = max(lowest, 0)...max(highest, 26)
  }

  private static func power(_ flop: FLOP) -> Double {
    // Digits give the power, the leading six of them the fraction: enough for a picture.
    let digits = flop.digits
    let lead = Double(digits.prefix(6)) ?? 1
    let fraction = lead > 0 ? Plot.log10(lead) : 0
    return fraction + Double(digits.count - min(6, digits.count))
  }

  /// Common logarithm of a number from 1 to 10^6, by its digits and a series: pictures need no mathematics library.
  static func log10(_ value: Double) -> Double {
    var mantissa = value
    var power = 0.0
    while mantissa >= 10 {
      mantissa /= 10
      power += 1
    }
    // ln m = 2 artanh((m - 1) / (m + 1)); at m < 10 forty terms are exact to a pixel, and alike everywhere.
    let ratio = (mantissa - 1) / (mantissa + 1)
    var term = ratio
    var sum = 0.0
    for index in 0..<40 {
      sum += term / Double(2 * index + 1)
      term *= ratio * ratio
    }
    return power + 2 * sum / 2.302_585_092_994_046
  }

  private var left: Double { shape == .wide ? 226 : 20 }
  private var right: Double { shape == .wide ? shape.width - 112 : shape.width - 20 }
  private var rowHeight: Double { shape == .wide ? 40 : 58 }
  private var bottom: Double { top + Double(count) * rowHeight + 6 }
  var height: Double { bottom + 84 }

  private func x(_ power: Double) -> Double {
    let share = (power - scale.lowerBound) / (scale.upperBound - scale.lowerBound)
    return left + min(1, max(0, share)) * (right - left)
  }

  /// Lines at powers of ten with their labels, and what the scale measures.
  var grid: HTML {
    let all = Array(stride(from: scale.lowerBound, through: scale.upperBound, by: 1))
    let room = (right - left) / Double(max(1, all.count - 1))
    let step = room >= 34 ? 1 : Int((34 / room).rounded(.up))
    // Labels are counted from 25, so that the threshold keeps its own.
    let pieces = all.map { power -> HTML in
      let isLabelled = (Int(power) - 25) % step == 0
      let label: HTML =
        isLabelled
        ? Drawing.text(
          Typography.power(Int(power)), x(power), bottom + 16, size: 12, anchor: .middle, "tick")
        : ""
      return lines(x(power), "grid") + label
    }
    let title = Drawing.text(
      "FLOP, logarithmic scale", shape == .wide ? (left + right) / 2 : shape.width / 2,
      bottom + 34, size: 12, anchor: .middle, "tick")
    return .joined(pieces) + title
  }

  /// The line of a threshold.
  func line(_ power: Int) -> HTML {
    let isPresumption = power == 25
    let kind = isPresumption ? "presumption" : "indication"
    let dashes = isPresumption ? "" : "5 4"
    let place = x(Double(power))
    return Drawing.line(place, labelLine(power) + 4, place, top - 2, kind, dashes: dashes)
      + lines(place, kind, dashes)
  }

  /// A vertical line through all rows; where names stand above the marks it is drawn beside the marks only.
  private func lines(_ place: Double, _ kind: String, _ dashes: String = "") -> HTML {
    if shape == .wide { return Drawing.line(place, top - 2, place, bottom, kind, dashes: dashes) }
    return .joined(
      (0..<count).map { index in
        let start = top + Double(index) * rowHeight
        return Drawing.line(place, start + 34, place, start + 52, kind, dashes: dashes)
      })
  }

  /// The name of a threshold above its line, each on a level of its own.
  func label(_ power: Int) -> HTML {
    let name = Typography.power(power) + (power == 25 ? " presumption" : " indication")
    let half = Drawing.width(name, size: 13) / 2
    let place = min(max(x(Double(power)), half + 2), shape.width - half - 2)
    return Drawing.text(
      name, place, labelLine(power), anchor: .middle, power == 25 ? "presumption" : "indication")
  }

  private func labelLine(_ power: Int) -> Double { power == 25 ? 34 : 15 }

  /// What the thresholds mean, below the scale.
  var legend: HTML {
    let start = shape == .wide ? left : 2
    let entries = [
      ("indication", "5 4", "above 10^23: indication of a general-purpose model"),
      ("presumption", "", "above 10^25: presumption of systemic risk"),
    ]
    return .joined(
      entries.enumerated().map { index, entry -> HTML in
        let base = bottom + 58 + Double(index) * 19
        return Drawing.line(start, base - 4, start + 24, base - 4, entry.0, dashes: entry.1)
          + Drawing.text(Typography.powers(entry.2), start + 32, base, size: 12, "tick")
      })
  }

  /// One model: name, note, mark and figure.
  func row(_ row: ComputeChart.Row, at index: Int) -> HTML {
    let start = top + Double(index) * rowHeight
    let kind = row.band == nil && index > 0 ? "other" : "own"
    let figure = row.flop?.shown ?? "unknown"
    let isWide = shape == .wide
    let centre = isWide ? start + 20 : start + 43
    let figureRoom = Drawing.width(figure, size: 13) + 10
    let nameRoom = isWide ? left - 14 : shape.width - figureRoom - 8
    let nameLine = isWide ? start + 17 : start + 14
    let texts: [HTML] = [
      Drawing.text(
        Drawing.fitted(row.name, nameRoom, size: 13), isWide ? 0 : 2, nameLine, kind + " name"),
      Drawing.text(
        row.note, isWide ? 0 : 2, nameLine + 15, size: 11.5, kind + " remark"),
      Drawing.text(
        figure, isWide ? shape.width : shape.width - 2, isWide ? centre + 5 : nameLine,
        anchor: .end, kind + " sum"),
    ]
    return .joined(texts) + mark(row, kind, centre)
  }

  private func mark(_ row: ComputeChart.Row, _ kind: String, _ y: Double) -> HTML {
    guard let flop = row.flop else { return "" }
    let place = x(Plot.power(flop))
    guard let band = row.band else {
      return """
        <circle class="\(kind)" cx="\(Drawing.at(place))" cy="\(Drawing.at(y))" r="5" \
        fill="none" stroke="currentColor" stroke-width="2"/>

        """
    }
    let low = x(Plot.power(band.low))
    let width = max(2, x(Plot.power(band.high)) - low)
    return """
      <rect class="band" x="\(Drawing.at(low))" y="\(Drawing.at(y - 8))" \
      width="\(Drawing.at(width))" height="16" rx="3" fill-opacity="0.25"/>
      <rect class="own" x="\(Drawing.at(place - 2))" y="\(Drawing.at(y - 11))" width="4" \
      height="22"/>

      """
  }
}
