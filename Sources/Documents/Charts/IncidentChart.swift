package import Duties
package import Ground
internal import Rulebook

/// The life of an incident over time: its dates, and a bar for every clock from its start to the moment to act by.
package struct IncidentChart: Sendable {
  /// A date that is on the record.
  package struct Mark: Sendable {
    let words: String
    let at: Instant

    /// A date.
    package init(_ words: String, _ at: Instant) {
      self.words = words
      self.at = at
    }
  }

  private let marks: [Mark]
  private let clocks: [(name: String, clock: IncidentClock)]
  private let now: Instant

  /// Most rows of each kind in a picture.
  private static let most = 20

  /// A picture of dates and clocks; nil where nothing has a moment.
  ///
  /// How long documents are kept would press all else together, and is left to the table.
  package init?(
    _ marks: [Mark], _ clocks: [(name: String, clock: IncidentClock)], now: Instant
  ) {
    self.marks = Array(marks.sorted { $0.at < $1.at }.prefix(IncidentChart.most))
    self.clocks = Array(
      clocks.filter { $0.clock.due != nil && $0.clock.task != .retention }
        .prefix(IncidentChart.most))
    self.now = now
    guard !self.marks.isEmpty || !self.clocks.isEmpty else { return nil }
  }

  /// The picture for wide and for narrow screens, of which the style sheet shows one.
  package var pictures: HTML {
    .joined(
      ChartShape.allCases.map { shape in
        let plot = IncidentPlot(marks: marks, clocks: clocks, now: now, shape: shape)
        return Drawing.frame(
          id: "incident-" + shape.rawValue, shape: shape, height: plot.height,
          title: "Dates and clocks of the incident", description: description,
          "\([plot.days, plot.dates, plot.bars, plot.today])")
      })
  }

  /// What the picture shows, for those who do not see it.
  private var description: String {
    let dates = marks.map { "\($0.words): \($0.at.rfc3339)" }
    let ends = clocks.map { name, clock in
      "\(name): act by \(clock.due?.alarmDay.iso ?? "")" + (clock.state == .ended ? ", ended" : "")
    }
    return (dates + ends).joined(separator: "; ") + "."
  }
}

/// Where things stand in the picture; in seconds.
private struct IncidentPlot {
  let marks: [IncidentChart.Mark]
  let clocks: [(name: String, clock: IncidentClock)]
  let now: Instant
  let shape: ChartShape
  private let first: Int
  private let last: Int
  private let top = 26.0

  private static let day = 86_400
  /// What lies further away is drawn at the edge.
  private static let (mostPast, mostFuture) = (60 * day, 100 * day)

  init(
    marks: [IncidentChart.Mark], clocks: [(name: String, clock: IncidentClock)], now: Instant,
    shape: ChartShape
  ) {
    (self.marks, self.clocks, self.now, self.shape) = (marks, clocks, now, shape)
    let ends = clocks.compactMap { $0.clock.due?.alarm.seconds }
    let starts = marks.map(\.at.seconds) + clocks.compactMap { $0.clock.from?.seconds } + ends
    let pad = IncidentPlot.day / 2
    first = max(now.seconds - IncidentPlot.mostPast, min(now.seconds, starts.min() ?? 0) - pad)
    last = min(now.seconds + IncidentPlot.mostFuture, max(now.seconds, ends.max() ?? 0) + 2 * pad)
  }

  private var left: Double { shape == .wide ? 270 : 8 }
  private var right: Double { shape.width - 14 }
  private var step: Double { shape == .wide ? 24 : 38 }
  private var bottom: Double { top + step * Double(marks.count + clocks.count) + 4 }
  var height: Double { bottom + 24 }

  private func x(_ second: Int) -> Double {
    let place = Double(min(max(second, first), last) - first)
    return left + place / Double(max(1, last - first)) * (right - left)
  }

  /// Days below, evenly spaced.
  var days: HTML {
    let count = shape == .wide ? 4 : 3
    let labels = (0..<count).map { index -> HTML in
      let second = first + (last - first) * (2 * index + 1) / (2 * count)
      let start = Instant(startOf: Instant(seconds: second).day).seconds
      return Drawing.line(x(start), top - 6, x(start), bottom, "grid")
        + Drawing.text(
          Instant(seconds: start).day.iso, x(start), bottom + 18, size: 12, anchor: .middle, "tick")
    }
    return Drawing.line(left, bottom, right, bottom, "axis") + .joined(labels)
  }

  private func name(_ words: String, _ y: Double) -> HTML {
    let room = shape == .wide ? left - 14 : shape.width - 16
    let text = Drawing.fitted(words, room, size: 12.5)
    return shape == .wide
      ? Drawing.text(text, left - 8, y + step - 6, size: 12.5, anchor: .end)
      : Drawing.text(text, 8, y + 14, size: 12.5)
  }

  /// A point for each date.
  var dates: HTML {
    .joined(
      marks.enumerated().map { index, mark in
        let y = top + step * Double(index)
        return """
          \(name(mark.words, y))<circle class="mark" cx="\(Drawing.at(x(mark.at.seconds)))" \
          cy="\(Drawing.at(y + step - 10))" r="4.5"/>

          """
      })
  }

  /// A bar for each clock.
  var bars: HTML {
    .joined(
      clocks.enumerated().map { index, item in
        bar(item.name, item.clock, top + step * Double(marks.count + index))
      })
  }

  private func bar(_ words: String, _ clock: IncidentClock, _ y: Double) -> HTML {
    guard let due = clock.due else { return "" }
    let isOverdue = clock.isOverdue(on: now.day)
    let middle = y + step - 10
    let start = x(min(clock.from?.seconds ?? due.alarm.seconds, due.alarm.seconds))
    let end = x(due.alarm.seconds)
    let width = max(4, end - start)
    let look: String
    switch clock.state {
    case .ended: look = "span past"
    case .possible: look = "span maybe"
    case .running, .waiting, .notInForce: look = isOverdue ? "span overdue" : "span"
    }
    let later = max(due.plain.seconds, due.regulation.seconds)
    let binding: HTML =
      later > due.alarm.seconds
      ? """
      <rect class="binding" x="\(Drawing.at(x(later) - 4))" y="\(Drawing.at(middle - 4))" width="8" height="8"/>

      """ : ""
    return """
      \(name((isOverdue ? "! " : "") + words, y))<rect class="\(look)" x="\(Drawing.at(end - width))" \
      y="\(Drawing.at(middle - 4))" width="\(Drawing.at(width))" height="8" rx="2"/>
      \(binding)
      """
  }

  /// The moment at which it is read.
  var today: HTML {
    let place = x(now.seconds)
    return Drawing.line(place, top - 8, place, bottom, "today", dashes: "4 3")
      + Drawing.text("now", min(max(place, 20), right - 14), 13, size: 12, anchor: .middle, "today")
  }
}
