import Foundation
import Synchronization

/// Says on the terminal how many steps of a long run are done; silent elsewhere.
///
/// For several threads.
final class StepBar: Sendable {
  private static let pause = 0.2
  private let what: String
  private let last = Mutex(0.0)

  /// Steps of a kind, such as entries.
  init(_ what: String) { self.what = what }

  /// So many are done, of so many if that is known.
  func show(_ done: Int, of total: Int?) {
    guard Terminal.showsProgress else { return }
    let now = ProcessInfo.processInfo.systemUptime
    let isDue = last.withLock { last in
      guard now - last > StepBar.pause else { return false }
      last = now
      return true
    }
    guard isDue else { return }
    let of = total.map { $0 > 0 ? " of \($0) (\(min(100, done * 100 / $0)) %)" : "" } ?? ""
    Terminal.show("\r\u{1B}[K\(done)\(of) \(what)")
  }

  /// Takes the line away.
  func finish() {
    if last.withLock({ $0 > 0 }) { Terminal.show("\r\u{1B}[K") }
  }
}
