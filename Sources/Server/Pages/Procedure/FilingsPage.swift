internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// Everything that was sent to the Commission or is being prepared, with what is due next.
struct FilingsPage {
  let visit: Visit
  let kind: RecordKind
  let filings: [RecordState]
  let models: [RecordState]

  static let endpoints: [Endpoint] = [
    .get("/notifications") { visit in .page(try await FilingsPage(visit, .notification).body) },
    .get("/reassessments") { visit in .page(try await FilingsPage(visit, .reassessment).body) },
  ]

  init(_ visit: Visit, _ kind: RecordKind) async throws(Problem) {
    self.visit = visit
    self.kind = kind
    filings = try await visit.workspace.states(kind).sorted { $0.changed > $1.changed }
    models = try await visit.workspace.states(.model)
  }

  var body: HTML {
    let isNotification = kind.name == RecordKind.notification.name
    return Frame(
      title: isNotification ? "Notifications to the Commission" : "Requests for reassessment",
      visit: visit, section: "/notifications"
    ).around("\(places)\(list)\(begin)")
  }

  private var places: HTML {
    let links = [
      ("/notifications", "Notifications, Art. 52(1)"),
      ("/reassessments", "Reassessments, Art. 52(5)"), ("/mandates", "Mandates, Art. 54"),
    ].map { path, name -> HTML in
      visit.path == path ? "<strong>\(name)</strong>" : Parts.link(path, name)
    }
    return "<p class=\"eyebrow\">\(HTML.joined(links, by: " · "))</p>\n"
  }

  private var list: HTML {
    let titles = Dictionary(models.map { ($0.id.text, $0.title) }) { first, _ in first }
    guard !filings.isEmpty else {
      return Parts.empty(
        kind.name == RecordKind.notification.name
          ? "Nothing was sent to the Commission, and nothing is being prepared."
          : "No reassessment was requested. It is open for designations under Art. 52(4) only.")
    }
    return Component.table(
      "\(filings.count) on the record",
      [
        .init("Filing"), .init("Model"), .init("Stands at"), .init("Sent"), .init("Channel"),
        .init("Changed"),
      ],
      filings.map { state in
        [
          Parts.link(ProcedurePages.path(state.id), state.title),
          "\(state.text("model").flatMap { titles[$0] } ?? "")", "\(state.status ?? "")",
          state.happened[kind.name + "-submitted"].map { Parts.effective($0) } ?? "—",
          "\(state.text("channel") ?? "—")", Parts.moment(state.changed),
        ]
      })
  }

  private var begin: HTML {
    let isNotification = kind.name == RecordKind.notification.name
    let possible =
      isNotification ? models : models.filter { $0.text("designated_under") == "52(4)" }
    guard !possible.isEmpty else { return "" }
    let forms = possible.map { model -> HTML in
      """
      <li><form method="post" action="/models/\(model.id.key)\(ProcedurePages.path(kind))">\(Frame.key(visit))
      <button class="plain">Draft for \(model.title)</button></form></li>

      """
    }
    return Component.section("begin", "Begin", "<ul>\(forms)</ul>\n")
  }
}
