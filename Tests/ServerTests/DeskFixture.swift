import Duties
import Foundation
import Ground
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Sealing
import Store
import Synchronization
import Testing
import Workspace

@testable import Server

/// A desk over a small workspace in a temporary folder; everybody in it is made up.
final class DeskFixture: Sendable {
  static let passphrase = "river cactus lamp orbit"

  let workspace: OpenWorkspace
  let desk: Desk
  private let clock: Clock
  private let path: String
  private let client = Mutex<ProviderClient?>(nil)

  final class Clock: Sendable {
    private let seconds = Mutex(1_780_000_000)
    var now: Instant { Instant(seconds: seconds.withLock { $0 }) }
    func pass(seconds more: Int) { seconds.withLock { $0 += more } }
  }

  /// A desk with what variables of the environment set.
  init(_ variables: [String: String] = [:], mailing: Mailing? = nil) async throws {
    path = FileManager.default.temporaryDirectory.appending(path: "desk-" + UUID().uuidString)
      .path()
    let clock = Clock()
    self.clock = clock
    let folder = WorkspaceFolder(path)
    let surroundings = Surroundings(now: { clock.now }, user: "tester")
    let (description, keys) = try InitWorkspace.prepare(
      folder, origin: "desk.example", now: clock.now)
    workspace = OpenWorkspace(
      folder: folder, description: description,
      store: try SQLiteStore(path: folder.store, access: .write), keys: keys,
      surroundings: surroundings, who: .localOperator("tester"))
    _ = try await InitWorkspace.begin(workspace, provider: [("name", .string("Fictional Labs"))])
    desk = Desk(
      workspace, try Configuration(file: nil, environment: variables), mailing: mailing)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// People sign in through a provider from now on.
  func use(_ client: ProviderClient) { self.client.withLock { $0 = client } }

  func pass(hours: Int) { clock.pass(seconds: hours * 3600) }
  func pass(seconds: Int) { clock.pass(seconds: seconds) }

  /// The half minute of now.
  var step: Int { OneTimeCode.step(at: clock.now.seconds) }

  /// Registers somebody without a passphrase.
  func person(_ name: String, _ role: Role) async throws {
    var person = NewPerson(name: name, roles: [role], secret: .token)
    if role == .evaluator || role == .inspector {
      person.days.until = Day(sinceEpoch: workspace.surroundings.today.sinceEpoch + 90)
    }
    _ = try await workspace.addPerson(person)
  }

  /// A model with a name.
  func model(_ name: String) async throws -> RecordState {
    try await workspace.record(
      RecordCommand(
        .model, nil,
        Change(
          "model-registered", set: [("name", .string(name))],
          effective: .day(workspace.surroundings.today))))
  }

  /// Asks the desk.
  func asking(
    _ configuration: Configuration? = nil, over network: TestingSetup = .router,
    _ body: @Sendable @escaping (Browser) async throws -> Void
  ) async throws {
    var desk = configuration.map { Desk(workspace, $0) } ?? desk
    desk.signIn.client = client.withLock { $0 }
    let application = Application(router: desk.router())
    try await application.test(network) { client in try await body(Browser(client: client)) }
  }

  /// A browser of somebody who signed in by a one-time link.
  func signedIn(_ name: String, _ browser: Browser) async throws -> Browser {
    let link = try await workspace.issueLink(to: name)
    let answer = try await browser.post("/sign-in/link/" + link, [])
    #expect(answer.status.code == 303)
    return browser.with(try #require(answer.cookie))
  }
}

/// Asks as a browser does, with its cookie.
struct Browser: Sendable {
  let client: any TestClientProtocol
  var cookie: String?

  func with(_ cookie: String) -> Browser { Browser(client: client, cookie: cookie) }

  func get(_ path: String, more: [String: String] = [:]) async throws -> TestResponse {
    var fields = headers
    for (name, value) in more { fields[HTTPField.Name(name)!] = value }
    return try await client.execute(uri: path, method: .get, headers: fields) { $0 }
  }

  /// Sends a form from one of our pages, with its key.
  func send(_ path: String, _ values: [(String, String)]) async throws -> TestResponse {
    let key = cookie.map { SessionCookie.formKey(String($0.drop { $0 != "=" }.dropFirst())) }
    return try await post(path, values + [("key", key ?? "")])
  }

  /// Sends a form as it is.
  func post(
    _ path: String, _ values: [(String, String)], more: [String: String] = [:]
  ) async throws -> TestResponse {
    var fields = headers
    fields[.contentType] = "application/x-www-form-urlencoded"
    for (name, value) in more { fields[HTTPField.Name(name)!] = value }
    let body = values.map { Desk.encoded($0.0) + "=" + Desk.encoded($0.1) }.joined(separator: "&")
    return try await client.execute(
      uri: path, method: .post, headers: fields, body: ByteBuffer(string: body)
    ) { $0 }
  }

  /// Sends a form with a file, as a browser does.
  func upload(
    _ path: String, _ values: [(String, String)], file: String, bytes: [UInt8], key: String? = nil
  ) async throws -> TestResponse {
    let made = cookie.map { SessionCookie.formKey(String($0.drop { $0 != "=" }.dropFirst())) }
    var fields = headers
    fields[.contentType] = "multipart/form-data; boundary=----fictional"
    var body: [UInt8] = []
    for (name, value) in [("key", key ?? made ?? "")] + values {
      body +=
        "------fictional\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        .utf8
    }
    body +=
      "------fictional\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(file)\"\r\n"
      .utf8
    body += "Content-Type: application/octet-stream\r\n\r\n".utf8
    body += bytes + Array("\r\n------fictional--\r\n".utf8)
    return try await client.execute(
      uri: path, method: .post, headers: fields, body: ByteBuffer(bytes: body)
    ) { $0 }
  }

  private var headers: HTTPFields {
    var fields = HTTPFields()
    if let cookie { fields[.cookie] = cookie }
    return fields
  }
}

extension TestResponse {
  /// The cookie that was set, as it is sent back.
  var cookie: String? {
    headers[values: .setCookie].first.map { String($0.prefix { $0 != ";" }) }
  }

  var text: String { String(buffer: body) }
}
