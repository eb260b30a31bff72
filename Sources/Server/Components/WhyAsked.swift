internal import Documents
internal import Duties
internal import Ground
internal import RuleFile
internal import Rulebook
internal import Workspace

/// The provisions because of which something is asked: how binding they are, since when, and what they say in our own words.
struct WhyAsked {
  let law: Law
  /// The day of the law.
  var day: Day { law.day }

  /// By the law of the day on which somebody looks.
  init(_ visit: Visit) { law = visit.workspace.surroundings.law(visit.today) }

  /// What stands beside a field.
  func html(_ field: RecordField) -> HTML {
    guard let first = field.asks.first, let citation = law.citation(first) else {
      return
        "<div class=\"why\"><p class=\"note\">For your own order; no rule asks for it.</p></div>\n"
    }
    let rules = field.asks.map(rule)
    return """
      <div class="why"><p>\(Parts.link("/law/" + first, citation.text)) \(Parts.force(citation.force))</p>
      <details><summary>Why is this asked?<span class="hidden"> \(field.title)</span></summary>
      \(rules)</details></div>

      """
  }

  /// Rules folded under a question that is no field.
  func html(_ rules: [String]) -> HTML {
    guard !rules.isEmpty else { return "" }
    return """
      <details class="why"><summary>Why is this asked?</summary>
      \(rules.map(rule))</details>

      """
  }

  /// One rule: what it says on the day, since when, and where.
  private func rule(_ id: String) -> HTML {
    guard let rule = law.rule(id) else { return "" }
    let cited: HTML =
      law.citation(id).map { citation in
        """
        <p class="cites">\(Parts.link("/law/" + id, citation.text)) \(Parts.force(citation.force)) · \(validity(citation))</p>

        """
      } ?? ""
    let text = law.provision(id)?.version.text
    let says: HTML = text.map { "<p>\(Component.prose($0))</p>\n" } ?? ""
    return """
      <p class="title">\(Typography.sentence(rule.title))</p>
      \(says)\(cited)
      """
  }

  private func validity(_ citation: Citation) -> HTML {
    if citation.from > day { return "in force only from \(Component.day(citation.from))" }
    guard let until = citation.until else { return "since \(Component.day(citation.from))" }
    return "from \(Component.day(citation.from)) until before \(Component.day(until))"
  }
}
