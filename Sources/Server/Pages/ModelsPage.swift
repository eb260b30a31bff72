internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// All models, and the form for a new one.
struct ModelsPage {
  let visit: Visit
  let lines: [ModelLine]

  static let endpoints: [Endpoint] = [
    .get("/models") { visit in
      .page(ModelsPage(visit: visit, lines: try await ModelLine.all(visit.workspace)).body)
    },
    .get("/models/new") { visit in
      .page(RecordForm(visit: visit, kind: .model, event: "model-registered").page("New model"))
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
      lines.isEmpty
      ? Parts.empty("No model is registered. A model begins with its name; all else can follow.")
      : ModelLine.table(lines)
    return Frame(title: "Models", visit: visit, section: "/models").around(
      "<p class=\"actions\"><a class=\"button\" href=\"/models/new\">Register a model</a></p>\n\(table)"
    )
  }
}
