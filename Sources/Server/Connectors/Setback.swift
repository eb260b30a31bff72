internal import Ground

/// Why another system did not take something, and what follows.
struct Setback: Error, Sendable, Equatable {
  /// What follows.
  enum Course: Sendable, Equatable {
    /// Try again later; the other side may ask for a time (`Retry-After`). It may have been taken nevertheless.
    case later(String?)
    /// It will not be taken as it is.
    case refused
    /// What was asked for is not there.
    case gone
  }

  let course: Course
  /// The status or the code of what went wrong.
  let code: String
  /// What the other side says of it, short and without secrets.
  let words: String

  init(_ course: Course, _ code: String, _ words: String = "") {
    self.course = course
    self.code = code
    self.words = words
  }

  /// What did not come about on the way; nobody knows whether the other side took it.
  init(_ problem: Problem) {
    self.init(
      problem.code == "outbound.bad-address" ? .refused : .later(nil), problem.code, problem.what)
  }

  /// As it stands in the ledger.
  var result: String { words.isEmpty ? code : "\(code): \(words)" }

  /// As a person reads it who asked for it.
  var problem: Problem {
    Problem(
      "server.connector-refused", what: "the other system did not take it: \(result)",
      why: "it answers for itself",
      mend: "look at its address, account, token and mapping: systemic connector show")
  }
}
