internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// The docket as a picture over time, with the same figures as a list below.
enum DocketTimelinePage {
  static let endpoints: [Endpoint] = [
    .page("/docket/timeline") { visit in body(try await DocketView(visit)) }
  ]

  private static func body(_ view: DocketView) -> HTML {
    let chart = DocketChart(view.deadlines, today: view.day)
    guard let chart else {
      return view.page(
        "/docket/timeline",
        Parts.empty("No deadline with a day is on the docket for these choices."))
    }
    let left = view.deadlines.count { $0.alarmDay != nil } - chart.rows.count
    let more: HTML =
      left > 0
      ? "<p class=\"note\">The first \(chart.rows.count) days of \(left + chart.rows.count); the others stand in the list.</p>\n"
      : ""
    return view.page(
      "/docket/timeline",
      """
      <figure class="drawing">\(chart.pictures)<figcaption class="note">Bars run from what starts a period to the day to act by. \
      The small square is the binding day, where that is another one.</figcaption></figure>
      \(more)\(DeadlineTable.html(
        "The same as a table", chart.rows, today: view.day, names: { view.names.name($0) }))
      """)
  }
}
