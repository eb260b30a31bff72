internal import Documents
internal import Duties
internal import Ground
internal import RuleFile
internal import Rulebook
internal import Workspace

/// The reports to the AI Office: what was sent, what is being prepared, and which may follow in what order.
struct IncidentReportSection {
  let page: IncidentPage

  private var reports: [RecordState] { page.view.papers(.incidentReport) }

  var html: HTML {
    Component.section("reports", "Reports to the AI Office", "\(list)\(begin)")
  }

  private var list: HTML {
    guard !reports.isEmpty else { return Parts.empty("No report was begun.") }
    return Component.table(
      "Each is approved by a second person; what was sent stays as it is",
      [
        .init("Report"), .init("Type"), .init("Stands at"), .init("Sent"), .init("Channel"),
        .init("Receipt"),
      ],
      reports.map { report in
        [
          Parts.link(ProcedurePages.path(report.id), report.title), "\(report.text("type") ?? "")",
          "\(report.status ?? "")",
          report.happened["incident-report-submitted"].map { Parts.effective($0) } ?? "—",
          "\(report.text("channel") ?? "—")", "\(report.text("receipt") ?? "—")",
        ]
      })
  }

  /// What stands in the way of a type of report now; nil where it may be begun.
  private func obstacle(_ type: ReportType) -> Problem? {
    do {
      try IncidentRecord.checkOrder(SubmittedReport(type: type, at: page.now), of: page.state)
      return nil
    } catch { return error }
  }

  private var begin: HTML {
    if page.state.text("merged_into") != nil || page.state.text("bundled_with") != nil {
      return "<p>It is reported with another incident, and has no reports of its own.</p>\n"
    }
    let isOpen = reports.contains { ["draft", "in review", "approved"].contains($0.status) }
    let types = ReportType.allCases.map { type -> HTML in
      if let problem = obstacle(type) {
        return """
          <li>\(type.title) report: not now, \(problem.what). <span class="note">\(Typography.sentence(problem.mend)).</span></li>

          """
      }
      return """
        <li><form method="post" action="\(page.path)/reports#reports">\(Frame.key(page.visit))
        <input type="hidden" name="type" value="\(type.rawValue)">\
        <button>Draft the \(type.rawValue) report</button> <span class="note">\(due(type))</span></form></li>

        """
    }
    let refusal = page.problem(of: .reports).map(RefusalPage.box) ?? ""
    let forms: HTML =
      isOpen
      ? "<p class=\"note\">One is being prepared; another can be begun when it was sent or given up.</p>\n"
      : "<ul class=\"plain\">\(types)</ul>\n"
    let model: HTML =
      page.state.text("model") == nil
      ? """
      <p class="caution">A report says which model is involved (Measure 9.2), and none is named yet: \
      \(Parts.link(page.path + "/description", "name it")).</p>

      """ : ""
    return """
      \(refusal)\(model)\(forms)\(WhyAsked(page.visit).html([
        "ai-act/55/1/c", "cop/safety/9.2", "cop/safety/9.3", "cop/safety/9.3/intermediate",
        "cop/safety/9.3/final",
      ]))
      """
  }

  /// When the type is due, by the clock that stands for it.
  private func due(_ type: ReportType) -> HTML {
    let clocks = page.view.assessment.clocks.all.filter {
      $0.track == .model && $0.task.rawValue == type.rawValue && $0.state == .running
    }
    guard
      let clock = clocks.min(by: {
        ($0.due?.alarm.seconds ?? .max) < ($1.due?.alarm.seconds ?? .max)
      }),
      let due = clock.due
    else { return "" }
    return
      "by the end of \(IncidentPages.end(clock)), \(IncidentPages.countdown(to: due.alarm, from: page.now))"
  }
}
