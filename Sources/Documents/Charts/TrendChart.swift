package import Ground

/// Deadlines over the months: how many stood overdue when each month ended, and how many fall due in those to come.
package struct TrendChart: Sendable {
  /// One month.
  package struct Month: Sendable {
    /// Its first day.
    package let first: Day
    /// Deadlines met in it, in time.
    package var met = 0
    /// Deadlines met in it, late.
    package var late = 0
    /// Deadlines that are open and fall into it.
    package var due = 0
    /// Deadlines that had passed and were not met when it ended, or are not today.
    package var overdue = 0

    /// A month without deadlines.
    package init(first: Day) { self.first = first }

    fileprivate var parts: [(kind: String, count: Int)] {
      [("overdue", overdue), ("due", due)]
    }

    fileprivate var count: Int { parts.reduce(0) { $0 + $1.count } }

    /// As in a table: `Nov 2026`.
    package var words: String {
      let parts = first.words.split { $0 == " " || $0 == "\u{A0}" }
      return parts.count == 3 ? "\(parts[1].prefix(3))\u{A0}\(parts[2])" : first.iso
    }
  }

  private let months: [Month]

  /// A chart of months in their order.
  package init(_ months: [Month]) { self.months = months }

  /// The picture with its caption; nothing where no month has a deadline.
  package var html: HTML {
    guard months.contains(where: { $0.count + $0.met + $0.late > 0 }) else { return "" }
    return """
      <figure class="drawing trend">
      \(ChartShape.allCases.map { svg($0) })<figcaption>Filled: overdue when the month ended, by the binding day. \
      Outlined: open, falls due in the month by the cautious day. As today's records tell.</figcaption>
      </figure>

      """
  }

  private func svg(_ shape: ChartShape) -> HTML {
    let height = 170.0
    let bottom = height - 34
    let most = Double(max(1, months.map(\.count).max() ?? 1))
    let step = shape.width / Double(months.count)
    let bars = months.enumerated().map { index, month -> HTML in
      var top = bottom
      let x = Double(index) * step + step * 0.18
      let parts = month.parts.filter { $0.count > 0 }.map { part -> HTML in
        let size = max(3, Double(part.count) / most * (bottom - 22))
        top -= size
        return """
          <rect class="\(part.kind)" x="\(Drawing.at(x))" y="\(Drawing.at(top))" width="\(Drawing.at(step * 0.64))" \
          height="\(Drawing.at(size))"\(look(part.kind))/>

          """
      }
      let middle = x + step * 0.32
      let sum: HTML =
        month.count > 0
        ? Drawing.text("\(month.count)", middle, top - 5, size: 12, anchor: .middle, "own") : ""
      let isNamed = shape == .wide || index % 3 == 0
      let name: HTML =
        isNamed
        ? Drawing.text(month.words, middle, bottom + 18, size: 11.5, anchor: .middle, "tick") : ""
      return "\(parts)\(sum)\(name)"
    }
    return Drawing.frame(
      id: "trend-" + shape.rawValue, shape: shape, height: height,
      title: "Deadlines over the months",
      description: description, "\(Drawing.line(0, bottom, shape.width, bottom, "axis"))\(bars)")
  }

  private func look(_ kind: String) -> HTML {
    kind == "due" ? " fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"" : ""
  }

  private var description: String {
    months.map { month in
      "\(month.words): \(month.overdue) overdue, \(month.due) fall due, \(month.met) met, \(month.late) met late"
    }.joined(separator: "; ") + "."
  }

  /// The same as a table.
  package var table: HTML {
    Component.table(
      "Deadlines over the months",
      [
        .init("Month"), .figures("Overdue at its end"), .figures("Falls due"),
        .figures("Met in time"), .figures("Met late"),
      ],
      months.map { month in
        ["\(month.words)", "\(month.overdue)", "\(month.due)", "\(month.met)", "\(month.late)"]
      })
  }
}
