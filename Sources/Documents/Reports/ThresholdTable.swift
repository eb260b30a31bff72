internal import Compute
package import Duties
internal import Ground
package import Rulebook

/// The totals of a model held against each threshold that the law or the Guidelines name for it.
package struct ThresholdTable {
  private struct Line {
    let title: String
    let rule: String
    let figure: FLOP?
    let threshold: FLOP?
    let answer: Answer?
    let note: String
  }

  private let lines: [Line]
  private let law: Law

  /// The table for an opinion by the law it was made with.
  package init(_ opinion: Opinion, law: Law) {
    self.law = law
    let found = opinion.classification
    let facts = found.facts
    let updates = found.training?.flop
    let direct = updates.flatMap { own in
      facts.hasBase ? facts.base.flatMap { own.adding($0) } : own
    }
    var lines = [
      Line(
        title: "Indication of a general-purpose model", rule: "guidelines/17", figure: direct,
        threshold: .indication, answer: found.isIndicated,
        note: "compute of parameter updates; also asks what the model generates"),
      Line(
        title: "Presumption of high-impact capabilities", rule: "ai-act/51/2",
        figure: found.cumulative, threshold: .presumption, answer: found.exceeds,
        note: "cumulative compute"),
    ]
    if facts.hasBase, facts.baseSameProvider != true {
      let isSystemic = facts.base.map { $0 > .presumption } ?? false
      let own = isSystemic ? ThresholdTable.own(found) : updates
      lines.append(
        Line(
          title: "Whoever modifies another's model becomes its provider", rule: "guidelines/60",
          figure: own, threshold: facts.base.map { FLOP($0.count / 3) },
          answer: found.isModifierProvider,
          note: "compute of the modification, against one third of the original's"))
    }
    self.lines = lines
  }

  /// Cumulative compute without the original's.
  private static func own(_ found: Classification) -> FLOP? {
    guard let all = found.cumulative, let base = found.facts.base, all >= base else { return nil }
    return FLOP(all.count - base.count)
  }

  /// The table.
  package var html: HTML {
    Component.table(
      "Totals against the thresholds; each must be exceeded, not merely reached",
      [
        .init("Threshold"), .figures("More than"), .figures("This model"), .figures("Multiple"),
        .init("Exceeded or met"), .init("Legal basis"),
      ], lines.map(row))
  }

  private func row(_ line: Line) -> [HTML] {
    [
      "\(line.title)<span class=\"note\">\(line.note)</span>",
      FigureSections.amount(line.threshold), exact(line.figure), share(line),
      Component.badge(line.answer), basis(line.rule),
    ]
  }

  private func exact(_ flop: FLOP?) -> HTML {
    guard let flop else { return FigureSections.amount(nil) }
    return
      "\(FigureSections.amount(flop))<span class=\"note\">\(Component.digits(flop.digits))</span>"
  }

  private func share(_ line: Line) -> HTML {
    guard let figure = line.figure, let threshold = line.threshold, threshold.count > 0 else {
      return "—"
    }
    let share = figure.approximate / threshold.approximate
    return "\(Typography.decimal(share, places: share < 10 ? 3 : 0))\u{A0}×"
  }

  private func basis(_ rule: String) -> HTML {
    guard let citation = law.citation(rule) else { return "—" }
    return """
      <a href="/law/\(rule)">\(citation.text)</a> \(ReasonSections.force(citation.force))
      """
  }
}
