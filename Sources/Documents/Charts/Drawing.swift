/// How a chart is laid out: for a page, or for a narrow screen.
enum ChartShape: String, Sendable, CaseIterable {
  /// Names to the left, figures to the right.
  case wide
  /// Names and figures above each row.
  case narrow

  /// Width of the view box.
  var width: Double { self == .wide ? 720 : 350 }
}

/// Small pieces of SVG.
///
/// Source: SVG 2, W3C Candidate Recommendation of 4 October 2018.
enum Drawing {
  /// Which point of a text stands at its place.
  enum Anchor: String {
    case start, middle, end
  }

  /// A coordinate with one decimal.
  static func at(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? String(tenths / 10) : String(Double(tenths) / 10)
  }

  /// The drawing with its name and description.
  static func frame(
    id: String, shape: ChartShape, height: Double, title: String, description: String,
    _ content: HTML
  ) -> HTML {
    """
    <svg class="chart \(shape.rawValue)" role="img" viewBox="0 0 \(at(shape.width)) \(at(height))" \
    width="100%" xmlns="http://www.w3.org/2000/svg" font-family="system-ui, sans-serif" \
    fill="currentColor" aria-labelledby="\(id)-title \(id)-desc">
    <title id="\(id)-title">\(title)</title>
    <desc id="\(id)-desc">\(description)</desc>
    \(content)</svg>

    """
  }

  /// A straight line.
  static func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ kind: String, dashes: String = ""
  ) -> HTML {
    let dashed: HTML = dashes.isEmpty ? "" : " stroke-dasharray=\"\(dashes)\""
    let opacity = kind == "grid" ? "0.18" : "1"
    return """
      <line class="\(kind)" x1="\(at(x1))" y1="\(at(y1))" x2="\(at(x2))" y2="\(at(y2))" \
      stroke="currentColor" stroke-opacity="\(opacity)"\(dashed)/>

      """
  }

  /// A line of text.
  static func text(
    _ text: String, _ x: Double, _ y: Double, size: Double = 13, anchor: Anchor = .start,
    _ kind: String = "label"
  ) -> HTML {
    """
    <text class="\(kind)" x="\(at(x))" y="\(at(y))" font-size="\(at(size))" \
    text-anchor="\(anchor.rawValue)">\(text)</text>

    """
  }

  /// About how wide a text is; wide scripts count double.
  static func width(_ text: String, size: Double) -> Double {
    text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 1.05 : 0.57) * size }
  }

  /// The text, cut with an ellipsis where it would be wider than this.
  static func fitted(_ text: String, _ room: Double, size: Double) -> String {
    let line = Markdown.oneLine(text)
    guard width(line, size: size) > room else { return line }
    var short = line
    while !short.isEmpty, width(short + "…", size: size) > room { short.removeLast() }
    return short + "…"
  }
}
