import Foundation

/// A bar on the terminal that says how far a long run has come; silent elsewhere.
final class Progress {
  private static let width = 24
  private static let pause = 0.2
  private let size: Int?
  private let start = ProcessInfo.processInfo.systemUptime
  private var last = 0.0
  private var rows = 0

  /// Progress through a file; without a size, as for standard input, amounts instead of a bar.
  init(file: String) {
    let attributes = try? FileManager.default.attributesOfItem(atPath: file)
    size = (attributes?[.size] as? NSNumber).map(\.intValue).flatMap { $0 > 0 ? $0 : nil }
  }

  /// One row more is done.
  func advance() { rows += 1 }

  /// So many bytes are read.
  func read(_ bytes: Int) {
    guard Terminal.showsProgress else { return }
    let now = ProcessInfo.processInfo.systemUptime
    guard now - last > Progress.pause else { return }
    last = now
    Terminal.show("\r\u{1B}[K" + text(bytes, seconds: max(now - start, 0.001)))
  }

  /// Takes the bar away.
  func finish() {
    if last > 0 { Terminal.show("\r\u{1B}[K") }
  }

  private func text(_ bytes: Int, seconds: Double) -> String {
    let rate = rows > 0 ? ", \(rows) rows, \(Int(Double(rows) / seconds)) a second" : ""
    guard let size else { return "\(bytes / 1_000_000) MB read" + rate }
    let share = min(1, Double(bytes) / Double(size))
    let done = Int(share * Double(Progress.width))
    return "[" + String(repeating: "#", count: done)
      + String(repeating: "-", count: Progress.width - done) + "] \(Int(share * 100)) %" + rate
  }
}
