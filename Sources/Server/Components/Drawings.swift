internal import Compute
internal import Documents
internal import Synchronization

/// Charts as they were drawn of late: the same models with the same figures make the same drawing.
///
/// What is drawn depends on nothing else; bounded, and let go whole when it is full.
final class Drawings: Sendable {
  private struct Asked: Hashable {
    let id: String
    let names: [String]
    let figures: [FLOP?]
  }

  /// Most drawings that are kept; one of eight models takes about 20 KB.
  private static let most = 64

  private let drawn = Mutex<[Asked: HTML]>([:])

  /// Models beside the thresholds.
  func compute(_ models: [(name: String, flop: FLOP?)], id: String) -> HTML {
    let asked = Asked(id: id, names: models.map(\.name), figures: models.map(\.flop))
    if let known = drawn.withLock({ $0[asked] }) { return known }
    let chart = OpinionParts.compute(models, id: id)
    drawn.withLock { drawn in
      if drawn.count >= Drawings.most { drawn = [:] }
      drawn[asked] = chart
    }
    return chart
  }
}
