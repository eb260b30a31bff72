public import Ground
public import Sealing

/// A complete subtree of 256^level entries: one hash of a tile.
public struct CompleteSubtree: Hashable, Sendable {
  /// The level of its tile: 1 for 256 entries, 2 for 65,536.
  public let level: Int
  /// Its place among the subtrees of its level, from 0.
  public let index: Int
  /// Its root.
  public let hash: Digest

  /// A subtree with its root.
  public init(level: Int, index: Int, hash: Digest) {
    self.level = level
    self.index = index
    self.hash = hash
  }
}

/// The right edge of a growing tree: the roots of its complete subtrees, one for each bit set in its size.
///
/// With it a tree grows and knows its root without its entries being read again.
public struct CompactRange: Hashable, Sendable {
  /// Entries so far.
  public private(set) var size: Int
  /// Roots of the complete subtrees, the largest first.
  public private(set) var hashes: [Digest]

  /// The edge of an empty tree.
  public init() {
    size = 0
    hashes = []
  }

  /// The edge of a tree as it was kept.
  ///
  /// - Throws: `journal.bad-edge` when there is not one hash for each bit set in the size.
  public init(size: Int, hashes: [Digest]) throws(Problem) {
    guard size >= 0, hashes.count == size.nonzeroBitCount else {
      throw .badEdge(size: size, count: hashes.count)
    }
    self.size = size
    self.hashes = hashes
  }

  /// The edge as a store keeps it.
  ///
  /// - Throws: `journal.bad-edge`, also when a hash has not 32 bytes.
  public init(_ head: StoredHead) throws(Problem) {
    let hashes = head.edge.compactMap { Digest(bytes: $0) }
    try self.init(size: head.size, hashes: hashes)
  }

  /// The edge as a store keeps it.
  public var head: StoredHead { StoredHead(size: size, edge: hashes.map(\.bytes)) }

  /// The root of the tree.
  public var root: Digest {
    guard var root = hashes.last else { return TreeHash.empty }
    for left in hashes.dropLast().reversed() { root = TreeHash.node(left, root) }
    return root
  }

  /// Grows by the hash of an entry.
  ///
  /// - Returns: The subtrees of 256, 65,536, … entries that the entry completed, smallest first.
  @discardableResult
  public mutating func append(_ leaf: Digest) -> [CompleteSubtree] {
    var completed: [CompleteSubtree] = []
    var hash = leaf
    var height = 0
    while size >> height & 1 == 1, let left = hashes.popLast() {
      hash = TreeHash.node(left, hash)
      height += 1
      if height.isMultiple(of: 8) {
        completed.append(
          CompleteSubtree(level: height / 8, index: size >> height, hash: hash))
      }
    }
    hashes.append(hash)
    size += 1
    return completed
  }
}

extension Problem {
  fileprivate static func badEdge(size: Int, count: Int) -> Problem {
    Problem(
      "journal.bad-edge",
      what: "the right edge of the tree has \(count) hashes, which does not fit \(size) entries",
      why: "there is one hash of 32 bytes for each bit set in the number of entries",
      mend: "verify the journal; restore from a backup if it is damaged")
  }
}
