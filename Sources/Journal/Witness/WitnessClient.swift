public import Ground
internal import Sealing

/// Asks a witness on this machine for its signature.
///
/// Source: C2SP tlog-witness, add-checkpoint.
public struct WitnessClient: Sendable {
  /// The port of 127.0.0.1 it listens on.
  public var port: UInt16
  /// What stands before the paths, such as `/witness`.
  public var prefix: String
  /// The key of the witness.
  public var witness: VerifierKey
  /// How long an answer may take.
  public var patience: Duration = .seconds(10)

  /// A witness by its port and key.
  public init(port: UInt16, prefix: String = "", witness: VerifierKey) {
    self.port = port
    self.prefix = prefix
    self.witness = witness
  }

  /// Gets the signature of the witness for a checkpoint, and a proof made for what it signed last.
  ///
  /// - Parameters:
  ///   - oldSize: The size that the witness is believed to have signed last; it corrects a wrong one.
  ///   - source: Where the hashes of the log are read from.
  /// - Returns: The checkpoint with the signature.
  /// - Throws: `journal.witness-ahead` when the witness knows more entries than the checkpoint covers,
  ///   `journal.witness-contradicts`, `journal.witness-refused`, `journal.witness-unreachable`, `journal.bad-reply`, and what the
  ///   source throws.
  public func cosign(
    _ checkpoint: SignedCheckpoint, oldSize: Int, source: HashSource
  ) async throws(Problem) -> SignedCheckpoint {
    let size = checkpoint.checkpoint.size
    var old = min(oldSize, size)
    // Another process of the same log may get in between once; more often something is wrong.
    for _ in 0..<3 {
      let proof = try await ConsistencyProof.hashes(from: old, to: size, source: source)
      let request = WitnessRequest(oldSize: old, proof: proof, checkpoint: checkpoint)
      let reply = try await post(request)
      switch try reply.outcome(for: checkpoint, witnesses: [witness]) {
      case .cosigned(let cosigned): return cosigned
      case .lastSigned(let last):
        guard last <= size else { throw .witnessAhead(last, size) }
        old = last
      }
    }
    throw .badReply("it names another last size each time")
  }

  /// Posts one request.
  ///
  /// - Throws: `journal.witness-unreachable`, `journal.bad-reply`.
  public func post(_ request: WitnessRequest) async throws(Problem) -> WitnessReply {
    let body = request.body
    let head = """
      POST \(prefix)/add-checkpoint HTTP/1.1\r
      Host: 127.0.0.1:\(port)\r
      Content-Type: text/plain; charset=utf-8\r
      Content-Length: \(body.count)\r
      Connection: close\r
      \r

      """
    let message = Array(head.utf8) + body
    let (port, patience) = (port, patience)
    let result = await OwnThread.run {
      Result { () throws(LoopbackSocket.Fault) in
        try WitnessClient.exchange(message, port: port, within: patience)
      }
    }
    switch result {
    case .success(let bytes): return try WitnessClient.reply(bytes)
    case .failure(.failed(let number)): throw .unreachable(port, SystemError.text(number))
    case .failure: throw .unreachable(port, "it did not answer in time")
    }
  }

  private static func exchange(
    _ message: [UInt8], port: UInt16, within time: Duration
  ) throws(LoopbackSocket.Fault) -> [UInt8] {
    let socket = try LoopbackSocket.connect(to: port, within: time)
    try socket.write(message)
    var bytes: [UInt8] = []
    while bytes.count <= WitnessRequest.mostBytes {
      let more = try socket.read(atMost: 8 << 10)
      if more.isEmpty { break }
      bytes += more
    }
    return bytes
  }

  private static func reply(_ bytes: [UInt8]) throws(Problem) -> WitnessReply {
    guard bytes.count <= WitnessRequest.mostBytes,
      let end = bytes.indices.first(where: {
        bytes[$0...].starts(with: [0x0D, 0x0A, 0x0D, 0x0A])
      }), let head = HTTPHead(bytes[..<end]), head.start[0].hasPrefix("HTTP/1."),
      let status = Spelling.number(head.start[1]), let length = head.contentLength,
      end + 4 + length == bytes.count
    else { throw .badReply("it is not a plain answer of HTTP/1.1 of at most 64 KiB") }
    return WitnessReply(
      status: status, contentType: head.value("content-type") ?? "",
      body: Array(bytes[(end + 4)...]))
  }
}

extension Problem {
  fileprivate static func unreachable(_ port: UInt16, _ why: String) -> Problem {
    Problem(
      "journal.witness-unreachable",
      what: "the witness on port \(port) of this machine cannot be reached: \(why)",
      why: "a checkpoint counts as witnessed only with its signature",
      mend: "start the witness, then ask again; the checkpoint is kept meanwhile")
  }

  fileprivate static func witnessAhead(_ last: Int, _ size: Int) -> Problem {
    Problem(
      "journal.witness-ahead",
      what: "the witness signed \(last) entries of this log, which has only \(size) now",
      why: "a log never shrinks: it was rolled back, or restored from an older copy",
      mend: "verify the journal, and restore the newest copy")
  }
}
