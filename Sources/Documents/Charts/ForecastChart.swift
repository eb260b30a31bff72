internal import Compute
internal import Duties
internal import Ground

/// Cumulative compute over time, with the day on which the threshold is passed and the day on which that was known.
struct ForecastChart: Sendable {
  /// What is shown.
  let forecast: Opinion.Forecast

  /// A chart of a forecast; nil where fewer than two days are known.
  init?(_ forecast: Opinion.Forecast) {
    let days = forecast.steps.map(\.day) + [forecast.crossing, forecast.known].compactMap { $0 }
    guard !forecast.steps.isEmpty, let first = days.min(), let last = days.max(), first < last
    else { return nil }
    self.forecast = forecast
  }

  /// What the chart shows, for those who do not see it.
  var description: String {
    var parts = forecast.steps.map { step in
      "\(step.day.iso): \(step.flop.shown) FLOP"
        + (step.run.isEmpty ? "" : " at the end of \(step.run)")
    }
    if let known = forecast.known {
      parts.append("known from \(known.iso) that the threshold will be passed")
    }
    if let crossing = forecast.crossing {
      parts.append("threshold passed on \(crossing.iso)")
    }
    return parts.joined(separator: "; ") + "."
  }

  /// The chart in one shape; `id` keeps its inner ids apart from others.
  func svg(_ shape: ChartShape, id: String) -> HTML {
    let plot = TimePlot(forecast, shape)
    return Drawing.frame(
      id: id, shape: shape, height: plot.height,
      title: "Cumulative training compute over time", description: description,
      "\([plot.amounts, plot.days, plot.threshold, plot.events, plot.curve])")
  }
}

/// Where things stand in a forecast chart.
private struct TimePlot {
  let forecast: Opinion.Forecast
  let shape: ChartShape
  private let first: Int
  private let last: Int
  /// The amount at the upper end.
  private let most: Double
  private let top = 48.0

  init(_ forecast: Opinion.Forecast, _ shape: ChartShape) {
    self.forecast = forecast
    self.shape = shape
    let days =
      (forecast.steps.map(\.day) + [forecast.crossing, forecast.known].compactMap { $0 })
      .map(\.sinceEpoch)
    let span = max(1, (days.max() ?? 1) - (days.min() ?? 0))
    first = (days.min() ?? 0) - span / 20
    last = (days.max() ?? 1) + span / 20 + 1
    let largest = forecast.steps.map(\.flop.approximate).max() ?? 0
    most = max(largest, FLOP.presumption.approximate) * 1.12
  }

  private var left: Double { shape == .wide ? 92 : 78 }
  private var right: Double { shape.width - 12 }
  private var bottom: Double { top + (shape == .wide ? 220 : 200) }
  var height: Double { bottom + 26 }

  private func x(_ day: Day) -> Double {
    left + Double(day.sinceEpoch - first) / Double(max(1, last - first)) * (right - left)
  }

  private func y(_ amount: Double) -> Double { bottom - amount / most * (bottom - top) }

  /// Amounts in round steps to the left.
  var amounts: HTML {
    var unit = 1.0
    while unit * 10 < most { unit *= 10 }
    let step = [0.2, 0.5, 1, 2, 5].map { $0 * unit }.first { most / $0 <= 5.5 } ?? unit * 2
    let ticks = stride(from: 0, through: most, by: step)
    return .joined(
      ticks.map { amount -> HTML in
        let label = amount == 0 ? "0" : FLOP(UInt128(amount)).shown
        return Drawing.line(left, y(amount), right, y(amount), "grid")
          + Drawing.text(label, left - 8, y(amount) + 4, size: 12, anchor: .end, "tick")
      })
  }

  /// Days below, evenly spaced.
  var days: HTML {
    let count = shape == .wide ? 5 : 3
    let labels = (0..<count).map { index -> HTML in
      let day = Day(sinceEpoch: first + (last - first) * (2 * index + 1) / (2 * count))
      return Drawing.line(x(day), bottom, x(day), bottom + 4, "axis")
        + Drawing.text(day.iso, x(day), bottom + 19, size: 12, anchor: .middle, "tick")
    }
    return Drawing.line(left, bottom, right, bottom, "axis") + .joined(labels)
  }

  /// The amount above which systemic risk is presumed.
  var threshold: HTML {
    let line = y(FLOP.presumption.approximate)
    return Drawing.line(left, line, right, line, "presumption")
  }

  /// The two days that matter, labelled above the plot on lines of their own.
  var events: HTML {
    let crossing = forecast.crossing.map { day in
      event(day, "passes \(Typography.power(25)) FLOP: \(day.iso)", line: 1, "presumption", "")
    }
    let known = forecast.known.map { day in
      event(day, "known that it will: \(day.iso)", line: 0, "known", "3 3")
    }
    return (known ?? "") + (crossing ?? "")
  }

  private func event(
    _ day: Day, _ label: String, line: Int, _ kind: String, _ dashes: String
  ) -> HTML {
    let half = Drawing.width(label, size: 13) / 2
    let place = min(max(x(day), half + 2), shape.width - half - 2)
    return Drawing.line(x(day), top - 10, x(day), bottom, kind, dashes: dashes)
      + Drawing.text(label, place, 14 + Double(line) * 18, anchor: .middle, kind)
  }

  /// Cumulative compute from run to run.
  var curve: HTML {
    let steps = forecast.steps.map { (x($0.day), y($0.flop.approximate)) }
    let ends = zip(forecast.steps, steps).filter { !$0.0.run.isEmpty }.map(\.1)
    let passing = forecast.crossing.map { (x($0), y(FLOP.presumption.approximate)) }
    let points = (steps + (passing.map { [$0] } ?? [])).sorted { $0.0 < $1.0 }
    let line = points.map { Drawing.at($0.0) + "," + Drawing.at($0.1) }.joined(separator: " ")
    let dots = ends.map { point -> HTML in
      """
      <circle class="own" cx="\(Drawing.at(point.0))" cy="\(Drawing.at(point.1))" r="4"/>

      """
    }
    return """
      <polyline class="curve" points="\(line)" fill="none" stroke="currentColor" \
      stroke-width="2"/>
      \(dots)
      """
  }
}
