internal import Compute
internal import Documents
internal import Duties
internal import Ground

/// The classification of a model in one word, one sentence and its figures.
struct Verdict {
  let opinion: Opinion
  let model: RecordState

  init(_ opinion: Opinion, of model: RecordState) {
    self.opinion = opinion
    self.model = model
  }

  /// The box at the top of a page.
  var html: HTML {
    let answer = opinion.verdict.isSystemic
    let compute: HTML =
      opinion.classification.cumulative.map { "\(Component.prose($0.printed())) FLOP" }
      ?? "<span class=\"unknown\">unknown</span>"
    return """
      <section class="verdict \(answer.word)" aria-labelledby="verdict-title">
      <h2 id="verdict-title">General-purpose AI model with systemic risk?</h2>
      <p class="word">\(Component.icon(answer))\(Typography.sentence(answer.word))</p>
      <p>\(Component.prose(opinion.verdict.sentence))</p>
      \(next)\(Parts.facts([
        ("cumulative compute", compute), ("law as of", Component.day(opinion.day)),
        ("rules last compared with their sources", Component.day(opinion.lawChecked)),
      ]))\(missing(answer))<p><a href="/models/\(model.id.key)/opinion">The whole opinion, with reasons and citations</a></p>
      </section>

      """
  }

  private var next: HTML {
    guard let next = opinion.verdict.next else { return "" }
    let basis = next.citations.map { "\(Parts.rule($0.id, $0)) \(Parts.force($0.force))" as HTML }
    return """
      <p><strong>\(Component.prose(Typography.days(next.text)))</strong> \(HTML.joined(basis, by: ", "))</p>

      """
  }

  private func missing(_ answer: Answer) -> HTML {
    guard !answer.missing.isEmpty else { return "" }
    let facts = answer.missing.map { "\(OpinionParts.fact($0))" as HTML }
    return "<p>This would be decided by: \(HTML.joined(facts, by: ", ")).</p>\n"
  }
}
