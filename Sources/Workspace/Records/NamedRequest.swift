public import Duties
public import Ground
internal import Sealing

/// A request that named itself, so that asking again does nothing twice.
public struct NamedRequest: Sendable {
  /// The name that whoever asks gave it.
  public let key: String
  /// SHA-256 of what was asked, in hexadecimal.
  let digest: String

  /// A request.
  public init(key: String, digest: String) {
    self.key = key
    self.digest = digest
  }
}

extension OpenWorkspace {
  /// Does one thing to one record, once for each name of a request.
  ///
  /// The digest of the request is sealed with the content of its event; the same key with another digest is refused.
  /// - Throws: `workspace.other-request`, and as `record`.
  public func record(
    _ command: RecordCommand, as request: NamedRequest?
  ) async throws(Problem) -> RecordState {
    try await record([command], as: request)[0]
  }

  /// Does several things together, once for each name of a request.
  ///
  /// - Throws: `workspace.other-request`, and as `record`.
  func record(
    _ commands: [RecordCommand], as request: NamedRequest?
  ) async throws(Problem) -> [RecordState] {
    guard let request else { return try await record(commands) }
    var commands = commands
    for index in commands.indices { commands[index].change.request = request.digest }
    let states = try await record(commands, idempotencyKey: request.key)
    try await check(request)
    return states
  }

  /// Refuses a key under which something else was asked; whatever was written under it stands.
  private func check(_ request: NamedRequest) async throws(Problem) {
    // As in `record`: a draft that no record can take is answered with the first receipts.
    guard let unwritten = RecordID("operation/" + RandomText.key(length: 12)) else { return }
    let probe = Draft(log: .operational, record: unwritten, version: 0, entry: [])
    let receipts = try await store.append([probe], idempotencyKey: "\(who.id)|\(request.key)")
    for receipt in receipts {
      guard let entry = try await store.entries(receipt.log, from: receipt.index, limit: 1).first
      else { continue }
      let envelope = try Envelope(entry: entry.entry)
      let content = try await withKeys { () async throws(Problem) -> JSON? in
        guard let sealed = entry.content, let key = try await store.record(envelope.record)?.key
        else { return nil }
        return try Sealed.opened(sealed, of: envelope, key: try keys.unwrap(key))
      }
      // What was erased since cannot be compared, and nothing was written anew.
      guard let content, content["request"]?.text != request.digest else { continue }
      throw Problem(
        "workspace.other-request",
        what: "something else was asked under this idempotency key before",
        why: "a key names one request; what it did then stands, and nothing was done now",
        mend: "give the new request a key of its own")
    }
  }
}
