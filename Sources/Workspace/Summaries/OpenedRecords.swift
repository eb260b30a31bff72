internal import Duties
internal import Ground
internal import Synchronization

/// Records that were opened of late, each at one version, so that nothing is opened twice for the same page.
///
/// Bounded: the half that was not asked for longest is forgotten.
final class OpenedRecords: Sendable {
  private struct Kept {
    let state: RecordState
    let bytes: Int
  }

  private struct Halves {
    var young: [RecordID: Kept] = [:]
    var old: [RecordID: Kept] = [:]
    var youngBytes = 0
  }

  /// Most bytes of sealed states in one half; an opened state takes some times as much.
  private static let mostBytes = 1 << 20
  /// The largest state that is kept: documents are opened when they are read.
  private static let largest = 16 << 10

  private let halves = Mutex(Halves())

  /// A record at a version; nil when it is not here.
  func state(_ id: RecordID, version: Int) -> RecordState? {
    halves.withLock { halves in
      if let kept = halves.young[id] {
        return kept.state.version == version ? kept.state : nil
      }
      guard let kept = halves.old[id], kept.state.version == version else { return nil }
      OpenedRecords.keep(kept, id, in: &halves)
      return kept.state
    }
  }

  /// Whether a record is here, at any version.
  func holds(_ id: RecordID) -> Bool {
    halves.withLock { $0.young[id] != nil || $0.old[id] != nil }
  }

  /// Keeps a record that was opened from so many sealed bytes.
  func keep(_ state: RecordState, bytes: Int) {
    guard bytes <= OpenedRecords.largest else { return forget(state.id) }
    halves.withLock { halves in
      OpenedRecords.keep(Kept(state: state, bytes: bytes), state.id, in: &halves)
    }
  }

  /// Forgets a record that was erased.
  func forget(_ id: RecordID) {
    halves.withLock { halves in
      if let kept = halves.young.removeValue(forKey: id) { halves.youngBytes -= kept.bytes }
      halves.old[id] = nil
    }
  }

  /// Forgets all of them.
  func forgetAll() { halves.withLock { $0 = Halves() } }

  private static func keep(_ kept: Kept, _ id: RecordID, in halves: inout Halves) {
    halves.old[id] = nil
    halves.youngBytes += kept.bytes - (halves.young.updateValue(kept, forKey: id)?.bytes ?? 0)
    guard halves.youngBytes > mostBytes else { return }
    halves.old = halves.young
    halves.young = [:]
    halves.youngBytes = 0
  }
}
