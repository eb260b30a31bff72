internal import Compute
internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// Models as lines of a table: where each stands, its compute, and what the classification says today.
enum ModelLine {
  static func table(_ rows: [ModelRow]) -> HTML {
    Component.table(
      "Models and what the rules of today say of them",
      [
        .init("Model"), .init("Status"), .init("Cumulative compute"), .init("General-purpose"),
        .init("Systemic risk"),
      ],
      rows.map { row in
        [
          Parts.link("/models/" + row.summary.id.key, row.summary.title),
          "\(row.summary.status ?? "")", compute(row),
          row.figures.map { Component.badge($0.isGeneralPurpose) } ?? "—",
          row.figures.map { Component.badge($0.isSystemic) } ?? obstacle(row),
        ]
      })
  }

  private static func obstacle(_ row: ModelRow) -> HTML {
    switch row.obstacle {
    case .hiddenRuns: "<span class=\"unknown\">you may not read all of its runs</span>"
    case .unreadableFacts, nil: "<span class=\"unknown\">the facts cannot be read</span>"
    }
  }

  private static func compute(_ row: ModelRow) -> HTML {
    guard let flop = row.figures?.cumulative else {
      return "<span class=\"unknown\">unknown</span>"
    }
    return "\(Component.prose(flop.printed())) FLOP"
  }
}
