internal import Documents

/// One thing that can be asked of the desk.
struct Endpoint: Sendable {
  /// How it is asked.
  enum Method: String, Sendable { case get = "GET", post = "POST" }

  /// Who may ask; what they may then see and do is decided by the use cases.
  enum Audience: Sendable { case everybody, signedIn }

  let method: Method
  /// The path; `{name}` is one part of it.
  let path: String
  let audience: Audience
  /// Whether its form brings a file.
  var takesFile = false
  /// Whether a program sends it, signed: its content is read as it is, and is no form.
  var isHook = false
  /// Whether nothing of who asks is looked at: no session, no browser, and no address in the log.
  var isAnonymous = false
  /// Whether the page follows from the records, who asks, the address and the minute alone, see `KeptPages`.
  var isKept = false
  let answer: @Sendable (Visit) async throws -> Reply

  /// Something to read.
  static func get(
    _ path: String, for audience: Audience = .signedIn,
    _ answer: @escaping @Sendable (Visit) async throws -> Reply
  ) -> Endpoint {
    Endpoint(method: .get, path: path, audience: audience, answer: answer)
  }

  /// A page that follows from the records, who asks, the address and the minute alone.
  static func page(
    _ path: String, _ body: @escaping @Sendable (Visit) async throws -> HTML
  ) -> Endpoint {
    Endpoint(method: .get, path: path, audience: .signedIn, isKept: true) { visit in
      .page(try await body(visit))
    }
  }

  /// Something to do.
  static func post(
    _ path: String, for audience: Audience = .signedIn,
    _ answer: @escaping @Sendable (Visit) async throws -> Reply
  ) -> Endpoint {
    Endpoint(method: .post, path: path, audience: audience, answer: answer)
  }

  /// Something that another system tells, which proves itself who it is.
  static func hook(
    _ path: String, _ answer: @escaping @Sendable (Visit) async throws -> Reply
  ) -> Endpoint {
    Endpoint(method: .post, path: path, audience: .everybody, isHook: true, answer: answer)
  }

  /// Something to do with a file that is sent along.
  static func upload(
    _ path: String, _ answer: @escaping @Sendable (Visit) async throws -> Reply
  ) -> Endpoint {
    Endpoint(method: .post, path: path, audience: .signedIn, takesFile: true, answer: answer)
  }

  /// Something that is asked by nobody in particular, even by somebody who is signed in.
  static func anonymous(
    _ method: Method, _ path: String, takesFile: Bool = false,
    _ answer: @escaping @Sendable (Visit) async throws -> Reply
  ) -> Endpoint {
    Endpoint(
      method: method, path: path, audience: .everybody, takesFile: takesFile, isAnonymous: true,
      answer: answer)
  }
}
