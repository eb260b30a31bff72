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
      section("Pages you may have met that say otherwise", notes),
      section("Authorities", authorities),
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

  private var next: String {
    opinion.verdict.next.map { "\n\n" + sentence($0) } ?? ""
  }

  private var result: String {
    let answer = opinion.verdict.isSystemic
    return """
      ## Result: \(answer.word.uppercased())

      \(OpinionWords.verdictQuestion) **\(Typography.sentence(answer.word)).**

      \(prose(opinion.verdict.sentence))\(next)
      \(decidedBy(answer))
      """
  }

  private func decidedBy(_ answer: Answer?) -> String {
    guard let missing = answer?.missing, !missing.isEmpty else { return "" }
    let lines = missing.map { "- " + fact($0) }
    return "\nWould be decided by:\n\n" + lines.joined(separator: "\n") + "\n"
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
    opinion.questions.enumerated().map { question($1, number: $0 + 1) }.joined(separator: "\n")
  }

  private func question(_ question: Opinion.Question, number: Int) -> String {
    let reasons = question.reasoning.enumerated().map { index, statement in
      "\(index + 1). \(sentence(statement))\n"
    }
    let numbers = opinion.noteNumbers(question).map(String.init).joined(separator: ", ")
    let notes =
      numbers.isEmpty ? "" : "\nPages you may have met say otherwise: see notes \(numbers).\n"
    let answer = question.answer?.word ?? "does not arise"
    return "### \(number). \(prose(question.title))\n\n**Answer: \(answer)**\n"
      + decidedBy(question.answer) + (reasons.isEmpty ? "" : "\n" + reasons.joined()) + notes
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
    var cited: [String] = []
    for citation in statement.citations.map(citation) where !cited.contains(citation) {
      cited.append(citation)
    }
    return prose(statement.text) + (cited.isEmpty ? "" : " (" + cited.joined(separator: "; ") + ")")
  }

  /// `Art. 51(2) AI Act, statute`, with a doubt where there is one; days and address stand among the authorities.
  func citation(_ citation: Citation) -> String {
    let doubt = OpinionWords.doubt(citation.confidence).map { ", " + $0 } ?? ""
    return prose(citation.text) + ", " + citation.force.rawValue + doubt
  }

  /// An amount in two significant figures.
  func amount(_ flop: FLOP?) -> String { flop?.shown ?? "unknown" }
}
