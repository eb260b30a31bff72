import Foundation
import Glibc
import Ground
import Testing
import Workspace

@testable import Server

@Suite("What comes over the wire")
struct WireTests {
  /// A request that would be answered if bytes of the one before it were taken for it.
  private static let hidden = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
  private static let post =
    "POST /sign-in/forgotten HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
  private static let chunked = post + "Transfer-Encoding: chunked\r\n\r\n"

  /// Asks a desk that listens.
  private func listening(_ body: @Sendable (Int) async throws -> Void) async throws {
    let fixture = try await DeskFixture()
    let configuration = try Configuration(
      file: (text: "listen: 127.0.0.1:0\n", name: "systemic.yaml"), environment: [:])
    let entrance = try #require(try Entrance(configuration))
    let server = DeskServer(fixture.workspace, entrance, configuration)
    let (ports, found) = AsyncStream<Int>.makeStream()
    let task = Task { try await server.run { found.yield($0) } }
    var iterator = ports.makeAsyncIterator()
    try await body(try #require(await iterator.next()))
    task.cancel()
    try await task.value
  }

  /// Sends bytes; gives the statuses of all answers until the other side ends, or the answers that were wanted are there.
  ///
  /// It waits on a thread of its own: one of those on which the server answers would hold it up.
  private func statuses(_ port: Int, _ bytes: [UInt8], wanted: Int = 2) async throws -> [Int] {
    try await withCheckedThrowingContinuation { asked in
      Thread.detachNewThread {
        asked.resume(with: Result { try Self.exchange(port, bytes, wanted) })
      }
    }
  }

  private static func exchange(_ port: Int, _ bytes: [UInt8], _ wanted: Int) throws -> [Int] {
    let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(connection) }
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = in_port_t(port).bigEndian
    place.sin_addr.s_addr = inet_addr("127.0.0.1")
    let isOpen = withUnsafePointer(to: &place) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    try #require(isOpen)
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { break }
      sent += count
    }
    var answer = ""
    var part = [UInt8](repeating: 0, count: 65536)
    while true {
      let statuses = answer.matches(of: /HTTP\/1\.1 (\d{3})/).compactMap { Int($0.1) }
      let count = statuses.count >= wanted ? 0 : recv(connection, &part, part.count, 0)
      guard count > 0 else { return statuses }
      answer += String(decoding: part[..<count], as: UTF8.self)
    }
  }

  @Test(
    "a request whose end is in doubt is refused once, and nothing that hides behind it is answered",
    arguments: [
      post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\na=b&c",
      post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\na=b&c",
      post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
      post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
      post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
      post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
      post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
      post + "Content-Length: +5\r\n\r\na=b&c", post + "Content-Length: -1\r\n\r\n",
      post + "Content-Length: 0x5\r\n\r\na=b&c", post + "Content-Length: 5, 5\r\n\r\na=b&c",
      post + "Content-Length: 5 5\r\n\r\na=b&c",
      post + "Content-Length: 99999999999999999999999\r\n\r\na=b&c",
      chunked + "zz\r\nabc\r\n0\r\n\r\n", chunked + "-1\r\nabc\r\n0\r\n\r\n",
      chunked + "ffffffffffffffffff\r\nabc\r\n0\r\n\r\n", chunked + "3\nabc\n0\n\n",
      chunked + "2\r\nabc\r\n0\r\n\r\n", "GET /healthz HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n",
      "GET /healthz HTTP/1.1\nHost: x\n\n", "GET /healthz HTTP/1.1\r\nHost: x\r\nX: a\rb\r\n\r\n",
      "GET /healthz HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n", "GET /healthz\r\n\r\n",
      "GET /healthz HTTP/1.1\r\n Host: x\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}",
    ])
  func lengths(_ request: String) async throws {
    try await listening { port async throws in
      let found = try await statuses(port, Array((request + Self.hidden).utf8))
      #expect(found == [400], "\(found)")
    }
  }

  @Test("what is written as it should be is answered, one after the other on one connection")
  func good() async throws {
    try await listening { port async throws in
      let two = try await statuses(port, Array((Self.hidden + Self.hidden).utf8))
      #expect(two == [200, 200])
      let form = Self.post + "Content-Length: 5\r\n\r\na=b&c" + Self.hidden
      #expect(try await statuses(port, Array(form.utf8)) == [422, 200])
      let pieces = Self.chunked + "5\r\na=b&c\r\n0\r\n\r\n" + Self.hidden
      #expect(try await statuses(port, Array(pieces.utf8)) == [422, 200])
    }
  }

  @Test(
    "a path leads to no file of the machine, however it is written",
    arguments: [
      "/assets/../../../../etc/passwd", "/assets/%2e%2e/%2e%2e/systemic.json",
      "/assets/..%2f..%2fsystemic.json", "/assets/..%5c..%5csystemic.json", "/assets/%00",
      "/assets/style.css%00.js", "//etc/passwd", "/assets//etc/passwd", "/./systemic.json",
    ])
  func paths(_ path: String) async throws {
    try await listening { port async throws in
      let request = "GET \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
      #expect(try await statuses(port, Array(request.utf8)) == [404])
    }
  }

  @Test("a form above the bound is refused while it comes, and too many fields before")
  func large() async throws {
    try await listening { port async throws in
      let body = [UInt8](repeating: 0x61, count: Desk.mostForm + 70_000)
      let head = Self.post + "Content-Length: \(body.count)\r\n\r\n"
      #expect(try await statuses(port, Array(head.utf8) + body, wanted: 1) == [413])
      let fields = (0..<200).map { "X-\($0): a\r\n" }.joined()
      let many = "GET /healthz HTTP/1.1\r\nHost: x\r\n\(fields)\r\n"
      #expect(try await statuses(port, Array(many.utf8), wanted: 1).allSatisfy { $0 >= 400 })
    }
  }

  @Test(
    "whoever sends a byte now and then is told so after half a minute",
    arguments: [
      (0, 30, false), (1, 31, true), (1024, 31, false), (1023, 31, true), (600_000, 630, true),
      (700_000, 630, false),
    ])
  func slow(_ bytes: Int, _ seconds: Int, _ isTooSlow: Bool) {
    #expect(RequestPace.isTooSlow(bytes, after: .seconds(seconds)) == isTooSlow)
  }
}
