internal import Ground
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore

/// What one client may take of the server: connections, time and header fields.
///
/// Source: OWASP ASVS 5.0.0, 13.1.2 and 13.2.6.
enum ServerLimits {
  /// Most connections at the same time; further ones wait until one is free.
  static let mostConnections = 1024
  /// Seconds after which a connection on which nothing comes is closed, a request that was begun included.
  static let idleSeconds = 30
  /// Most bytes of all header fields, and of the address, which is answered with words when it is too long for us.
  static let mostFields = 80 * 1024

  /// The limits of one connection.
  static let channel = HTTP1Channel.Configuration(
    idleTimeout: .seconds(Int64(idleSeconds)),
    httpDecoderConfiguration: .init(
      maxHeaderFieldSize: mostFields, maxHeaderListSize: mostFields, maxHeaderFieldCount: 100))

  /// The limit of all together.
  static func connections(_ logger: Logger) -> some AvailableConnectionsDelegate {
    MaximumAvailableConnections(mostConnections, logger: logger)
  }
}

/// How fast what is sent comes: whoever sends a byte now and then holds a place for ever otherwise.
struct RequestPace {
  /// Seconds in which nobody is hurried.
  static let graceSeconds = 30
  /// Bytes a second that must come on average afterwards.
  static let bytesPerSecond = 1024

  private let began = ContinuousClock.now

  /// Refuses what came too slowly so far.
  ///
  /// - Throws: `server.too-slow`.
  func check(_ bytes: Int) throws(Problem) {
    guard RequestPace.isTooSlow(bytes, after: ContinuousClock.now - began) else { return }
    throw Problem(
      "server.too-slow", what: "what was sent came too slowly",
      why:
        "after \(RequestPace.graceSeconds) seconds at least \(RequestPace.bytesPerSecond) bytes a second are due",
      mend: "send it again over a better connection")
  }

  /// Whether so many bytes after a time are too few.
  static func isTooSlow(_ bytes: Int, after time: Duration) -> Bool {
    let seconds = Int(time.components.seconds)
    return seconds > graceSeconds && bytes < (seconds - graceSeconds) * bytesPerSecond
  }
}
