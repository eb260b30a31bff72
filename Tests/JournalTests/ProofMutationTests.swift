import Ground
import Sealing
import TestSupport
import Testing

@testable import Journal

@Suite("Changed proofs")
struct ProofMutationTests {
  private struct Inclusion {
    var leaf: Digest
    var index: Int
    var size: Int
    var root: Digest
    var proof: [Digest]
    var holds: Bool {
      InclusionProof.proves(leaf, at: index, size: size, root: root, by: proof)
    }
  }

  private struct Consistency {
    var old: Int
    var oldRoot: Digest
    var size: Int
    var root: Digest
    var proof: [Digest]
    var holds: Bool {
      ConsistencyProof.proves(from: old, root: oldRoot, to: size, root: root, by: proof)
    }
  }

  private static func flipped(_ digest: Digest, _ bit: Int) -> Digest {
    var bytes = digest.bytes
    bytes[bit / 8] ^= 1 << (bit % 8)
    return Digest(bytes: bytes) ?? digest
  }

  /// Proofs with one hash too many, too few, changed or exchanged.
  private static func mutations(
    _ proof: [Digest], _ root: Digest, _ random: inout SplitMix64
  ) -> [(String, [Digest])] {
    var list = [
      ("trailing garbage", proof + [TreeHash.empty]), ("trailing root", proof + [root]),
      ("preceding garbage", [TreeHash.empty] + proof), ("preceding root", [root] + proof),
    ]
    for place in proof.indices {
      var removed = proof
      removed.remove(at: place)
      list.append(("removed component \(place)", removed))
      var doubled = proof
      doubled.insert(proof[place], at: place)
      list.append(("doubled component \(place)", doubled))
      var modified = proof
      modified[place] = flipped(proof[place], random.int(0...255))
      list.append(("modified bit of component \(place)", modified))
    }
    for place in proof.indices.dropLast() where proof[place] != proof[place + 1] {
      var swapped = proof
      swapped.swapAt(place, place + 1)
      list.append(("swapped components \(place)", swapped))
    }
    if !proof.isEmpty { list.append(("emptied", [])) }
    return list
  }

  @Test("of inclusion do not hold")
  func inclusion() async throws {
    let log = SampleLog(300)
    var random = SplitMix64(seed: 1)
    for (index, size) in [(0, 1), (0, 8), (5, 8), (2, 5), (6, 7), (123, 300), (299, 300), (7, 16)] {
      let good = Inclusion(
        leaf: log.levels[0][index], index: index, size: size, root: log.root(size),
        proof: try await InclusionProof.hashes(of: index, size: size, from: log.source))
      #expect(good.holds)
      var changed: [(String, Inclusion)] = []
      func add(_ name: String, _ change: (inout Inclusion) -> Void) {
        var copy = good
        change(&copy)
        changed.append((name, copy))
      }
      for mask in [1, 2, 4] { add("index xor \(mask)") { $0.index ^= mask } }
      add("index before") { $0.index -= 1 }
      add("index after") { $0.index += 1 }
      add("index is size") { $0.index = size }
      add("index negative") { $0.index = -1 - index }
      add("size doubled") { $0.size *= 2 }
      add("size zero") { $0.size = 0 }
      add("size negative") { $0.size = -size }
      add("leaf changed") { $0.leaf = ProofMutationTests.flipped($0.leaf, 0) }
      add("root changed") { $0.root = ProofMutationTests.flipped($0.root, 255) }
      add("root empty") { $0.root = TreeHash.empty }
      if size > 1 { add("leaf and root exchanged") { swap(&$0.leaf, &$0.root) } }
      for (name, proof) in ProofMutationTests.mutations(good.proof, good.root, &random) {
        add(name) { $0.proof = proof }
      }
      for (name, change) in changed { #expect(!change.holds, "\(index) of \(size): \(name)") }
    }
  }

  @Test("of consistency do not hold")
  func consistency() async throws {
    let log = SampleLog(300)
    var random = SplitMix64(seed: 2)
    for (old, size) in [
      (1, 8), (6, 8), (2, 5), (3, 7), (4, 8), (255, 300), (256, 300), (7, 8), (1, 1), (299, 300),
    ] {
      let good = Consistency(
        old: old, oldRoot: log.root(old), size: size, root: log.root(size),
        proof: try await ConsistencyProof.hashes(from: old, to: size, source: log.source))
      #expect(good.holds)
      var changed: [(String, Consistency)] = []
      func add(_ name: String, _ change: (inout Consistency) -> Void) {
        var copy = good
        change(&copy)
        changed.append((name, copy))
      }
      add("old size before") { $0.old -= 1 }
      if old < size { add("old size after") { $0.old += 1 } }
      add("old size xor 2") { $0.old ^= 2 }
      add("old size beyond") { $0.old = size + 1 }
      add("old size negative") { $0.old = -old }
      add("size doubled") { $0.size *= 2 }
      add("size zero") { $0.size = 0 }
      add("old root changed") { $0.oldRoot = ProofMutationTests.flipped($0.oldRoot, 7) }
      add("root changed") { $0.root = ProofMutationTests.flipped($0.root, 8) }
      if old < size {
        add("roots exchanged") { swap(&$0.oldRoot, &$0.root) }
        add("sizes exchanged") { swap(&$0.old, &$0.size) }
      }
      for (name, proof) in ProofMutationTests.mutations(good.proof, good.root, &random) {
        add(name) { $0.proof = proof }
      }
      for (name, change) in changed { #expect(!change.holds, "\(old) to \(size): \(name)") }
    }
  }

  @Test("from an empty log hold only without hashes and with the empty root")
  func fromNothing() {
    let log = SampleLog(3)
    let empty = TreeHash.empty
    #expect(ConsistencyProof.proves(from: 0, root: empty, to: 3, root: log.root(3), by: []))
    #expect(!ConsistencyProof.proves(from: 0, root: empty, to: 3, root: log.root(3), by: [empty]))
    #expect(!ConsistencyProof.proves(from: 0, root: log.root(1), to: 3, root: log.root(3), by: []))
    #expect(ConsistencyProof.proves(from: 0, root: empty, to: 0, root: empty, by: []))
    #expect(!ConsistencyProof.proves(from: 0, root: log.root(1), to: 0, root: log.root(1), by: []))
  }
}
