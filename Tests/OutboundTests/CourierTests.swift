import Ground
import Testing

@testable import Outbound

@Suite("Asking other machines")
struct CourierTests {
  private static let inside = Courier.Limits(seconds: 5, mostBytes: 1000, allowsPrivate: true)

  private func address(_ server: EchoServer, _ path: String = "/") throws -> WebAddress {
    try WebAddress("http://127.0.0.1:\(server.port)\(path)")
  }

  @Test("what is sent arrives, and what comes back is given")
  func sending() async throws {
    let server = try await EchoServer { asked in
      .init(status: 201, fields: [("X-Reply", "yes")], body: "got " + asked.body)
    }
    let answer = try await Courier(CourierTests.inside).send(
      OutboundRequest(
        .post, try address(server, "/a?b=c"), fields: [("content-type", "text/plain")],
        body: Array("hello".utf8)))
    #expect(answer.status == 201 && answer.isDone)
    #expect(answer.field("x-reply") == "yes")
    #expect(String(decoding: answer.body, as: UTF8.self) == "got hello")
    #expect(server.asked.map(\.path) == ["/a?b=c"])
    #expect(server.asked.first?.method == "POST")
    try await server.stop()
  }

  @Test("an answer that leads elsewhere is not followed")
  func redirects() async throws {
    let server = try await EchoServer { _ in
      .init(status: 302, fields: [("location", "http://127.0.0.1/elsewhere")], body: "")
    }
    let answer = try await Courier(CourierTests.inside).send(
      OutboundRequest(.get, try address(server)))
    #expect(answer.status == 302)
    #expect(server.asked.count == 1)
    try await server.stop()
  }

  @Test("an answer that is too large or too slow is refused")
  func bounds() async throws {
    let large = try await EchoServer { _ in .init(body: String(repeating: "x", count: 1001)) }
    await #expect(throws: Problem("outbound.answer-too-large", what: "")) {
      try await Courier(CourierTests.inside).send(OutboundRequest(.get, try address(large)))
    }
    let silent = try await EchoServer { _ in .init(isSilent: true) }
    await #expect(throws: Problem("outbound.too-slow", what: "")) {
      try await Courier(.init(seconds: 1, allowsPrivate: true)).send(
        OutboundRequest(.get, try address(silent)))
    }
    try await large.stop()
    try await silent.stop()
  }

  @Test("nobody who listens is told as such")
  func nobody() async throws {
    let server = try await EchoServer()
    let address = try address(server)
    try await server.stop()
    await #expect(throws: Problem("outbound.not-connected", what: "")) {
      try await Courier(CourierTests.inside).send(OutboundRequest(.get, address))
    }
  }

  @Test("a server of our own is not asked unless that is allowed")
  func ownMachine() async throws {
    let server = try await EchoServer()
    await #expect(throws: Problem("outbound.forbidden-address", what: "")) {
      try await Courier().send(OutboundRequest(.get, try address(server)))
    }
    #expect(server.asked.isEmpty)
    try await server.stop()
  }

  @Test("the address that was checked is the one that is connected to")
  func pinned() async throws {
    let server = try await EchoServer()
    // Nobody else knows this name: were it looked up again, nothing would be found.
    let guarded = AddressGuard(allowsPrivate: true) { _ in [IPAddress("127.0.0.1")!] }
    let answer = try await Courier(CourierTests.inside, guarded).send(
      OutboundRequest(.get, try WebAddress("http://hooks.invalid:\(server.port)/")))
    #expect(answer.status == 200)
    #expect(server.asked.first?.field("host") == "hooks.invalid:\(server.port)")
    try await server.stop()
  }

  @Test("a certificate of nobody is not taken")
  func certificates() async throws {
    let server = try await EchoServer()
    await #expect(throws: Problem("outbound.not-reached", what: "")) {
      try await Courier(CourierTests.inside).send(
        OutboundRequest(.get, try WebAddress("https://127.0.0.1:\(server.port)/")))
    }
    try await server.stop()
  }

  @Test("a name that leads inside is refused, also beside addresses that do not")
  func mixed() async throws {
    let guarded = AddressGuard(allowsPrivate: false) { _ in
      [IPAddress("93.184.216.34")!, IPAddress("10.0.0.1")!]
    }
    await #expect(throws: Problem("outbound.forbidden-address", what: "")) {
      try await guarded.addresses(of: try WebAddress("https://hooks.example.org/"))
    }
  }

  @Test("what everybody reaches is asked over TLS only")
  func plain() async throws {
    let guarded = AddressGuard(allowsPrivate: true) { _ in [IPAddress("93.184.216.34")!] }
    await #expect(throws: Problem("outbound.not-encrypted", what: "")) {
      try await guarded.addresses(of: try WebAddress("http://hooks.example.org/"))
    }
    #expect(
      try await guarded.addresses(of: try WebAddress("https://hooks.example.org/")).count == 1)
  }

  @Test(
    "other spellings of an address of our own lead to the same",
    arguments: [
      "2130706433", "0x7f.1", "127.1", "localhost",
    ])
  func spellings(_ host: String) async throws {
    await #expect(throws: Problem("outbound.forbidden-address", what: "")) {
      try await AddressGuard(allowsPrivate: false).addresses(of: try WebAddress("https://\(host)/"))
    }
  }
}
