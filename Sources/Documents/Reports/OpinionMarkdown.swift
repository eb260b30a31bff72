internal import Compute
internal import Duties
internal import Ground
internal import RuleFile
internal import Rulebook

/// An opinion as Markdown that reads well raw.
struct OpinionMarkdown {
  let opinion: Opinion

  init(_ opinion: Opinion) { self.opinion = opinion }

  /// The whole document.
  var text: String {
    let parts = [
      opening, result, section("Key figures", figures), section("Facts used", facts),
      section("Questions and reasons", questions), section("Compute ledger", ledger),
      section("Where cumulative compute comes from", lineage),
      section("Estimates held against each other", reconciliation),
      section("When the threshold is passed", forecast), section("Periods that run", clocks),
      section("Duties", duties), section("Models of similar compute", comparables),
      section("What would change this result", changes), section("Assumptions", assumptions),
      section("Other pages that say otherwise", others), section("Authorities", authorities),
      section("How this was made", made),
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func section(_ title: String, _ content: String) -> String {
    content.isEmpty ? "" : "## \(title)\n\n\(content)"
  }

  private var opening: String {
    let facts = opinion.classification.facts
    var lines = [
      "# " + Markdown.text(OpinionWords.model(facts)), "",
      "Opinion on classification under Regulation (EU) 2024/1689, Chapter V", "",
      "- Provider: " + Markdown.text(OpinionWords.stated(facts.provider)),
    ]
    if !facts.baseModel.isEmpty {
      lines.append("- Original model: " + Markdown.text(facts.baseModel))
    }
    lines += [
      "- Law as of: " + opinion.day.iso, "- Law last checked: " + opinion.lawChecked.iso,
    ]
    if let caution = opinion.staleness { lines += ["", "**Caution.** " + prose(caution)] }
    return lines.joined(separator: "\n") + "\n"
  }

  private var result: String {
    let answer = opinion.verdict.isSystemic
    return """
      ## Result: \(answer.word.uppercased())

      \(OpinionWords.verdictQuestion) **\(Typography.sentence(answer.word)).**

      \(prose(opinion.verdict.sentence))
      \(decidedBy(answer, indent: ""))
      """
  }

  private func decidedBy(_ answer: Answer?, indent: String) -> String {
    guard let missing = answer?.missing, !missing.isEmpty else { return "" }
    let lines = missing.map { "\(indent)- " + fact($0) }
    return "\n\(indent)Would be decided by:\n\n" + lines.joined(separator: "\n") + "\n"
  }

  private var figures: String {
    let lines = KeyFigures(opinion.classification).lines
    let table = Markdown.table(
      ["Figure", "Value", "Exactly", "Note"],
      lines.map { line in
        [
          Markdown.text(line.name), Markdown.text(line.value), line.digits ?? "",
          Markdown.text(line.note),
        ]
      })
    return table
  }

  private var facts: String {
    let table = Markdown.table(
      ["Fact", "Value", "Source"],
      opinion.facts.map {
        [
          Markdown.code($0.id), Markdown.text($0.value),
          Markdown.linked(OpinionWords.stated($0.source)),
        ]
      })
    let refused = opinion.classification.problems.map { problem in
      "- Not used: \(Markdown.code(problem.column)): \(prose(problem.reason)) "
        + "(\(prose(problem.remedy)))\n"
    }
    return table + (refused.isEmpty ? "" : "\n" + refused.joined())
  }

  private var questions: String {
    let own = opinion.divergencesByQuestion
    return opinion.questions.indices.map { index in
      question(opinion.questions[index], number: index + 1, own[index])
    }.joined(separator: "\n")
  }

  private func question(
    _ question: Opinion.Question, number: Int, _ divergences: [Divergence]
  ) -> String {
    let reasons = question.reasoning.enumerated().map { index, statement in
      "\(index + 1). \(sentence(statement))\n"
    }
    let notes = divergences.map(divergence)
    let note =
      notes.isEmpty
      ? "" : "\n> **Pages you may have met that say otherwise**\n>\n" + notes.joined(separator: ">\n")
    let answer = question.answer?.word ?? "does not arise"
    return "### \(number). \(Markdown.text(question.title))\n\n**Answer: \(answer)**\n"
      + decidedBy(question.answer, indent: "")
      + (reasons.isEmpty ? "" : "\n" + reasons.joined()) + note
  }
}

extension OpinionMarkdown {
  /// A text of our own or of the law, escaped, with powers raised.
  func prose(_ text: String) -> String { Markdown.text(Typography.powers(text)) }

  /// A fact in words with its identifier.
  func fact(_ id: String) -> String {
    Markdown.text(OpinionWords.fact(id)) + " (" + Markdown.code(id) + ")"
  }

  /// A sentence with what it rests on in parentheses.
  func sentence(_ statement: Opinion.Statement) -> String {
    guard !statement.citations.isEmpty else { return prose(statement.text) }
    return prose(statement.text) + " ("
      + statement.citations.map(citation).joined(separator: "; ") + ")"
  }

  /// `Art. 51(2) AI Act, statute`, with a doubt where there is one; days and address stand among the authorities.
  func citation(_ citation: Citation) -> String {
    let doubt = OpinionWords.doubt(citation.confidence).map { ", " + $0 } ?? ""
    return prose(citation.text) + ", " + citation.force.rawValue + doubt
  }

  /// A divergence as a quoted item.
  func divergence(_ divergence: Divergence) -> String {
    let source = divergence.source
    let heading = divergence.heading.map { ", under \u{201C}" + prose($0) + "\u{201D}" } ?? ""
    let doubt = OpinionWords.doubt(divergence.confidence).map { ", " + $0 } ?? ""
    let note = divergence.note.map { ">   Note: \(prose($0))\n" } ?? ""
    return """
      > - \(prose(source.publisher)): *\(prose(source.title))*, \(prose(source.dated))\(heading)
      >   It says: \(prose(divergence.says))
      >   The primary source says: \(prose(divergence.primary)) (\(prose(divergence.cite))\(doubt))

      """ + note
  }

  /// An amount in two significant figures.
  func amount(_ flop: FLOP?) -> String { flop?.printed() ?? "unknown" }
}
