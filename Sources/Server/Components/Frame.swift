internal import Documents
internal import Ground
internal import Rulebook
internal import Workspace

/// The frame of every page: where one is, who one is, and how to get elsewhere.
struct Frame {
  let title: String
  let visit: Visit?
  /// Where the page stands among the sections; the path of a section.
  var section = ""
  /// A short line above the title.
  var eyebrow: HTML = ""
  /// Whether a page for strangers has the script; pages of people who are signed in have it.
  var hasScript = false

  private static let sections = [
    ("/", "Home"), ("/work", "Work"), ("/models", "Models"), ("/incidents", "Incidents"),
    ("/notifications", "Procedure"), ("/docket", "Docket"), ("/evidence", "Evidence"),
    ("/records", "Records"),
    ("/law", "The law"), ("/journal", "Journal"), ("/board", "Board"),
  ]

  /// The whole page around its content.
  func around(_ content: HTML) -> HTML {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>\(title) · Systemic</title>
    <link rel="stylesheet" href="\(Assets.stylePath)">
    <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
    \(visit?.session == nil && !hasScript ? "" : "<script src=\"\(Assets.scriptPath)\" defer></script>\n" as HTML)\
    </head>
    <body>
    <a class="skip" href="#content">Skip to the content</a>
    \(header)<main id="content">
    \(heading)\(content)</main>
    \(footer)</body>
    </html>

    """
  }

  private var heading: HTML {
    "\(eyebrow.isEmpty ? "" : "<p class=\"eyebrow\">\(eyebrow)</p>\n" as HTML)<h1>\(title)</h1>\n"
  }

  private var header: HTML {
    guard let visit, let session = visit.session else {
      return """
        <header class="top"><p class="brand"><a href="/">Systemic</a></p></header>

        """
    }
    let links = Frame.sections.map { path, name -> HTML in
      let isHere: HTML = path == section ? " aria-current=\"page\"" : ""
      return "<li><a href=\"\(path)\"\(isHere)>\(name)</a></li>"
    }
    return """
      \(emergency(session))<header class="top">
      <p class="brand"><a href="/">Systemic</a></p>
      <nav aria-label="Sections"><ul>\(links)</ul></nav>
      <form class="find" role="search" action="/search" method="get">
      <label class="hidden" for="find">Search the records</label>
      <input id="find" type="search" name="q" placeholder="Search">
      </form>
      <div class="me"><a href="/account">\(session.who.name)</a>
      <form method="post" action="/sign-out">\(Frame.key(visit))<button class="plain">Sign out</button></form>
      </div>
      </header>

      """
  }

  /// Said on every page to everybody while somebody has emergency access, and until somebody reviewed it.
  private func emergency(_ session: Session) -> HTML {
    var lines: [HTML] = []
    if let emergency = session.emergency {
      lines.append(
        "<p>Emergency access is open until \(Parts.moment(emergency.until)): \(emergency.why)</p>\n"
      )
    }
    if session.isReviewDue {
      lines.append("<p><a href=\"/emergency\">Emergency access waits for a review</a></p>\n")
    }
    guard !lines.isEmpty else { return "" }
    return "<aside class=\"emergency\" aria-label=\"Emergency access\">\n\(lines)</aside>\n"
  }

  private var footer: HTML {
    guard let visit else { return "" }
    let law = visit.workspace.surroundings.law(visit.today)
    let caution: HTML = law.staleness.map { "<p>\(Typography.days($0))</p>" } ?? ""
    return """
      <footer><p>Not legal advice, and no decision of an authority. Law as of \
      \(Component.day(visit.today)); the text of the Official Journal decides.</p>\(caution)</footer>

      """
  }

  /// What proves that a form is ours.
  static func key(_ visit: Visit) -> HTML {
    "<input type=\"hidden\" name=\"key\" value=\"\(visit.formKey)\">"
  }
}
