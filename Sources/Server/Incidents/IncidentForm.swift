internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// Takes in a report: what happened, in whose words, and when it reached the provider.
struct IncidentForm {
  let visit: Visit
  var problem: Problem?

  /// What is asked first; all else can follow.
  private static let asked = [
    "title", "narrative", "model", "reporter", "contact", "source", "reference",
  ]

  static let endpoints: [Endpoint] = [
    .get("/incidents/new") { visit in .page(try await IncidentForm(visit: visit).page()) },
    .post("/incidents/new") { visit in
      var form = IncidentForm(visit: visit)
      do throws(Problem) {
        return .see(IncidentPages.path(try await form.take().id))
      } catch {
        form.problem = error
        return .page(try await form.page(), status: RefusalPage.status(error))
      }
    },
  ]

  private func take() async throws(Problem) -> RecordState {
    let record = RecordForm(
      visit: visit, kind: .incident, event: "incident-received", only: IncidentForm.asked)
    var set = try record.sent()
    let title = set.firstIndex { $0.0 == "title" }.map { set.remove(at: $0).1.text ?? "" } ?? ""
    let received = try moment.read()
    if let text = received?.asWritten { set.append(("as_written", .string(text))) }
    return try await visit.workspace.receiveIncident(
      IncidentNotice(title: title, received: received?.at, set: set))
  }

  private var moment: MomentInput {
    MomentInput(
      form: visit.form, prefix: "received", label: "When the report reached you",
      note: "Left empty: now. An hour without another clock is that of Brussels.", problem: problem)
  }

  private func page() async throws(Problem) -> HTML {
    var record = RecordForm(
      visit: visit, kind: .incident, event: "incident-received", only: IncidentForm.asked)
    record.action = "/incidents/new"
    record.button = "Take it in"
    record.asksDay = false
    record.further = moment.html
    record = try await record.withChoices()
    return Frame(
      title: "Take in a report", visit: visit, section: "/incidents",
      eyebrow: Parts.link("/incidents", "Incidents")
    ).around(
      """
      \(problem.map(RefusalPage.box) ?? "")<p>A line and the words of the report are enough. Nothing is decided by taking \
      it in; whether it is a serious incident is asked next.</p>
      \(record.html)
      """)
  }
}
