import Duties
import Foundation
import Ground
import Outbound
import Workspace

/// A server that is asked with a token.
struct RemoteDesk {
  private let base: String
  private let token: String
  private let courier = Courier(
    .init(seconds: 120, mostBytes: 64 << 20, allowsPrivate: true))
  /// Most pages of a list that are read.
  private static let mostPages = 1000

  /// A server.
  ///
  /// - Throws: `outbound.bad-address`.
  init(_ address: String, token: String) throws(Problem) {
    let place = try WebAddress(address)
    base = place.origin + "/api/v1/"
    self.token = token
  }

  /// Asks for an object.
  func get(_ path: String, _ query: [(String, String?)] = []) async throws(Problem) -> JSON {
    try JSON(parsing: try await bytes(path, query), file: "the answer")
  }

  /// Asks for a file.
  func bytes(
    _ path: String, _ query: [(String, String?)] = []
  ) async throws(Problem) -> [UInt8] {
    try await send(.get, path, query, [], []).body
  }

  /// Sends an object.
  func post(
    _ path: String, _ body: JSON, version: Int? = nil
  ) async throws(Problem) -> JSON {
    var fields = [("content-type", "application/json")]
    if let version { fields.append(("if-match", "\"v\(version)\"")) }
    let answer = try await send(.post, path, [], fields, body.compactBytes)
    return answer.body.isEmpty ? .null : try JSON(parsing: answer.body, file: "the answer")
  }

  private func send(
    _ method: OutboundRequest.Method, _ path: String, _ query: [(String, String?)],
    _ fields: [(String, String)], _ body: [UInt8]
  ) async throws(Problem) -> OutboundAnswer {
    let asked = query.compactMap { name, value in
      value.map { name + "=" + RemoteDesk.encoded($0) }
    }
    let address = base + path + (asked.isEmpty ? "" : "?" + asked.joined(separator: "&"))
    let answer = try await courier.send(
      OutboundRequest(
        method, try WebAddress(address),
        fields: fields.map { (name: $0.0, value: $0.1) } + [
          (name: "authorization", value: "Bearer " + token)
        ], body: body))
    guard !answer.isDone else { return answer }
    throw RemoteDesk.problem(answer)
  }

  /// The problem that the server told; what is none of its own is told as it is.
  private static func problem(_ answer: OutboundAnswer) -> Problem {
    let json = (try? JSON(parsing: answer.body, file: "the answer")) ?? .null
    guard let code = json["code"]?.text, let what = json["title"]?.text else {
      return .notADesk("the server answered with status \(answer.status)")
    }
    var places: [Place] = []
    if case .array(let items)? = json["places"] {
      places = items.compactMap { $0["name"]?.text.map { Place($0) } }
    }
    return Problem(
      code, what: what, why: json["detail"]?.text ?? "", mend: json["mend"]?.text ?? "",
      places: places)
  }

  static func encoded(_ text: String) -> String {
    text.addingPercentEncoding(
      withAllowedCharacters: CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"))
      ?? ""
  }
}

extension RemoteDesk {
  /// The word for many of a kind in addresses.
  static func many(_ kind: String) -> String {
    switch kind {
    case "evidence": "evidence"
    case "person": "people"
    case "access": "access-decisions"
    default: kind.hasSuffix("y") ? kind.dropLast() + "ies" : kind + "s"
    }
  }

  /// The path of a record.
  static func path(_ id: RecordID) -> String { many(id.kind) + "/" + id.key }

  /// All records of a kind.
  func states(_ kind: RecordKind) async throws(Problem) -> [RecordState] {
    var states: [RecordState] = []
    var cursor: String?
    for _ in 0..<RemoteDesk.mostPages {
      let page = try await get(
        RemoteDesk.many(kind.name), [("limit", "500"), ("cursor", cursor)])
      if case .array(let items)? = page["items"] {
        states += items.compactMap(RemoteDesk.state)
      }
      cursor = page["next"]?.text
      if cursor == nil { break }
    }
    return states
  }

  /// The docket of all pages, as a folder gives it.
  func docket(_ query: [(String, String?)]) async throws(Problem) -> JSON {
    var members: [(String, JSON)] = []
    var deadlines: [JSON] = []
    var cursor: String?
    for _ in 0..<RemoteDesk.mostPages {
      let page = try await get("docket", query + [("limit", "500"), ("cursor", cursor)])
      if case .array(let items)? = page["deadlines"] { deadlines += items }
      if members.isEmpty, case .object(let all) = page {
        members = all.filter { !["deadlines", "total", "next"].contains($0.0) }
      }
      cursor = page["next"]?.text
      if cursor == nil { break }
    }
    return .object(members + [("deadlines", .array(deadlines))])
  }

  /// A record by its id, or by its name among those of a kind.
  func needed(_ kind: RecordKind, named text: String) async throws(Problem) -> RecordState {
    if let id = RecordID(text) ?? RecordID(kind.name + "/" + text), id.kind == kind.name {
      do {
        if let state = RemoteDesk.state(try await get(RemoteDesk.path(id))) { return state }
      } catch {
        guard error.code == "workspace.unknown-record", RecordID(text) == nil else { throw error }
      }
    }
    let found = try await states(kind).filter { $0.title == text }
    guard let state = found.first, found.count == 1 else {
      throw Problem(
        found.isEmpty ? "workspace.unknown-record" : "workspace.several-records",
        what: "\(found.count) records of the kind \(kind.name) are called “\(text)”",
        why: "it is not clear which one is meant", mend: "name one by its id")
    }
    return state
  }

  /// A record as the server tells it.
  static func state(_ json: JSON) -> RecordState? {
    guard case .object(let members) = json else { return nil }
    return RecordState(json: .object(members.filter { !["kind", "title"].contains($0.0) }))
  }

  /// The names behind keys, as far as the token may know them.
  func names() async -> [String: String] {
    let own = ["local": "local operator", "system": "the program"]
    do throws(Problem) {
      return try await states(.person).reduce(into: own) {
        $0[$1.id.key] = $1.text("display_name") ?? $1.title
      }
    } catch {
      return own
    }
  }

  /// Lets an event happen to a record as it stands now.
  func happen(_ change: Change, to state: RecordState) async throws(Problem) -> RecordState? {
    var body: [(String, JSON)] = [
      ("event", .string(change.event)), ("set", .object(change.set)),
      ("effective", .string(change.effective.text)),
    ]
    if let reason = change.reason { body.append(("reason", .string(reason))) }
    if let level = change.confidentiality { body.append(("class", .string(level.rawValue))) }
    if change.corrects { body.append(("corrects", .bool(true))) }
    return RemoteDesk.state(
      try await post(
        RemoteDesk.path(state.id) + "/events", .object(body), version: state.version))
  }
}
