public import Sealing

/// The hashes of a Merkle tree: leaves and nodes cannot be taken for each other.
///
/// Source: RFC 6962, section 2.1.
public enum TreeHash {
  /// The root of a tree without entries.
  public static let empty = Digest(of: [])

  /// The hash of an entry.
  public static func leaf(_ entry: UnsafeRawBufferPointer) -> Digest {
    Digest(prefix: 0, entry)
  }

  /// The hash of an entry.
  public static func leaf(_ entry: [UInt8]) -> Digest {
    entry.withUnsafeBytes { leaf($0) }
  }

  /// The hash of two neighbouring subtrees.
  public static func node(_ left: Digest, _ right: Digest) -> Digest {
    Digest(prefix: 1, left, right)
  }

  /// The root over neighbouring subtrees of one height, of which the last alone may be incomplete.
  ///
  /// The largest power of two on the left is the same as pairing from the left and carrying an odd
  /// last one up unchanged. The array is used as working space. Nil for an empty array.
  static func fold(_ hashes: inout [Digest]) -> Digest? {
    var count = hashes.count
    while count > 1 {
      for pair in 0..<count / 2 {
        hashes[pair] = node(hashes[2 * pair], hashes[2 * pair + 1])
      }
      if !count.isMultiple(of: 2) { hashes[count / 2] = hashes[count - 1] }
      count = (count + 1) / 2
    }
    return hashes.first
  }

  /// The root over the unfinished tiles of the right edge, those of level 0 first.
  static func root(ofEdge levels: [[Digest]]) -> Digest {
    var carried: Digest?
    for level in levels {
      var hashes = level
      if let carried { hashes.append(carried) }
      carried = fold(&hashes)
    }
    return carried ?? empty
  }
}
