internal import Compute
internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// The page for a board: few figures, how they go over the months, and what is overdue.
struct BoardPage {
  let visit: Visit
  let board: BoardFigures
  let names: PeopleNames
  /// The models with the most compute, over time.
  let courses: [HTML]

  /// Months before and after this one.
  private static let months = (before: 6, after: 5)
  private static let mostShown = 6
  private static let mostCourses = 2

  static let endpoints: [Endpoint] = [
    .get("/board") { visit in .page(try await BoardPage(visit).body) }
  ]

  init(_ visit: Visit) async throws(Problem) {
    self.visit = visit
    board = try await BoardFigures(visit.workspace)
    names = try await PeopleNames(visit.workspace)
    courses = try await BoardPage.courses(visit, board.models)
  }

  /// Pictures of compute over time, of the few models nearest to the threshold or above it.
  private static func courses(
    _ visit: Visit, _ models: [ModelRow]
  ) async throws(Problem) -> [HTML] {
    let most = models.filter { $0.figures?.cumulative != nil }
      .sorted { ($0.figures?.cumulative?.count ?? 0) > ($1.figures?.cumulative?.count ?? 0) }
    var pictures: [HTML] = []
    for (index, row) in most.prefix(mostCourses).enumerated() {
      let ledger = try await visit.workspace.ledger(of: row.summary.id)
      let opinion = try visit.workspace.opinion(on: ledger)
      let picture = OpinionParts.overTime(opinion, id: "course-\(index)")
      guard !picture.isEmpty else { continue }
      // Where no forecast could be made, or a figure of one's own stands against the runs, nothing is said.
      let crossing: HTML =
        opinion.forecast?.crossing.map {
          "By the runs on the ledger it passes 10²⁵ FLOP on \(Component.day($0))."
        }
        ?? ""
      pictures.append(
        "<h3>\(Parts.link(Parts.path(row.summary.id), row.summary.title))</h3>\n\(crossing.isEmpty ? "" : "<p>\(crossing)</p>\n" as HTML)\(picture)"
      )
    }
    return pictures
  }

  private var deadlines: [Deadline] { board.deadlines }
  private var overdue: [Deadline] { board.overdue }
  private var soon: [Deadline] { board.soon }
  private var models: [ModelRow] { board.models }

  var body: HTML {
    Frame(
      title: "Board", visit: visit, section: "/board", eyebrow: "On \(Component.day(visit.today))"
    )
    .around("\(figures)\(urgent)\(trend)\(standing)\(course)")
  }

  private var figures: HTML {
    let items = board.lines.map {
      "<div><dt>\($0.title)</dt><dd>\($0.count)</dd></div>\n" as HTML
    }
    return "<dl class=\"figures\">\n\(items)</dl>\n"
  }

  private var trend: HTML {
    let today = visit.today
    guard let first = Day(today.year, today.month, 1) else { return "" }
    var months: [TrendChart.Month] = []
    for offset in -BoardPage.months.before...BoardPage.months.after {
      let index = first.year * 12 + first.month - 1 + offset
      guard let day = Day(index / 12, index % 12 + 1, 1) else { continue }
      months.append(TrendChart.Month(first: day))
    }
    for deadline in deadlines { BoardPage.count(deadline, in: &months, today: today) }
    let chart = TrendChart(months)
    return Component.section(
      "trend", "Overdue over the months, and what falls due",
      """
      \(chart.html)<details><summary>The same as a table</summary>\(chart.table)</details>

      """)
  }

  /// Where a deadline belongs: in the month in which it was met, in each at whose end it stood overdue, in that of its day.
  private static func count(_ deadline: Deadline, in months: inout [TrendChart.Month], today: Day) {
    guard [.met, .metLate, .overdue, .open, .dueSoon].contains(deadline.status),
      let alarm = deadline.alarmDay, let binding = deadline.statutoryDay
    else { return }
    let ended = deadline.ended?.day
    for index in months.indices {
      let first = months[index].first
      let next = first.adding(months: 1)
      let last = next.adding(days: -1)
      let stoodOverdue =
        last < today
        ? binding <= last && ended.map { $0 > last } ?? true
        : first <= today && deadline.status == .overdue
      if stoodOverdue { months[index].overdue += 1 }
      if let ended {
        guard ended >= first, ended < next else { continue }
        if deadline.status == .met { months[index].met += 1 } else { months[index].late += 1 }
      } else if deadline.status != .overdue, max(alarm, today) >= first, max(alarm, today) < next {
        months[index].due += 1
      }
    }
  }

  private var urgent: HTML {
    let shown = Array((overdue + soon).prefix(BoardPage.mostShown))
    return Component.section(
      "urgent", "Overdue, or due within \(BoardFigures.soonDays) days",
      shown.isEmpty
        ? Parts.empty(
          "Nothing is overdue, and nothing is due within \(BoardFigures.soonDays) days.")
        : DeadlineTable.html(
          "\(shown.count) of \(overdue.count + soon.count)", shown, today: visit.today,
          names: { names.name($0) }))
  }

  private var course: HTML {
    courses.isEmpty
      ? ""
      : Component.section("course", "Compute over time against the threshold", .joined(courses))
  }

  private var standing: HTML {
    let chart = visit.drawings.compute(
      models.prefix(8).map { ($0.summary.title, $0.figures?.cumulative) }, id: "board")
    return Component.section(
      "models", "Models",
      models.isEmpty ? Parts.empty("No model is registered.") : "\(chart)\(ModelLine.table(models))"
    )
  }
}
