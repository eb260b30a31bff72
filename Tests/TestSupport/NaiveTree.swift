import Ground
public import Sealing

/// The Merkle tree as RFC 6962 defines it, by recursion over all leaves: slow, and written from the
/// definition only, so that it can judge what is computed step by step.
///
/// Source: RFC 6962, section 2.1.
public struct NaiveTree {
  public let leaves: [Digest]

  public init(entries: [[UInt8]]) { leaves = entries.map { Digest(of: [0] + $0) } }

  /// The root of the first leaves.
  public func root(_ size: Int? = nil) -> Digest { root(0..<(size ?? leaves.count)) }

  /// The hashes of the right edge, the largest subtree first: one for each bit set in the size.
  public func edge() -> [[UInt8]] {
    var hashes: [[UInt8]] = []
    var start = 0
    for bit in (0..<Int.bitWidth - 1).reversed() where leaves.count >> bit & 1 == 1 {
      hashes.append(root(start..<start + 1 << bit).bytes)
      start += 1 << bit
    }
    return hashes
  }

  /// The roots of complete subtrees of 256^level leaves.
  public func hashes(level: Int) -> [[UInt8]] {
    let width = 1 << (8 * level)
    return (0..<leaves.count / width).map { root($0 * width..<($0 + 1) * width).bytes }
  }

  private func root(_ range: Range<Int>) -> Digest {
    if range.isEmpty { return Digest(of: []) }
    if range.count == 1 { return leaves[range.lowerBound] }
    var half = 1
    while half * 2 < range.count { half *= 2 }
    let middle = range.lowerBound + half
    return Digest(
      of: [1] + root(range.lowerBound..<middle).bytes + root(middle..<range.upperBound).bytes)
  }
}
