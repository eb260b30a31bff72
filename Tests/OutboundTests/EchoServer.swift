import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A small HTTP server on loopback that answers as a test says, and remembers what it was asked.
final class EchoServer: Sendable {
  struct Asked: Sendable {
    var method = ""
    var path = ""
    var fields: [(name: String, value: String)] = []
    var body = ""

    func field(_ name: String) -> String? { fields.first { $0.name.lowercased() == name }?.value }
  }

  struct Answer: Sendable {
    var status = 200
    var fields: [(String, String)] = []
    var body = "ok"
    /// Nothing comes back at all.
    var isSilent = false
  }

  private let channel: any Channel
  private let seen: Seen

  final class Seen: Sendable {
    let asked = Mutex<[Asked]>([])
  }

  init(_ answer: @escaping @Sendable (Asked) -> Answer = { _ in Answer() }) async throws {
    let seen = Seen()
    self.seen = seen
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.pipeline.configureHTTPServerPipeline().flatMap {
          channel.pipeline.addHandler(Handler(seen: seen, answer: answer))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
  }

  var port: Int { channel.localAddress?.port ?? 0 }
  var asked: [Asked] { seen.asked.withLock { $0 } }

  func stop() async throws { try await channel.close() }

  private final class Handler: ChannelInboundHandler, @unchecked Sendable {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart
    let seen: Seen
    let answer: @Sendable (Asked) -> Answer
    var asked = Asked()

    init(seen: Seen, answer: @escaping @Sendable (Asked) -> Answer) {
      self.seen = seen
      self.answer = answer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      switch unwrapInboundIn(data) {
      case .head(let head):
        asked = Asked(
          method: head.method.rawValue, path: head.uri,
          fields: head.headers.map { ($0.name, $0.value) })
      case .body(let buffer): asked.body += String(buffer: buffer)
      case .end:
        seen.asked.withLock { $0.append(asked) }
        let answer = answer(asked)
        if answer.isSilent { return }
        var headers = HTTPHeaders(answer.fields)
        headers.add(name: "content-length", value: String(answer.body.utf8.count))
        context.write(
          wrapOutboundOut(
            .head(
              HTTPResponseHead(
                version: .http1_1, status: .init(statusCode: answer.status), headers: headers))),
          promise: nil)
        context.write(
          wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: answer.body)))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
      }
    }
  }
}
