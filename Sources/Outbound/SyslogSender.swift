public import Ground
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// Sends lines of an audit log to a receiver of syslog over TLS.
///
/// Each line is preceded by its length. The receiver confirms nothing: lines that were handed over an open connection count as
/// sent. Source: RFC 5425, section 4.3.
public struct SyslogSender: Sendable {
  private let host: String
  private let port: Int
  private let trust: String?
  private let addressGuard: AddressGuard

  /// A sender.
  public init(host: String, port: Int, trust: String? = nil, allowsPrivate: Bool = false) {
    self.host = host.lowercased()
    self.port = port
    self.trust = trust
    addressGuard = AddressGuard(allowsPrivate: allowsPrivate)
  }

  /// Sends all lines, or throws.
  ///
  /// - Throws: `outbound.unknown-host`, `outbound.forbidden-address`, `outbound.not-reached`, `outbound.bad-trust`.
  public func send(_ lines: [[UInt8]]) async throws(Problem) {
    let addresses = try await addressGuard.addresses(ofHost: host)
    let configuration = try Trust.client(trust)
    var bytes = ByteBuffer()
    for line in lines {
      bytes.writeString("\(line.count) ")
      bytes.writeBytes(line)
    }
    do { try await send(bytes, to: addresses[0], configuration) } catch {
      throw Problem(
        "outbound.not-reached", what: "\(host):\(port) did not take the lines",
        why: "nobody listens there, or its certificate is not of an authority that is trusted",
        mend: "check the section forwarding of the configuration, and whether that machine runs")
    }
  }

  private func send(
    _ bytes: ByteBuffer, to address: IPAddress, _ configuration: TLSConfiguration
  ) async throws {
    let context = try NIOSSLContext(configuration: configuration)
    let name = IPAddress(host) == nil ? host : nil
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connectTimeout(.seconds(10))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            try NIOSSLClientHandler(context: context, serverHostname: name))
        }
      }
      .connect(to: try SocketAddress(ipAddress: "\(address)", port: port)).get()
    // Whoever does not take the lines in half a minute does not take them.
    let deadline = channel.eventLoop.scheduleTask(in: .seconds(30)) { channel.close(promise: nil) }
    defer { deadline.cancel() }
    try await channel.writeAndFlush(bytes).get()
    try? await channel.close().get()
  }
}
