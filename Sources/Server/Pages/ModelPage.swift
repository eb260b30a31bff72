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
  let procedure: ProcedureSection

  static let endpoints: [Endpoint] = [
    .page("/models/{key}") { visit in try await ModelPage(visit).body },
    .get("/models/{key}/opinion") { visit in
      let page = try await ModelPage(visit)
      return OpinionReply.page(try page.opinion.get())
    },
    .post("/models/{key}/opinions") { visit in
      let model = try await visit.workspace.needed(try id(visit))
      let draft = try await visit.workspace.draftOpinion(on: model) { opinion in
        (OpinionDocument.markdown(opinion), OpinionDocument.json(opinion))
      }
      return .see("/opinions/" + draft.id.key)
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
    procedure = try await ProcedureSection(visit, ledger.model)
  }

  private var path: String { "/models/" + model.id.key }

  var body: HTML {
    let mark: HTML = model.isSample ? " \(Parts.sample)" : ""
    return Frame(
      title: model.title, visit: visit, section: "/models",
      eyebrow: "\(Parts.link("/models", "Models")) · \(model.status ?? "registered")\(mark)"
    ).around("\(content)\(filed)\(record)")
  }

  private var content: HTML {
    switch opinion {
    case .failure(let problem):
      return "\(RefusalPage.box(problem))\(actions)\(due)\(procedure.html)\(records)"
    case .success(let opinion):
      let parts = ModelSections(visit: visit, opinion: opinion, compute: ledger)
      return """
        \(Verdict(opinion, of: model).html)\(actions)\(parts.thresholds)\(due)\(procedure.html)\
        \(parts.beside)\(parts.ledger)\(records)\(parts.lineage)\(parts.reconciliation)\(parts.forecast)
        """
    }
  }

  private var actions: HTML {
    """
    \(NotificationStep.html(visit, model, deadlines: deadlines, filings: procedure.filings))\
    <p class="actions"><a href="\(path)/what-if">What if</a> \
    <a href="\(path)/runs/new">Record a run</a> \
    <a href="/records/\(model.id.text)/changes/model-changed">Change facts</a> \
    <a href="/records/\(model.id.text)#actions">Say what happened to it</a></p>

    """
  }

  private var due: HTML {
    Component.section(
      "deadlines", "Deadlines",
      deadlines.isEmpty
        ? Parts.empty("Nothing is due for this model that the records tell of.")
        : DeadlineTable.html(
          "Open deadlines of this model, computed today", deadlines, today: visit.today,
          names: { names.name($0) }))
  }

  /// The records behind the lines of the ledger, those struck out included.
  private var records: HTML {
    let rows = ledger.runs.map { run -> [HTML] in
      [
        Parts.link(run), "\(run.status ?? "")", "\(run.version)",
        run.text("log_digest").map { Component.code(String($0.prefix(16)) + "…") } ?? "—",
        run.text("evidence").map { Parts.link("/records/" + $0, "the log") } ?? "—",
        Parts.moment(run.changed),
      ]
    }
    let table =
      rows.isEmpty
      ? Parts.empty(
        "No training run is on the ledger. \(Parts.link(path + "/runs/new", "Record the first")): from its log, or by hand."
      )
      : Component.table(
        "The records of the runs; version \(ledger.version) of the ledger",
        [
          .init("Run"), .init("Status"), .figures("Version"), .init("SHA-256 of its log"),
          .init("Evidence"), .init("Changed"),
        ], rows)
    return Component.section("runs", "Records of the runs", table)
  }

  private var filed: HTML {
    let rows = opinions.sorted { $0.begun > $1.begun }.map { opinion -> [HTML] in
      [
        Parts.link("/opinions/" + opinion.id.key, opinion.title), "\(opinion.status ?? "")",
        "\(names.name(opinion.author))", Parts.moment(opinion.begun),
        "\(opinion.fields["ledger_version"].map { FieldInput.text($0) } ?? "—")",
      ]
    }
    let table =
      rows.isEmpty
      ? Parts.empty("No opinion was drafted.")
      : Component.table(
        "Opinions as they were drafted and filed",
        [
          .init("Opinion"), .init("Status"), .init("Drafted by"), .init("Drafted"),
          .figures("Ledger version"),
        ], rows)
    return Component.section(
      "opinions", "Opinions",
      """
      \(table)<form method="post" action="\(path)/opinions">\(Frame.key(visit))\
      <p><button>Draft an opinion</button> <span class="note">It keeps today's facts and law word for word; another \
      person files it.</span></p></form>

      """)
  }

  private var record: HTML {
    Component.section(
      "record", "Record",
      """
      <p>\(Parts.link("/records/" + model.id.text, "All facts, what can happen to it, history and proof"))</p>

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
