internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// What people outside wrote after they had reported an incident; it stands before all other parts of the page.
struct IncidentMessagesSection {
  let page: IncidentPage

  /// Nothing where nothing waits.
  var html: HTML {
    let messages = page.view.messages
    guard messages.count > 0 else { return "" }
    let isOne = messages.count == 1
    let left = messages.count - messages.all.count
    let further: HTML =
      left > 0 ? "<p>\(left) further ones come up here when these are settled.</p>\n" : ""
    return """
      <section class="verdict undetermined" id="messages" aria-labelledby="messages-title">
      <h2 id="messages-title">From outside, since it was reported</h2>
      <p class="word">\(isOne ? "A message waits" : "\(messages.count) messages wait")</p>
      <p>Nobody has answered or settled \(isOne ? "it" : "them"). To answer, use the form under \
      <a href="#comments">Comments</a>; whoever wrote sees nothing of it.</p>
      \(messages.all.map(article))\(further)</section>

      """
  }

  private func article(_ message: IncidentMessages.Message) -> HTML {
    let state = message.state
    let about = state.text("about").flatMap { RecordID($0) }
    let elsewhere: HTML =
      about.map { about in
        about == page.state.id
          ? ""
          : " · on \(Parts.link(IncidentPages.path(about), "an incident that belongs to this one"))"
      } ?? ""
    return """
      <article class="comment"><p class="note"><strong>\(page.names.name(state.author))</strong>, \
      \(Parts.moment(state.begun))\(elsewhere)</p>
      <p class="words">\(message.text)</p>
      \(message.suggestions.map(suggestion))\(Comments.settle(state, page.visit, back: "page"))</article>

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
