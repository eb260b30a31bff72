extension JSON {
  /// The canonical form: members sorted by UTF-16 code units, no spaces, strings with the shortest escapes.
  ///
  /// For the values that entries of the journal use: texts, booleans, null and whole numbers below 2^53.
  /// Source: RFC 8785, sections 3.2.2 and 3.2.3.
  /// - Throws: `ground.not-canonical` for fractions, larger numbers, names that occur twice and more levels than are
  ///   read.
  public func canonicalBytes() throws(Problem) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(512)
    try writeCanonical(to: &text, depth: 0)
    return text
  }

  /// The largest whole number that every reader of JSON keeps exactly, 2^53 - 1.
  public static let largestExactInteger = 9_007_199_254_740_991

  private func writeCanonical(to text: inout [UInt8], depth: Int) throws(Problem) {
    switch self {
    case .null, .bool, .string: write(to: &text)
    case .int(let value):
      guard value.magnitude <= JSON.largestExactInteger else {
        throw JSON.notCanonical("the number \(value) is 2^53 or larger")
      }
      write(to: &text)
    case .number(let value):
      guard value == value.rounded(), abs(value) <= Double(JSON.largestExactInteger) else {
        throw JSON.notCanonical("the number \(value) is not whole, or 2^53 or larger")
      }
      JSON.int(Int(value)).write(to: &text)
    case .array(let values):
      try JSON.check(depth)
      text.append(0x5B)
      for (index, value) in values.enumerated() {
        if index > 0 { text.append(0x2C) }
        try value.writeCanonical(to: &text, depth: depth + 1)
      }
      text.append(0x5D)
    case .object(let members):
      try JSON.check(depth)
      try JSON.writeMembers(members, to: &text, depth: depth + 1)
    }
  }

  private static func writeMembers(
    _ members: [(String, JSON)], to text: inout [UInt8], depth: Int
  ) throws(Problem) {
    var sorted = members
    if !isInOrder(members) {
      sorted.sort { precedes($0.0, $1.0) }
      for index in sorted.indices.dropFirst() where isSame(sorted[index - 1].0, sorted[index].0) {
        throw notCanonical("the name \(sorted[index].0.prefix(80)) occurs twice")
      }
    }
    text.append(0x7B)
    for (index, member) in sorted.enumerated() {
      if index > 0 { text.append(0x2C) }
      quote(member.0, to: &text)
      text.append(0x3A)
      try member.1.writeCanonical(to: &text, depth: depth)
    }
    text.append(0x7D)
  }

  /// Whether each name comes before the next, so that none occurs twice.
  private static func isInOrder(_ members: [(String, JSON)]) -> Bool {
    members.indices.dropFirst().allSatisfy { precedes(members[$0 - 1].0, members[$0].0) }
  }

  /// Order of names by UTF-16 code units; Swift compares by canonical equivalence, which merges names.
  static func precedes(_ left: String, _ right: String) -> Bool {
    let isBefore = left.utf8.withContiguousStorageIfAvailable { left in
      right.utf8.withContiguousStorageIfAvailable { right in precedes(left, right) }
    }
    return isBefore.flatMap { $0 } ?? left.utf16.lexicographicallyPrecedes(right.utf16)
  }

  /// UTF-8 has the order of UTF-16 but for one case: four bytes, a pair of surrogates, stand before U+E000 to U+FFFF.
  private static func precedes(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    for index in 0..<min(left.count, right.count) where left[index] != right[index] {
      let bytes = (left[index], right[index])
      if bytes.0 >= 0xF0, bytes.1 >= 0xEE, bytes.1 < 0xF0 { return true }
      if bytes.1 >= 0xF0, bytes.0 >= 0xEE, bytes.0 < 0xF0 { return false }
      return bytes.0 < bytes.1
    }
    return left.count < right.count
  }

  private static func check(_ depth: Int) throws(Problem) {
    guard depth < deepestNesting else {
      throw notCanonical("it is nested deeper than \(deepestNesting) levels")
    }
  }

  private static func notCanonical(_ what: String) -> Problem {
    Problem(
      "ground.not-canonical", what: what,
      why: "an entry of the journal must have one spelling only (RFC 8785), which is read again",
      mend: "write amounts as text, each name once, and nest less deeply")
  }
}
