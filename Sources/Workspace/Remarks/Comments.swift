public import Duties
public import Ground

extension OpenWorkspace {
  /// Most bytes of a comment.
  public static let mostComment = 16 << 10

  /// Says something about a record that the actor may read; asks somebody to look at it, where a name is given.
  ///
  /// A comment has the class of its record, and follows it, so that it tells nobody more than the record does.
  /// - Parameters:
  ///   - name: the name by which the person who is asked signs in.
  ///   - answered: a comment that needs nothing any more because of this one; both are written, or neither.
  /// - Throws: `workspace.empty-comment`, `workspace.long-comment`, `workspace.unknown-record`,
  ///   `workspace.unknown-person`, `workspace.not-allowed`, `store.*`.
  public func comment(
    on id: RecordID, _ text: String, to name: String? = nil, answering answered: RecordID? = nil
  ) async throws(Problem) -> RecordState {
    let subject = try await needed(id)
    if let answered { _ = try await needed(answered) }
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw Problem(
        "workspace.empty-comment", what: "the comment says nothing",
        why: "it would stay on the record for ever", mend: "write what is to be said")
    }
    guard text.utf8.count <= OpenWorkspace.mostComment else {
      throw Problem(
        "workspace.long-comment", what: "the comment is too long",
        why: "it may have \(OpenWorkspace.mostComment) bytes",
        mend: "add a longer text as a piece of evidence")
    }
    var set: [(String, JSON)] = [("about", .string(id.text)), ("text", .string(text))]
    if let name {
      set.append(("to", .string(try await neededPerson(name).id.text)))
    }
    var commands = [
      RecordCommand.composed(
        .comment, nil,
        Change(
          "comment-made", set: set, effective: .day(surroundings.today),
          confidentiality: subject.confidentiality))
    ]
    if let answered { commands.append(settling(answered)) }
    let comment = try await record(commands)[0]
    // Somebody may have changed the class since it was read.
    guard let now = try await opened(id), now.confidentiality != comment.confidentiality else {
      return comment
    }
    try await alignComments(on: id)
    return try await opened(comment.id) ?? comment
  }

  /// What was said about a record, the oldest first: whoever may read the record may read it.
  ///
  /// - Throws: `workspace.unknown-record`, `workspace.not-allowed`, `store.*`.
  public func comments(on id: RecordID) async throws(Problem) -> [RecordState] {
    _ = try await needed(id)
    let about =
      shared.summaries.isKept
      ? try await members(.comment, of: id)
      : try await everyState(.comment).filter { $0.text("about") == id.text }
    return try await shown(about)
  }

  /// What the actor is asked about records that they may read, and nobody has settled; the oldest first.
  ///
  /// - Throws: `store.*`.
  public func commentsToActor() async throws(Problem) -> [RecordState] {
    let who = try await current()
    let today = surroundings.today
    return try await shown(
      try await everyState(.comment).filter { comment in
        guard comment.status == "open", comment.text("to") == "person/" + who.id,
          let about = comment.text("about").flatMap({ RecordID($0) })
        else { return false }
        // Its class is that of the record.
        return who.mayRead(about, comment.confidentiality, today: today)
      })
  }

  /// The oldest first; that they were read is noted.
  private func shown(_ comments: [RecordState]) async throws(Problem) -> [RecordState] {
    try await noteShown(comments.map(\.id))
    return comments.sorted { ($0.begun, $0.id) < ($1.begun, $1.id) }
  }

  /// Notes that a comment needs nothing any more.
  ///
  /// - Throws: `duties.wrong-order`, `workspace.unknown-record`, `workspace.not-allowed`, `store.*`.
  public func settleComment(_ id: RecordID) async throws(Problem) {
    _ = try await record(settling(id))
  }

  private func settling(_ id: RecordID) -> RecordCommand {
    .composed(.comment, id, Change("comment-settled", effective: .day(surroundings.today)))
  }
}
