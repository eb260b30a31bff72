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
  /// Whether it stands on the page of an incident: the newest first, and with what came from outside.
  var isOfIncident = false
  var problem: Problem?

  /// Most comments on the page of an incident.
  private static let mostShown = 50

  static let endpoints: [Endpoint] = [
    .get("/comments") { visit in .page(try await asked(visit)) },
    .post("/comments/{key}/settlement") { visit in
      let id = try RecordPage.id("comment", visit.part("key"))
      let about = try await visit.workspace.needed(id).text("about")
      try await visit.workspace.settleComment(id)
      switch visit.form.text("back") {
      case "page": return .see(about.flatMap { RecordID($0) }.map(Comments.page) ?? "/comments")
      case nil: return .see("/records/\(about ?? "")#comments")
      default: return .see("/comments")
      }
    },
    .post("/records/{kind}/{key}/comments") { visit in
      let id = try RecordPage.id(visit.part("kind"), visit.part("key"))
      do throws(Problem) {
        _ = try await visit.workspace.comment(
          on: id, visit.form.text("text") ?? "", to: visit.form.text("to"),
          answering: visit.form.text("answering").flatMap { RecordID($0) })
        return .see(visit.form.has("back") ? page(id) : "/records/\(id.text)#comments")
      } catch {
        if visit.form.has("back"), id.kind == RecordKind.incident.name {
          var page = try await IncidentPage(visit)
          page.comments.problem = error
          return .page(page.body, status: RefusalPage.status(error))
        }
        var page = try await RecordPage(visit)
        page.comments?.problem = error
        return .page(page.body, status: RefusalPage.status(error))
      }
    },
  ]

  /// Where it stands on the page on which one works on its record.
  private static func page(_ about: RecordID) -> String { Parts.path(about) + "#comments" }

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
        \(settle(comment, visit, back: "list"))</article>

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

  /// - Parameter back: where it leads: to the list of questions, or to the page of the incident.
  static func settle(_ comment: RecordState, _ visit: Visit, back: String?) -> HTML {
    let back: HTML = back.map { "<input type=\"hidden\" name=\"back\" value=\"\($0)\">" } ?? ""
    return """
      <form method="post" action="/comments/\(comment.id.key)/settlement">\(Frame.key(visit))\
      \(back)<button class="plain">Settled</button></form>

      """
  }

  /// The part of the record's page.
  var html: HTML {
    let shown = isOfIncident ? comments.suffix(Comments.mostShown).reversed() : comments
    let items = shown.map { comment -> HTML in
      let to = comment.text("to").flatMap { RecordID($0) }.map { " to " + names.name($0.key) } ?? ""
      let isOpen = comment.status == "open"
      return """
        <article class="comment"><p class="note"><strong>\(names.name(comment.author))</strong>\(to), \
        \(Parts.moment(comment.begun)) · <a href="/records/\(comment.id.text)">\(comment.status ?? "")</a></p>
        <p class="words">\(comment.text("text") ?? "")</p>
        \(isOpen ? Comments.settle(comment, visit, back: isOfIncident ? "page" : nil) : "")</article>

        """
    }
    let inputs = Inputs(form: visit.form)
    let options =
      [("", "nobody in particular")]
      + people.map { ($0.title, $0.text("display_name") ?? $0.title) }
    return Component.section(
      "comments", "Comments",
      """
      \(problem.map(RefusalPage.box) ?? "")\(isOfIncident ? "" : .joined(items))<form method="post" \
      action="/records/\(about.text)/comments" class="sheet">\(Frame.key(visit))
      \(isOfIncident ? "<input type=\"hidden\" name=\"back\" value=\"page\">\n" : "" as HTML)\
      \(inputs.text("text", "What is to be said", rows: 3, isRequired: true, note: "It stays on the record, for everybody who may read this one."))\
      \(inputs.choice("to", "Asked of", options))\(answering(inputs))
      <p class="wide"><button>Comment</button></p></form>
      \(isOfIncident ? .joined(items) : "")\(further)
      """)
  }

  /// The messages from outside that a comment may answer, so that they wait for nobody any more.
  private func answering(_ inputs: Inputs) -> HTML {
    let open = isOfIncident ? comments.filter(\.isUnreadMessage).suffix(Comments.mostShown) : []
    guard !open.isEmpty else { return "" }
    let options = open.reversed().map { message in
      (message.id.text, message.begun.rfc3339 + ": " + (message.text("text") ?? "").prefix(60))
    }
    return inputs.choice(
      "answering", "Answers the message of", [("", "none of them")] + options,
      note: "It then counts as settled. Whoever wrote it does not see what is said here.")
  }

  private var further: HTML {
    guard isOfIncident, comments.count > Comments.mostShown else { return "" }
    return
      "<p>\(Parts.link("/records/\(about.text)#comments", "All \(comments.count) comments"))</p>\n"
  }
}
