/// Counts beside one another: of each, a filled part and an outlined rest.
package struct CountChart: Sendable {
  /// One column.
  package struct Column: Sendable {
    let name: String
    let filled: Int
    let rest: Int

    /// A column with the part that is filled and what is left.
    package init(_ name: String, filled: Int, rest: Int) {
      (self.name, self.filled, self.rest) = (name, filled, rest)
    }
  }

  private let columns: [Column]
  private let id: String
  private let title: String
  private let words: (filled: String, rest: String)

  /// A chart of columns in their order.
  package init(
    _ columns: [Column], id: String, title: String, filled: String, rest: String
  ) {
    (self.columns, self.id, self.title, words) = (columns, id, title, (filled, rest))
  }

  /// The picture with its caption; nothing where nothing is counted.
  package var html: HTML {
    guard columns.contains(where: { $0.filled + $0.rest > 0 }) else { return "" }
    return """
      <figure class="drawing trend">
      \(ChartShape.allCases.map { svg($0) })<figcaption>Filled: \(words.filled). Outlined: \(words.rest).</figcaption>
      </figure>

      """
  }

  private func svg(_ shape: ChartShape) -> HTML {
    let height = 170.0
    let bottom = height - 34
    let most = Double(max(1, columns.map { $0.filled + $0.rest }.max() ?? 1))
    let step = shape.width / Double(max(1, columns.count))
    let bars = columns.enumerated().map { index, column -> HTML in
      var top = bottom
      let x = Double(index) * step + step * 0.18
      let parts = [(column.filled, true), (column.rest, false)].map { count, isFilled -> HTML in
        guard count > 0 else { return "" }
        let size = max(3, Double(count) / most * (bottom - 22))
        top -= size
        let look: HTML =
          isFilled ? "" : " fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\""
        return """
          <rect x="\(Drawing.at(x))" y="\(Drawing.at(top))" width="\(Drawing.at(step * 0.64))" \
          height="\(Drawing.at(size))"\(look)/>

          """
      }
      let middle = x + step * 0.32
      let count = column.filled + column.rest
      let sum: HTML =
        count > 0
        ? Drawing.text("\(count)", middle, top - 5, size: 12, anchor: .middle, "own") : ""
      let isNamed = shape == .wide || columns.count < 7 || index % 3 == 0
      let name: HTML =
        isNamed
        ? Drawing.text(column.name, middle, bottom + 18, size: 11.5, anchor: .middle, "tick") : ""
      return "\(parts)\(sum)\(name)"
    }
    return Drawing.frame(
      id: id + "-" + shape.rawValue, shape: shape, height: height, title: title,
      description: columns.map {
        "\($0.name): \($0.filled) \(words.filled), \($0.rest) \(words.rest)"
      }.joined(separator: "; ") + ".",
      "\(Drawing.line(0, bottom, shape.width, bottom, "axis"))\(bars)")
  }
}
