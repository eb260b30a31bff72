internal import Compute
internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// One model: its classification of today with the facts beside it, the compute ledger, its deadlines and its opinions.
struct ModelPage {
  let visit: Visit
  let model: RecordState
  let ledger: ComputeLedger
  let opinion: Result<Opinion, Problem>
  let deadlines: [Deadline]
  let opinions: [RecordState]
  let names: PeopleNames

  static let endpoints: [Endpoint] = [
    .get("/models/{key}") { visit in .page(try await ModelPage(visit).body) },
    .get("/models/{key}/opinion") { visit in
      let page = try await ModelPage(visit)
      return OpinionReply.page(try page.opinion.get())
    },
    .post("/models/{key}/opinions") { visit in
      let model = try await visit.workspace.needed(try id(visit))
      let draft = try await visit.workspace.draftOpinion(on: model) { opinion in
        (OpinionDocument.markdown(opinion), OpinionDocument.json(opinion))
      }
      return .see("/records/" + draft.id.text)
    },
  ]

  private static func id(_ visit: Visit) throws(Problem) -> RecordID {
    try RecordPage.id("model", visit.part("key"))
  }

  init(_ visit: Visit) async throws(Problem) {
    self.visit = visit
    let workspace = visit.workspace
    let id = try ModelPage.id(visit)
    ledger = try await workspace.ledger(of: id)
    model = ledger.model
    do { opinion = .success(try workspace.opinion(on: ledger)) } catch { opinion = .failure(error) }
    var question = DocketQuestion()
    question.record = id
    deadlines = try await workspace.docket(question)
    opinions = try await workspace.states(.opinion).filter { $0.text("model") == id.text }
    names = try await PeopleNames(workspace)
  }

  var body: HTML {
    Frame(
      title: model.title, visit: visit, section: "/models",
      eyebrow: "Model · \(model.status ?? "registered")"
    ).around("\(verdict)\(due)\(runs)\(filed)\(record)")
  }

  private var verdict: HTML {
    switch opinion {
    case .failure(let problem): return RefusalPage.box(problem)
    case .success(let opinion):
      let answer = opinion.verdict.isSystemic
      let compute: HTML =
        opinion.classification.cumulative.map {
          "\(Component.prose($0.printed())) FLOP"
        } ?? "<span class=\"unknown\">unknown</span>"
      return """
        <section class="verdict \(answer.word)" aria-labelledby="verdict-title">
        <h2 id="verdict-title">General-purpose AI model with systemic risk?</h2>
        <p class="word">\(Component.icon(answer))\(Typography.sentence(answer.word))</p>
        <p>\(Component.prose(opinion.verdict.sentence))</p>
        \(Parts.facts([("cumulative compute", compute), ("ledger version", "\(ledger.version)")]))\
        \(missing(answer))<p><a href="/models/\(model.id.key)/opinion">Each question with reasons and citations</a></p>
        </section>

        """
    }
  }

  private func missing(_ answer: Answer) -> HTML {
    guard !answer.missing.isEmpty else { return "" }
    return "<p>This would be decided by: \(answer.missing.joined(separator: ", ")).</p>\n"
  }

  private var due: HTML {
    guard !deadlines.isEmpty else { return "" }
    return Component.section(
      "deadlines", "Deadlines",
      DeadlineTable.html(
        "Open deadlines of this model", deadlines, today: visit.today, names: { names.name($0) }))
  }

  private var runs: HTML {
    let rows = ledger.runs.map { run -> [HTML] in
      [
        Parts.link(run), "\(run.text("activity") ?? "")", "\(run.status ?? "")",
        "\(run.text("flop") ?? "—")", "\(run.text("chip_hours") ?? "—")",
        "\(run.text("log_kind") ?? "")",
      ]
    }
    let table =
      rows.isEmpty
      ? Parts.empty("No training run is on the ledger.")
      : Component.table(
        "The compute ledger, version \(ledger.version)",
        [
          .init("Run"), .init("Activity"), .init("Status"), .figures("FLOP"),
          .figures("Chip-hours"), .init("Log"),
        ], rows)
    return Component.section(
      "ledger", "Compute ledger",
      """
      \(table)<p class="actions"><a class="button" href="/records/training-run/new?model=\(model.id.text)">\
      Record a run</a></p>

      """)
  }

  private var filed: HTML {
    let list = Component.list(
      opinions.map { "\(Parts.link($0)) <span class=\"note\">\($0.status ?? "")</span>" })
    return Component.section(
      "opinions", "Opinions",
      """
      \(list)<form method="post" action="/models/\(model.id.key)/opinions">\(Frame.key(visit))\
      <p><button>Draft an opinion</button> <span class="note">It keeps today's facts and law; another person \
      files it.</span></p></form>

      """)
  }

  private var record: HTML {
    Component.section(
      "record", "Record",
      """
      <p><a href="/records/\(model.id.text)">All facts, what can happen to it, history and proof</a></p>

      """)
  }
}

/// An opinion as its own page, with its style sheet inside.
enum OpinionReply {
  static func page(_ opinion: Opinion) -> Reply {
    var reply = Reply(.text(OpinionDocument.html(opinion), type: "text/html; charset=utf-8"))
    reply.fields.append(("content-security-policy", OpinionDocument.policy))
    return reply
  }
}
