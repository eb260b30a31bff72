public import Ground
public import Sealing

/// Shows that a tree begins with all entries of an older one, in their order.
///
/// Source: RFC 6962, section 2.1.2.
public enum ConsistencyProof {
  /// The hashes of a proof; none for equal sizes, and none from an empty tree.
  ///
  /// - Throws: `journal.sizes-out-of-order`, `journal.hash-missing`, and what the source throws.
  public static func hashes(
    from old: Int, to size: Int, source: HashSource
  ) async throws(Problem) -> [Digest] {
    guard old >= 0, old <= size else {
      throw Problem(
        "journal.sizes-out-of-order", what: "a log of \(size) does not contain one of \(old)",
        why: "a log only grows", mend: "give the smaller size first")
    }
    var reader = TreeReader(size: size, source: source)
    return try await reader.hashes(of: ProofPath.consistency(from: old, to: size))
  }

  /// The root that a log had at a size, computed from hashes of a log at least as large.
  ///
  /// - Throws: `journal.hash-missing`, and what the source throws.
  public static func root(size: Int, source: HashSource) async throws(Problem) -> Digest {
    var reader = TreeReader(size: size, source: source)
    return try await reader.hash(of: 0..<size)
  }

  /// Whether a proof leads to both roots; one hash too many or too few does not.
  public static func proves(
    from old: Int, root oldRoot: Digest, to size: Int, root: Digest, by hashes: [Digest]
  ) -> Bool {
    guard old >= 0, old <= size else { return false }
    if old == size { return hashes.isEmpty && oldRoot == root && isEmptyRoot(oldRoot, old) }
    if old == 0 { return hashes.isEmpty && isEmptyRoot(oldRoot, 0) }
    return leads(from: old, oldRoot, to: size, root, hashes)
  }

  private static func isEmptyRoot(_ root: Digest, _ size: Int) -> Bool {
    size > 0 || root == TreeHash.empty
  }

  /// Follows the last old entry's subtree up, once within the old tree and once within the new.
  private static func leads(
    from old: Int, _ oldRoot: Digest, to size: Int, _ root: Digest, _ hashes: [Digest]
  ) -> Bool {
    let last = old - 1
    let whole = old.trailingZeroBitCount
    let inner = Int.bitWidth - (last ^ (size - 1)).leadingZeroBitCount
    let border = (last >> inner).nonzeroBitCount
    // An old size that is a power of two is a subtree of the new tree: its root is known already.
    let isWhole = old == 1 << whole
    guard hashes.count == (isWhole ? 0 : 1) + inner - whole + border else { return false }
    var path = hashes[...]
    var oldHash = isWhole ? oldRoot : path.removeFirst()
    var hash = oldHash
    for (step, sibling) in path.enumerated() {
      let height = whole + step
      if height >= inner || last >> height & 1 == 1 {
        oldHash = TreeHash.node(sibling, oldHash)
        hash = TreeHash.node(sibling, hash)
      } else {
        hash = TreeHash.node(hash, sibling)
      }
    }
    return oldHash == oldRoot && hash == root
  }
}
