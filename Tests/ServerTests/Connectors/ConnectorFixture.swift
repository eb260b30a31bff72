import Duties
import Ground
import Outbound
import Synchronization
import Testing

@testable import Server
@testable import Workspace

/// Another system in the test: remembers what it was asked, and answers by a function.
final class OtherSystem: Sendable {
  typealias Answer = @Sendable (OutboundRequest, Int) throws(Problem) -> OutboundAnswer
  private let came = Mutex<[OutboundRequest]>([])
  private let answer: Answer

  init(_ answer: @escaping Answer) { self.answer = answer }

  var requests: [OutboundRequest] { came.withLock { $0 } }
  /// Method and path of each.
  var lines: [String] { requests.map { $0.method.rawValue + " " + $0.address.path } }

  var ask: ConnectorLine.Ask {
    { (request) async throws(Problem) in
      let count = self.came.withLock { came in
        came.append(request)
        return came.count
      }
      return try self.answer(request, count)
    }
  }

  static func json(_ status: Int, _ text: String, _ fields: [(name: String, value: String)] = [])
    -> OutboundAnswer
  {
    OutboundAnswer(status: status, fields: fields, body: Array(text.utf8))
  }
}

extension DeskFixture {
  /// A connector with its secret.
  func connector(
    _ system: ConnectorSystem, _ change: (inout NewConnector) -> Void = { _ in }
  ) async throws -> (id: RecordID, secret: String) {
    var connector = NewConnector(
      title: "Tickets", system: system,
      url: system == .standard ? "" : "https://tickets.example.org/")
    connector.token = "token-of-theirs"
    connector.account = "bot@example.org"
    connector.project = system == .serviceNow ? nil : "OPS"
    connector.type = system == .serviceNow ? nil : "Task"
    change(&connector)
    let made = try await workspace.addConnector(connector)
    return (made.state.id, made.secret)
  }

  func incident(_ title: String = "Outage of a fictional hospital") async throws -> RecordState {
    try await workspace.record(
      RecordCommand(
        .incident, nil,
        Change(
          "incident-received", set: [("title", .string(title)), ("narrative", .string("Told."))],
          effective: .moment(workspace.surroundings.now()))))
  }

  /// Something happens to an incident, whatever would have to come before it on the desk.
  func event(_ id: RecordID, _ event: String) async throws {
    _ = try await workspace.record(
      .composed(
        .incident, id,
        Change(event, effective: .day(workspace.surroundings.today), reason: "a test")))
  }

  /// What was told on the record of an incident.
  func told(_ incident: RecordID) async throws -> [String] {
    try await workspace.comments(on: incident).compactMap { $0.text("text") }
  }

  /// A message of theirs, as it is read and taken.
  @discardableResult
  func hear(_ message: JSON, _ id: RecordID) async throws -> TakenTicket {
    let program = workspace.acting(as: .system)
    let connector = try await program.connector(id)
    let ticket = try #require(try connector.reader.message(message.compactBytes))
    return try await program.take(ticket, from: connector, base: "https://desk.example")
  }

  func rounds(_ other: OtherSystem) -> ConnectorRounds {
    ConnectorRounds(workspace, base: "https://desk.example/", ask: other.ask)
  }

  func ticket() async throws -> TicketEntry {
    try #require(try await workspace.tickets().first)
  }
}
