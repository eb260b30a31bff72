internal import Duties
internal import Ground
internal import Hummingbird
internal import NIOCore
internal import Sealing
internal import Workspace

/// What a program asks: read, bounded, of the described shape, and with whoever asks.
struct APICall: Sendable {
  /// The workspace, acting as whoever asks.
  let workspace: OpenWorkspace
  /// How they proved who they are.
  let proof: Proof
  let operation: APIOperation
  /// Values of path and query by name, of the shapes that the operation states.
  let values: [String: JSON]
  /// The object that was sent; null where there is none.
  let body: JSON
  /// The version that was stated; nil takes the newest.
  let version: Int?
  /// The name that the request gave itself, with the digest of what it asks.
  let request: NamedRequest?
  /// The version that whoever asks has already.
  let known: String?
  /// The last event that a stream has seen.
  let lastEvent: String?
  /// What proved who they are, to be asked again while a stream lasts.
  let secret: String?
  /// The bytes of a file that is sent.
  let bytes: RequestBody
  /// From where it comes: to hold floods back, and for nothing else.
  let address: String
  let api: API

  /// How somebody proved who they are.
  enum Proof: Sendable {
    case nothing
    case session(Session)
    case token(TokenInUse)
  }

  /// Today in Brussels.
  var today: Day { workspace.surroundings.today }

  /// A text of path or query.
  func text(_ name: String) -> String? { values[name]?.text }

  /// A number of the query.
  func count(_ name: String) -> Int? {
    guard case .int(let count)? = values[name] else { return nil }
    return count
  }

  /// A flag of the query.
  func flag(_ name: String) -> Bool { values[name] == .bool(true) }

  /// A day of the query.
  func day(_ name: String = "day") -> Day? { text(name).flatMap { Day(iso: $0) } }

  /// A member of the body.
  subscript(name: String) -> JSON? { body[name] }

  /// A record by the key in the path.
  func id(_ kind: RecordKind) throws(Problem) -> RecordID {
    guard let id = RecordID(kind.name + "/" + (text("key") ?? "")) else { throw .noSuchPath }
    return id
  }

  /// The record in the path, at the version that was stated.
  ///
  /// - Throws: `workspace.unknown-record`, `store.version-conflict`.
  func current(_ kind: RecordKind) async throws(Problem) -> RecordState {
    let state = try await workspace.needed(try id(kind))
    if let version, version != state.version {
      throw Problem(
        "store.version-conflict", what: "\(state.id.text) has changed since it was read",
        why: "it is at version \(state.version), not \(version)",
        mend: "read it again, then decide")
    }
    return state
  }

  /// A day or moment of the body; today where it is left out.
  func effective(_ name: String) -> Effective {
    body[name]?.text.flatMap { Effective($0) } ?? .day(today)
  }

  /// The bytes of a file, sealed aside as they come.
  ///
  /// - Throws: `server.too-large`, `workspace.not-written`.
  func file() async throws -> ByteSource {
    guard case .file(let most) = operation.body else { throw Problem.noSuchPath }
    let file = try ScratchWriter(in: workspace.folder)
    let pace = RequestPace()
    try await ReadBody.each(bytes) { piece throws(Problem) in
      guard file.count + piece.readableBytes <= most else {
        throw Problem(
          "server.too-large", what: "what was sent is too large",
          why: "at most \(most) bytes are taken here", mend: "send it in parts, or use the command")
      }
      try file.write(piece.readableBytesView)
      try pace.check(file.count)
    }
    return try file.finish().source("the file")
  }
}
