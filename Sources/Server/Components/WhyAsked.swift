internal import Documents
internal import Duties
internal import Ground
internal import RuleFile
internal import Rulebook

/// The provision beside a field: because of which it is asked, how binding that is, and what it says.
struct WhyAsked {
  let law: Law
  /// The day of the law.
  var day: Day { law.day }

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
