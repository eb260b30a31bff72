internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// Adding a file: chosen or dropped, with what it shows; nothing is filled in for anybody.
struct EvidenceForm {
  let visit: Visit
  let models: [RecordState]
  let people: [RecordState]
  let replaced: RecordState?
  var problem: Problem?

  static let endpoints: [Endpoint] = [
    .get("/evidence/new") { visit in .page(try await EvidenceForm(visit).body) },
    .upload("/evidence/new") { visit in
      do throws(Problem) {
        return .see("/evidence/" + (try await add(visit)).id.key)
      } catch {
        var form = try await EvidenceForm(visit)
        form.problem = error
        return .page(form.body, status: RefusalPage.status(error))
      }
    },
  ]

  private static func add(_ visit: Visit) async throws(Problem) -> RecordState {
    guard let file = visit.file else {
      throw Problem(
        "server.no-file", what: "no file was chosen", why: "evidence is a file",
        mend: "choose one, or drop it on the form")
    }
    var evidence = NewEvidence(
      file.scratch.source(file.name), title: visit.form.text("title") ?? "")
    evidence.name = file.name
    evidence.sha256 = visit.form.text("sha256")
    evidence.effective = try EvidencePage.day("effective", visit)
    evidence.confidentiality = try confidentiality(visit)
    if let id = visit.form.text("incident").flatMap({ RecordID($0) }) {
      // Whoever may not read the incident must not read what belongs to it.
      let incident = try await visit.workspace.needed(id)
      evidence.confidentiality = max(
        evidence.confidentiality ?? incident.confidentiality, incident.confidentiality)
    }
    evidence.reason = visit.form.text("reason")
    evidence.replaces = try visit.form.text("replaces").map { text throws(Problem) in
      try RecordPage.id("evidence", String(text.drop { $0 != "/" }.dropFirst()))
    }
    for name in ["expires", "edition", "reviewer", "review_by", "duties", "model", "incident"] {
      guard let text = visit.form.text(name), let field = RecordKind.evidence.field(name) else {
        continue
      }
      evidence.fields.append((name, try field.value(of: text)))
    }
    let added = try await visit.workspace.addEvidence(evidence)
    guard added.isNew else {
      throw Problem(
        "server.evidence-known", what: "this very file is there already: \(added.state.title)",
        why: "the same content is kept once; its record is \(added.state.id.text)",
        mend: "add what this file also answers to that record")
    }
    return added.state
  }

  private static func confidentiality(_ visit: Visit) throws(Problem) -> Confidentiality? {
    guard let word = visit.form.text("class") else { return nil }
    guard let found = Confidentiality(rawValue: word) else {
      throw Problem(
        "server.bad-class", what: "“\(word.prefix(40))” is no class",
        why: "the classes are " + Confidentiality.allCases.map(\.rawValue).joined(separator: ", "),
        mend: "choose one of them")
    }
    return found
  }

  init(_ visit: Visit) async throws(Problem) {
    self.visit = visit
    let workspace = visit.workspace
    models = try await workspace.states(.model)
    people = try await workspace.states(.person).filter { $0.status == "active" }
    if let text = visit.form.text("replaces") ?? visit.query.text("replaces") {
      replaced = try await workspace.needed(
        try RecordPage.id("evidence", String(text.drop { $0 != "/" }.dropFirst())))
    } else {
      replaced = nil
    }
  }

  var body: HTML {
    Frame(
      title: "Add a file", visit: visit, section: "/evidence",
      eyebrow: "<a href=\"/evidence\">Evidence</a>"
    ).around(
      """
      \(problem.map(RefusalPage.box) ?? "")\(again)<form method="post" action="/evidence/new" \
      enctype="multipart/form-data" class="sheet" data-drop>\(Frame.key(visit))
      \(drop)\(what)\(until)<p class="wide"><button>Keep it</button></p></form>

      """)
  }

  /// Browsers do not send a file twice.
  private var again: HTML {
    guard problem != nil else { return "" }
    return
      "<p class=\"caution\">Nothing was kept. Choose the file again: a browser does not send it a second time by itself.</p>\n"
  }

  private var drop: HTML {
    """
    <div class="wide drop" data-zone>
    <label for="file">The file</label>
    <input id="file" name="file" type="file" required>
    <input type="hidden" name="sha256" value="">
    <p class="note" data-said role="status">Up to \(Upload.mostBytes >> 20) MiB. It is kept encrypted; its SHA-256 \
    goes into the journal.</p>
    </div>

    """
  }

  private var what: HTML {
    let inputs = Inputs(form: visit.form)
    let rules: HTML =
      "for example <code>ai-act/53/1/a; cop/safety/10.1</code>; ids stand in <a href=\"/law\">the law</a>"
    var replaces: HTML = ""
    if let replaced {
      replaces = """
        <p class="wide caution">It replaces <a href="/evidence/\(replaced.id.key)">\(replaced.title)</a>.</p>
        <input type="hidden" name="replaces" value="\(replaced.id.text)">
        \(inputs.line("reason", "Why it replaces it (a reason is due)", isRequired: true))
        """
    }
    var incident: HTML = ""
    if let id = visit.form.text("incident") ?? visit.query.text("incident") {
      incident = """
        <p class="wide note">It belongs to \(Component.code(id)).</p>
        <input type="hidden" name="incident" value="\(id)">
        """
    }
    return """
      \(replaces)\(incident)\(inputs.line("title", "What it shows", isRequired: true, note: "for example Evaluation report, June 2026"))\
      \(inputs.choice("model", "Model", [("", "not of one model")] + models.map { ($0.id.text, $0.title) }, value: visit.query.text("model")))\
      \(inputs.line("duties", "Rules that it answers", value: visit.query.text("duties"), note: rules))\
      \(inputs.choice("class", "Who may read it", [("", "as usual: confidential")] + Confidentiality.allCases.map { ($0.rawValue, $0.rawValue) }))
      """
  }

  private var until: HTML {
    let inputs = Inputs(form: visit.form)
    let reviewers = people.map { ($0.id.text, $0.text("display_name") ?? $0.title) }
    return """
      \(inputs.line("effective", "The day from which it shows it", type: "date", note: "Left empty, today."))\
      \(inputs.line("expires", "The last day on which it shows it", type: "date", note: "Left empty, no end."))\
      \(inputs.choice("reviewer", "Who reviews it", [("", "nobody named")] + reviewers))\
      \(inputs.line("review_by", "The day of its next review", type: "date"))\
      \(inputs.line("edition", "Edition"))
      """
  }
}
