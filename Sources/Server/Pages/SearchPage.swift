internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// A search over everything that whoever asks may read.
struct SearchPage {
  let visit: Visit
  let words: String
  let result: SearchResult

  static let endpoints: [Endpoint] = [
    .get("/search") { visit in
      guard let words = visit.query.text("q") else { return .see("/records") }
      return .page(
        SearchPage(
          visit: visit, words: words,
          result: try await visit.workspace.search(words, limit: 50)
        ).body)
    }
  ]

  var body: HTML {
    let items = result.matches.map { match -> HTML in
      let snippets = match.snippets.map { snippet -> HTML in
        let parts = snippet.parts.map { part -> HTML in
          part.isMatch ? "<mark>\(part.text)</mark>" : "\(part.text)"
        }
        return "<p class=\"note\">\(snippet.field): \(parts)</p>\n"
      }
      return """
        <li><p>\(Parts.link(match.record)) <span class="note">\(match.record.id.kind), \
        \(match.record.status ?? "on record")</span></p>
        \(snippets)</li>

        """
    }
    let list: HTML =
      items.isEmpty
      ? Parts.empty("Nothing that you may read matches.") : "<ol class=\"found\">\n\(items)</ol>\n"
    return Frame(title: "Search: \(words.prefix(80))", visit: visit, section: "/records").around(
      "<p>\(result.matches.count) of \(result.total) shown</p>\n\(list)")
  }
}
