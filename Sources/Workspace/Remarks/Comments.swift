public import Duties
public import Ground

extension OpenWorkspace {
  /// Most bytes of a comment.
  public static let mostComment = 16 << 10

  /// Says something about a record that the actor may read; asks somebody to look at it, where a name is given.
  ///
  /// A comment has the class of its record, and follows it, so that it tells nobody more than the record does.
  /// - Parameter name: the name by which the person who is asked signs in.
  /// - Throws: `workspace.empty-comment`, `workspace.long-comment`, `workspace.unknown-record`,
  ///   `workspace.unknown-person`, `workspace.not-allowed`, `store.*`.
  public func comment(
    on id: RecordID, _ text: String, to name: String? = nil
  ) async throws(Problem) -> RecordState {
    let subject = try await needed(id)
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
    let comment = try await record(
      .composed(
        .comment, nil,
        Change(
          "comment-made", set: set, effective: .day(surroundings.today),
          confidentiality: subject.confidentiality)))
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
    return try await read { $0.text("about") == id.text }
  }

  /// What the actor is asked about records that they may read, and nobody has settled; the oldest first.
  ///
  /// - Throws: `store.*`.
  public func commentsToActor() async throws(Problem) -> [RecordState] {
    let who = try await current()
    let today = surroundings.today
    return try await read { comment in
      guard comment.status == "open", comment.text("to") == "person/" + who.id,
        let about = comment.text("about").flatMap({ RecordID($0) })
      else { return false }
      // Its class is that of the record.
      return who.mayRead(about, comment.confidentiality, today: today)
    }
  }

  /// The comments that are wanted, the oldest first; that they were read is noted.
  private func read(
    _ isWanted: (RecordState) -> Bool
  ) async throws(Problem) -> [RecordState] {
    let comments = try await everyState(.comment).filter(isWanted)
      .sorted { ($0.begun, $0.id) < ($1.begun, $1.id) }
    try await noteShown(comments.map(\.id))
    return comments
  }

  /// Notes that a comment needs nothing any more.
  ///
  /// - Throws: `duties.wrong-order`, `workspace.unknown-record`, `workspace.not-allowed`, `store.*`.
  public func settleComment(_ id: RecordID) async throws(Problem) {
    _ = try await record(
      .composed(
        .comment, id, Change("comment-settled", effective: .day(surroundings.today))))
  }
}
