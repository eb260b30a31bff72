internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// The registers: all records of a kind.
struct RecordsPage {
  let visit: Visit
  let kind: RecordKind
  let records: [RecordState]

  /// Rows of a page.
  private static let rows = 100

  static let endpoints: [Endpoint] = [
    .get("/records") { visit in .page(kinds(visit)) },
    .get("/records/{kind}") { visit in
      let kind = try RecordPage.kind(visit.part("kind"))
      return .page(
        RecordsPage(visit: visit, kind: kind, records: try await visit.workspace.states(kind)).body)
    },
    .get("/records/{kind}/new") { visit in
      let kind = try RecordPage.kind(visit.part("kind"))
      return .page(try form(visit, kind).page("New \(kind.title)"))
    },
    .post("/records/{kind}/new") { visit in
      let kind = try RecordPage.kind(visit.part("kind"))
      return try await form(visit, kind).begin("New \(kind.title)") { "/records/" + $0.text }
    },
  ]

  private static func form(_ visit: Visit, _ kind: RecordKind) throws(Problem) -> RecordForm {
    guard let event = kind.events.first(where: \.begins),
      !["person", "session", "access", "operation", "evidence", "erasure", "opinion", "assignment"]
        .contains(kind.name)
    else {
      throw Problem(
        "server.not-by-form", what: "a \(kind.title) does not begin with a form",
        why: "it is made by a step of its own", mend: "systemic --help lists the commands")
    }
    return RecordForm(visit: visit, kind: kind, event: event.name)
  }

  private static func kinds(_ visit: Visit) -> HTML {
    Frame(title: "Records", visit: visit, section: "/records").around(
      Component.list(
        RecordKind.all.map {
          Parts.link("/records/" + $0.name, Typography.sentence($0.title))
        }))
  }

  var body: HTML {
    let page = max(1, visit.query.text("page").flatMap { Int($0) } ?? 1)
    let start = min(records.count, (page - 1) * RecordsPage.rows)
    let shown = records[start..<min(records.count, start + RecordsPage.rows)]
    let table =
      shown.isEmpty
      ? Parts.empty("There is no \(kind.title) that you may read.")
      : Component.table(
        "\(records.count) of this kind",
        [.init("Title"), .init("Status"), .figures("Version"), .init("Class"), .init("Changed")],
        shown.map { state in
          [
            Parts.link(state), "\(state.status ?? "")", "\(state.version)",
            "\(state.confidentiality.rawValue)", Parts.moment(state.changed),
          ]
        })
    return Frame(
      title: Typography.sentence(kind.title) + " records", visit: visit, section: "/records",
      eyebrow: "<a href=\"/records\">Records</a>"
    ).around("\(new)\(table)\(pages(page))")
  }

  private var new: HTML {
    guard (try? RecordsPage.form(visit, kind)) != nil else { return "" }
    return """
      <p class="actions"><a class="button" href="/records/\(kind.name)/new">New \(kind.title)</a></p>

      """
  }

  private func pages(_ page: Int) -> HTML {
    let last = (records.count + RecordsPage.rows - 1) / RecordsPage.rows
    guard last > 1 else { return "" }
    let path = "/records/\(kind.name)?page="
    let before: HTML = page > 1 ? Parts.link(path + String(page - 1), "Before") : ""
    let after: HTML = page < last ? Parts.link(path + String(page + 1), "Further") : ""
    return
      "<nav class=\"pages\" aria-label=\"Pages\">\(before) page \(page) of \(last) \(after)</nav>\n"
  }
}
