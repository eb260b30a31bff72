internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// What the incidents amount to: how many, how fast, how much in time, and what is open for long.
struct IncidentStatisticsPage {
  let visit: Visit
  let figures: IncidentFigures

  /// Months of the picture.
  private static let months = 12
  private static let mostOpen = 50

  static let endpoints: [Endpoint] = [
    .get("/incidents/statistics") { visit in
      .page(
        IncidentStatisticsPage(visit: visit, figures: try await visit.workspace.incidentFigures())
          .body)
    },
    .get("/incidents/statistics.csv") { visit in
      Reply(
        .bytes(
          try await visit.workspace.incidentFigures().csv, type: "text/csv; charset=utf-8",
          name: "incident-statistics.csv"))
    },
  ]

  private var all: IncidentFigures.Period { figures.all }

  var body: HTML {
    let content: HTML =
      all.received == 0
      ? Parts.empty("No incident is on the record that you may read.")
      : "\(head)\(overTime)\(harm)\(speed)\(open)"
    return Frame(title: "Statistics of incidents", visit: visit, section: "/incidents").around(
      """
      \(IncidentPages.views(visit))\(content)<p class="note">As the records that you may read tell today. Months and years \
      are those of the first report; what was merged into another incident counts once. \
      \(Parts.link("/incidents/statistics.csv", "The same as CSV"))</p>

      """)
  }

  private var head: HTML {
    let share = all.judged == 0 ? "—" : "\(all.inTime) of \(all.judged)"
    let lines: [(String, String)] = [
      ("on the record", "\(all.received)"),
      ("considered serious", "\(all.outcomes[.serious] ?? 0)"),
      ("nobody said yet", "\(all.undecided)"),
      ("initial reports in time", share),
      ("open for more than \(IncidentFigures.longOpen) days", "\(figures.openLong.count)"),
    ]
    let items = lines.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>\n" as HTML }
    return "<dl class=\"figures\">\n\(items)</dl>\n"
  }

  /// The last months, those without incidents too.
  private var columns: [CountChart.Column] {
    let known = Dictionary(figures.months.map { ($0.name, $0) }) { first, _ in first }
    let now = visit.today.year * 12 + visit.today.month - 1
    return (0..<IncidentStatisticsPage.months).reversed().compactMap { back in
      guard let first = Day((now - back) / 12, (now - back) % 12 + 1, 1) else { return nil }
      let name = String(first.iso.prefix(7))
      let serious = known[name]?.outcomes[.serious] ?? 0
      return CountChart.Column(name, filled: serious, rest: (known[name]?.received ?? 0) - serious)
    }
  }

  private var overTime: HTML {
    let chart = CountChart(
      columns, id: "received", title: "Incidents by the month of their first report",
      filled: "considered serious", rest: "others, and those that nobody judged yet")
    return Component.section(
      "received", "By month and year",
      """
      \(chart.html)\(table("By year", figures.years.reversed()))\
      <details><summary>By month</summary>\(table("By month", figures.months.reversed()))</details>

      """)
  }

  private func table(_ caption: String, _ periods: [IncidentFigures.Period]) -> HTML {
    let outcomes = IncidentOutcome.allCases
    var columns: [Component.Column] = [.init("Period"), .figures("Received")]
    for outcome in outcomes { columns.append(.figures(Typography.sentence(outcome.words))) }
    columns.append(.figures("Not said yet"))
    let rows = periods.map { period -> [HTML] in
      var cells: [HTML] = ["\(period.name)", "\(period.received)"]
      for outcome in outcomes { cells.append("\(period.outcomes[outcome] ?? 0)") }
      return cells + ["\(period.undecided)"]
    }
    return Component.table(caption, columns, rows)
  }

  private var harm: HTML {
    let categories = IncidentCategory.byUrgency
    let columns = categories.map { category in
      CountChart.Column(
        category == .propertyEnvironment ? "property" : category.rawValue.replacing("_", with: " "),
        filled: all.categories[category] ?? 0, rest: 0)
    }
    let chart = CountChart(
      columns, id: "harm", title: "Incidents by category of harm",
      filled: "the harm was answered with yes", rest: "none here")
    var heads: [Component.Column] = [.init("Category"), .figures("Incidents")]
    for year in figures.years { heads.append(.figures(year.name)) }
    let rows = categories.map { category -> [HTML] in
      var cells: [HTML] = [
        "\(Typography.sentence(category.title))", "\(all.categories[category] ?? 0)",
      ]
      for year in figures.years { cells.append("\(year.categories[category] ?? 0)") }
      return cells
    }
    let table = Component.table("As answered; an incident may have several", heads, rows)
    return Component.section("harm", "By category of harm", "\(chart.html)\(table)")
  }

  private var speed: HTML {
    let periods: [IncidentFigures.Period] = figures.years.reversed() + [all]
    let rows = periods.map { period -> [HTML] in
      [
        "\(period.name)", time(period.toAwareness), time(period.toTriage), time(period.toReport),
        "\(period.inTime)", "\(period.byOneReading)", "\(period.late)",
      ]
    }
    let table = Component.table(
      "Median, and in brackets the longest",
      [
        .init("Period"), .init("Occurrence to awareness"), .init("Report to triage"),
        .init("Awareness to initial report"), .figures("In time"), .figures("By one reading only"),
        .figures("Late"),
      ], rows)
    return Component.section(
      "speed", "How long it took",
      """
      \(table)<p class="note">In time: by the earlier of both readings of the time limit of Measure 9.3, for incidents \
      whose category and awareness are on the record.</p>

      """)
  }

  private func time(_ durations: IncidentFigures.Durations) -> HTML {
    guard let median = durations.median, let longest = durations.longest else { return "—" }
    return "\(IncidentStatisticsPage.words(median)) (\(IncidentStatisticsPage.words(longest)))"
  }

  private static func words(_ hours: Int) -> String {
    hours < 96 ? "\(hours) h" : "\(hours / 24) days"
  }

  private var open: HTML {
    guard !figures.openLong.isEmpty else { return "" }
    let shown = figures.openLong.prefix(IncidentStatisticsPage.mostOpen)
    return Component.section(
      "open", "Open for more than \(IncidentFigures.longOpen) days",
      Component.table(
        "\(shown.count) of \(figures.openLong.count), the longest first",
        [.init("Incident"), .init("Stands at"), .init("Considered as"), .init("Received")],
        shown.map { state in
          [
            Parts.link(IncidentPages.path(state.id), state.title), "\(state.status ?? "")",
            "\(IncidentPages.considered(state))",
            state.happened["incident-received"].map { Parts.effective($0) } ?? "—",
          ]
        }))
  }
}
