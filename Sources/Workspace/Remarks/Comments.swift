public import Duties
public import Ground

extension OpenWorkspace {
  /// Most bytes of a comment.
  public static let mostComment = 16 << 10

  /// Says something about a record that the actor may read; asks somebody to look at it, where a name is given.
  ///
  /// A comment has the class of the record at that moment, so that it tells nobody more than the record does.
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
      guard let person = try await person(named: name) else {
        throw Problem(
          "workspace.unknown-person", what: "there is no \(name.prefix(64))",
          why: "the name was never registered, or its access has ended",
          mend: "systemic person list")
      }
      set.append(("to", .string(person.id.text)))
    }
    return try await record(
      RecordCommand(
        .comment, nil,
        Change(
          "comment-made", set: set, effective: .day(surroundings.today),
          confidentiality: subject.confidentiality)))
  }

  /// What was said about a record, the oldest first.
  ///
  /// - Throws: `workspace.unknown-record`, `workspace.not-allowed`, `store.*`.
  public func comments(on id: RecordID) async throws(Problem) -> [RecordState] {
    _ = try await needed(id)
    return try await states(.comment).filter { $0.text("about") == id.text }
      .sorted { ($0.begun, $0.id) < ($1.begun, $1.id) }
  }

  /// What the actor is asked and has not settled, the oldest first.
  ///
  /// - Throws: `store.*`.
  public func commentsToActor() async throws(Problem) -> [RecordState] {
    try await states(.comment).filter {
      $0.status == "open" && $0.text("to") == "person/" + who.id
    }.sorted { ($0.begun, $0.id) < ($1.begun, $1.id) }
  }

  /// Notes that a comment needs nothing any more.
  ///
  /// - Throws: `duties.wrong-order`, `workspace.unknown-record`, `workspace.not-allowed`, `store.*`.
  public func settleComment(_ id: RecordID) async throws(Problem) {
    _ = try await record(
      RecordCommand(
        .comment, id, Change("comment-settled", effective: .day(surroundings.today))))
  }
}
