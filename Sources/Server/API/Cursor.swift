internal import Ground
internal import Sealing

/// Where a list goes on: the record after which, and a digest of what was asked, so that it fits no other question.
struct Cursor {
  /// The last record of the page before.
  let after: RecordID

  private static let length = 16

  /// As text: for those who ask it has no parts.
  func text(_ question: String) -> String {
    Cursor.mark(after, question) + after.kind + "." + after.key
  }

  init(after: RecordID) { self.after = after }

  /// Reads what `text` wrote for the same question.
  ///
  /// - Throws: `server.bad-cursor`.
  init(_ text: String, _ question: String) throws(Problem) {
    let mark = String(text.prefix(Cursor.length))
    guard let id = RecordID(String(text.dropFirst(Cursor.length)).replacing(".", with: "/")),
      mark.utf8.elementsEqual(Cursor.mark(id, question).utf8)
    else {
      throw Problem(
        "server.bad-cursor", what: "this cursor does not belong to this list",
        why: "it is good for the question whose page gave it, and for no other",
        mend: "ask for the first page again, without a cursor", places: [Place("cursor")])
    }
    after = id
  }

  private static func mark(_ id: RecordID, _ question: String) -> String {
    String(Digest(of: (question + "\n" + id.text).utf8).hex.prefix(length))
  }
}
