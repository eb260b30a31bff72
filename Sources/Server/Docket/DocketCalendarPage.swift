internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// A month of the docket: on each day what is to be done by it, and what binds on it.
struct DocketCalendarPage {
  let view: DocketView
  let month: Day

  static let endpoints: [Endpoint] = [
    .get("/docket/calendar") { visit in
      .page(try DocketCalendarPage(try await DocketView(visit)).body)
    }
  ]

  /// The days that are gone through, far beyond every period of the law.
  private static let years = 2000...2100
  private static let names = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  init(_ view: DocketView) throws(Problem) {
    self.view = view
    let text = view.visit.query.text("month") ?? String(view.day.iso.prefix(7))
    guard let first = Day(iso: text + "-01"), DocketCalendarPage.years.contains(first.year) else {
      throw Problem(
        "server.bad-month", what: "“\(text.prefix(40))” is not a month",
        why: "months are written YYYY-MM, from 2000 to 2100",
        mend: "for example \(view.day.iso.prefix(7))")
    }
    month = first
  }

  private var name: String { "\(DocketCalendarPage.names[month.month - 1]) \(month.year)" }

  var body: HTML {
    func link(_ months: Int, _ title: String) -> HTML {
      let other = month.adding(months: months)
      guard DocketCalendarPage.years.contains(other.year) else { return "" }
      return Parts.link(
        "/docket/calendar" + view.query("month", String(other.iso.prefix(7))), title)
    }
    let undetermined = view.deadlines.count { $0.alarmDay == nil }
    let without: HTML =
      undetermined == 0
      ? ""
      : """
      <p class="note">\(undetermined) without a day, because facts are missing, stand in the \
      <a href="/docket\(view.query("month"))">list</a>.</p>

      """
    return view.page(
      "/docket/calendar",
      """
      <nav class="pages" aria-label="Months">\(link(-1, "Month before")) · <strong>\(name)</strong> · \
      \(link(1, "Month after"))</nav>
      \(grid)\(without)
      """)
  }

  private var grid: HTML {
    let last = Day.length(ofMonth: month.month, year: month.year)
    let before = month.weekday.rawValue
    let first = month.adding(days: -before)
    let weeks = (before + last + 6) / 7
    var due: [Day: [(deadline: Deadline, isBinding: Bool)]] = [:]
    for deadline in view.deadlines {
      if let day = deadline.alarmDay { due[day, default: []].append((deadline, false)) }
      if let day = deadline.statutoryDay, day != deadline.alarmDay {
        due[day, default: []].append((deadline, true))
      }
    }
    let rows = (0..<weeks).map { week -> HTML in
      let cells = (0..<7).map { index -> HTML in
        let day = first.adding(days: week * 7 + index)
        return cell(day, due[day] ?? [])
      }
      let isQuiet = (0..<7).allSatisfy { due[first.adding(days: week * 7 + $0)] == nil }
      return "<tr role=\"row\"\(isQuiet ? " class=\"quiet\"" : "" as HTML)>\(cells)</tr>\n"
    }
    let heads = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"].map {
      "<th scope=\"col\" role=\"columnheader\">\($0)</th>" as HTML
    }
    return """
      <div class="table"><table class="month" role="table">
      <caption>What is to be done in \(name)</caption>
      <thead role="rowgroup"><tr role="row">\(heads)</tr></thead>
      <tbody role="rowgroup">
      \(rows)</tbody></table></div>

      """
  }

  private func cell(_ day: Day, _ due: [(deadline: Deadline, isBinding: Bool)]) -> HTML {
    var kinds: [String] = []
    if day.month != month.month { kinds.append("other") }
    if day.weekday.isWeekend { kinds.append("weekend") }
    if day == view.day { kinds.append("today") }
    if due.isEmpty { kinds.append("quiet") }
    let items = due.map { item -> HTML in
      let word = item.isBinding ? "binds" : "act by"
      return """
        <li>\(DeadlineTable.sign(item.deadline.status)) <span class="note">\(word)</span> \
        \(Parts.link("/records/" + item.deadline.record.text, item.deadline.title))</li>

        """
    }
    let list: HTML = items.isEmpty ? "" : "<ul>\(items)</ul>"
    let today: HTML = day == view.day ? " <span class=\"note\">this day</span>" : ""
    return """
      <td role="cell" class="\(kinds.joined(separator: " "))"><time class="date" datetime="\(day.iso)">\
      \(day.day)\(day.month == month.month ? "" : "." + String(day.month) + ".")</time>\
      <span class="hidden"> \(day.weekday.name)</span>\(today)\(list)</td>

      """
  }
}
