internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// All models, and the form for a new one.
struct ModelsPage {
  let visit: Visit
  let list: ModelList
  let choice: ListChoice

  static let endpoints: [Endpoint] = [
    .page("/models") { visit in
      let choice = ListChoice(visit, .model)
      return ModelsPage(
        visit: visit, list: try await visit.workspace.modelList(choice.question), choice: choice
      ).body
    },
    .get("/models/new") { visit in
      .page(
        try await RecordForm(visit: visit, kind: .model, event: "model-registered").withChoices()
          .page("New model"))
    },
    .post("/models/new") { visit in
      try await RecordForm(visit: visit, kind: .model, event: "model-registered").begin("New model")
      {
        "/models/" + $0.key
      }
    },
  ]

  var body: HTML {
    let table =
      list.rows.isEmpty
      ? Parts.empty(
        choice.isNarrowed
          ? "No model fits these choices."
          : """
          No model is registered. A model begins with its name; all else can follow. \
          \(Parts.link("/setup", "The set-up")) asks for what the first answer needs; \
          \(Parts.link("/samples", "samples")) show what the desk does.
          """)
      : ModelLine.table(list.rows)
    return Frame(title: "Models", visit: visit, section: "/models").around(
      """
      <p class="actions">\(Parts.button("/models/new", "Register a model")) <a href="/samples">Samples</a></p>
      \(choice.form(list.statuses))\(table)\(choice.pages(list.total))
      """
    )
  }
}
