internal import Documents
internal import Ground
internal import Workspace

/// The views of a list that somebody keeps, with a way to keep the one they look at.
struct ViewsBar {
  let visit: Visit
  let views: [SavedView]

  static let endpoints: [Endpoint] = [
    .post("/views") { visit in
      let path = visit.form.text("path") ?? ""
      try await visit.workspace.saveView(visit.form.text("title") ?? "", path: path)
      return .see(path)
    },
    .post("/views/{key}/removal") { visit in
      try await visit.workspace.removeView(try RecordPage.id("view", visit.part("key")))
      let back = visit.form.text("path") ?? "/"
      return .see(back.hasPrefix("/") && !back.hasPrefix("//") && !back.contains("\\") ? back : "/")
    },
  ]

  init(_ visit: Visit) async throws(Problem) {
    self.visit = visit
    views = try await visit.workspace.ownViews().filter {
      $0.path == visit.path || $0.path.hasPrefix(visit.path + "?")
    }
  }

  /// The address of what is looked at.
  private var here: String {
    let pairs = visit.query.pairs.filter { $0.name != "page" && !$0.value.isEmpty }
    let query = pairs.map { Desk.encoded($0.name) + "=" + Desk.encoded($0.value) }
      .joined(separator: "&")
    return visit.path + (query.isEmpty ? "" : "?" + query)
  }

  var html: HTML {
    let here = here
    let items = views.map { view -> HTML in
      let isHere: HTML = view.path == here ? " aria-current=\"page\"" : ""
      return """
        <li><a href="\(view.path)"\(isHere)>\(view.title)</a>
        <form method="post" action="/views/\(view.id.key)/removal">\(Frame.key(visit))\
        <input type="hidden" name="path" value="\(visit.path)">\
        <button class="plain" aria-label="Remove the view \(view.title)">×</button></form></li>

        """
    }
    let list: HTML =
      items.isEmpty ? "" : "<ul class=\"views\" aria-label=\"Your views\">\(items)</ul>\n"
    let isPlain = here == visit.path || views.contains { $0.path == here }
    let keep: HTML =
      isPlain
      ? ""
      : """
      <form method="post" action="/views" class="keep">\(Frame.key(visit))\
      <input type="hidden" name="path" value="\(here)">\
      <label>Keep this view as <input name="title" required maxlength="\(OpenWorkspace.mostViewTitle)"></label> \
      <button>Keep</button></form>

      """
    return list + keep
  }
}
