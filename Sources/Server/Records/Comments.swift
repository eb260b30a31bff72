internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// What was said about a record, and what somebody is asked.
struct Comments {
  let visit: Visit
  let about: RecordID
  let comments: [RecordState]
  let people: [RecordState]
  let names: PeopleNames
  var problem: Problem?

  static let endpoints: [Endpoint] = [
    .get("/comments") { visit in .page(try await asked(visit)) },
    .post("/comments/{key}/settlement") { visit in
      let id = try RecordPage.id("comment", visit.part("key"))
      let about = try await visit.workspace.needed(id).text("about")
      try await visit.workspace.settleComment(id)
      return .see(visit.form.has("back") ? "/comments" : "/records/\(about ?? "")#comments")
    },
    .post("/records/{kind}/{key}/comments") { visit in
      let id = try RecordPage.id(visit.part("kind"), visit.part("key"))
      do throws(Problem) {
        _ = try await visit.workspace.comment(
          on: id, visit.form.text("text") ?? "", to: visit.form.text("to"))
        return .see("/records/\(id.text)#comments")
      } catch {
        var page = try await RecordPage(visit)
        page.comments?.problem = error
        return .page(page.body, status: RefusalPage.status(error))
      }
    },
  ]

  init(_ visit: Visit, about: RecordID, names: PeopleNames) async throws(Problem) {
    self.visit = visit
    self.about = about
    self.names = names
    comments = try await visit.workspace.comments(on: about)
    people = try await visit.workspace.states(.person).filter { $0.status == "active" }
  }

  /// The questions to whoever asks.
  private static func asked(_ visit: Visit) async throws(Problem) -> HTML {
    let comments = try await visit.workspace.commentsToActor()
    let names = try await PeopleNames(visit.workspace)
    var items: [HTML] = []
    for comment in comments {
      let about = comment.text("about").flatMap { RecordID($0) }
      var title = about?.text ?? ""
      if let about, let state = try? await visit.workspace.state(about) { title = state.title }
      items.append(
        """
        <article class="comment"><p><a href="/records/\(about?.text ?? "")#comments">\(title)</a></p>
        <p class="note">\(names.name(comment.author)), \(Parts.moment(comment.begun))</p>
        <p class="words">\(comment.text("text") ?? "")</p>
        \(settle(comment, visit, back: true))</article>

        """)
    }
    let content: HTML =
      items.isEmpty
      ? Parts.empty(
        "Nobody asks you anything. Whoever comments on a record can address somebody, and it then stands here."
      )
      : .joined(items)
    return Frame(title: "Questions to you", visit: visit, section: "/records").around(content)
  }

  private static func settle(_ comment: RecordState, _ visit: Visit, back: Bool) -> HTML {
    """
    <form method="post" action="/comments/\(comment.id.key)/settlement">\(Frame.key(visit))\
    \(back ? "<input type=\"hidden\" name=\"back\" value=\"1\">" : "" as HTML)<button class="plain">Settled</button></form>

    """
  }

  /// The part of the record's page.
  var html: HTML {
    let items = comments.map { comment -> HTML in
      let to = comment.text("to").flatMap { RecordID($0) }.map { " to " + names.name($0.key) } ?? ""
      let isOpen = comment.status == "open"
      return """
        <article class="comment"><p class="note"><strong>\(names.name(comment.author))</strong>\(to), \
        \(Parts.moment(comment.begun)) · <a href="/records/\(comment.id.text)">\(comment.status ?? "")</a></p>
        <p class="words">\(comment.text("text") ?? "")</p>
        \(isOpen ? Comments.settle(comment, visit, back: false) : "")</article>

        """
    }
    let inputs = Inputs(form: visit.form)
    let options =
      [("", "nobody in particular")]
      + people.map { ($0.title, $0.text("display_name") ?? $0.title) }
    return Component.section(
      "comments", "Comments",
      """
      \(problem.map(RefusalPage.box) ?? "")\(items)<form method="post" \
      action="/records/\(about.text)/comments" class="sheet">\(Frame.key(visit))
      \(inputs.text("text", "What is to be said", rows: 3, isRequired: true, note: "It stays on the record, for everybody who may read this one."))\
      \(inputs.choice("to", "Asked of", options))
      <p class="wide"><button>Comment</button></p></form>

      """)
  }
}
