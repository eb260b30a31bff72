package import Ground

/// Deadlines by month: those met, those met late, and those that are open, as stacked bars.
package struct TrendChart: Sendable {
  /// One month.
  package struct Month: Sendable {
    /// Its first day.
    package let first: Day
    /// Deadlines met in time.
    package var met = 0
    /// Deadlines met late.
    package var late = 0
    /// Deadlines that are open and fall into it.
    package var due = 0
    /// Deadlines that are overdue and fell into it.
    package var overdue = 0

    /// A month without deadlines.
    package init(first: Day) { self.first = first }

    fileprivate var parts: [(kind: String, count: Int)] {
      [("met", met), ("late", late), ("overdue", overdue), ("due", due)]
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
    guard months.contains(where: { $0.count > 0 }) else { return "" }
    return """
      <figure class="drawing trend">
      \(ChartShape.allCases.map { svg($0) })<figcaption>Grey: met in time. Striped: met late. Filled: overdue. Outlined: \
      open. By the cautious day.</figcaption>
      </figure>

      """
  }

  private func svg(_ shape: ChartShape) -> HTML {
    let height = 170.0
    let bottom = height - 34
    let most = Double(months.map(\.count).max() ?? 1)
    let step = shape.width / Double(months.count)
    let bars = months.enumerated().map { index, month -> HTML in
      var top = bottom
      let x = Double(index) * step + step * 0.18
      let parts = month.parts.filter { $0.count > 0 }.map { part -> HTML in
        let size = max(3, Double(part.count) / most * (bottom - 22))
        top -= size
        return """
          <rect class="\(part.kind)" x="\(Drawing.at(x))" y="\(Drawing.at(top))" width="\(Drawing.at(step * 0.64))" \
          height="\(Drawing.at(size))"\(look(part.kind, shape))/>

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
    let id = "trend-" + shape.rawValue
    return Drawing.frame(
      id: id, shape: shape, height: height, title: "Deadlines by month", description: description,
      "\(stripes(id))\(Drawing.line(0, bottom, shape.width, bottom, "axis"))\(bars)")
  }

  private func look(_ kind: String, _ shape: ChartShape) -> HTML {
    switch kind {
    case "met": " fill-opacity=\"0.35\""
    case "late": " fill=\"url(#trend-\(shape.rawValue)-stripes)\" stroke=\"currentColor\""
    case "due": " fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\""
    default: ""
    }
  }

  private func stripes(_ id: String) -> HTML {
    """
    <defs><pattern id="\(id)-stripes" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 6L6 0" \
    stroke="currentColor" stroke-width="1.5"/></pattern></defs>

    """
  }

  private var description: String {
    months.map { month in
      "\(month.words): \(month.met) met, \(month.late) met late, \(month.overdue) overdue, \(month.due) open"
    }.joined(separator: "; ") + "."
  }

  /// The same as a table.
  package var table: HTML {
    Component.table(
      "Deadlines by month",
      [
        .init("Month"), .figures("Met"), .figures("Met late"), .figures("Overdue"),
        .figures("Open"),
      ],
      months.map { month in
        ["\(month.words)", "\(month.met)", "\(month.late)", "\(month.overdue)", "\(month.due)"]
      })
  }
}
