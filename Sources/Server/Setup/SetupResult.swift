internal import Compute
internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// The last step of the set-up: what the rules of today say of the model, what would decide the rest, and what is due.
struct SetupResult {
  let visit: Visit
  let steps: SetupSteps
  let deadlines: [Deadline]
  let names: PeopleNames
  /// The next step towards a notification that is due.
  let step: HTML

  init(_ visit: Visit) async throws(Problem) {
    self.visit = visit
    steps = try await SetupSteps(visit.workspace, model: visit.query.text("model"))
    var question = DocketQuestion()
    question.record = steps.model?.id
    deadlines = steps.model == nil ? [] : try await visit.workspace.docket(question)
    names = try await PeopleNames(visit.workspace)
    guard let model = steps.model else {
      step = ""
      return
    }
    step = NotificationStep.html(
      visit, model, deadlines: deadlines,
      filings: try await ProcedureSection(visit, model).filings)
  }

  var body: HTML {
    get throws(Problem) {
      guard let ledger = steps.ledger, let model = steps.model else {
        return frame(
          Parts.empty(
            "No model is registered. \(Parts.link("/setup/model", "Register the first"))."))
      }
      do throws(Problem) {
        let opinion = try visit.workspace.opinion(on: ledger)
        return frame(
          "\(Verdict(opinion, of: model).html)\(step)\(due)\(missing(opinion, model))\(onward(model))"
        )
      } catch {
        return frame("\(RefusalPage.box(error))\(onward(model))")
      }
    }
  }

  private func frame(_ content: HTML) -> HTML {
    Frame(
      title: steps.model.map { "What follows for \($0.title)" } ?? "What follows", visit: visit,
      section: "/", eyebrow: "Set-up"
    ).around("\(steps.list(at: .result))\(content)")
  }

  private func missing(_ opinion: Opinion, _ model: RecordState) -> HTML {
    let open = opinion.questions.compactMap { question -> HTML? in
      guard let missing = question.answer?.missing, !missing.isEmpty else { return nil }
      let facts = missing.map { "\(OpinionParts.fact($0))" as HTML }
      return
        "\(question.title) <span class=\"note\">would be decided by: \(HTML.joined(facts, by: ", "))</span>"
    }
    guard !open.isEmpty else { return "" }
    return Component.section(
      "open", "What is still open, and what would decide it",
      """
      \(Component.list(open))<p class="actions">\(Parts.link(
        "/records/\(model.id.text)/changes/model-changed", "Add facts of the model")) \
      <a href="\(steps.path(.compute))">Add a run</a></p>

      """)
  }

  private var due: HTML {
    Component.section(
      "due", "What is due",
      deadlines.isEmpty
        ? Parts.empty("Nothing is due for this model that the records tell of.")
        : DeadlineTable.html(
          "Deadlines, each computed today from the rules", deadlines, today: visit.today,
          names: { names.name($0) }))
  }

  private func onward(_ model: RecordState) -> HTML {
    Component.section(
      "onward", "Next",
      Component.list([
        "\(Parts.link("/models/" + model.id.key, "The page of the model")): ledger, lineage, forecast, what if",
        "\(Parts.link("/models/\(model.id.key)#opinions", "Draft the opinion")); a second person files it",
        "\(Parts.link("/docket", "The docket")): every deadline of every record",
        "\(Parts.link("/", "Home"))",
      ]))
  }
}
