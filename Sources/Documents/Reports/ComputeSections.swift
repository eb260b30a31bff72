internal import Compute
internal import Duties
internal import Ground
internal import RuleFile

/// Ledger, lineage and reconciliation.
struct ComputeSections {
  let opinion: Opinion

  /// The runs, line by line.
  var ledger: HTML {
    let rows = opinion.ledger.map { line -> [HTML] in
      [
        "\(line.id)<br><span class=\"sub\">\(line.activity)</span>",
        "\(line.status)<br><span class=\"sub\">\(ComputeSections.period(line))</span>",
        amount(line), ComputeSections.counts(line.counts), reason(line),
      ]
    }
    return Component.table(
      "Each run with its compute and whether it counts",
      [
        .init("Run and activity"), .init("Status and days"), .figures("Compute in FLOP"),
        .init("Counts"), .init("Why"),
      ], rows)
  }

  private static func period(_ line: Opinion.LedgerLine) -> HTML {
    switch (line.start, line.end) {
    case (nil, nil): "days unknown"
    case (let start?, nil): "from \(Component.day(start))"
    case (nil, let end?): "until \(Component.day(end))"
    case (let start?, let end?): "\(Component.day(start)) to \(Component.day(end))"
    }
  }

  private func amount(_ line: Opinion.LedgerLine) -> HTML {
    let amount = FigureSections.amount(line.estimate?.flop)
    if let estimate = line.estimate {
      let method = OpinionWords.method(estimate.method)
      return "\(amount)<br><span class=\"sub\">\(method)</span>"
    }
    guard !line.missing.isEmpty else { return amount }
    let facts = line.missing.map { Component.code($0) }
    return "\(amount)<br><span class=\"sub\">would need \(HTML.joined(facts, by: ", "))</span>"
  }

  private static func counts(_ counts: Counts) -> HTML {
    """
    <span class="sub">training</span> \(verdict(counts.training))<br>\
    <span class="sub">cumulative</span> \(verdict(counts.cumulative))
    """
  }

  private static func verdict(_ verdict: Counts.Verdict) -> HTML {
    let kind =
      switch verdict {
      case .counted: Answer.yes
      case .notCounted: Answer.no
      case .undetermined: Answer.undetermined([])
      }
    return """
      <span class="counts \(kind.word)">\(Component.icon(kind))\(verdict.rawValue)</span>
      """
  }

  private func reason(_ line: Opinion.LedgerLine) -> HTML {
    let basis: HTML =
      line.citation.map {
        "<br><span class=\"cites\">\(ReasonSections.citation($0))</span>"
      } ?? ""
    return "\(Component.prose(line.reason))\(basis)"
  }

  /// How much comes from where.
  var lineage: HTML {
    guard !opinion.parts.isEmpty else { return "" }
    let total: [HTML] = [
      "<strong>Cumulative compute</strong>",
      "<strong>\(FigureSections.amount(opinion.classification.cumulative))</strong>",
      "sum of the lines above",
    ]
    let rows = opinion.parts.map { part -> [HTML] in
      [
        "\(part.id)", FigureSections.amount(part.flop),
        HTML.linked(OpinionWords.source(part.source)),
      ]
    }
    return Component.table(
      "Each run or model of which the weights or data carry compute into this one, once",
      [.init("Run or original model"), .figures("FLOP"), .init("Source of the figure")],
      rows + [total])
  }

  /// Estimates side by side.
  var reconciliation: HTML {
    let rows = opinion.reconciliations.map { pair -> [HTML] in
      [
        "\(OpinionWords.method(pair.reported.method))",
        FigureSections.amount(pair.reported.flop), "\(OpinionWords.method(pair.other.method))",
        FigureSections.amount(pair.other.flop), "\(Typography.decimal(pair.ratio, places: 2))",
        Component.badge(Answer(pair.agrees)),
        Component.badge(Answer(pair.isOnSameSide(of: .presumption))),
      ]
    }
    return Component.table(
      "The reported estimate beside another of the same amount",
      [
        .init("Reported"), .figures("FLOP reported"), .init("Other"), .figures("FLOP other"),
        .figures("Ratio"), .init("Within 30\u{A0}%"), .init("Same side of " + Typography.power(25)),
      ], rows)
  }
}
