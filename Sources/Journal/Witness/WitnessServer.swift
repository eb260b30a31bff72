internal import Glibc
public import Ground

/// A witness on this machine over HTTP: one connection at a time, nothing but the protocol.
///
/// `POST /add-checkpoint`, `GET /<hash of the origin>/checkpoint`, below a prefix if there is one.
/// Source: C2SP tlog-witness.
public final class WitnessServer: Sendable {
  /// The port of 127.0.0.1 it listens on.
  public let port: UInt16

  private let listener: Int32
  /// Both ends of a pipe that is written to when the server is to stop.
  private let stopping: (read: Int32, write: Int32)
  private let prefix: String
  private let file: WitnessFile
  private let now: @Sendable () -> Instant
  private let patience: Duration

  /// Listens on a port of 127.0.0.1, or on any free one for 0; answers after `run`.
  ///
  /// - Parameters:
  ///   - prefix: What stands before the paths, such as `/witness`.
  ///   - patience: How long a connection may take.
  ///   - now: Gives the time that is signed.
  /// - Throws: `journal.cannot-listen`.
  public init(
    port: UInt16, prefix: String = "", file: WitnessFile, patience: Duration = .seconds(5),
    now: @escaping @Sendable () -> Instant
  ) throws(Problem) {
    var pipes: [Int32] = [-1, -1]
    guard pipe(&pipes) == 0 else { throw .cannotListen(port, errno) }
    for end in pipes { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    stopping = (pipes[0], pipes[1])
    self.prefix = prefix
    self.file = file
    self.now = now
    self.patience = patience
    do { (listener, self.port) = try LoopbackSocket.listen(on: port) } catch {
      close(pipes[0])
      close(pipes[1])
      guard case .failed(let number) = error else { throw .cannotListen(port, 0) }
      throw .cannotListen(port, number)
    }
  }

  deinit {
    close(listener)
    close(stopping.read)
    close(stopping.write)
  }

  /// Answers on a thread of its own until `stop` is called or the task is cancelled.
  public func run() async {
    await withTaskCancellationHandler {
      await OwnThread.run { self.serve() }
    } onCancel: {
      stop()
    }
  }

  /// Ends the work, also that on an open connection.
  public func stop() {
    var byte: UInt8 = 0
    _ = write(stopping.write, &byte, 1)
  }

  private func serve() {
    while true {
      var polled = [
        pollfd(fd: listener, events: Int16(POLLIN), revents: 0),
        pollfd(fd: stopping.read, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&polled, 2, -1) >= 0 || errno == EINTR else { return }
      guard polled[1].revents == 0 else { return }
      guard polled[0].revents != 0 else { continue }
      do {
        let socket = try LoopbackSocket.accept(
          from: listener, within: patience, stop: stopping.read)
        if let socket { serve(socket) }
      } catch {
        // Out of descriptors: wait a little for some to come back, or for the end.
        _ = poll(&polled[1], 1, 100)
      }
    }
  }

  private func serve(_ socket: LoopbackSocket) {
    // A client that went away or is too slow gets no answer; the next one does.
    guard let reply = try? reply(to: socket) else { return }
    try? socket.write(WitnessServer.message(reply))
    socket.finish()
  }

  private func reply(to socket: LoopbackSocket) throws(LoopbackSocket.Fault) -> WitnessReply {
    var bytes: [UInt8] = []
    var end: Int?
    while end == nil {
      let more = try socket.read(atMost: HTTPHead.mostBytes)
      guard !more.isEmpty else { throw .timedOut }
      bytes += more
      end = WitnessServer.endOfHead(bytes)
      if end ?? bytes.count > HTTPHead.mostBytes { return .text(431, "the head is too large") }
    }
    guard let end, let head = HTTPHead(bytes[..<end]), head.start[2].hasPrefix("HTTP/1."),
      let length = head.contentLength
    else { return .text(400, "this is not a plain HTTP/1.1 request") }
    guard end + length <= WitnessRequest.mostBytes else {
      return .text(413, "a request has at most \(WitnessRequest.mostBytes) bytes")
    }
    if head.value("expect")?.lowercased() == "100-continue" {
      try socket.write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
    }
    while bytes.count < end + length {
      let more = try socket.read(atMost: end + length - bytes.count)
      guard !more.isEmpty else { return .text(400, "the request ends too early") }
      bytes += more
    }
    return reply(head.start[0], head.start[1], Array(bytes[end..<end + length]))
  }

  private func reply(_ method: String, _ path: String, _ body: [UInt8]) -> WitnessReply {
    let unknown = WitnessReply.text(404, "there is nothing here")
    if method == "POST", path == prefix + "/add-checkpoint" {
      return file.answer(body, now: now())
    }
    guard method == "GET", path.hasPrefix(prefix + "/"), path.hasSuffix("/checkpoint") else {
      return unknown
    }
    let hash = path.dropFirst(prefix.count + 1).prefix { $0 != "/" }
    guard path == prefix + "/" + hash + "/checkpoint" else { return unknown }
    do {
      guard let checkpoint = try file.checkpoint(ofHash: String(hash)) else { return unknown }
      return WitnessReply(status: 200, body: checkpoint.bytes)
    } catch { return .text(500, error.what) }
  }

  /// The index after the empty line that ends a head.
  private static func endOfHead(_ bytes: [UInt8]) -> Int? {
    let mark: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
    return bytes.indices.first { bytes[$0...].starts(with: mark) }.map { $0 + mark.count }
  }

  private static func message(_ reply: WitnessReply) -> [UInt8] {
    let head = """
      HTTP/1.1 \(reply.status) \(reason(reply.status))\r
      Content-Type: \(reply.contentType)\r
      Content-Length: \(reply.body.count)\r
      Connection: close\r
      \r

      """
    return Array(head.utf8) + reply.body
  }

  private static func reason(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 400: "Bad Request"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 409: "Conflict"
    case 413: "Content Too Large"
    case 422: "Unprocessable Content"
    case 431: "Request Header Fields Too Large"
    default: "Internal Server Error"
    }
  }
}

extension Problem {
  fileprivate static func cannotListen(_ port: UInt16, _ number: Int32) -> Problem {
    Problem(
      "journal.cannot-listen",
      what: "the witness cannot listen on port \(port): \(SystemError.text(number))",
      why: "a port has one listener, and small ones belong to the system",
      mend: "give another port above 1024, or 0 for any free one")
  }
}
