internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// The dates of an incident as they were written, and the form by which one is added or corrected.
struct IncidentDateSection {
  let page: IncidentPage

  /// Dates that a person writes; the others follow from steps of their own.
  static let written = [
    "involvement-known", "incident-known", "incident-occurred", "incident-detected",
    "deployer-aware", "view-formed", "link-assessed", "incident-resolved", "system-report-sent",
    "incident-received",
  ]

  /// What each of them means for the clocks.
  private static let meanings = [
    "involvement-known": "starts the time limits of Measure 9.3",
    "incident-known": "starts Art. 73 for an own high-risk system",
    "incident-resolved": "starts the 60 days of the final report",
    "deployer-aware": "starts the contract's notice by the deployer",
  ]

  var html: HTML {
    Component.section("dates", "Dates", "\(table)\(form)")
  }

  private var table: HTML {
    let rows = page.view.dates.map { date -> [HTML] in
      let name = Typography.sentence(date.words)
      let title: HTML = date.isCorrected ? "<s>\(name)</s>" : "\(name)"
      let written: HTML =
        date.asWritten.map { "<span class=\"note\">as written: \($0)</span>" } ?? ""
      return [
        title, "\(Parts.effective(date.at))\(written)", Parts.moment(date.recorded),
        "\(page.names.name(date.actor))", shown(date),
        date.isCorrected
          ? "corrected later" : date.correction.map { "corrects the one before: \($0)" } ?? "",
        date.isCorrected ? "" : correct(date.event),
      ]
    }
    return Component.table(
      "Every date with its author; a correction stands beside what it corrects",
      [
        .init("What"), .init("When, in Brussels"), .init("Written"), .init("By"),
        .init("Shown by"), .init("Note"), .init("Change"),
      ], rows)
  }

  private func shown(_ date: IncidentDate) -> HTML {
    date.shownBy.isEmpty
      ? "—" : .joined(date.shownBy.map { Parts.value(.string($0)) }, by: "; ")
  }

  private func correct(_ event: String) -> HTML {
    guard IncidentDateSection.written.contains(event) else { return "" }
    let words = RecordKind.incident.event(event)?.title ?? event
    return """
      <a href="?date=\(event)#date-form">Correct<span class="hidden"> \(words)</span></a>
      """
  }

  private var form: HTML {
    let typed = page.typed(.dates)
    let problem = page.problem(of: .dates)
    let chosen = typed.text("event") ?? page.visit.query.text("date")
    let options = IncidentDateSection.written.compactMap { name -> HTML? in
      guard let event = RecordKind.incident.event(name) else { return nil }
      let isThere = page.state.happened[name] != nil
      // The first report is there from the beginning, and can be corrected only.
      let mark: HTML = name == chosen ? " selected" : ""
      let meaning = IncidentDateSection.meanings[name].map { ", " + $0 } ?? ""
      return """
        <option value="\(name)"\(mark)>\(Typography.sentence(event.title))\(meaning)\(isThere ? " (on the record)" : "")</option>
        """
    }
    let event = IncidentPages.at("event", problem)
    let evidence = page.view.evidence.map(\.id.text).joined(separator: "; ")
    let hint: HTML =
      evidence.isEmpty
      ? "Names of records, set apart by semicolons; evidence can be added below."
      : "Names of records, set apart by semicolons. Evidence of this incident: \(evidence)"
    return """
      <h3 id="date-form">Add a date, or correct one</h3>
      <form method="post" action="\(page.path)/dates#dates" class="record sheet">\(page.head(.dates))
      <p><label for="date-event">What happened</label>
      <select id="date-event" name="event" required\(event.attribute)><option value="">choose</option>\(options)</select>\(event.words)</p>
      <div>\(MomentInput(
        form: typed, prefix: "at", label: "When it was",
        note: "A day alone counts from its beginning in Brussels, the cautious reading.", isRequired: true,
        problem: problem).html)</div>
      <p><label for="date-shown">Shown by</label>
      <input id="date-shown" name="shown_by" value="\(typed.text("shown_by") ?? "")"><span class="note">\(hint)</span></p>
      <p><label for="date-reason">Why, where it corrects the one on the record</label>
      <input id="date-reason" name="reason" value="\(typed.text("reason") ?? "")"></p>
      <p class="wide"><button>Put the date on the record</button></p>
      </form>

      """
  }
}
