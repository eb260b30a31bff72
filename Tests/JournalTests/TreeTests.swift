import Ground
import Sealing
import Testing

@testable import Journal

@Suite("The tree")
struct TreeTests {
  @Test("has the roots of the reference leaves at every size")
  func referenceRoots() {
    for size in 0...8 {
      var edge = CompactRange()
      for leaf in Vectors.referenceLeaves.prefix(size) { edge.append(TreeHash.leaf(leaf)) }
      #expect(edge.root.hex == Vectors.referenceRoots[size])
    }
  }

  @Test("has the roots of other implementations around full tiles")
  func entryRoots() {
    var edge = CompactRange()
    var expected = Vectors.entryRoots[...]
    for index in 0..<70_000 {
      edge.append(TreeHash.leaf(Vectors.entry(index)))
      guard edge.size == expected.first?.size else { continue }
      #expect(edge.root.hex == expected.removeFirst().root)
    }
    #expect(expected.isEmpty)
  }

  @Test("has the root of its definition at every small size, grown or folded from tiles")
  func definition() {
    let log = SampleLog(600)
    var edge = CompactRange()
    for size in 0...600 {
      #expect(edge.root == log.root(size))
      let tiles = (0..<3).map { level in
        let count = size >> (8 * level)
        return Array(log.levels[min(level, 1)].prefix(level < 2 ? count : 0).suffix(count % 256))
      }
      #expect(TreeHash.root(ofEdge: tiles) == log.root(size))
      if size < 600 { edge.append(log.levels[0][size]) }
    }
  }

  @Test("names each complete subtree of 256 entries when it completes, and of 65,536")
  func completeSubtrees() {
    var edge = CompactRange()
    var completed: [CompleteSubtree] = []
    var leaves: [Digest] = []
    for index in 0..<131_072 {
      let leaf = TreeHash.leaf([UInt8(index & 255), UInt8(index >> 8 & 255)])
      leaves.append(leaf)
      let new = edge.append(leaf)
      if new.isEmpty == edge.size.isMultiple(of: 256) { Issue.record("at \(edge.size)") }
      completed += new
    }
    let first = completed.filter { $0.level == 1 }
    #expect(first.map(\.index) == Array(0..<512))
    #expect(first[7].hash == SampleLog.root(leaves[7 * 256..<8 * 256]))
    let second = completed.filter { $0.level == 2 }
    #expect(second.map(\.index) == [0, 1])
    #expect(second[1].hash == SampleLog.root(leaves[65_536...]))
    #expect(completed.count == 514)
  }

  @Test("goes on from the edge that a store kept")
  func stored() throws {
    for size in 0..<70 {
      let log = SampleLog(size)
      var edge = try CompactRange(log.edge.head)
      #expect(edge == log.edge)
      edge.append(TreeHash.leaf(Vectors.entry(size)))
      #expect(edge.root == SampleLog(size + 1).edge.root)
    }
  }

  @Test("refuses an edge that does not fit its size")
  func badEdge() {
    let hash = TreeHash.empty
    for (size, count) in [(0, 1), (1, 0), (1, 2), (3, 1), (4, 2), (-1, 64)] {
      #expect(throws: Problem("journal.bad-edge", what: "")) {
        try CompactRange(size: size, hashes: Array(repeating: hash, count: count))
      }
    }
    #expect(throws: Problem("journal.bad-edge", what: "")) {
      try CompactRange(StoredHead(size: 1, edge: [[1, 2, 3]]))
    }
  }
}
