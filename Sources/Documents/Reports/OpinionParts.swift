package import Compute
package import Duties
internal import Ground
internal import RuleFile
package import Workspace

/// Parts of an opinion for pages that show it among other things.
package enum OpinionParts {
  /// The facts as used, with their sources.
  package static func facts(_ opinion: Opinion) -> HTML { ReasonSections(opinion: opinion).facts }

  /// The questions in order, each with reasons and citations.
  package static func questions(_ opinion: Opinion) -> HTML {
    ReasonSections(opinion: opinion, isWhole: false).questions
  }

  /// The runs, line by line.
  package static func ledger(_ opinion: Opinion) -> HTML {
    ComputeSections(opinion: opinion).ledger
  }

  /// How much comes from where.
  package static func lineage(_ opinion: Opinion) -> HTML {
    ComputeSections(opinion: opinion).lineage
  }

  /// Estimates side by side.
  package static func reconciliation(_ opinion: Opinion) -> HTML {
    ComputeSections(opinion: opinion).reconciliation
  }

  /// The crossing of the threshold over time.
  package static func forecast(_ opinion: Opinion) -> HTML {
    FigureSections(opinion: opinion).forecast
  }

  /// Cumulative compute of a model over time as a picture; nothing where none of its runs has days.
  package static func overTime(_ opinion: Opinion, id: String) -> HTML {
    FigureSections(opinion: opinion).overTime(id: id)
  }

  /// A fact by its name in words.
  package static func fact(_ id: String) -> String { OpinionWords.fact(id) }

  /// What would change the result.
  package static func changes(_ opinion: Opinion) -> HTML {
    ReasonSections(opinion: opinion).changes
  }

  /// Models beside the thresholds, on a logarithmic scale; nothing where there is none.
  package static func compute(_ models: [(name: String, flop: FLOP?)], id: String) -> HTML {
    guard !models.isEmpty else { return "" }
    let chart = ComputeChart(models: models)
    return figure(
      ChartShape.allCases.map { chart.svg($0, id: id + "-" + $0.rawValue) },
      "The bar is the figure with a band of 30 % on either side, which the Guidelines allow "
        + "(¶ 120); the presumption needs more than 10^25, not as much.")
  }

  /// Where a model comes from, as a picture; nothing where there is nothing to draw.
  package static func lineagePicture(_ picture: LineagePicture, of opinion: Opinion) -> HTML {
    var amounts: [String: String] = [:]
    for part in opinion.parts { amounts[part.id] = part.flop.map { $0.shown + " FLOP" } }
    for line in opinion.ledger {
      let figure = line.estimate.map { $0.flop.shown + " FLOP" } ?? "unknown"
      amounts[line.id] = line.counts.cumulative == .counted ? figure : figure + ", not counted"
    }
    amounts[""] = opinion.classification.cumulative.map { "in all " + $0.shown + " FLOP" }
    let name = OpinionWords.model(opinion.classification.facts)
    let left = Set(opinion.ledger.filter { $0.counts.cumulative == .notCounted }.map(\.id))
    guard
      let chart = LineageChart(picture, model: name, amounts: amounts, notCounted: left)
    else { return "" }
    return figure(
      ChartShape.allCases.map { chart.svg($0, id: "lineage-" + $0.rawValue) },
      "Solid lines carry compute into the model; dashed lines do not. The generation of data, where it counts, is a "
        + "line of the ledger of its own. Dashed boxes are other models.")
  }

  private static func figure(_ drawings: [HTML], _ caption: String) -> HTML {
    """
    <figure class="drawing">
    \(drawings)<figcaption>\(Component.prose(caption))</figcaption>
    </figure>

    """
  }
}
