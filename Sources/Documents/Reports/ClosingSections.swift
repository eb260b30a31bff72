internal import Compute
internal import Duties
internal import Ground

/// Comparable models, assumptions, authorities and how the opinion was made.
struct ClosingSections {
  let opinion: Opinion

  /// Models of similar compute, never classified here.
  var comparables: HTML {
    let rows = opinion.comparables.map { model -> [HTML] in
      [
        HTML.link("\(model.name)", to: model.link), "\(model.organisation)", "\(model.published)",
        FigureSections.amount(model.flop), "\(model.confidence)", "\(model.method)",
      ]
    }
    guard !rows.isEmpty else { return "" }
    return Component.table(
      "Third-party estimates of training compute",
      [
        .init("Model"), .init("Organisation"), .init("Published"), .figures("FLOP, estimate"),
        .init("Confidence of the estimator"), .init("How estimated"),
      ], rows) + "<p class=\"cites\">\(ComparableModel.attribution).</p>\n"
  }

  /// What was assumed.
  var assumptions: HTML {
    Component.list(
      opinion.classification.assumptions.map { id -> HTML in
        "\(Component.prose(OpinionWords.assumption(id))) \(Component.code(id))"
      })
  }

  /// Every provision cited, with its address.
  var authorities: HTML {
    let rows = opinion.authorities.map { citation -> [HTML] in
      let address: HTML = citation.link.map { HTML.link("\($0)", to: $0) } ?? "no address known"
      return [
        "\(citation.text) \(ReasonSections.force(citation.force))",
        "\(Typography.sentence(OpinionWords.validity(citation)))",
        "\(OpinionWords.doubt(citation.confidence) ?? citation.confidence.rawValue)",
        "<span class=\"address\">\(address)</span>",
      ]
    }
    return Component.table(
      "Provisions cited, the most binding first",
      [
        .init("Provision and force"), .init("Days"), .init("Checked against"), .init("Address"),
      ], rows) + legend
  }

  private var legend: HTML {
    let forces = Set(opinion.authorities.map(\.force)).sorted()
    guard !forces.isEmpty else { return "" }
    let items = forces.map { force -> HTML in
      """
      <div><dt>\(ReasonSections.force(force))</dt><dd>\(OpinionWords.force(force))</dd></div>

      """
    }
    return "<dl class=\"legend\">\n\(items)</dl>\n"
  }

  /// How the opinion came about and what it is not.
  var made: HTML {
    let lines = opinion.provenance.map { "<p>\($0)</p>\n" as HTML }
    let caution: HTML =
      opinion.staleness.map { "<p><strong>Caution.</strong> \($0)</p>\n" } ?? ""
    return .joined(lines) + caution
  }
}
