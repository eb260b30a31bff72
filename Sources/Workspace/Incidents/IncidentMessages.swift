public import Duties
public import Ground

/// What people outside wrote after they had reported an incident, as long as nobody has answered or settled it.
///
/// Their words suggest categories as those of the report do: a question to a person, and no answer.
public struct IncidentMessages: Sendable {
  /// One message.
  public struct Message: Sendable {
    /// The comment that holds it.
    public let state: RecordState
    /// What its words suggest.
    public let suggestions: [CategorySuggestion]

    /// What it says.
    public var text: String { state.text("text") ?? "" }

    init(_ state: RecordState) {
      self.state = state
      suggestions = CategorySuggestion.read(state.text("text") ?? "").suggested
    }
  }

  /// The newest first, at most `mostShown` of them, and beyond those the newest that suggests what none of them does;
  /// the further ones come up when these are settled.
  public let all: [Message]
  /// How many there are.
  public let count: Int
  /// What the words of all suggest, those of the further ones too: who writes a lot must not hide a death.
  private let suggestions: [CategorySuggestion]

  /// Most messages that are given whole.
  public static let mostShown = 50

  /// - Parameter comments: what was said about the incident and those that belong to it.
  init(_ comments: [RecordState]) {
    let unread = comments.filter(\.isUnreadMessage).sorted {
      ($1.begun, $1.id) < ($0.begun, $0.id)
    }
    count = unread.count
    var (shown, suggestions): ([Message], [CategorySuggestion]) = ([], [])
    for (place, state) in unread.enumerated() {
      let message = Message(state)
      let isNew = message.suggestions.contains { new in
        !suggestions.contains { $0.category == new.category }
      }
      if place < IncidentMessages.mostShown || isNew { shown.append(message) }
      suggestions += message.suggestions
    }
    all = shown
    self.suggestions = suggestions
  }

  /// The categories that their words suggest.
  public var suggested: Set<IncidentCategory> { Set(suggestions.map(\.category)) }

  /// The words that suggest a category, each once.
  public func words(_ category: IncidentCategory) -> [String] {
    var words: [String] = []
    for suggestion in suggestions where suggestion.category == category {
      for word in suggestion.words where !words.contains(word) { words.append(word) }
    }
    return Array(words.prefix(CategorySuggestion.mostWords))
  }
}

extension OpenWorkspace {
  /// What waits from outside about an incident and those that were merged into it or are reported with it: who reported
  /// those writes to them.
  func messages(about id: RecordID, joined: [RecordID]) async throws(Problem) -> IncidentMessages {
    var comments: [RecordState] = []
    for about in try await unreadMessages(about: [id] + joined).keys.sorted() {
      comments += try await self.comments(on: about)
    }
    return IncidentMessages(comments)
  }
}

extension IncidentMessages {
  /// `[{id, about, by, at, text, suggestions}]`, the newest first.
  public var json: JSON {
    .array(
      all.map { message in
        .object([
          ("id", .string(message.state.id.text)), ("about", JSON(message.state.text("about"))),
          ("by", .string(message.state.author)), ("at", .string(message.state.begun.utc)),
          ("text", .string(message.text)),
          ("suggestions", .array(message.suggestions.map(\.json))),
        ])
      })
  }
}
