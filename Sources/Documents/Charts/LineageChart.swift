internal import Compute
internal import Workspace

/// Where a model comes from: runs and other models as boxes, from the first to the model itself, with what carries compute.
struct LineageChart: Sendable {
  /// One box.
  struct Box: Sendable {
    var name: String
    var note: String
    var isBase = false
    /// How far it stands from the beginning.
    var layer = 0
  }

  let boxes: [Box]
  /// From and into, by place among the boxes, and whether compute is carried along.
  let arrows: [(from: Int, into: Int, carries: Bool)]
  /// What the arrows say, in words.
  let words: [String]

  /// Most boxes that a picture holds; a longer ledger is read as a table.
  private static let most = 24

  /// A picture; nil where there is nothing to draw, or too much.
  ///
  /// - Parameter notCounted: runs that do not count, whose lines carry nothing.
  init?(
    _ picture: LineagePicture, model: String, amounts: [String: String],
    notCounted: Set<String> = []
  ) {
    guard !picture.points.isEmpty, picture.points.count < LineageChart.most else { return nil }
    var boxes = picture.points.map {
      Box(name: $0.name, note: amounts[$0.name] ?? "unknown", isBase: $0.isBase)
    }
    boxes.append(Box(name: model, note: amounts[""] ?? "unknown"))
    var places: [String: Int] = [:]
    for (index, point) in picture.points.enumerated() { places[point.name] = index }
    var arrows: [(from: Int, into: Int, carries: Bool)] = []
    var words: [String] = []
    for arrow in picture.arrows {
      guard let from = places[arrow.from] else { continue }
      let into = arrow.into.isEmpty ? boxes.count - 1 : places[arrow.into]
      guard let into else { continue }
      let carries = arrow.how?.carriesCompute ?? true
      arrows.append((from, into, carries && !notCounted.contains(arrow.from)))
      let how = arrow.how?.rawValue.replacing("-", with: " ") ?? "a run of"
      words.append(
        arrow.into.isEmpty
          ? "\(arrow.from): \(how) \(model)" : "\(arrow.into): \(how) \(arrow.from)")
    }
    // A box stands one step after the last of those it comes from; circles were refused when the facts were read.
    for _ in boxes {
      for arrow in arrows where boxes[arrow.into].layer <= boxes[arrow.from].layer {
        boxes[arrow.into].layer = boxes[arrow.from].layer + 1
      }
    }
    let last = boxes.map(\.layer).max() ?? 0
    guard last <= boxes.count else { return nil }
    boxes[boxes.count - 1].layer = last
    // And right before the first of those that come from it, so that lines cross no other box.
    for _ in boxes {
      for index in boxes.indices {
        let next = arrows.filter { $0.from == index }.map { boxes[$0.into].layer }.min()
        if let next { boxes[index].layer = max(boxes[index].layer, next - 1) }
      }
    }
    self.boxes = boxes
    self.arrows = arrows
    self.words = words
  }

  /// What the picture shows, for those who do not see it.
  var description: String {
    words.joined(separator: "; ") + "."
  }

  /// The chart in one shape.
  func svg(_ shape: ChartShape, id: String) -> HTML {
    let plot = LineagePlot(self, shape)
    return Drawing.frame(
      id: id, shape: shape, height: plot.height,
      title: "Where \(boxes.last?.name ?? "the model") comes from", description: description,
      "\(arrows.indices.map { plot.arrow($0) })\(boxes.indices.map { plot.box($0) })")
  }
}

/// Where things stand in a picture of lineage.
private struct LineagePlot {
  let chart: LineageChart
  let shape: ChartShape
  private let layers: [[Int]]

  init(_ chart: LineageChart, _ shape: ChartShape) {
    self.chart = chart
    self.shape = shape
    let last = chart.boxes.map(\.layer).max() ?? 0
    layers = (0...last).map { layer in
      chart.boxes.indices.filter { chart.boxes[$0].layer == layer }
    }
  }

  private let boxHeight = 46.0
  private let step = 62.0
  private var isWide: Bool { shape == .wide }
  private var columnStep: Double { (shape.width - width) / Double(max(1, layers.count - 1)) }
  private var width: Double {
    isWide ? min(200, (shape.width + 40) / Double(layers.count) - 40) : shape.width - 60
  }
  private var rows: Int { isWide ? layers.map(\.count).max() ?? 1 : chart.boxes.count }
  var height: Double { Double(rows) * step }

  private func place(_ index: Int) -> (x: Double, y: Double) {
    let layer = chart.boxes[index].layer
    let row = layers[layer].firstIndex(of: index) ?? 0
    guard isWide else {
      let before = layers[..<layer].reduce(0) { $0 + $1.count }
      return (58, Double(before + row) * step + 4)
    }
    let free = Double(rows - layers[layer].count) * step / 2
    return (Double(layer) * columnStep, free + Double(row) * step + 4)
  }

  func box(_ index: Int) -> HTML {
    let box = chart.boxes[index]
    let (x, y) = place(index)
    let isModel = index == chart.boxes.count - 1
    let kind = isModel ? "own" : box.isBase ? "other" : "run"
    let dashes: HTML = box.isBase ? " stroke-dasharray=\"4 3\"" : ""
    return """
      <rect class="box \(kind)" x="\(Drawing.at(x + 1))" y="\(Drawing.at(y))" width="\(Drawing.at(width - 2))" \
      height="\(Drawing.at(boxHeight))" rx="3" fill="none" stroke="currentColor" \
      stroke-width="\(isModel ? "2" : "1")"\(dashes)/>
      \(Drawing.text(Drawing.fitted(box.name, width - 18, size: 13), x + 10, y + 19, kind + " name"))\
      \(Drawing.text(Drawing.fitted(box.note, width - 18, size: 12), x + 10, y + 36, size: 12, "remark"))
      """
  }

  /// A line from a box to the next, with a point at its end; dashed where no compute is carried along.
  func arrow(_ index: Int) -> HTML {
    let arrow = chart.arrows[index]
    let (from, into) = (place(arrow.from), place(arrow.into))
    let middle = boxHeight / 2
    let path: String
    let end: (x: Double, y: Double)
    if isWide {
      let start = (x: from.x + width, y: from.y + middle)
      end = (into.x, into.y + middle)
      let bend = (start.x + end.x) / 2
      path =
        "M\(at(start.x, start.y))C\(at(bend, start.y)) \(at(bend, end.y)) \(at(end.x - 7, end.y))"
    } else {
      end = (into.x, into.y + middle - 6)
      let lane = 46 - Double(index % 6) * 8
      path =
        "M\(at(from.x, from.y + middle + 6))H\(Drawing.at(lane))V\(Drawing.at(end.y))H\(Drawing.at(end.x - 7))"
    }
    let dashes: HTML = arrow.carries ? "" : " stroke-dasharray=\"5 4\""
    return """
      <path class="arrow" d="\(path)" fill="none" stroke="currentColor" stroke-width="1.5"\(dashes)/>
      <path class="point" d="M\(at(end.x - 8, end.y - 4))L\(at(end.x, end.y))L\(at(end.x - 8, end.y + 4))Z"/>

      """
  }

  private func at(_ x: Double, _ y: Double) -> String { Drawing.at(x) + " " + Drawing.at(y) }
}
