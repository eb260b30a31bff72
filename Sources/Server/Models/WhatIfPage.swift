internal import Compute
internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// What the classification would be, were facts otherwise: a question, of which nothing is written.
struct WhatIfPage {
  let visit: Visit
  let ledger: ComputeLedger
  let question: WhatIf
  let now: Opinion
  let then: Result<Opinion, Problem>

  static let endpoints: [Endpoint] = [
    .get("/models/{key}/what-if") { visit in .page(try await WhatIfPage(visit).body) }
  ]

  init(_ visit: Visit) async throws(Problem) {
    self.visit = visit
    ledger = try await visit.workspace.ledger(of: try RecordPage.id("model", visit.part("key")))
    now = try visit.workspace.opinion(on: ledger)
    var asked = WhatIf()
    let answer: Result<Opinion, Problem>
    do throws(Problem) {
      asked = try WhatIfForm(visit: visit, ledger: ledger).question
      answer = .success(try visit.workspace.opinion(on: ledger, supposing: asked))
    } catch {
      answer = .failure(error)
    }
    question = asked
    then = answer
  }

  var body: HTML {
    Frame(
      title: "What if: \(ledger.model.title)", visit: visit, section: "/models",
      eyebrow: Parts.link("/models/" + ledger.model.id.key, ledger.model.title)
    ).around(
      """
      <p>Suppose facts were otherwise. The answer is computed by the same rules, and nothing of it is written.</p>
      \(answer)\(WhatIfForm(visit: visit, ledger: ledger).html)
      """)
  }

  private var answer: HTML {
    switch then {
    case .failure(let problem): return RefusalPage.box(problem)
    case .success(let then):
      guard !question.isEmpty else { return "" }
      let rows = zip(WhatIfPage.lines(now), WhatIfPage.lines(then)).map { before, after -> [HTML] in
        let isSame = before.value == after.value
        return [
          "\(before.title)", before.value, after.value,
          isSame ? "as it is" : "<strong>changes</strong>",
        ]
      }
      return Component.section(
        "answer", "What would follow",
        """
        \(Component.table(
          "The answers of today, and those of the supposition",
          [.init("Question"), .init("As recorded"), .init("As supposed"), .init("Difference")],
          rows))
        <p class="rule">\(Component.prose(then.verdict.sentence))</p>
        <details><summary>Each question as supposed, with reasons</summary>\(OpinionParts.questions(then))</details>

        """)
    }
  }

  private static func lines(_ opinion: Opinion) -> [(title: String, value: HTML)] {
    func answer(_ id: String) -> HTML {
      Component.badge(opinion.questions.first { $0.id == id }?.answer)
    }
    func amount(_ flop: FLOP?) -> HTML {
      flop.map { "\(Component.prose($0.printed())) FLOP" }
        ?? "<span class=\"unknown\">unknown</span>"
    }
    func day(_ day: Day?) -> HTML { day.map { Component.day($0) } ?? "—" }
    let found = opinion.classification
    return [
      ("Systemic risk", Component.badge(opinion.verdict.isSystemic)),
      ("General-purpose AI model", answer("general-purpose")),
      ("Cumulative compute", amount(found.cumulative)),
      ("More than 10²⁵ FLOP", Component.badge(found.exceeds)),
      ("Modifier becomes provider", Component.badge(found.isModifierProvider)),
      ("Passes 10²⁵ FLOP on", day(opinion.forecast?.crossing)),
      ("Known that it will, on", day(opinion.forecast?.known)),
      (
        "Due first",
        opinion.verdict.next.map { Component.prose($0.text) } ?? "nothing that the facts tell of"
      ),
    ]
  }
}
