internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// The registers: all records of a kind.
struct RecordsPage {
  let visit: Visit
  let kind: RecordKind
  let list: RecordList
  let choice: ListChoice

  static let endpoints: [Endpoint] = [
    .get("/records") { visit in .page(kinds(visit)) },
    .get("/records/{kind}") { visit in
      let kind = try RecordPage.kind(visit.part("kind"))
      let choice = ListChoice(visit, kind)
      return .page(
        RecordsPage(
          visit: visit, kind: kind, list: try await visit.workspace.list(choice.question),
          choice: choice
        ).body)
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
    let table =
      list.rows.isEmpty
      ? Parts.empty(
        choice.isNarrowed
          ? "None fits these choices." : "There is no \(kind.title) that you may read.")
      : Component.table(
        "\(list.total) of this kind",
        [.init("Title"), .init("Status"), .figures("Version"), .init("Class"), .init("Changed")],
        list.rows.map { row in
          [
            Parts.link("/records/" + row.id.text, row.title), "\(row.status ?? "")",
            "\(row.version)", "\(row.confidentiality.rawValue)", Parts.moment(row.changed),
          ]
        })
    return Frame(
      title: Typography.sentence(kind.title) + " records", visit: visit, section: "/records",
      eyebrow: "<a href=\"/records\">Records</a>"
    ).around("\(new)\(choice.form(list.statuses))\(table)\(choice.pages(list.total))")
  }

  private var new: HTML {
    guard (try? RecordsPage.form(visit, kind)) != nil else { return "" }
    return """
      <p class="actions"><a class="button" href="/records/\(kind.name)/new">New \(kind.title)</a></p>

      """
  }
}
