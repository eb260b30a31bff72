internal import Ground
internal import Journal
internal import Sealing

/// A request to append, with all that can be computed before its turn comes.
///
/// It is shared by its caller, who outlives it, and the writer, who lets go of it before it
/// answers: so that memory is given back by the thread that took it.
final class Submission: Sendable {
  let drafts: [Draft]
  /// The leaf hash of each draft.
  let leaves: [Digest]
  /// The digest of the idempotency key.
  let key: Digest?
  /// Records whose contents, states and keys are to be erased first.
  let erasing: [RecordID]
  /// What is to be said beside the drafts.
  let remark: (any Remark)?
  /// Bytes of all drafts.
  let bytes: Int

  init(
    _ drafts: [Draft], key: Digest? = nil, erasing: [RecordID] = [], remark: (any Remark)? = nil
  ) {
    self.drafts = drafts
    self.key = key
    self.erasing = erasing
    self.remark = remark
    leaves = drafts.map { TreeHash.leaf($0.entry) }
    bytes = drafts.reduce(0) {
      $0 + $1.entry.count + ($1.content?.count ?? 0) + ($1.state?.count ?? 0)
    }
  }

  /// How many drafts it counts for while it waits.
  var weight: Int { drafts.count + (remark == nil ? 0 : 1) }

  /// The receipts of drafts that were appended where the logs had these sizes.
  func receipts(after sizes: LogSizes) -> [Receipt] {
    var sizes = sizes
    return drafts.map { draft in
      let index = sizes[draft.log.position]
      sizes[draft.log.position] += 1
      return Receipt(log: draft.log, index: index)
    }
  }
}

/// What became of a request.
enum Outcome: Sendable {
  /// Its drafts were appended, from these sizes of the logs on.
  case appended(LogSizes)
  /// It was made before, under the same key.
  case repeated([Receipt])
  /// Nothing of it was written.
  indirect case refused(Problem)
}

/// The sizes of the three logs, held in place.
struct LogSizes: Hashable, Sendable {
  private var sizes = (0, 0, 0)

  /// The size of the log at a position.
  subscript(position: Int) -> Int {
    get { position == 0 ? sizes.0 : position == 1 ? sizes.1 : sizes.2 }
    set {
      switch position {
      case 0: sizes.0 = newValue
      case 1: sizes.1 = newValue
      default: sizes.2 = newValue
      }
    }
  }

  static func == (left: LogSizes, right: LogSizes) -> Bool { left.sizes == right.sizes }

  func hash(into hasher: inout Hasher) {
    hasher.combine(sizes.0)
    hasher.combine(sizes.1)
    hasher.combine(sizes.2)
  }
}
