internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// What the opinion of today says of a model, in the sections of its page.
struct ModelSections {
  let visit: Visit
  let opinion: Opinion
  let compute: ComputeLedger

  /// Totals against the thresholds, as table and picture.
  var thresholds: HTML {
    let law = visit.workspace.surroundings.law(opinion.day)
    let chart = OpinionParts.compute(
      [(compute.model.title, opinion.classification.cumulative)], id: "compute")
    return Component.section(
      "thresholds", "Compute against the thresholds",
      "\(ThresholdTable(opinion, law: law).html)\(chart)")
  }

  /// The questions, and beside them the facts from which they were answered.
  var beside: HTML {
    let facts = OpinionParts.facts(opinion)
    let list: HTML =
      facts.isEmpty
      ? Parts.empty(
        "No fact is stated yet. \(Parts.link("/records/\(compute.model.id.text)/changes/model-changed", "State facts"))."
      )
      : facts
    return Component.section(
      "classification", "Classification",
      """
      <div class="beside"><div>\(OpinionParts.questions(opinion))</div>
      <aside aria-label="Facts used"><h3>Facts used</h3>\(list)</aside></div>

      """)
  }

  /// The lines of the ledger, counted or not.
  var ledger: HTML {
    Component.section("ledger", "Compute ledger", OpinionParts.ledger(opinion))
  }

  /// Where cumulative compute comes from.
  var lineage: HTML {
    let picture = compute.lineage.map { OpinionParts.lineagePicture($0, of: opinion) } ?? ""
    return Component.section(
      "lineage", "Where it comes from", "\(picture)\(OpinionParts.lineage(opinion))")
  }

  /// Estimates held against each other.
  var reconciliation: HTML {
    Component.section(
      "reconciliation", "Methods held against each other", OpinionParts.reconciliation(opinion))
  }

  /// When the threshold is passed.
  var forecast: HTML {
    Component.section("forecast", "When the threshold is passed", OpinionParts.forecast(opinion))
  }
}
