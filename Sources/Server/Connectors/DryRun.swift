internal import Duties
public import Ground
internal import Outbound
internal import Workspace

/// What a connector would send for an incident, and what the other system would miss in it: nothing is sent but questions.
public struct DryRun: Sendable {
  /// How it would be asked, such as `POST /rest/api/3/issue`.
  public let request: String
  /// What would be sent, without secrets.
  public let body: JSON
  /// What the other side asks for and would not get.
  public let problems: [String]
  /// Why the fields of the other side could not be read; nil where they were, or there is nothing to read.
  public let unread: String?

  static func of(
    _ connector: Connector, _ ticket: Ticket, _ ask: @escaping ConnectorLine.Ask
  ) async throws(Problem) -> DryRun {
    guard let desk = connector.desk(ask) else {
      return try signal(connector, ticket, ask)
    }
    let request: OutboundRequest
    do throws(Setback) { request = try desk.creation(ticket) } catch { throw error.problem }
    var problems: [String] = []
    var unread: String?
    let body = (try? JSON(parsing: request.body)) ?? .null
    do throws(Setback) {
      let fields = body["fields"] ?? body
      for demand in try await desk.demands() {
        guard let value = fields[demand.field] else {
          if demand.isRequired { problems.append("\(demand.field) (\(demand.name)) is missing") }
          continue
        }
        let text = TicketText.of(value)
        guard !demand.allowed.isEmpty, !demand.allowed.contains(text) else { continue }
        problems.append(
          "\(demand.field) (\(demand.name)) cannot be “\(text)”: it takes "
            + demand.allowed.prefix(20).joined(separator: ", "))
      }
    } catch {
      unread = error.result
    }
    return DryRun(
      request: words(request), body: body, problems: problems, unread: unread)
  }

  private static func signal(
    _ connector: Connector, _ ticket: Ticket, _ ask: @escaping ConnectorLine.Ask
  ) throws(Problem) -> DryRun {
    let request: OutboundRequest?
    do throws(Setback) {
      request = try Signals(connector, ask).request(ticket, Signals.act(ticket))
    } catch { throw error.problem }
    guard let request else {
      throw Problem(
        "server.not-told", what: "nothing is sent through this connector",
        why: "it only takes messages", mend: "send through a webhook: systemic webhook add")
    }
    var body = (try? JSON(parsing: request.body)) ?? .null
    if case .object(let members) = body {
      body = .object(
        members.map { ($0.0, $0.0 == "routing_key" ? .string("(not shown)") : $0.1) })
    }
    return DryRun(
      request: connector.system == .slack
        ? "POST \(request.address.origin)/…" : words(request), body: body, problems: [],
      unread: nil)
  }

  private static func words(_ request: OutboundRequest) -> String {
    request.method.rawValue + " " + request.address.text
  }
}
