internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// The address of one's deadlines for a calendar program.
struct CalendarPage {
  let visit: Visit
  /// The address, on the one page that shows it.
  var address: String?

  static let endpoints: [Endpoint] = [
    .get("/account/calendar") { visit in .page(try await CalendarPage(visit: visit).body()) },
    .post("/account/calendar") { visit in
      var page = CalendarPage(visit: visit)
      page.address = "/calendar/\(try await visit.workspace.makeCalendarLink()).ics"
      return .page(try await page.body())
    },
    .post("/account/calendar/end") { visit in
      try await visit.workspace.endCalendarLinks()
      return .see("/account/calendar")
    },
  ]

  func body() async throws(Problem) -> HTML {
    let links = try await visit.workspace.ownCalendarLinks()
    let state: HTML =
      links.first.map { "<p>An address is in use since \(Parts.moment($0.begun)).</p>\n" }
      ?? Parts.empty("No calendar program reads your deadlines.")
    let shown: HTML =
      address.map {
        """
        <div class="done" role="status"><p>This is the address, shown this once. Whoever has it reads the days.</p>
        <p><label for="calendar-address">Address for your calendar program</label>
        <input id="calendar-address" type="text" readonly value="\(visit.base)\($0)"></p></div>

        """
      } ?? ""
    let end: HTML =
      links.isEmpty
      ? ""
      : """
      <form method="post" action="/account/calendar/end">\(Frame.key(visit))\
      <p><button>End it</button></p></form>

      """
    return Frame(title: "Calendar", visit: visit, eyebrow: Parts.link("/account", "Your account"))
      .around(
        """
        <p>A calendar program can follow the deadlines that you may read. It is told the days and a number for each deadline, \
        and nothing of what they concern.</p>
        \(shown)\(state)<form method="post" action="/account/calendar">\(Frame.key(visit))\
        <p><button>\(links.isEmpty ? "Make an address" : "Make a new address, and end the one before")</button></p></form>
        \(end)
        """)
  }
}
