public import Duties
public import Ground

/// Deadlines over time: a bar from the start of each period to the day to act by, and a mark for the binding day.
public struct DocketChart: Sendable {
  /// The deadlines shown, the earliest first.
  public let rows: [Deadline]
  private let today: Day

  /// Most rows of a picture.
  public static let mostRows = 30

  /// A picture of deadlines; nil where none has a day.
  public init?(_ deadlines: [Deadline], today: Day) {
    rows = Array(deadlines.filter { $0.alarmDay != nil }.prefix(DocketChart.mostRows))
    self.today = today
    guard !rows.isEmpty else { return nil }
  }

  /// What the chart shows, for those who do not see it.
  public var description: String {
    rows.map { row in
      var parts = "\(row.title): act by \(row.alarmDay?.iso ?? "")"
      if let day = row.statutoryDay, day != row.alarmDay { parts += ", binding \(day.iso)" }
      return parts + ", " + row.status.rawValue.replacing("-", with: " ")
    }.joined(separator: "; ") + "."
  }

  /// The picture for wide and for narrow screens, of which the style sheet shows one.
  public var pictures: HTML { svg(.wide, id: "docket-wide") + svg(.narrow, id: "docket-narrow") }

  func svg(_ shape: ChartShape, id: String) -> HTML {
    let plot = DocketPlot(rows: rows, today: today, shape: shape)
    return Drawing.frame(
      id: id, shape: shape, height: plot.height, title: "Deadlines over time",
      description: description, "\([plot.days, plot.bars, plot.now])")
  }
}

/// Where things stand in the picture.
private struct DocketPlot {
  let rows: [Deadline]
  let today: Day
  let shape: ChartShape
  private let first: Int
  private let last: Int
  private let top = 26.0

  /// Periods that began earlier are cut, so that the coming weeks have room.
  private static let mostPast = 45
  /// Days that are further away are drawn at the edge.
  private static let mostFuture = 400

  init(rows: [Deadline], today: Day, shape: ChartShape) {
    self.rows = rows
    self.today = today
    self.shape = shape
    let ends = rows.flatMap { [$0.alarmDay, $0.statutoryDay] }.compactMap { $0?.sinceEpoch }
    let starts = rows.compactMap { $0.startDay?.sinceEpoch } + ends
    let now = today.sinceEpoch
    first = max(now - DocketPlot.mostPast, min(now - 7, starts.min() ?? now))
    last = min(now + DocketPlot.mostFuture, max(now + 28, (ends.max() ?? now) + 7))
  }

  private var left: Double { shape == .wide ? 300 : 8 }
  private var right: Double { shape.width - 14 }
  private var step: Double { shape == .wide ? 24 : 38 }
  private var bottom: Double { top + step * Double(rows.count) + 4 }
  var height: Double { bottom + 24 }

  private func x(_ day: Int) -> Double {
    let place = Double(min(max(day, first), last) - first)
    return left + place / Double(max(1, last - first)) * (right - left)
  }

  /// Days below, evenly spaced.
  var days: HTML {
    let count = shape == .wide ? 4 : 3
    let labels = (0..<count).map { index -> HTML in
      let day = first + (last - first) * (2 * index + 1) / (2 * count)
      return Drawing.line(x(day), top - 6, x(day), bottom, "grid")
        + Drawing.text(
          Day(sinceEpoch: day).iso, x(day), bottom + 18, size: 12, anchor: .middle, "tick")
    }
    return Drawing.line(left, bottom, right, bottom, "axis") + .joined(labels)
  }

  /// A row for each deadline.
  var bars: HTML {
    .joined(rows.enumerated().map { index, row in bar(row, top + step * Double(index)) })
  }

  private func bar(_ row: Deadline, _ y: Double) -> HTML {
    guard let end = row.alarmDay?.sinceEpoch else { return "" }
    let isOverdue = row.status == .overdue
    let middle = y + step - 10
    let room = shape == .wide ? left - 14 : shape.width - 16
    let label = (isOverdue ? "! " : "") + row.title
    let name =
      shape == .wide
      ? Drawing.text(
        Drawing.fitted(label, room, size: 12.5), left - 8, middle + 4, size: 12.5, anchor: .end)
      : Drawing.text(Drawing.fitted(label, room, size: 12.5), 8, y + 14, size: 12.5)
    let start = x(min(row.startDay?.sinceEpoch ?? end, end))
    let width = max(4, x(end) - start)
    return """
      \(name)<rect class="span\(isOverdue ? " overdue" : "")" x="\(Drawing.at(x(end) - width))" \
      y="\(Drawing.at(middle - 4))" width="\(Drawing.at(width))" height="8" rx="2"/>
      \(binding(row, middle))
      """
  }

  private func binding(_ row: Deadline, _ middle: Double) -> HTML {
    guard let day = row.statutoryDay, day != row.alarmDay else { return "" }
    return """
      <rect class="binding" x="\(Drawing.at(x(day.sinceEpoch) - 4))" y="\(Drawing.at(middle - 4))" width="8" height="8"/>

      """
  }

  /// The day on which it is read.
  var now: HTML {
    let place = x(today.sinceEpoch)
    return Drawing.line(place, top - 8, place, bottom, "today", dashes: "4 3")
      + Drawing.text(today.iso, max(place, 34), 13, size: 12, anchor: .middle, "today")
  }
}
