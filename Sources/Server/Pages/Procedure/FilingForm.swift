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

  init(_ visit: Visit, _ kind: RecordKind) async throws(Problem) {
    self.visit = visit
    self.kind = kind
    state = try await visit.workspace.needed(try RecordPage.id(kind.name, visit.part("key")))
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
      title: "Draft: " + state.title, visit: visit, section: "/notifications",
      eyebrow: "<a href=\"\(path)\">\(state.title)</a>"
    ).around(
      """
      \(problem.map(RefusalPage.box) ?? "")<p>Compute, methods, triggers and days follow from the records of the model; \
      here stands what only people can say.</p>
      <form method="post" action="\(path)/draft" class="record">\(Frame.key(visit))
      <input type="hidden" name="version" value="\(visit.form.text("version") ?? String(state.version))">
      \(DraftFields(visit: visit, kind: kind, state: state).html)<p class="wide"><button>Keep the draft</button></p>
      </form>

      """)
  }
}
