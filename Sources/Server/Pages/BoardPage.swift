internal import Compute
internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// The page for a board: few figures, how they go over the months, and what is overdue.
struct BoardPage {
  let visit: Visit
  let deadlines: [Deadline]
  let models: [ModelRow]
  let names: PeopleNames

  /// Months before and after this one.
  private static let months = (before: 6, after: 5)
  private static let soonDays = 30
  private static let mostShown = 6

  static let endpoints: [Endpoint] = [
    .get("/board") { visit in .page(try await BoardPage(visit).body) }
  ]

  init(_ visit: Visit) async throws(Problem) {
    self.visit = visit
    var question = DocketQuestion()
    question.includesClosed = true
    deadlines = try await visit.workspace.docket(question).filter { !$0.isRetention }
    // What is made up has no place in front of a board.
    let samples = Set(try await visit.workspace.states(.model).filter(\.isSample).map(\.id))
    models = try await visit.workspace.modelList().rows.filter { !samples.contains($0.summary.id) }
    names = try await PeopleNames(visit.workspace)
  }

  private var overdue: [Deadline] { deadlines.filter { $0.status == .overdue } }

  private var soon: [Deadline] {
    let last = visit.today.adding(days: BoardPage.soonDays)
    return deadlines.filter { deadline in
      [.open, .dueSoon].contains(deadline.status)
        && (deadline.alarmDay.map { $0 <= last } ?? false)
    }
  }

  var body: HTML {
    Frame(
      title: "Board", visit: visit, section: "/board", eyebrow: "On \(Component.day(visit.today))"
    )
    .around("\(figures)\(trend)\(urgent)\(standing)")
  }

  private var figures: HTML {
    func models(_ word: String) -> Int {
      self.models.count { $0.figures?.isSystemic.word == word }
    }
    let open = deadlines.count { $0.status == .undetermined }
    let lines: [(String, Int)] = [
      ("models with systemic risk", models("yes")), ("models without", models("no")),
      ("models undetermined", self.models.count - models("yes") - models("no")),
      ("deadlines overdue", overdue.count), ("due within \(BoardPage.soonDays) days", soon.count),
      ("undetermined for want of facts", open),
    ]
    let items = lines.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>\n" as HTML }
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
    for deadline in deadlines {
      guard let day = deadline.ended?.day ?? deadline.alarmDay,
        let place = months.lastIndex(where: { $0.first <= day }),
        day.year == months[place].first.year, day.month == months[place].first.month
      else { continue }
      switch deadline.status {
      case .met: months[place].met += 1
      case .metLate: months[place].late += 1
      case .overdue: months[place].overdue += 1
      case .open, .dueSoon: months[place].due += 1
      case .undetermined, .opensLater, .notApplicable: continue
      }
    }
    let chart = TrendChart(months)
    return Component.section(
      "trend", "Deadlines over the months",
      """
      \(chart.html)<details><summary>The same as a table</summary>\(chart.table)</details>

      """)
  }

  private var urgent: HTML {
    let shown = Array((overdue + soon).prefix(BoardPage.mostShown))
    return Component.section(
      "urgent", "Overdue, or due within \(BoardPage.soonDays) days",
      shown.isEmpty
        ? Parts.empty("Nothing is overdue, and nothing is due within \(BoardPage.soonDays) days.")
        : DeadlineTable.html(
          "\(shown.count) of \(overdue.count + soon.count)", shown, today: visit.today,
          names: { names.name($0) }))
  }

  private var standing: HTML {
    let chart = OpinionParts.compute(
      models.prefix(8).map { ($0.summary.title, $0.figures?.cumulative) }, id: "board")
    return Component.section(
      "models", "Models",
      models.isEmpty ? Parts.empty("No model is registered.") : "\(chart)\(ModelLine.table(models))"
    )
  }
}
