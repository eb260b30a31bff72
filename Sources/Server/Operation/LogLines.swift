internal import Ground
internal import Logging

/// Writes the log: one JSON object a line, or words.
struct LogLines: LogHandler {
  let now: @Sendable () -> Instant
  let isJSON: Bool
  let write: @Sendable (String) -> Void
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .info

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let own = event.metadata ?? [:]
    let all = (metadata.lazy.filter { own[$0.key] == nil } + Array(own)).sorted {
      $0.key < $1.key
    }
    guard isJSON else {
      let facts = all.map { "\($0.key)=\(LogLines.plain("\($0.value)"))" }
      let words = ["\(event.level)", LogLines.plain("\(event.message)")] + facts
      return write(now().utc + " " + words.joined(separator: " "))
    }
    var members: [(String, JSON)] = [
      ("time", .string(now().utc)), ("level", .string("\(event.level)")),
      ("message", .string("\(event.message)")),
    ]
    for (key, value) in all where !["time", "level", "message"].contains(key) {
      let text = "\(value)"
      members.append((key, Int(text).map { .int($0) } ?? .string(text)))
    }
    write(JSON.object(members).compact)
  }

  /// Without line ends, by which somebody could write lines of their own.
  private static func plain(_ text: String) -> String {
    String(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : Character($0) })
  }

  /// A logger as it was configured, to standard error.
  static func logger(
    _ configuration: Configuration, now: @escaping @Sendable () -> Instant,
    write: @escaping @Sendable (String) -> Void
  ) -> Logger {
    let isJSON = configuration.text("log.form") == "json"
    var logger = Logger(label: "systemic") { _ in
      LogLines(now: now, isJSON: isJSON, write: write)
    }
    logger.logLevel = Logger.Level(rawValue: configuration.text("log.level") ?? "") ?? .info
    return logger
  }
}
