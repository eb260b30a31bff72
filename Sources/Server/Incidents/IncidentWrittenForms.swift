internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// What people write about an incident on pages of their own: the text of the reports, and what follows from it.
struct IncidentWrittenForms {
  let visit: Visit
  let incident: RecordState

  static let endpoints: [Endpoint] = told + papers.flatMap { following($0) }

  private static let told: [Endpoint] = [
    .get("/incidents/{key}/description") { visit in
      .page(try await IncidentWrittenForms(visit).description(nil))
    },
    .post("/incidents/{key}/description") { visit in
      let forms = try await IncidentWrittenForms(visit)
      do throws(Problem) { return .see(try await forms.describe()) } catch {
        return .page(try await forms.description(error), status: RefusalPage.status(error))
      }
    },
  ]

  private static func following(_ kind: RecordKind) -> [Endpoint] {
    let path = "/incidents/{key}/papers/" + kind.name
    return [
      .get(path) { visit in
        .page(try await IncidentWrittenForms(visit).paper(kind, nil))
      },
      .post(path) { visit in
        let forms = try await IncidentWrittenForms(visit)
        do throws(Problem) { return .see(try await forms.follow(kind)) } catch {
          return .page(try await forms.paper(kind, error), status: RefusalPage.status(error))
        }
      },
    ]
  }

  /// What follows from an incident and is written by hand.
  static let papers = [RecordKind.measure, .otherReport]

  private static let fields = [
    "title", "narrative", "model", "owner", "reporter", "contact", "source", "reference", "began",
    "ended", "harm", "chain", "involvement", "response", "recommendation", "root_cause", "factors",
    "failed_mitigations", "patterns",
  ]

  init(_ visit: Visit) async throws(Problem) {
    self.visit = visit
    incident = try await visit.workspace.needed(try IncidentPages.id(visit))
  }

  private var path: String { IncidentPages.path(incident.id) }

  private func frame(_ title: String, _ content: HTML, _ problem: Problem?) -> HTML {
    Frame(
      title: title, visit: visit, section: "/incidents",
      eyebrow: """
        \(Parts.link("/incidents", "Incidents")) · \(Parts.link(path, incident.title))
        """
    ).around("\(problem.map(RefusalPage.box) ?? "")\(content)")
  }

  // MARK: What is told

  private var toldForm: RecordForm {
    var form = RecordForm(
      visit: visit, kind: .incident, event: "incident-described", state: incident,
      only: IncidentWrittenForms.fields)
    form.action = path + "/description"
    form.button = "Keep it"
    form.asksDay = false
    form.further = unknown
    return form
  }

  private func description(_ problem: Problem?) async throws(Problem) -> HTML {
    let form = try await toldForm.withChoices()
    return frame(
      "What is told",
      """
      <p>The reports to the AI Office take their text from here. What is not known yet is said to be unknown; nothing is \
      filled in for anybody.</p>
      \(form.html)
      """, problem)
  }

  /// The fields that a report asks for and that may be unknown, each with a box.
  private var unknown: HTML {
    let isSent = visit.form.has("version")
    let marked = Set(isSent ? visit.form.texts("unknown") : incident.texts("unknown"))
    let boxes = IncidentPackage.redactable.compactMap { name -> HTML? in
      guard let field = RecordKind.incident.field(name) else { return nil }
      let mark: HTML = marked.contains(name) ? " checked" : ""
      return """
        <label><input type="checkbox" name="unknown" value="\(name)"\(mark)> \(field.title)</label>

        """
    }
    return """
      <fieldset class="boxes"><legend>Not known yet</legend>
      <p class="note">What stands here is listed as unknown in a report, so that it counts as said and not as left out.</p>
      \(boxes)\(WhyAsked(visit).html(["cop/safety/9.2/investigation"]))</fieldset>

      """
  }

  private func describe() async throws(Problem) -> String {
    var command = try toldForm.command()
    let before = Set(incident.texts("unknown"))
    let marked = visit.form.texts("unknown")
    if Set(marked) != before {
      command.change.set.append(("unknown", marked.isEmpty ? .null : JSON(marked)))
    }
    _ = try await visit.workspace.record(command)
    return path + "#told"
  }

  // MARK: What follows

  private func begun(_ kind: RecordKind) -> RecordForm {
    var form = RecordForm(
      visit: visit, kind: kind, event: kind.events.first { $0.begins }?.name ?? "",
      only: kind.fields.map(\.name).filter { $0 != "incident" })
    form.action = path + "/papers/" + kind.name
    form.button = "Note it"
    form.asksDay = false
    return form
  }

  private func paper(_ kind: RecordKind, _ problem: Problem?) async throws(Problem) -> HTML {
    frame(
      "New \(kind.title)", try await begun(kind).withChoices().html, problem)
  }

  private func follow(_ kind: RecordKind) async throws(Problem) -> String {
    var set = try begun(kind).sent()
    let title = set.firstIndex { $0.0 == "title" }.map { set.remove(at: $0).1.text ?? "" } ?? ""
    _ = try await visit.workspace.follow(incident, kind, title, set: set)
    return path + "#measures"
  }
}
