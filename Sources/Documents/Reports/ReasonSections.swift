internal import Duties
internal import Ground
internal import RuleFile

/// Facts, questions, reasons and what others say.
struct ReasonSections {
  let opinion: Opinion
  /// Whether the notes on other pages stand on the same page, and the reasons in full; else reasons can be unfolded.
  var isWhole = true

  /// The facts with their sources, and values that were not used.
  var facts: HTML {
    let rows = opinion.facts.map { fact -> [HTML] in
      [
        OpinionPage.fact(fact.id), Component.prose(fact.value),
        HTML.linked(OpinionWords.stated(fact.source)),
      ]
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
    .joined(opinion.questions.enumerated().map { question($1, number: $0 + 1) })
  }

  private func question(_ question: Opinion.Question, number: Int) -> HTML {
    let reasons = question.reasoning.map { "<li>\(ReasonSections.statement($0))</li>\n" as HTML }
    var list: HTML = reasons.isEmpty ? "" : "<ol class=\"reasons\">\n\(reasons)</ol>\n"
    if !isWhole, !list.isEmpty {
      list =
        "<details><summary>Reasons<span class=\"hidden\">: \(question.title)</span></summary>\n\(list)</details>\n"
    }
    return """
      <article class="question" id="question-\(number)" aria-labelledby="question-\(number)-title">
      <h3 id="question-\(number)-title">\(number). \(Component.prose(question.title))</h3>
      <p class="answer">\(Component.badge(question.answer))</p>
      \(OpinionPage.decidedBy(question.answer))\(list)\(isWhole ? references(question) : "")</article>

      """
  }

  /// Where what others say about a question is noted.
  private func references(_ question: Opinion.Question) -> HTML {
    let links = opinion.noteNumbers(question).map { "<a href=\"#note-\($0)\">\($0)</a>" as HTML }
    guard !links.isEmpty else { return "" }
    return """
      <p class="cites">Pages you may have met say otherwise: \
      \(links.count == 1 ? "note" : "notes") \(HTML.joined(links, by: ", "))</p>

      """
  }

  /// A sentence followed by what it rests on.
  static func statement(_ statement: Opinion.Statement) -> HTML {
    let sentence: HTML = "<p>\(Component.prose(statement.text))</p>"
    var cited: [HTML] = []
    // Rules that stand in one paragraph read alike: each place is cited once.
    for citation in statement.citations.map(citation) where !cited.contains(citation) {
      cited.append(citation)
    }
    return cited.isEmpty
      ? sentence : sentence + "\n<p class=\"cites\">\(HTML.joined(cited, by: "<br>"))</p>"
  }

  /// A citation with its force, its doubt and the days on which it holds.
  static func citation(_ citation: Citation) -> HTML {
    let doubt: HTML =
      OpinionWords.doubt(citation.confidence).map { " · <em class=\"doubt\">\($0)</em>" } ?? ""
    return """
      <span class="cite">\(HTML.link("\(citation.text)", to: citation.link)) \
      \(force(citation.force))\(doubt) · \(OpinionWords.validity(citation))</span>
      """
  }

  /// The force of a citation as a small label.
  static func force(_ force: Force) -> HTML {
    "<span class=\"force \(force.rawValue)\">\(force.rawValue)</span>"
  }

  /// Pages that say otherwise, beside what the primary source says.
  var notes: HTML {
    let pages = opinion.notes.map { page -> HTML in
      """
      <div class="source">
      <h3>\(page.source.publisher): <cite>\(Component.prose(page.source.title))</cite>, \
      \(page.source.dated)</h3>
      \(page.notes.map { ReasonSections.note($0.divergence, number: $0.number) })</div>

      """
    }
    return pages.isEmpty ? "" : "<div class=\"notes\">\n\(pages)</div>\n"
  }

  private static func note(_ divergence: Divergence, number: Int) -> HTML {
    let heading: HTML =
      divergence.heading.map {
        "<dd class=\"cites\">under \u{201C}\(Component.prose($0))\u{201D}</dd>"
      } ?? ""
    let remark: HTML =
      divergence.note.map { "<dd class=\"cites\">\(Component.prose($0))</dd>" } ?? ""
    let doubt: HTML =
      OpinionWords.doubt(divergence.confidence).map { " · <em class=\"doubt\">\($0)</em>" } ?? ""
    return """
      <dl class="divergence" id="note-\(number)">
      <div><dt>Note \(number): it says</dt><dd>\(Component.prose(divergence.says))</dd>\(heading)\
      </div>
      <div><dt>The primary source says</dt><dd>\(Component.prose(divergence.primary))</dd>\
      <dd class="cites">\(Component.prose(divergence.cite))\(doubt)</dd>\(remark)</div>
      </dl>

      """
  }

  /// What would change the result.
  var changes: HTML {
    Component.list(opinion.changes.map(ReasonSections.statement))
  }
}
