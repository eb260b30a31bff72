internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// Every deadline, computed from records, rules and calendar.
struct DocketPage {
  let visit: Visit
  let part: DocketPart
  let page: Int
  let names: PeopleNames

  /// Rows of a page.
  private static let rows = 100

  static let endpoints: [Endpoint] = [
    .get("/docket") { visit in .page(try await DocketPage(visit).body) },
    .get("/docket.ics") { visit in
      let deadlines = try await visit.workspace.docket()
      let writer = ICSWriter(now: visit.workspace.surroundings.now(), reveals: false)
      let edition = writer.write(deadlines)
      return Reply(.bytes(edition.bytes, type: "text/calendar; charset=utf-8", name: "docket.ics"))
    },
  ]

  init(_ visit: Visit) async throws(Problem) {
    self.visit = visit
    var question = DocketQuestion()
    question.includesClosed = visit.query.has("all")
    question.isOverdueOnly = visit.query.has("overdue")
    question.owner = visit.query.text("owner")
    if let day = visit.query.text("day") {
      guard let read = Day(iso: day) else {
        throw Problem(
          "server.bad-day", what: "“\(day.prefix(40))” is not a day",
          why: "days are written YYYY-MM-DD",
          mend: "for example \(visit.today.iso)")
      }
      question.day = read
    }
    page = min(max(1, visit.query.text("page").flatMap { Int($0) } ?? 1), 1_000_000)
    part = try await visit.workspace.docket(
      question, from: (page - 1) * DocketPage.rows, atMost: DocketPage.rows)
    names = try await PeopleNames(visit.workspace)
  }

  var body: HTML {
    let day = visit.query.text("day").flatMap { Day(iso: $0) } ?? visit.today
    let table =
      part.deadlines.isEmpty
      ? Parts.empty("Nothing is on the docket for these choices.")
      : DeadlineTable.html(
        "\(part.total) deadlines on \(day.words)", part.deadlines, today: day,
        names: { names.name($0) })
    return Frame(title: "Docket", visit: visit, section: "/docket").around(
      """
      \(choices)\(table)\(pages)<p class="note">“Act by” is the cautious day, “binding” the one that the text itself gives. \
      Nothing of it is stored: events end deadlines. <a href="/docket.ics">As a calendar file</a>, with neutral titles \
      for what is confidential.</p>

      """)
  }

  private var pages: HTML {
    let kept = visit.query.pairs.filter { $0.name != "page" }.map {
      Desk.encoded($0.name) + "=" + Desk.encoded($0.value)
    }
    return Paging(page: page, rows: DocketPage.rows).links(part.total) { page in
      "/docket?" + (kept + ["page=" + String(page)]).joined(separator: "&")
    }
  }

  private var choices: HTML {
    func box(_ name: String, _ label: String) -> HTML {
      let isOn: HTML = visit.query.has(name) ? " checked" : ""
      return "<label><input type=\"checkbox\" name=\"\(name)\"\(isOn)> \(label)</label>\n"
    }
    let roles = Role.allCases.dropLast(2).map { role -> HTML in
      let isChosen: HTML = visit.query.text("owner") == role.rawValue ? " selected" : ""
      return "<option\(isChosen)>\(role.rawValue)</option>"
    }
    return """
      <form method="get" action="/docket" class="choices">
      \(box("overdue", "only overdue"))\(box("all", "also met and later"))\
      <label>Owner <select name="owner"><option value="">everybody</option>\(roles)</select></label>
      <label>As of <input type="date" name="day" value="\(visit.query.text("day") ?? "")"></label>
      <button>Show</button>
      </form>

      """
  }
}
