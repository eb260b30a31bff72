import Ground
import Testing
import Workspace

/// Reads a foreign file that a test writes down.
enum IntakeReading {
  static func all(
    _ text: String, _ format: IncomingFormat? = nil, classifications: [(String, String)] = []
  ) async throws -> [IncomingReading] {
    let beside = classifications.map { source($1, $0) }
    return try ReadIncoming(format: format, classifications: beside).all(source(text))
  }

  static func source(_ text: String, _ name: String = "input") -> ByteSource {
    ByteSource(name, from: HeldBytes(Array(text.utf8)))
  }

  static func reports(
    _ text: String, _ format: IncomingFormat? = nil, classifications: [(String, String)] = []
  ) async throws -> [IncomingReport] {
    try await all(text, format, classifications: classifications).compactMap(\.report)
  }

  static func report(_ text: String, _ format: IncomingFormat? = nil) async throws
    -> IncomingReport
  {
    let readings = try await all(text, format)
    try #require(readings.count == 1, "\(readings)")
    return try #require(readings[0].report, "\(readings)")
  }
}

extension IncomingReading {
  var report: IncomingReport? {
    if case .report(let report) = self { return report }
    return nil
  }

  var problem: Problem? {
    if case .refused(let problem) = self { return problem }
    return nil
  }
}

extension IncomingReport {
  /// The words of a hint by its label.
  func words(_ label: String) -> String? { hints.first { $0.label == label }?.words }
}
