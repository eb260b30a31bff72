internal import Compute
internal import Duties
internal import Ground

/// An opinion as a standalone page.
struct OpinionPage {
  let opinion: Opinion

  init(_ opinion: Opinion) { self.opinion = opinion }

  private var facts: ModelFacts { opinion.classification.facts }
  private var model: String { OpinionWords.model(facts) }

  /// The whole page.
  var body: HTML {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <title>\(model): classification under Chapter V of the EU AI Act, \(opinion.day.iso)</title>
    <style>
    \(OpinionStyle.sheet)</style>
    </head>
    <body>
    <a class="skip" href="#result">Skip to the result</a>
    \(header)<main>
    \(verdict)\(contents)\(sections.map(\.html))</main>
    \(footer)</body>
    </html>

    """
  }

  private var header: HTML {
    let base: HTML =
      facts.baseModel.isEmpty
      ? "" : "<div><dt>Original model</dt><dd>\(facts.baseModel)</dd></div>\n"
    return """
      <header>
      <p class="eyebrow">Opinion on classification · Regulation (EU) 2024/1689, Chapter V</p>
      <h1>\(model)</h1>
      <dl class="facts">
      <div><dt>Provider</dt><dd>\(OpinionWords.stated(facts.provider))</dd></div>
      \(base)<div><dt>Law as of</dt><dd>\(Component.day(opinion.day))</dd></div>
      <div><dt>Law last checked</dt><dd>\(Component.day(opinion.lawChecked))</dd></div>
      </dl>
      \(staleness)</header>

      """
  }

  private var staleness: HTML {
    opinion.staleness.map { "<p class=\"caution\"><strong>Caution.</strong> \($0)</p>\n" } ?? ""
  }

  private var next: HTML {
    guard let next = opinion.verdict.next else { return "" }
    let basis = next.citations.map(\.text).joined(separator: "; ")
    return """
      <p class="next"><strong>\(Component.prose(next.text))</strong> \(basis)</p>

      """
  }

  private var verdict: HTML {
    let answer = opinion.verdict.isSystemic
    return """
      <section id="result" class="verdict \(answer.word)" aria-labelledby="result-title">
      <h2 id="result-title">\(OpinionWords.verdictQuestion)</h2>
      <p class="word">\(Component.icon(answer))\(Typography.sentence(answer.word))</p>
      <p class="sentence">\(Component.prose(opinion.verdict.sentence))</p>
      \(next)\(OpinionPage.decidedBy(answer))</section>

      """
  }

  /// The facts that would decide an open answer.
  static func decidedBy(_ answer: Answer?) -> HTML {
    guard let missing = answer?.missing, !missing.isEmpty else { return "" }
    let facts = missing.map { "<li>\(fact($0))</li>" as HTML }
    return """
      <div class="missing"><p>This would be decided by:</p><ul>\(facts)</ul></div>

      """
  }

  /// A fact by its name in words, with its identifier.
  static func fact(_ id: String) -> HTML {
    "\(OpinionWords.fact(id)) \(Component.code(id))"
  }

  private var contents: HTML {
    let items = sections.filter { !$0.content.isEmpty }.map { section -> HTML in
      "<li><a href=\"#\(section.id)\">\(section.title)</a></li>"
    }
    return """
      <nav class="contents" aria-label="Contents"><ol>\(items)</ol></nav>

      """
  }

  /// The sections in order; those without content are left out of the page.
  private var sections: [PageSection] {
    let figures = FigureSections(opinion: opinion)
    let reasons = ReasonSections(opinion: opinion)
    let compute = ComputeSections(opinion: opinion)
    let duties = DutySections(opinion: opinion)
    let closing = ClosingSections(opinion: opinion)
    return [
      PageSection("figures", "Key figures", figures.keyFigures),
      PageSection("facts", "Facts used and their sources", reasons.facts),
      PageSection("questions", "Questions and reasons", reasons.questions),
      PageSection("ledger", "Compute ledger", compute.ledger),
      PageSection("lineage", "Where cumulative compute comes from", compute.lineage),
      PageSection("reconciliation", "Estimates held against each other", compute.reconciliation),
      PageSection("forecast", "When the threshold is passed", figures.forecast),
      PageSection("clocks", "Periods that run", duties.clocks),
      PageSection("duties", "Duties", duties.duties),
      PageSection("comparables", "Models of similar compute", closing.comparables),
      PageSection("changes", "What would change this result", reasons.changes),
      PageSection("assumptions", "Assumptions", closing.assumptions),
      PageSection("notes", "Pages you may have met that say otherwise", reasons.notes),
      PageSection("authorities", "Authorities", closing.authorities),
      PageSection("made", "How this was made", closing.made),
    ]
  }

  private var footer: HTML {
    """
    <footer><p>\(model) · law as of \(Component.day(opinion.day)) · not legal advice</p></footer>

    """
  }
}

/// A section of the page.
struct PageSection {
  let id: String
  let title: String
  let content: HTML

  init(_ id: String, _ title: String, _ content: HTML) {
    self.id = id
    self.title = title
    self.content = content
  }

  /// The section as markup; nothing when it has no content.
  var html: HTML { Component.section(id, title, content) }
}
