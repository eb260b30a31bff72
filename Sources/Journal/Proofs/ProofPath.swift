/// Which stretches of a log a proof is made of, as ranges of entries.
enum ProofPath {
  /// The siblings on the way from an entry to the root, its own neighbour first.
  ///
  /// Source: RFC 6962, section 2.1.1.
  static func inclusion(of index: Int, size: Int) -> [Range<Int>] {
    var path: [Range<Int>] = []
    var range = 0..<size
    while range.count > 1 {
      let middle = range.lowerBound + split(range.count)
      if index < middle {
        path.append(middle..<range.upperBound)
        range = range.lowerBound..<middle
      } else {
        path.append(range.lowerBound..<middle)
        range = middle..<range.upperBound
      }
    }
    return path.reversed()
  }

  /// The subtrees that lead from the first `old` entries to both roots; none for equal sizes.
  ///
  /// Source: RFC 6962, section 2.1.2.
  static func consistency(from old: Int, to size: Int) -> [Range<Int>] {
    guard old > 0 else { return [] }
    var path: [Range<Int>] = []
    var range = 0..<size
    while old != range.upperBound {
      let middle = range.lowerBound + split(range.count)
      if old <= middle {
        path.append(middle..<range.upperBound)
        range = range.lowerBound..<middle
      } else {
        path.append(range.lowerBound..<middle)
        range = middle..<range.upperBound
      }
    }
    // The verifier knows this subtree already when it is the whole old tree.
    if range.lowerBound > 0 { path.append(range) }
    return path.reversed()
  }

  /// The complete subtrees that a range consists of, largest first, as height and place.
  static func subtrees(of range: Range<Int>) -> [(height: Int, index: Int)] {
    var parts: [(height: Int, index: Int)] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let fits = Int.bitWidth - 1 - (range.upperBound - start).leadingZeroBitCount
      let height = start == 0 ? fits : min(fits, start.trailingZeroBitCount)
      parts.append((height, start >> height))
      start += 1 << height
    }
    return parts
  }

  /// The largest power of two below a count of at least two.
  private static func split(_ count: Int) -> Int {
    1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
  }
}
