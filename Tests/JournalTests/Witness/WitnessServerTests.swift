import Ground
import Sealing
import TestSupport
import Testing

@testable import Journal

@Suite("A witness over HTTP")
struct WitnessServerTests {
  /// Runs a body beside a server with an empty memory.
  private static func serving(
    prefix: String = "", patience: Duration = .seconds(300),
    _ body: (WitnessServer, WitnessClient) async throws -> Void
  ) async throws {
    let folder = try Folder()
    let file = try WitnessFile(folder: folder.path, witness: WitnessFileTests.witness())
    let server = try WitnessServer(port: 0, prefix: prefix, file: file, patience: patience) {
      WitnessFileTests.now
    }
    var client = WitnessClient(
      port: server.port, prefix: prefix, witness: try Vectors.witness().verifier)
    // Long enough for a machine that is busy with other tests.
    client.patience = .seconds(300)
    async let running: Void = server.run()
    do { try await body(server, client) } catch {
      server.stop()
      throw error
    }
    server.stop()
    await running
  }

  /// Sends bytes as they are, and gives what comes back.
  private static func send(_ text: String, to server: WitnessServer) async throws -> String {
    let port = server.port
    let result = await OwnThread.run {
      Result { () throws(LoopbackSocket.Fault) in
        let socket = try LoopbackSocket.connect(to: port, within: .seconds(300))
        try socket.write(Array(text.utf8))
        socket.endWriting()
        var bytes: [UInt8] = []
        while let more = try? socket.read(atMost: 1 << 16), !more.isEmpty { bytes += more }
        return bytes
      }
    }
    return String(decoding: try result.get(), as: UTF8.self)
  }

  private static func status(_ reply: String) -> Int? {
    reply.split(separator: " ").dropFirst().first.flatMap { Int($0) }
  }

  @Test("signs a growing log, and serves what it signed", arguments: ["", "/witness"])
  func growing(_ prefix: String) async throws {
    try await WitnessServerTests.serving(prefix: prefix) { server, client in
      var believed = 0
      for size in [0, 1, 5, 300, 300] {
        let log = SampleLog(size)
        let head = try log.head(Vectors.signer())
        let cosigned = try await client.cosign(head, oldSize: believed, source: log.source)
        let good = try cosigned.verify(
          log: VerifierKey(Vectors.logKey), witnesses: [VerifierKey(Vectors.witnessKey)])
        #expect(good.map(\.time) == [WitnessFileTests.now])
        believed = size
      }
      let reply = try await WitnessServerTests.send(
        "GET \(prefix)/\(WitnessFileTests.hash)/checkpoint HTTP/1.1\r\nHost: a\r\n\r\n", to: server)
      #expect(reply.hasPrefix("HTTP/1.1 200 OK\r\n"))
      #expect(reply.hasSuffix("\r\n\r\n" + Vectors.checkpoint))
    }
  }

  @Test("tells a log that is mistaken about its size, and one that was rolled back or rewritten")
  func mistaken() async throws {
    try await WitnessServerTests.serving { _, client in
      let log = SampleLog(300)
      let signer = try Vectors.signer()
      _ = try await client.cosign(log.head(signer), oldSize: 7, source: log.source)
      _ = try await client.cosign(log.head(signer), oldSize: 0, source: log.source)
      let older = SampleLog(299)
      await #expect(throws: Problem("journal.witness-ahead", what: "")) {
        try await client.cosign(older.head(signer), oldSize: 0, source: older.source)
      }
      let other = SampleLog(400, changing: [9: "x"])
      await #expect(throws: Problem("journal.witness-contradicts", what: "")) {
        try await client.cosign(other.head(signer), oldSize: 300, source: other.source)
      }
    }
  }

  @Test("answers anything else with an error, and goes on")
  func badInput() async throws {
    try await WitnessServerTests.serving { server, client in
      let body = "POST /add-checkpoint HTTP/1.1\r\n"
      for (text, expected) in [
        ("GET / HTTP/1.1\r\n\r\n", 404), ("GET /add-checkpoint HTTP/1.1\r\n\r\n", 404),
        ("POST / HTTP/1.1\r\n\r\n", 404), ("POST /add-checkpoint/ HTTP/1.1\r\n\r\n", 404),
        ("GET /\(WitnessFileTests.hash)/checkpoint HTTP/1.1\r\n\r\n", 404),
        ("GET /../checkpoint HTTP/1.1\r\n\r\n", 404), ("GET //checkpoint HTTP/1.1\r\n\r\n", 404),
        ("GET /checkpoint HTTP/1.1\r\n\r\n", 404), (body + "\r\n", 400),
        (body + "Content-Length: 3\r\n\r\nabc", 400), (body + "Content-Length: -1\r\n\r\n", 400),
        (body + "Content-Length: 5\r\n\r\nabc", 400), (body + "Content-Length: 99999\r\n\r\n", 413),
        (body + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400),
        (body + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400), ("nonsense\r\n\r\n", 400),
        ("GET / SMTP/1.1\r\n\r\n", 400), (" \r\n\r\n", 400), (body + ": x\r\n\r\n", 400),
        (body + "a b: x\r\n\r\n", 400), (body + "x: \u{1}\r\n\r\n", 400),
        (body + "x: " + String(repeating: "a", count: 9000) + "\r\n\r\n", 431),
        (String(repeating: "a", count: 9000), 431),
      ] {
        let reply = try await WitnessServerTests.send(text, to: server)
        #expect(WitnessServerTests.status(reply) == expected, "\(text.prefix(60))")
      }
      #expect(try await WitnessServerTests.send("", to: server).isEmpty)
      let log = SampleLog(5)
      _ = try await client.cosign(log.head(Vectors.signer()), oldSize: 0, source: log.source)
    }
  }

  @Test("is not brought down by random bytes")
  func randomBytes() async throws {
    try await WitnessServerTests.serving { server, client in
      var random = SplitMix64(seed: 4)
      let good = "POST /add-checkpoint HTTP/1.1\r\nContent-Length: 40\r\n\r\nold 0\n\na\n1\n"
      for _ in 0..<200 {
        var bytes = Array(good.utf8)
        for _ in 0..<random.int(1...6) {
          bytes[random.int(0...(bytes.count - 1))] = UInt8(random.int(0...127))
        }
        _ = try await WitnessServerTests.send(String(decoding: bytes, as: UTF8.self), to: server)
      }
      let log = SampleLog(5)
      _ = try await client.cosign(log.head(Vectors.signer()), oldSize: 0, source: log.source)
    }
  }

  @Test("says that it goes on when a client waits with the body")
  func expectation() async throws {
    try await WitnessServerTests.serving { server, _ in
      let request = try await WitnessTests.request(SampleLog(5), old: 0)
      let body = String(decoding: request.body, as: UTF8.self)
      let reply = try await WitnessServerTests.send(
        "POST /add-checkpoint HTTP/1.1\r\nExpect: 100-continue\r\n"
          + "Content-Length: \(body.utf8.count)\r\n\r\n" + body, to: server)
      #expect(reply.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"))
    }
  }

  @Test("gives up on a client that sends nothing")
  func silentClient() async throws {
    try await WitnessServerTests.serving(patience: .milliseconds(300)) { server, client in
      let silent = try LoopbackSocket.connect(to: server.port, within: .seconds(300))
      let log = SampleLog(5)
      let head = try log.head(Vectors.signer())
      // On a busy machine a good client may be too slow for so little patience once or twice.
      for _ in 0..<100 {
        let cosigned = try? await client.cosign(head, oldSize: 0, source: log.source)
        if cosigned != nil { return }
      }
      Issue.record("the witness still waits for \(silent)")
    }
  }

  @Test("stops at once, also while a client sends nothing", .timeLimit(.minutes(1)))
  func stops() async throws {
    try await WitnessServerTests.serving { server, _ in
      let silent = try LoopbackSocket.connect(to: server.port, within: .seconds(300))
      try silent.write(Array("POST".utf8))
    }
  }

  @Test("that is not there is named")
  func unreachable() async throws {
    let folder = try Folder()
    let file = try WitnessFile(folder: folder.path, witness: WitnessFileTests.witness())
    let server = try WitnessServer(port: 0, file: file) { WitnessFileTests.now }
    #expect(throws: Problem("journal.cannot-listen", what: "")) {
      try WitnessServer(port: server.port, file: file) { WitnessFileTests.now }
    }
    var client = WitnessClient(port: server.port, witness: try Vectors.witness().verifier)
    client.patience = .milliseconds(50)
    let log = SampleLog(5)
    // It listens but nobody answers.
    await #expect(throws: Problem("journal.witness-unreachable", what: "")) {
      try await client.cosign(log.head(Vectors.signer()), oldSize: 0, source: log.source)
    }
  }
}
