internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// Every deadline as a list, computed from records, rules and calendar; some of them can be given to somebody.
struct DocketPage {
  let view: DocketView
  var problem: Problem?

  static let endpoints: [Endpoint] = [
    .page("/docket") { visit in
      DocketPage(view: try await DocketView(visit, isPaged: true)).body
    },
    .get("/docket.csv") { visit in
      let view = try await DocketView(visit)
      return Reply(
        .bytes(
          csv(view.deadlines, owner: view.owner), type: "text/csv; charset=utf-8",
          name: "docket-\(view.day.iso).csv"))
    },
    .get("/docket.ics") { visit in
      let deadlines = try await visit.workspace.docket()
      let writer = ICSWriter(now: visit.workspace.surroundings.now(), reveals: false)
      let edition = writer.write(deadlines)
      return Reply(.bytes(edition.bytes, type: "text/calendar; charset=utf-8", name: "docket.ics"))
    },
    .post("/docket/assignments") { visit in
      do throws(Problem) {
        try await visit.workspace.assign(
          visit.form.texts("deadline"), to: visit.form.text("person") ?? "",
          note: visit.form.text("note"))
        return .see("/docket")
      } catch {
        var page = DocketPage(view: try await DocketView(visit, isPaged: true))
        page.problem = error
        return .page(page.body, status: RefusalPage.status(error))
      }
    },
  ]

  /// The deadlines as a table for a spreadsheet.
  static func csv(_ deadlines: [Deadline], owner: (Deadline) -> String) -> [UInt8] {
    let head = [
      "id", "record", "what", "act_by", "binding_day", "status", "owner", "rule", "citation",
      "force", "missing",
    ]
    let lines = deadlines.map { deadline in
      CSVLine.of([
        deadline.id, deadline.record.text, deadline.title, deadline.alarmDay?.iso ?? "",
        deadline.statutoryDay?.iso ?? "", deadline.status.rawValue, owner(deadline),
        deadline.ruleID ?? "", deadline.citation?.text ?? "", deadline.force.rawValue,
        deadline.missing.joined(separator: "; "),
      ])
    }
    return CSVLine.of(head) + lines.flatMap { $0 }
  }

  private var pageNumber: Int { Paging.number(view.visit) }

  var body: HTML {
    let shown = view.deadlines
    return view.page(
      "/docket",
      """
      \(problem.map(RefusalPage.box) ?? "")\(shown.isEmpty ? empty : form(shown))\(pages)
      """)
  }

  private var empty: HTML {
    Parts.empty(
      """
      Nothing is on the docket for these choices. Deadlines appear by themselves when a model, an event or a piece of \
      evidence is recorded.
      """)
  }

  private func form(_ shown: [Deadline]) -> HTML {
    let people = view.people.map { person -> HTML in
      "<option value=\"\(person.title)\">\(person.text("display_name") ?? person.title)</option>"
    }
    let assign: HTML =
      people.isEmpty
      ? ""
      : """
      <div class="choices"><label>Give the chosen ones to <select name="person">\(people)</select></label>
      <label>Note <input name="note"></label> <button>Assign</button></div>

      """
    return """
      <form method="post" action="/docket/assignments">\(Frame.key(view.visit))
      \(table(shown))\(assign)</form>

      """
  }

  private func table(_ shown: [Deadline]) -> HTML {
    Component.table(
      "\(view.total) deadlines on \(view.day.words)",
      [
        .init("What"), .init("Act by"), .figures("In days"), .init("Binding day"), .init("Status"),
        .init("Owner"), .init("Legal basis"), .init("Choose"),
      ],
      shown.map { deadline in
        DeadlineTable.row(deadline, today: view.day, owner: view.owner(deadline)) + [
          """
          <input type="checkbox" name="deadline" value="\(deadline.id)" aria-label="Choose \(deadline.title)">
          """
        ]
      })
  }

  private var pages: HTML {
    let last = (view.total + DocketView.most - 1) / DocketView.most
    guard last > 1 else { return "" }
    func link(_ page: Int, _ title: String) -> HTML {
      Parts.link("/docket" + view.query("page", String(page)), title)
    }
    return """
      <nav class="pages" aria-label="Pages">\(pageNumber > 1 ? link(pageNumber - 1, "Before") : "") \
      page \(min(pageNumber, last)) of \(last) \(pageNumber < last ? link(pageNumber + 1, "Further") : "")</nav>

      """
  }
}
