internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// A search over everything that whoever asks may read.
struct SearchPage {
  let visit: Visit
  let words: String
  var result: SearchResult?
  var problem: Problem?
  let views: ViewsBar

  static let endpoints: [Endpoint] = [
    .get("/search") { visit in
      let views = try await ViewsBar(visit)
      guard let words = visit.query.text("q") else {
        return .page(SearchPage(visit: visit, words: "", views: views).body)
      }
      let query = [words, filter(visit)].compactMap { $0 }.joined(separator: " ")
      do throws(Problem) {
        let result = try await visit.workspace.search(query, limit: most)
        return .page(SearchPage(visit: visit, words: words, result: result, views: views).body)
      } catch {
        guard error.code.hasPrefix("workspace.search") else { throw error }
        return .page(
          SearchPage(visit: visit, words: words, problem: error, views: views).body,
          status: RefusalPage.status(error))
      }
    }
  ]

  /// Records shown.
  private static let most = 50

  /// What is chosen beside the words, in the language of the search.
  private static func filter(_ visit: Visit) -> String? {
    var parts: [String] = []
    if let kind = visit.query.text("kind"), RecordKind.named(kind) != nil {
      parts.append("kind:" + kind)
    }
    for name in ["after", "before"] {
      if let day = visit.query.text(name) { parts.append(name + ":" + day) }
    }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  var body: HTML {
    Frame(
      title: words.isEmpty ? "Search" : "Search: \(words.prefix(80))", visit: visit,
      section: "/records"
    ).around("\(views.html)\(problem.map(RefusalPage.box) ?? "")\(choices)\(found)\(language)")
  }

  private var choices: HTML {
    let kinds = RecordKind.all.map { kind -> HTML in
      let chosen: HTML = visit.query.text("kind") == kind.name ? " selected" : ""
      return "<option value=\"\(kind.name)\"\(chosen)>\(kind.title)</option>"
    }
    return """
      <form method="get" action="/search" class="choices" aria-label="Search with more choices">
      <label>Words <input type="search" name="q" value="\(words)" required></label>
      <label>Kind <select name="kind"><option value="">all kinds</option>\(kinds)</select></label>
      <label>After <input type="date" name="after" value="\(visit.query.text("after") ?? "")"></label>
      <label>Before <input type="date" name="before" value="\(visit.query.text("before") ?? "")"></label>
      <button>Search</button></form>

      """
  }

  private var found: HTML {
    guard let result else { return "" }
    guard !result.matches.isEmpty else {
      return Parts.empty("Nothing that you may read matches.")
    }
    let items = result.matches.map { match -> HTML in
      let snippets = match.snippets.map { snippet -> HTML in
        let parts = snippet.parts.map { part -> HTML in
          part.isMatch ? "<mark>\(part.text)</mark>" : "\(part.text)"
        }
        return "<p class=\"note\">\(snippet.field.replacing("_", with: " ")): \(parts)</p>\n"
      }
      return """
        <li><p>\(Parts.link(match.record)) <span class="note">\(match.record.id.kind), \
        \(match.record.status ?? "on record"), changed \(Parts.moment(match.record.changed))</span></p>
        \(snippets)</li>

        """
    }
    return """
      <p>\(result.matches.count) of \(result.total) shown, the best first</p>
      <ol class="dated">
      \(items)</ol>

      """
  }

  private var language: HTML {
    """
    <details><summary>How to ask</summary>
    \(Component.table("The language of the search", [.init("Write"), .init("For")], [
      ["<code>aurora report</code>", "records that hold both words, in any field"],
      ["<code>\"safety framework\"</code>", "words side by side"],
      ["<code>licence:apache</code>", "a word in one field"],
      ["<code>-draft</code>", "records without the word"],
      ["<code>kind:evidence</code>", "records of a kind; may stand several times"],
      ["<code>after:2026-01-01</code>", "records of which a day lies later; also before:"],
    ]))</details>

    """
  }
}
