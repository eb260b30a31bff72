internal import Documents
internal import Ground
internal import Sealing
internal import Workspace

/// Where a report stands, for whoever has its code; and a message to those who look into it.
struct ReportStatusPage {
  let visit: Visit
  var found: TrackedReport?
  var isAdded = false
  var problem: Problem?

  static func endpoints(_ intake: Intake) -> [Endpoint] {
    [
      .anonymous(.get, "/report/status") { visit in
        try intake.checkOpen()
        return .page(ReportStatusPage(visit: visit).body)
      },
      .anonymous(.post, "/report/status") { visit in
        try await reply(visit, intake) { (page) throws(Problem) in
          page.found = try await visit.workspace.trackedReport(page.code)
        }
      },
      .anonymous(.post, "/report/messages") { visit in
        try await reply(visit, intake) { (page) throws(Problem) in
          page.found = try await visit.workspace.trackedReport(page.code)
          try await intake.add(
            visit.form.text("text") ?? "", to: page.code, in: visit.workspace,
            now: visit.workspace.surroundings.now())
          page.isAdded = true
        }
      },
    ]
  }

  private static func reply(
    _ visit: Visit, _ intake: Intake,
    _ work: (inout ReportStatusPage) async throws(Problem) -> Void
  ) async throws -> Reply {
    try intake.checkOpen()
    var page = ReportStatusPage(visit: visit)
    do throws(Problem) {
      let now = visit.workspace.surroundings.now()
      try await intake.lookUp(from: visit.address, now: now) { () async throws(Problem) in
        try await work(&page)
      }
      return .page(page.body)
    } catch {
      page.problem = error
      return RefusalPage.within(page.body, error)
    }
  }

  /// The code as it was typed; it travels in forms only, never in an address.
  private var code: String { visit.form.text("code") ?? "" }

  /// The page.
  var body: HTML {
    Frame(title: "Where a report stands", visit: nil).around(
      "\(problem.map(RefusalPage.box) ?? "")\(found.map(shown) ?? ask)")
  }

  private var ask: HTML {
    """
    <form method="post" action="/report/status" class="narrow">
    \(Inputs(form: visit.form).line(
      "code", "The code of the report", isRequired: true,
      note: "It was shown when the report was received. Hyphens and capitals do not matter."))\
    <p><button>Look</button></p></form>
    <p><a href="/report">Report an incident</a></p>

    """
  }

  private func shown(_ report: TrackedReport) -> HTML {
    let done: HTML =
      isAdded
      ? "<div class=\"done\" role=\"status\"><p>Your message was added.</p></div>\n" : ""
    return """
      \(done)\(Parts.facts([
        ("Received", Parts.effective(report.received)), ("State", "\(report.stage.rawValue)"),
      ]))\
      <h2>Add something</h2>
      <form method="post" action="/report/messages" class="record">
      <input type="hidden" name="code" value="\(code)">
      \(Inputs(form: isAdded ? Form() : visit.form).text("text", "Your message", isRequired: true))\
      <p><button>Add it</button></p></form>

      """
  }
}
