import Duties
import Ground
import Outbound
import Synchronization
import Testing
import Workspace

@testable import Server

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
    connector.project = "OPS"
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

  func rounds(_ other: OtherSystem) -> ConnectorRounds {
    ConnectorRounds(workspace, base: "https://desk.example/", ask: other.ask)
  }

  func ticket() async throws -> TicketEntry {
    try #require(try await workspace.tickets().first)
  }
}
