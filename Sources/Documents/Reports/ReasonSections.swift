internal import Duties
internal import Ground
internal import RuleFile

/// Facts, questions, reasons and what others say.
struct ReasonSections {
  let opinion: Opinion

  /// The facts with their sources, and values that were not used.
  var facts: HTML {
    let rows = opinion.facts.map { fact -> [HTML] in
      [OpinionPage.fact(fact.id), "\(fact.value)", HTML.linked(OpinionWords.stated(fact.source))]
    }
    let table = Component.table(
      "Each fact as used, with the source that the provider names",
      [.init("Fact"), .init("Value"), .init("Source")], rows)
    let refused = opinion.classification.problems.map { problem -> [HTML] in
      [OpinionPage.fact(problem.column), "\(problem.reason)", "\(problem.remedy)"]
    }
    return table
      + Component.table(
        "Values that were not used because they cannot be trusted",
        [.init("Fact"), .init("Reason"), .init("Remedy")], refused)
  }

  /// The questions in order.
  var questions: HTML {
    let own = opinion.divergencesByQuestion
    return .joined(
      opinion.questions.indices.map { index in
        question(opinion.questions[index], number: index + 1, divergences: own[index])
      })
  }

  private func question(
    _ question: Opinion.Question, number: Int, divergences: [Divergence]
  ) -> HTML {
    let reasons = question.reasoning.map { "<li>\(ReasonSections.statement($0))</li>\n" as HTML }
    let list: HTML = reasons.isEmpty ? "" : "<ol class=\"reasons\">\n\(reasons)</ol>\n"
    return """
      <article class="question" id="question-\(number)" aria-labelledby="question-\(number)-title">
      <h3 id="question-\(number)-title">\(number). \(question.title)</h3>
      <p class="answer">\(Component.badge(question.answer))</p>
      \(OpinionPage.decidedBy(question.answer))\(list)\(note(divergences))\
      \(earlier(question, shown: divergences))</article>

      """
  }

  /// A sentence followed by what it rests on.
  static func statement(_ statement: Opinion.Statement) -> HTML {
    let sentence: HTML = "<p>\(Typography.powers(statement.text))</p>"
    guard !statement.citations.isEmpty else { return sentence }
    return sentence
      + "\n<p class=\"cites\">\(HTML.joined(statement.citations.map(citation), by: "; "))</p>"
  }

  /// A citation with its force, its doubt and the days on which it holds.
  static func citation(_ citation: Citation) -> HTML {
    let doubt: HTML =
      OpinionWords.doubt(citation.confidence).map { ", <em class=\"doubt\">\($0)</em>" } ?? ""
    return """
      <span class="cite">\(HTML.link("\(citation.text)", to: citation.link)) \
      \(force(citation.force))\(doubt), <span class="days">\(OpinionWords.validity(citation))\
      </span></span>
      """
  }

  /// The force of a citation as a small label.
  static func force(_ force: Force) -> HTML {
    "<span class=\"force \(force.rawValue)\">\(force.rawValue)</span>"
  }

  private func note(_ divergences: [Divergence]) -> HTML {
    guard !divergences.isEmpty else { return "" }
    return """
      <aside class="note">
      <h4>Pages you may have met that say otherwise</h4>
      \(divergences.map(ReasonSections.divergence))</aside>

      """
  }

  static func divergence(_ divergence: Divergence) -> HTML {
    let source = divergence.source
    let heading: HTML = divergence.heading.map { ", under \u{201C}\($0)\u{201D}" } ?? ""
    let caution: HTML = divergence.note.map { "<div><dt>Note</dt><dd>\($0)</dd></div>\n" } ?? ""
    let doubt: HTML =
      OpinionWords.doubt(divergence.confidence).map { ", <em class=\"doubt\">\($0)</em>" } ?? ""
    return """
      <div class="divergence">
      <p class="source">\(source.publisher): <cite>\(source.title)</cite>, \
      \(source.dated)\(heading)</p>
      <dl>
      <div><dt>It says</dt><dd>\(Typography.powers(divergence.says))</dd></div>
      <div><dt>The primary source says</dt><dd>\(Typography.powers(divergence.primary)) \
      <span class="cites">(\(divergence.cite)\(doubt))</span></dd></div>
      \(caution)</dl>
      </div>

      """
  }

  /// Where divergences of this question already stand.
  private func earlier(_ question: Opinion.Question, shown: [Divergence]) -> HTML {
    let here = Set(shown.map(\.id))
    let others = question.divergences.filter { !here.contains($0.id) }.map(\.id)
    let own = opinion.divergencesByQuestion
    let numbers = own.indices.filter { index in
      own[index].contains { others.contains($0.id) }
    }
    guard !numbers.isEmpty else { return "" }
    let links = numbers.map { "<a href=\"#question-\($0 + 1)\">question \($0 + 1)</a>" as HTML }
    return """
      <p class="cites">On pages that say otherwise see the note under \
      \(HTML.joined(links, by: ", ")).</p>

      """
  }

  /// Divergences that no question shows.
  var otherDivergences: HTML {
    let others = opinion.otherDivergences
    guard !others.isEmpty else { return "" }
    return """
      <aside class="note" aria-label="Pages you may have met that say otherwise">
      \(others.map(ReasonSections.divergence))</aside>

      """
  }

  /// What would change the result.
  var changes: HTML {
    Component.list(opinion.changes.map(ReasonSections.statement))
  }
}
