import Duties
import Ground
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Server
@testable import Workspace

/// Asks as a program does, with its token.
struct Caller: Sendable {
  let client: any TestClientProtocol
  var token: String?

  func get(_ path: String, _ more: [String: String] = [:]) async throws -> TestResponse {
    try await ask(.get, path, nil, more)
  }

  /// Sends an object.
  func post(
    _ path: String, _ json: String?, _ more: [String: String] = [:]
  ) async throws -> TestResponse {
    var fields = more
    if json != nil, fields["content-type"] == nil { fields["content-type"] = "application/json" }
    return try await ask(.post, path, json, fields)
  }

  /// Asks in any way.
  func ask(
    _ method: HTTPRequest.Method, _ path: String, _ body: String?, _ more: [String: String] = [:]
  ) async throws -> TestResponse {
    var fields = HTTPFields()
    if let token { fields[.authorization] = "Bearer " + token }
    for (name, value) in more { fields[HTTPField.Name(name)!] = value }
    return try await client.execute(
      uri: path.hasPrefix("/") ? path : API.base + "/" + path, method: method, headers: fields,
      body: body.map { ByteBuffer(string: $0) }
    ) { $0 }
  }
}

extension TestResponse {
  /// The object that was answered.
  var json: JSON { get throws { try JSON(parsing: Array(body.readableBytesView)) } }

  var etag: String? { headers[.eTag] }

  /// The code of a refusal.
  var code: String? { try? json["code"]?.text }
}

extension DeskFixture {
  /// A token of a person, who is registered first.
  func token(
    _ role: Role, scopes: [TokenScope]? = nil, records: [RecordID] = []
  ) async throws -> String {
    let name = role.rawValue + "." + String(UInt16.random(in: .min ... .max))
    var person = NewPerson(name: name, roles: [role], secret: .token)
    if role == .inspector { person.request = "made up" }
    if role == .evaluator {
      person.days = (nil, workspace.surroundings.today.adding(days: 30))
    }
    let made = try await workspace.addPerson(person)
    let who = SignedIn(id: made.state.id.key, name: name, roles: [role])
    var new = NewToken(
      name: "test",
      scopes: scopes ?? TokenScope.allCases.filter { $0 != .report && who.mayUse($0) }, days: 30)
    new.records = records
    return try await workspace.makeToken(new, for: name).secret
  }

  /// Asks the interface for programs.
  func calling(_ body: @Sendable @escaping (Caller) async throws -> Void) async throws {
    let application = Application(router: desk.router())
    try await application.test(.router) { client in try await body(Caller(client: client)) }
  }
}
