internal import Compute
internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// Two ways to a line of the compute ledger: the log of a training run, or figures by hand.
struct RunForms {
  let visit: Visit
  let model: RecordState
  var problem: Problem?
  /// Whether the forms stand in the set-up, to which they lead back.
  var isSetup = false

  /// What is asked of a run that is recorded by hand.
  static let byHand = [
    "name", "activity", "status", "start", "end", "known_since", "flop", "params_total",
    "params_active", "tokens", "hardware", "chips", "hours", "chip_hours", "utilisation", "from",
  ]

  static let endpoints: [Endpoint] = [
    .get("/models/{key}/runs/new") { visit in .page(try await RunForms(visit).page) },
    .post("/models/{key}/runs") { visit in
      var forms = try await RunForms(visit)
      do throws(Problem) {
        var command = try forms.hand.command()
        command.change.set.append(("model", .string(forms.model.id.text)))
        _ = try await visit.workspace.recordRun(command.change, of: forms.model)
        return .see(forms.after)
      } catch {
        forms.problem = error
        return .page(forms.page, status: RefusalPage.status(error))
      }
    },
    .upload("/models/{key}/logs") { visit in
      var forms = try await RunForms(visit)
      do throws(Problem) {
        try await forms.importLog()
        return .see(forms.after)
      } catch {
        forms.problem = error
        return .page(forms.page, status: RefusalPage.status(error))
      }
    },
  ]

  init(_ visit: Visit) async throws(Problem) {
    self.init(
      visit: visit,
      model: try await visit.workspace.needed(try RecordPage.id("model", visit.part("key"))))
    isSetup = visit.form.has("setup") || visit.query.has("setup")
  }

  init(visit: Visit, model: RecordState) {
    self.visit = visit
    self.model = model
  }

  private var after: String {
    isSetup ? "/setup/compute?model=" + model.id.key : "/models/\(model.id.key)#ledger"
  }

  private var page: HTML {
    Frame(
      title: "Record a run", visit: visit, section: "/models",
      eyebrow: Parts.link("/models/" + model.id.key, model.title)
    ).around("\(problem.map(RefusalPage.box) ?? "")\(html)")
  }

  /// Both forms.
  var html: HTML {
    let byHand: HTML = """
      <p>A run that is planned counts too: the two weeks of Art. 52(1) may begin before training does.</p>
      \(hand.html)
      """
    return Component.section("log", "From the log of a run", log)
      + Component.section("by-hand", "Or by hand", byHand)
  }

  private var hand: RecordForm {
    var form = RecordForm(
      visit: visit, kind: .trainingRun, event: "run-recorded", only: RunForms.byHand)
    form.action = "/models/\(model.id.key)/runs" + (isSetup ? "?setup=" : "")
    form.button = "Put the run on the ledger"
    form.asksDay = false
    return form
  }

  private var log: HTML {
    let kinds = LogKind.allCases.map {
      "<option value=\"\($0.rawValue)\">\($0.title)</option>" as HTML
    }
    let kind: HTML = """
      <select id="log-kind" name="kind"><option value="">by its content</option>\(kinds)</select>
      """
    let keep: HTML = """
      <select id="log-keep" name="keep"><option value="">no</option><option value="yes">yes</option></select>
      """
    let setup: HTML = isSetup ? "<input type=\"hidden\" name=\"setup\" value=\"\">" : ""
    return """
      <p>The program reads logs of the Hugging Face Trainer, Megatron, llm.c, nanoGPT, Slurm, DCGM, Weights &amp; Biases, and \
      plain tables. What the log does not tell stays open; nothing is guessed.</p>
      <form method="post" action="/models/\(model.id.key)/logs" enctype="multipart/form-data" class="record">
      \(Frame.key(visit))\(setup)
      \(row("file", "The log", "<input id=\"log-file\" name=\"file\" type=\"file\" required>", "log-file"))
      \(text("name", "Name of the run", "for example pretraining", isRequired: true))
      \(row("activity", "What was done", activities, "log-activity"))
      \(text("params", "Parameters", "for example 7B; where the log does not say"))
      \(text("tokens", "Tokens of one optimizer step", "for example 4194304"))
      \(text("gpus", "Number of GPUs", "for example 64"))
      \(text("hardware", "Chip", "for example H100 SXM"))
      \(row("kind", "Kind of log", kind, "log-kind"))
      \(row("keep", "Keep the log as evidence, encrypted", keep, "log-keep"))
      \(text("reason", "Why, where a run of this name is on the ledger already", ""))
      <p class="wide"><button>Read the log</button></p>
      </form>

      """
  }

  private var activities: HTML {
    let typed = visit.form.text("activity") ?? ""
    let options = Activities.all(visit.workspace.surroundings.law(visit.today)).map {
      id, title -> HTML in
      "<option value=\"\(id)\"\(id == typed ? " selected" as HTML : "")>\(title)</option>"
    }
    return """
      <select id="log-activity" name="activity" required><option value="">choose</option>\(options)</select>
      """
  }

  private func row(_ name: String, _ label: String, _ control: HTML, _ id: String) -> HTML {
    "<div class=\"field\"><div class=\"ask\"><label for=\"\(id)\">\(label)</label>\n\(control)</div></div>"
  }

  private func text(
    _ name: String, _ label: String, _ hint: String, isRequired: Bool = false
  ) -> HTML {
    let due: HTML = isRequired ? " required" : ""
    let note: HTML = hint.isEmpty ? "" : "<span class=\"note\">\(hint)</span>"
    return row(
      name, label,
      "<input id=\"log-\(name)\" name=\"\(name)\" value=\"\(visit.form.text(name) ?? "")\"\(due)>\(note)",
      "log-" + name)
  }

  /// Reads the log that was sent and puts what it tells on the ledger.
  private func importLog() async throws(Problem) {
    guard let file = visit.file else {
      throw Problem(
        "server.no-file", what: "no file came with the form", why: "a log is read from its file",
        mend: "choose the log, then send the form again")
    }
    guard let name = visit.form.text("name") else {
      throw Problem(
        "server.no-run-name", what: "the run has no name", why: "lineage names runs",
        mend: "give it a name, such as pretraining")
    }
    let source = file.scratch.source(file.name)
    let kind = visit.form.text("kind").flatMap { LogKind(rawValue: $0) }
    let reader = try ImportLogs(
      kind: kind, params: visit.form.text("params"), tokensPerStep: visit.form.text("tokens"),
      gpus: visit.form.text("gpus"), hardware: visit.form.text("hardware"))
    let run = try reader.run(source)
    var more: [(String, JSON)] = []
    if let activity = visit.form.text("activity") {
      more.append(("activity", .string(activity)))
    }
    try visit.workspace.checkFigure(run, more)
    if visit.form.text("keep") == "yes" {
      var evidence = NewEvidence(source, title: "Training log of \(name)")
      evidence.name = file.name
      evidence.fields = [("model", .string(model.id.text))]
      let kept = try await visit.workspace.addEvidence(evidence)
      more.append(("evidence", .string(kept.state.id.text)))
    }
    _ = try await visit.workspace.importRun(
      run, digest: try FileDigest.of(source), name: name, model: model, more: more,
      reason: visit.form.text("reason"))
  }
}
