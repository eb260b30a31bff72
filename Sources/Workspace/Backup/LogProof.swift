internal import Ground
internal import Journal
internal import Sealing

/// The tree of a log, computed anew from its entries.
struct LogProof: Sendable {
  /// The tree over all entries.
  var tree = CompactRange()
  /// The roots at the sizes asked for.
  var roots: [Int: Digest] = [:]
  /// The first entry whose hash is not what is stored beside it.
  var wrong: Int?

  private static let page = 1024

  /// Reads all entries of a log and computes its tree.
  ///
  /// - Parameter sizes: sizes at which the root is wanted too.
  /// - Throws: `store.*`.
  init(_ store: any RecordStore, _ log: LogName, at sizes: Set<Int> = []) async throws(Problem) {
    if sizes.contains(0) { roots[0] = tree.root }
    while true {
      let entries = try await store.entries(log, from: tree.size, limit: LogProof.page)
      for entry in entries {
        let leaf = TreeHash.leaf(entry.entry)
        if entry.index != tree.size || leaf.bytes != entry.leaf { wrong = wrong ?? entry.index }
        tree.append(leaf)
        if sizes.contains(tree.size) { roots[tree.size] = tree.root }
      }
      guard entries.count == LogProof.page else { return }
    }
  }

  /// The root of a log's first entries by its stored leaf hashes; nil when it has fewer.
  static func root(
    _ store: any RecordStore, _ log: LogName, size: Int
  ) async throws(Problem) -> Digest? {
    var tree = CompactRange()
    while tree.size < size {
      let leaves = try await store.hashes(
        log, level: 0, from: tree.size, count: min(65_536, size - tree.size))
      guard !leaves.isEmpty else { return nil }
      for leaf in leaves {
        guard let digest = Digest(bytes: leaf) else { return nil }
        tree.append(digest)
      }
    }
    return tree.root
  }
}
