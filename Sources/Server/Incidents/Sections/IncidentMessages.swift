internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// What people outside wrote after they had reported an incident, as long as nobody has answered or settled it.
///
/// Their words suggest categories as those of the report do: a question to a person, and no answer.
struct IncidentMessages {
  private let visit: Visit
  /// The newest first.
  private let messages: [Message]
  /// How many there are in all.
  private let count: Int

  private struct Message {
    let state: RecordState
    let suggestions: [CategorySuggestion]
  }

  /// Most messages that are shown and read; the further ones are told, and come up when these are settled.
  private static let mostRead = 50

  /// - Parameters:
  ///   - comments: all that was said about the incident.
  ///   - joined: incidents that were merged into it or are reported with it: who reported those writes to them.
  init(_ visit: Visit, _ comments: [RecordState], joined: [RecordState]) async throws(Problem) {
    self.visit = visit
    var unread = comments.filter(\.isUnreadMessage)
    let others = try await visit.workspace.unreadMessages(about: joined.map(\.id))
    for id in others.keys.sorted() {
      unread += try await visit.workspace.comments(on: id).filter(\.isUnreadMessage)
    }
    count = unread.count
    unread.sort { ($1.begun, $1.id) < ($0.begun, $0.id) }
    messages = unread.prefix(IncidentMessages.mostRead).map { state in
      Message(
        state: state, suggestions: CategorySuggestion.read(state.text("text") ?? "").suggested)
    }
  }

  /// The words of messages that suggest a category, each once.
  func words(_ category: IncidentCategory) -> [String] {
    var words: [String] = []
    for suggestion in messages.lazy.flatMap(\.suggestions) where suggestion.category == category {
      for word in suggestion.words where !words.contains(word) { words.append(word) }
    }
    return Array(words.prefix(CategorySuggestion.mostWords))
  }

  /// The part of the page that stands before all others; nothing where nothing waits.
  func html(_ names: PeopleNames) -> HTML {
    guard count > 0 else { return "" }
    let further: HTML =
      count > messages.count
      ? "<p>\(count - messages.count) older ones come up here when these are settled.</p>\n" : ""
    return """
      <section class="verdict undetermined" id="messages" aria-labelledby="messages-title">
      <h2 id="messages-title">From outside, since it was reported</h2>
      <p class="word">\(count == 1 ? "A message waits" : "\(count) messages wait")</p>
      <p>Nobody has answered or settled \(count == 1 ? "it" : "them"). To answer, use the form under \
      <a href="#comments">Comments</a>; whoever wrote sees nothing of it.</p>
      \(messages.map { article($0, names) })\(further)</section>

      """
  }

  private func article(_ message: Message, _ names: PeopleNames) -> HTML {
    let state = message.state
    let about = state.text("about").flatMap { RecordID($0) }
    let elsewhere: HTML =
      about.map { about in
        about.key == visit.part("key")
          ? ""
          : " · on \(Parts.link(IncidentPages.path(about), "an incident that belongs to this one"))"
      } ?? ""
    return """
      <article class="comment"><p class="note"><strong>\(names.name(state.author))</strong>, \
      \(Parts.moment(state.begun))\(elsewhere)</p>
      <p class="words">\(state.text("text") ?? "")</p>
      \(message.suggestions.map(suggestion))\(Comments.settle(state, visit, back: "page"))</article>

      """
  }

  private func suggestion(_ suggestion: CategorySuggestion) -> HTML {
    let words = suggestion.words.map { "<mark>\($0)</mark>" as HTML }
    let reading: HTML =
      suggestion.reading == .hypothetical
      ? "as something that might happen" : "as something that happened"
    return """
      <p class="caution">A suggestion, no answer: words of the message speak of \
      <a href="#test">\(suggestion.category.title)</a> \(reading): \(.joined(words, by: ", ")). A person decides.</p>

      """
  }
}
