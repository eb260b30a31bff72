internal import Ground

/// The shapes that the description holds once, under their names.
enum Shapes {
  static let all: [(name: String, shape: Shape)] =
    [("Problem", APIProblem.shape), ("HistoryLine", RecordShape.historyLine)]
    + APIKinds.all.map { (RecordShape.name($0), RecordShape.shape($0)) }

  static let named = Dictionary(all.map { ($0.name, $0.shape) }) { first, _ in first }

  /// A page of a list.
  static func page(_ item: Shape) -> Shape {
    .object([
      .needed("items", .list(item)),
      .needed("next", .orNull(.text()), "the cursor of the next page; null on the last"),
    ])
  }
}
