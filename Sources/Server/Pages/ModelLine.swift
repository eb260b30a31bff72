internal import Compute
internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// A model as a line of a list: where it stands, its compute, and what the classification says today.
struct ModelLine {
  let model: RecordState
  /// The opinion of today; nil when the facts cannot be read.
  let opinion: Opinion?

  static func all(_ workspace: OpenWorkspace) async throws(Problem) -> [ModelLine] {
    var lines: [ModelLine] = []
    for model in try await workspace.states(.model) {
      let ledger = try await workspace.ledger(of: model.id)
      lines.append(ModelLine(model: model, opinion: try? workspace.opinion(on: ledger)))
    }
    return lines
  }

  static func table(_ lines: [ModelLine]) -> HTML {
    Component.table(
      "Models and what the rules of today say of them",
      [
        .init("Model"), .init("Status"), .init("Cumulative compute"), .init("General-purpose"),
        .init("Systemic risk"),
      ],
      lines.map { line in
        let general = line.opinion?.questions.first { $0.id == "general-purpose" }?.answer
        return [
          Parts.link("/models/" + line.model.id.key, line.model.title),
          "\(line.model.status ?? "")", line.compute, Component.badge(general),
          line.opinion.map { Component.badge($0.verdict.isSystemic) }
            ?? "<span class=\"unknown\">the facts cannot be read</span>",
        ]
      })
  }

  private var compute: HTML {
    guard let flop = opinion?.classification.cumulative else {
      return "<span class=\"unknown\">unknown</span>"
    }
    return "\(Component.prose(flop.printed())) FLOP"
  }
}
