/// Finds, letter by letter, which entries of a vocabulary a word is: the time is that of reading the word.
struct WordTrie: Sendable {
  /// How far a word has been read.
  struct Cursor {
    fileprivate var node: Int32 = 0
    fileprivate var isOff = false
  }

  private struct Node: Sendable {
    var byte: UInt8
    var child: Int32 = -1
    var sibling: Int32 = -1
    /// The set of entries for a word that goes on in another way than any in the vocabulary.
    var stems: Int32 = 0
    /// The set of entries for a word that ends here.
    var whole: Int32 = 0
  }

  /// The sets of entries that some word matches; the first is empty.
  private(set) var sets: [[Int32]] = [[]]
  private var nodes = [Node(byte: 0)]

  /// A trie of whole words and of stems, each with the entries that it belongs to.
  init(whole: [Substring: [Int32]], stems: [Substring: [Int32]]) {
    var atNode: [Int32: (whole: [Int32], stems: [Int32])] = [:]
    for (word, entries) in whole {
      atNode[insert(word), default: ([], [])].whole = entries
    }
    for (word, entries) in stems {
      atNode[insert(word), default: ([], [])].stems = entries
    }
    var numbers: [[Int32]: Int32] = [[]: 0]
    fill(0, inherited: 0, atNode, &numbers)
  }

  private mutating func insert(_ word: Substring) -> Int32 {
    word.utf8.reduce(Int32(0)) { node, byte in
      if let next = child(of: node, byte) { return next }
      nodes.append(Node(byte: byte, sibling: nodes[Int(node)].child))
      nodes[Int(node)].child = Int32(nodes.count - 1)
      return Int32(nodes.count - 1)
    }
  }

  private mutating func fill(
    _ node: Int32, inherited: Int32,
    _ atNode: [Int32: (whole: [Int32], stems: [Int32])], _ numbers: inout [[Int32]: Int32]
  ) {
    var (stems, whole) = (inherited, inherited)
    if let own = atNode[node] {
      stems = number(own.stems + sets[Int(inherited)], &numbers)
      whole = own.whole.isEmpty ? stems : number(own.whole + sets[Int(stems)], &numbers)
    }
    nodes[Int(node)].stems = stems
    nodes[Int(node)].whole = whole
    var next = nodes[Int(node)].child
    while next >= 0 {
      fill(next, inherited: stems, atNode, &numbers)
      next = nodes[Int(next)].sibling
    }
  }

  private mutating func number(
    _ entries: [Int32], _ numbers: inout [[Int32]: Int32]
  ) -> Int32 {
    let sorted = entries.sorted().reduce(into: [Int32]()) { if $0.last != $1 { $0.append($1) } }
    if let known = numbers[sorted] { return known }
    sets.append(sorted)
    numbers[sorted] = Int32(sets.count - 1)
    return Int32(sets.count - 1)
  }

  private func child(of node: Int32, _ byte: UInt8) -> Int32? {
    var next = nodes[Int(node)].child
    while next >= 0 {
      if nodes[Int(next)].byte == byte { return next }
      next = nodes[Int(next)].sibling
    }
    return nil
  }

  /// Reads one more byte of a word.
  func feed(_ byte: UInt8, _ cursor: inout Cursor) {
    if cursor.isOff { return }
    if let next = child(of: cursor.node, byte) {
      cursor.node = next
    } else {
      cursor.isOff = true
    }
  }

  /// The number of the set of entries that the word matches which was read.
  func set(_ cursor: Cursor) -> Int {
    let node = nodes[Int(cursor.node)]
    return Int(cursor.isOff ? node.stems : node.whole)
  }
}
