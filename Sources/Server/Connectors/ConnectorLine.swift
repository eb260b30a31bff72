internal import Duties
internal import Ground
internal import Outbound
internal import Workspace

/// Asks one other system over HTTP and tells what its answers mean.
struct ConnectorLine: Sendable {
  typealias Ask = @Sendable (OutboundRequest) async throws(Problem) -> OutboundAnswer
  /// Most characters of what the other side says that are kept.
  static let mostWords = 300

  /// The address of the system, without a slash at its end.
  let base: String
  /// Proves who asks.
  let authorization: String?
  /// What must never be repeated.
  let secrets: [String]
  let ask: Ask

  init(_ connector: Connector, authorization: String?, ask: @escaping Ask) {
    base = connector.url
    self.authorization = authorization
    secrets = [connector.token, authorization ?? ""].filter { $0.utf8.count >= 4 }
    self.ask = ask
  }

  /// A request with an object of JSON, or without content.
  func request(
    _ method: OutboundRequest.Method, _ path: String, _ body: JSON? = nil
  ) throws(Setback) -> OutboundRequest {
    var fields = [(name: "accept", value: "application/json"), ("user-agent", "Systemic")]
    if let authorization { fields.append(("authorization", authorization)) }
    if body != nil { fields.append(("content-type", "application/json")) }
    do throws(Problem) {
      return OutboundRequest(
        method, try WebAddress(base + path), fields: fields, body: body?.compactBytes ?? [])
    } catch {
      throw Setback(error)
    }
  }

  /// Sends, and gives what came back where it was taken; null where the answer is empty.
  func send(_ request: OutboundRequest) async throws(Setback) -> JSON {
    let answer: OutboundAnswer
    do throws(Problem) { answer = try await ask(request) } catch { throw Setback(error) }
    let json = try? JSON(parsing: answer.body, file: "the answer")
    guard answer.isDone else { throw setback(answer, json) }
    if answer.body.isEmpty { return .null }
    if let json { return json }
    // Some say “ok” in plain words.
    return .string(short(String(decoding: answer.body, as: UTF8.self)))
  }

  /// Builds and sends.
  func send(
    _ method: OutboundRequest.Method, _ path: String, _ body: JSON? = nil
  ) async throws(Setback) -> JSON {
    try await send(try request(method, path, body))
  }

  /// Reads a ticket: nil where it is not there, or not for us.
  ///
  /// An answer that tells of no ticket, such as a page for signing in, says nothing about whether there is one.
  func ticket(
    _ handle: String, _ path: String, _ read: (JSON) -> IncomingTicket?
  ) async throws(Setback) -> IncomingTicket? {
    guard TicketReader.isKey(handle) else {
      throw Setback(.refused, "bad-handle", "the ledger names no ticket of theirs")
    }
    let answer: JSON
    do throws(Setback) { answer = try await send(.get, path) } catch {
      guard error.course == .gone else { throw error }
      return nil
    }
    guard let ticket = read(answer) else {
      throw Setback(.later(nil), "unreadable", "the answer tells of no ticket")
    }
    return ticket
  }

  private func setback(_ answer: OutboundAnswer, _ json: JSON?) -> Setback {
    let words = json.map(said) ?? String(decoding: answer.body.prefix(1000), as: UTF8.self)
    let course: Setback.Course =
      switch answer.status {
      case 404, 410: .gone
      // Who we are may be mended there: nothing is lost until then.
      case 401, 407, 408, 425, 429, 500...: .later(answer.field("retry-after"))
      default: .refused
      }
    return Setback(course, String(answer.status), short(words))
  }

  /// What systems say when they refuse, in the places where they say it.
  private func said(_ json: JSON) -> String {
    var words = json["errorMessages"]?.texts ?? []
    if case .object(let errors)? = json["errors"] {
      words += errors.map { "\($0.0): \($0.1.text ?? "")" }
    }
    words += json["errors"]?.texts ?? []
    if let text = json["message"]?.text { words.append(text) }
    if let error = json["error"] {
      words += [error["message"]?.text, error["detail"]?.text, error.text].compactMap { $0 }
    }
    return words.joined(separator: "; ")
  }

  /// On one line, bounded, without what proves who we are.
  private func short(_ text: String) -> String {
    var line = text
    for secret in secrets { line = line.replacing(secret, with: "…") }
    let plain = String(
      line.unicodeScalars.map { scalar -> Character in
        scalar.value < 0x20 || scalar.value == 0x7F ? " " : Character(scalar)
      })
    return plain.count > ConnectorLine.mostWords
      ? String(plain.prefix(ConnectorLine.mostWords - 1)) + "…" : plain
  }
}
