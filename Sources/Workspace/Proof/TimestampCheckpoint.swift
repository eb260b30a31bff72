internal import Duties
internal import FoundationEssentials
public import Ground
internal import Journal
public import Sealing

/// Timestamps of outside authorities over checkpoints: that a log had a head by a time that is not ours to choose.
///
/// What is stamped is the checkpoint as the log signed it, without the signatures of witnesses, which may come later.
/// Source: RFC 3161.
public struct TimestampCheckpoint: Sendable {
  /// What is sent to an authority.
  public struct Query: Sendable {
    /// The log.
    public let log: LogName
    /// Entries that the checkpoint covers.
    public let size: Int
    /// The note that is stamped.
    public let note: [UInt8]
    /// The request as DER: POST it as `application/timestamp-query`.
    public let request: [UInt8]

    /// Writes the request, and the note beside it for those who verify with other programs.
    ///
    /// - Returns: The file of the note.
    /// - Throws: `workspace.not-written`.
    public func write(to path: String) throws(Problem) -> String {
      try NoteFile.write(request, to: path)
      try NoteFile.write(note, to: path + ".note")
      return path + ".note"
    }
  }

  private let workspace: OpenWorkspace

  /// Timestamps of a workspace.
  public init(_ workspace: OpenWorkspace) { self.workspace = workspace }

  /// Makes the request for the head of a log.
  ///
  /// It carries no number used once: an older timestamp of the same checkpoint would prove more, not less.
  /// - Throws: what `Checkpoints.publish` throws.
  public func query(_ log: LogName) async throws(Problem) -> Query {
    let published = try await Checkpoints(workspace).publish(log)
    let note = try stamped(published.signed, log)
    let request = TimestampRequest(digest: Digest(of: note), nonce: nil)
    return Query(log: log, size: published.size, note: note, request: request.der)
  }

  /// Keeps the reply of an authority in the operational log.
  ///
  /// - Returns: The log and the size that are stamped, and the time that the token states.
  /// - Throws: `sealing.bad-timestamp`, `sealing.timestamp-refused`, `workspace.timestamp-of-nothing`,
  ///   `workspace.not-allowed`, `store.*`.
  public func add(
    _ reply: ByteSource
  ) async throws(Problem) -> (log: LogName, size: Int, time: Instant) {
    let actor = try await workspace.authorise(.verify)
    let token = try TimestampToken(reply: try NoteFile.bytes(reply))
    let (log, checkpoint, note) = try await checkpoint(of: token)
    let detail = JSON.object([
      ("log", .string(log.rawValue)), ("size", .int(checkpoint.size)),
      ("root", .string(checkpoint.root.hex)),
      ("note", .string(String(decoding: note, as: UTF8.self))),
      ("token", .string(Data(token.bytes).base64EncodedString())),
    ])
    let title = "timestamp of the \(log.rawValue) log at \(checkpoint.size) entries received"
    let draft = try workspace.ownDraft(
      .operation, "timestamp-received", [("title", .string(title)), ("detail", detail)], by: actor)
    _ = try await workspace.store.append(
      [draft], idempotencyKey: "timestamp-received|" + Digest(of: token.bytes).hex)
    return (log, checkpoint.size, token.statedTime)
  }

  /// A kept timestamp and what became of its check.
  public struct Checked: Sendable {
    /// The log.
    public let log: LogName
    /// Entries that the stamped checkpoint covers.
    public let size: Int
    /// What the authority states; nil when the check failed.
    public let timestamp: Timestamp?
    /// Why the check failed.
    public let problem: Problem?
  }

  /// Checks all kept timestamps: each token under the roots, each checkpoint under the log's keys, each root against the
  /// entries as they are now.
  ///
  /// - Parameter authorities: Root certificates as PEM.
  /// - Throws: `sealing.bad-certificate`, `workspace.not-allowed`, `store.*`.
  public func check(
    authorities: String, log only: LogName? = nil
  ) async throws(Problem) -> [Checked] {
    try await workspace.authorise(.verify)
    let roots = try PEM.certificates(inPEM: authorities)
    var checked: [Checked] = []
    for state in try await workspace.everyState(.operation)
    where state.happened["timestamp-received"] != nil {
      guard let detail = state.fields["detail"],
        let log = detail["log"]?.text.flatMap({ LogName(rawValue: $0) }),
        case .int(let size) = detail["size"], only == nil || only == log
      else { continue }
      do throws(Problem) {
        let timestamp = try await check(detail, log, size, roots)
        checked.append(Checked(log: log, size: size, timestamp: timestamp, problem: nil))
      } catch {
        checked.append(Checked(log: log, size: size, timestamp: nil, problem: error))
      }
    }
    return checked.sorted { ($0.log.rawValue, $0.size) < ($1.log.rawValue, $1.size) }
  }

  // MARK: What is stamped

  /// The checkpoint with the signatures of its log alone.
  private func stamped(_ signed: SignedCheckpoint, _ log: LogName) throws(Problem) -> [UInt8] {
    let keys = try LogKeys(log, of: workspace.description).keys
    let own = signed.note.signatures.filter { line in keys.contains { $0.names(line) } }
    return try SignedNote(text: signed.note.text, signatures: own).bytes
  }

  private func checkpoint(
    of token: TimestampToken
  ) async throws(Problem) -> (LogName, Checkpoint, [UInt8]) {
    for log in LogName.allCases {
      for kept in try await workspace.store.checkpoints(log).reversed() {
        let signed = try SignedCheckpoint(kept.note)
        let note = try stamped(signed, log)
        if Digest(of: note) == token.statedDigest { return (log, signed.checkpoint, note) }
      }
    }
    throw Problem(
      "workspace.timestamp-of-nothing",
      what: "the timestamp is not over a checkpoint of this workspace",
      why: "it stamps the digest \(token.statedDigest.hex), and no kept checkpoint has it",
      mend: "make the request with: systemic journal timestamp request")
  }

  private func check(
    _ detail: JSON, _ log: LogName, _ size: Int, _ roots: [[UInt8]]
  ) async throws(Problem) -> Timestamp {
    guard let text = detail["note"]?.text,
      let bytes = detail["token"]?.text.flatMap({ Data(base64Encoded: $0) })
    else {
      throw Problem(
        "workspace.timestamp-unreadable", what: "the kept timestamp has no token or no note",
        why: "it was written by another program", mend: "add the reply of the authority again")
    }
    let note = Array(text.utf8)
    let timestamp = try await TimestampToken(token: Array(bytes)).verify(
      digest: Digest(of: note), nonce: nil, roots: roots)
    let signed = try SignedCheckpoint(note)
    _ = try LogKeys(log, of: workspace.description).verified(signed)
    let root = try await ConsistencyProof.root(
      size: signed.checkpoint.size, source: workspace.store.hashes(of: log))
    guard signed.checkpoint.size == size, root == signed.checkpoint.root else {
      throw Problem(
        "workspace.inconsistent-journal",
        what:
          "the first \(size) entries of the \(log.rawValue) log are not those that were stamped",
        why: "the stamped root is \(signed.checkpoint.root.hex), the entries have \(root.hex)",
        mend: "run systemic journal verify, and restore the newest backup")
    }
    return timestamp
  }
}
