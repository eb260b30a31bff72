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
  let answer: @Sendable (Visit) async throws -> Reply

  /// Something to read.
  static func get(
    _ path: String, for audience: Audience = .signedIn,
    _ answer: @escaping @Sendable (Visit) async throws -> Reply
  ) -> Endpoint {
    Endpoint(method: .get, path: path, audience: audience, answer: answer)
  }

  /// Something to do.
  static func post(
    _ path: String, for audience: Audience = .signedIn,
    _ answer: @escaping @Sendable (Visit) async throws -> Reply
  ) -> Endpoint {
    Endpoint(method: .post, path: path, audience: audience, answer: answer)
  }

  /// Something to do with a file that is sent along.
  static func upload(
    _ path: String, _ answer: @escaping @Sendable (Visit) async throws -> Reply
  ) -> Endpoint {
    Endpoint(method: .post, path: path, audience: .signedIn, takesFile: true, answer: answer)
  }
}
