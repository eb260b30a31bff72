internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// What of the docket is looked at: read from the address, so that every view has one that stays.
struct DocketView {
  let visit: Visit
  let question: DocketQuestion
  /// The day on which it is read.
  let day: Day
  let status: Deadline.Status?
  let model: RecordID?
  /// Those of the page of a list; elsewhere all of them.
  let deadlines: [Deadline]
  /// How many there are in all.
  let total: Int
  /// The models to choose from, where these are few.
  let models: [RecordSummary]
  let people: [RecordState]
  let names: PeopleNames

  /// Most deadlines that a picture or the list shows at once.
  static let most = 100
  /// Most models among which one is chosen from a list.
  private static let mostModels = 200

  init(_ visit: Visit, isPaged: Bool = false) async throws(Problem) {
    self.visit = visit
    var question = DocketQuestion()
    question.includesClosed = visit.query.has("all")
    question.isOverdueOnly = visit.query.has("overdue")
    question.owner = visit.query.text("owner")
    question.day = try DocketView.day("day", visit)
    let status = visit.query.text("status").flatMap { Deadline.Status(rawValue: $0) }
    if status.map(DocketView.isClosed) == true { question.includesClosed = true }
    let model = visit.query.text("model").flatMap { RecordID($0) }
    (question.status, question.record) = (status, model)
    (self.question, self.status, self.model) = (question, status, model)
    day = question.day ?? visit.today
    let workspace = visit.workspace
    let start = isPaged ? (Paging.number(visit) - 1) * DocketView.most : 0
    let part = try await workspace.docket(
      question, from: start, atMost: isPaged ? DocketView.most : .max)
    (deadlines, total) = (part.deadlines, part.total)
    models = try await DocketView.models(workspace)
    people = try await workspace.states(.person).filter { $0.status == "active" }
    names = try await PeopleNames(workspace)
  }

  /// The models by name; none where there are too many to choose from.
  private static func models(_ workspace: OpenWorkspace) async throws(Problem) -> [RecordSummary] {
    var list = ListQuestion(.model)
    (list.order, list.isDescending, list.limit) = (.title, false, 0)
    guard try await workspace.list(list).total <= mostModels else { return [] }
    list.limit = mostModels
    return try await workspace.list(list).rows
  }

  /// Whether deadlines that stand there are found among the closed ones only.
  static func isClosed(_ status: Deadline.Status) -> Bool {
    [.met, .metLate, .opensLater, .notApplicable].contains(status)
  }

  /// A day of the query.
  static func day(_ name: String, _ visit: Visit) throws(Problem) -> Day? {
    guard let text = visit.query.text(name) else { return nil }
    guard let day = Day(iso: text) else {
      throw Problem(
        "server.bad-day", what: "“\(text.prefix(40))” is not a day",
        why: "days are written YYYY-MM-DD", mend: "for example \(visit.today.iso)")
    }
    return day
  }

  /// Who looks after a deadline.
  func owner(_ deadline: Deadline) -> String {
    DocketView.owner(deadline, names)
  }

  /// Who looks after a deadline.
  static func owner(_ deadline: Deadline, _ names: PeopleNames) -> String {
    deadline.assignedTo.map { names.name($0.replacing("person/", with: "")) }
      ?? deadline.owner.rawValue
  }

  /// The query of this view, with one value changed.
  func query(_ name: String = "", _ value: String? = nil) -> String {
    var pairs = visit.query.pairs.filter { $0.name != name && $0.name != "page" }
    if let value { pairs.append((name: name, value: value)) }
    let text = pairs.map { Desk.encoded($0.name) + "=" + Desk.encoded($0.value) }
      .joined(separator: "&")
    return text.isEmpty ? "" : "?" + text
  }

  /// The page around a view.
  func page(_ path: String, _ content: HTML) -> HTML {
    let views = [
      ("/docket", "List"), ("/docket/calendar", "Calendar"), ("/docket/timeline", "Timeline"),
    ].map { target, title -> HTML in
      let isHere: HTML = target == path ? " aria-current=\"page\"" : ""
      return "<li><a href=\"\(target)\(query("month"))\"\(isHere)>\(title)</a></li>\n"
    }
    return Frame(title: "Docket", visit: visit, section: "/docket").around(
      """
      <ul class="views" aria-label="Views">\(views)<li><a href="/docket.csv\(query("month"))">CSV of this view</a></li>
      <li><a href="/docket.ics">Calendar file</a></li></ul>
      \(choices(path))\(content)<p class="note">“Act by” is the cautious day, “binding” the one that the text itself \
      gives. Nothing of it is stored: events end deadlines. The calendar file gives neutral titles to what is \
      confidential.</p>

      """)
  }

  private func choices(_ path: String) -> HTML {
    func box(_ name: String, _ label: String) -> HTML {
      let isOn: HTML = visit.query.has(name) ? " checked" : ""
      return "<label><input type=\"checkbox\" name=\"\(name)\"\(isOn)> \(label)</label>\n"
    }
    let roles = Role.allCases.filter { $0 != .localOperator && $0 != .system }.map {
      ($0.rawValue, $0.rawValue)
    }
    let owners = roles + people.map { ($0.id.text, $0.text("display_name") ?? $0.title) }
    let statuses = Deadline.Status.allCases.map { status in
      (status.rawValue, status.words)
    }
    return """
      <form method="get" action="\(path)" class="choices">
      \(select("owner", "Owner", [("", "everybody")] + owners))\
      \(select("status", "Status", [("", "all that is open")] + statuses))\
      \(select("model", "Model", [("", "all records")] + models.map { ($0.id.text, $0.title) }))\
      <label>As of <input type="date" name="day" value="\(visit.query.text("day") ?? "")"></label>
      \(box("overdue", "only overdue"))\(box("all", "also met and later"))\
      <button>Show</button>
      </form>

      """
  }

  private func select(
    _ name: String, _ label: HTML, _ options: [(value: String, title: String)]
  ) -> HTML {
    let list = options.map { option -> HTML in
      let chosen: HTML = visit.query.text(name) == option.value ? " selected" : ""
      return "<option value=\"\(option.value)\"\(chosen)>\(option.title)</option>"
    }
    return "<label>\(label) <select name=\"\(name)\">\(list)</select></label>\n"
  }
}
