public import Ground
public import Sealing

/// Shows that an entry stands at an index of a tree.
///
/// Source: RFC 6962, section 2.1.1.
public enum InclusionProof {
  /// The hashes of a proof, the neighbour of the entry first.
  ///
  /// Reads at most two tiles of each level: about 1,000 hashes for a million entries.
  ///
  /// - Throws: `journal.no-such-entry`, `journal.hash-missing`, and what the source throws.
  public static func hashes(
    of index: Int, size: Int, from source: HashSource
  ) async throws(Problem) -> [Digest] {
    guard index >= 0, index < size else {
      throw Problem(
        "journal.no-such-entry", what: "there is no entry \(index) in a log of \(size)",
        why: "entries are counted from 0", mend: "give an index below \(size)")
    }
    var reader = TreeReader(size: size, source: source)
    return try await reader.hashes(of: ProofPath.inclusion(of: index, size: size))
  }

  /// Whether a proof leads from the hash of an entry to a root; one hash too many or too few does not.
  public static func proves(
    _ leaf: Digest, at index: Int, size: Int, root: Digest, by hashes: [Digest]
  ) -> Bool {
    guard index >= 0, index < size else { return false }
    // Below this height the entry's subtree is complete; above it only left neighbours remain.
    let inner = Int.bitWidth - (index ^ (size - 1)).leadingZeroBitCount
    guard hashes.count == inner + (index >> inner).nonzeroBitCount else { return false }
    var hash = leaf
    for (height, sibling) in hashes.enumerated() {
      let isLeft = height < inner && index >> height & 1 == 0
      hash = isLeft ? TreeHash.node(hash, sibling) : TreeHash.node(sibling, hash)
    }
    return hash == root
  }
}
