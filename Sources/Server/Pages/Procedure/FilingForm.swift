internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// The draft of a filing as a form; every field says why it is asked, and nothing is filled in for anybody.
struct FilingForm {
  let visit: Visit
  let kind: RecordKind
  let state: RecordState
  var problem: Problem?
  /// A report on an incident as it would be sent, beside which it is written.
  private let filing: Filing?

  init(_ visit: Visit, _ kind: RecordKind) async throws(Problem) {
    self.visit = visit
    self.kind = kind
    state = try await visit.workspace.needed(try RecordPage.id(kind.name, visit.part("key")))
    filing =
      kind.name == RecordKind.incidentReport.name ? try await visit.workspace.filing(state.id) : nil
  }

  /// What the report says of the event, beside the law, and the document as it would be.
  private var beside: HTML {
    guard let filing else { return "" }
    let preview: HTML =
      filing.document.map { document in
        Component.section(
          "preview", "The document as it would be today",
          "<details open><summary>Show it</summary>\n\(document.preview)</details>\n")
      } ?? ""
    return IncidentReportFields(visit: visit, filing: filing).html + preview
  }

  private var isOnIncident: Bool { kind.name == RecordKind.incidentReport.name }

  private var introduction: HTML {
    guard isOnIncident, let incident = state.text("incident").flatMap({ RecordID($0) }) else {
      return """
        Compute, methods, triggers and days follow from the records of the model; here stands what only people can say.
        """
    }
    return """
      What the report says of the event follows from \(Parts.link(IncidentPages.path(incident) + "/description", "what is told of the incident")); \
      here stands what concerns its sending.
      """
  }

  /// Keeps what was sent, or shows the form again with what was typed.
  func save() async throws(Problem) -> Reply {
    do {
      let version = visit.form.text("version").flatMap { Int($0) }
      _ = try await visit.workspace.changeFiling(
        state, set: try DraftFields(visit: visit, kind: kind, state: state).changed(),
        expectedVersion: version)
      return .see(ProcedurePages.path(state.id))
    } catch {
      var form = self
      form.problem = error
      return .page(form.body, status: RefusalPage.status(error))
    }
  }

  var body: HTML {
    let path = ProcedurePages.path(state.id)
    return Frame(
      title: "Draft: " + state.title, visit: visit,
      section: isOnIncident ? "/incidents" : "/notifications",
      eyebrow: "<a href=\"\(path)\">\(state.title)</a>"
    ).around(
      """
      \(problem.map(RefusalPage.box) ?? "")<p>\(introduction)</p>
      <form method="post" action="\(path)/draft" class="record">\(Frame.key(visit))
      <input type="hidden" name="version" value="\(visit.form.text("version") ?? String(state.version))">
      \(DraftFields(visit: visit, kind: kind, state: state).html)<p class="wide"><button>Keep the draft</button></p>
      </form>
      \(beside)

      """)
  }
}
