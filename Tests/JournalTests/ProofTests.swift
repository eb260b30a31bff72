import Ground
import Sealing
import Synchronization
import Testing

@testable import Journal

@Suite("Proofs")
struct ProofTests {
  private static func prefixes(_ hashes: [Digest]) -> String {
    hashes.map { String($0.hex.prefix(16)) }.joined(separator: ",")
  }

  @Test("of inclusion are those of other implementations")
  func inclusionVectors() async throws {
    let log = SampleLog(Vectors.referenceLeaves)
    for (index, expected) in [
      (0, "96a296d224f285c6,5f083f0a1a33ca07,6b47aaf29ee3c2af"),
      (5, "bc1a0643b12e4d2d,ca854ea128ed050b,d37ee418976dd957"),
    ] {
      let proof = try await InclusionProof.hashes(of: index, size: 8, from: log.source)
      #expect(ProofTests.prefixes(proof) == expected)
    }
    let proof = try await InclusionProof.hashes(of: 123, size: 300, from: SampleLog(300).source)
    #expect(
      proof.map { Spelling.base64($0.bytes) }.joined(separator: " ") == Vectors.inclusion)
  }

  @Test("of consistency are those of other implementations")
  func consistencyVectors() async throws {
    let log = SampleLog(Vectors.referenceLeaves)
    for (old, size, expected) in [
      (3, 7, "0298d122906dcfc1,07506a85fd9dd2f1,fac54203e7cc696c,837dbb152e9b0790"),
      (6, 8, "0ebc5d3437fbe2db,ca854ea128ed050b,d37ee418976dd957"),
      (2, 5, "5f083f0a1a33ca07,bc1a0643b12e4d2d"),
    ] {
      let proof = try await ConsistencyProof.hashes(from: old, to: size, source: log.source)
      #expect(ProofTests.prefixes(proof) == expected)
    }
  }

  @Test("of inclusion are those of the definition, and hold, for every entry of logs up to 64")
  func everyInclusion() async throws {
    let log = SampleLog(64)
    var wrong: [String] = []
    for size in 1...64 {
      let leaves = log.levels[0].prefix(size)
      let root = log.root(size)
      for index in 0..<size {
        let proof = try await InclusionProof.hashes(of: index, size: size, from: log.source)
        if proof != SampleLog.path(index, leaves) { wrong.append("path of \(index) in \(size)") }
        for other in 0..<size {
          let holds = InclusionProof.proves(
            leaves[index], at: other, size: size, root: root, by: proof)
          if holds != (other == index) { wrong.append("\(index) at \(other) in \(size)") }
        }
      }
    }
    #expect(wrong.isEmpty)
  }

  @Test("of consistency are those of the definition, and hold, for every two sizes up to 64")
  func everyConsistency() async throws {
    let log = SampleLog(64)
    var wrong: [String] = []
    for size in 0...64 {
      let leaves = log.levels[0].prefix(size)
      let root = log.root(size)
      for old in 0...size {
        let proof = try await ConsistencyProof.hashes(from: old, to: size, source: log.source)
        if proof != (old == 0 ? [] : SampleLog.subproof(old, leaves, true)) {
          wrong.append("proof from \(old) to \(size)")
        }
        let holds = ConsistencyProof.proves(
          from: old, root: log.root(old), to: size, root: root, by: proof)
        if !holds { wrong.append("\(old) to \(size)") }
      }
      if try await ConsistencyProof.root(size: size, source: log.source) != root {
        wrong.append("root of \(size)")
      }
    }
    #expect(wrong.isEmpty)
  }

  @Test("over several tiles are those of the definition")
  func severalTiles() async throws {
    let log = SampleLog(70_000)
    let leaves = log.levels[0]
    for (index, size) in [(0, 70_000), (69_999, 70_000), (65_535, 65_537), (255, 257), (511, 512)] {
      let proof = try await InclusionProof.hashes(of: index, size: size, from: log.source)
      #expect(proof == SampleLog.path(index, leaves.prefix(size)))
    }
    for (old, size) in [(65_536, 70_000), (65_537, 70_000), (255, 69_999), (256, 512), (300, 301)] {
      let proof = try await ConsistencyProof.hashes(from: old, to: size, source: log.source)
      #expect(proof == SampleLog.subproof(old, leaves.prefix(size), true))
    }
  }

  @Test("of a million entries read at most two tiles of each level")
  func fewReads() async throws {
    final class Count: Sendable {
      let hashes = Mutex(0)
    }
    for index in [0, 123_456, 999_999] {
      let count = Count()
      let source = HashSource { _, _, wanted in
        count.hashes.withLock { $0 += wanted }
        return Array(repeating: Array(repeating: 7, count: 32), count: wanted)
      }
      let proof = try await InclusionProof.hashes(of: index, size: 1_000_000, from: source)
      #expect((10...20).contains(proof.count))
      _ = try await ConsistencyProof.hashes(from: index + 1, to: 1_000_000, source: source)
      #expect(count.hashes.withLock { $0 } <= 2 * 6 * 256)
    }
  }

  @Test("are not made when hashes are missing, have the wrong length, or there is no such entry")
  func noProof() async throws {
    for answer in [[], [[1, 2, 3]]] as [[[UInt8]]] {
      await #expect(throws: Problem("journal.hash-missing", what: "")) {
        try await InclusionProof.hashes(of: 0, size: 2, from: HashSource { _, _, _ in answer })
      }
    }
    let log = SampleLog(4)
    for (index, size) in [(4, 4), (-1, 4), (0, 0)] {
      await #expect(throws: Problem("journal.no-such-entry", what: "")) {
        try await InclusionProof.hashes(of: index, size: size, from: log.source)
      }
    }
    for (old, size) in [(4, 3), (-1, 3)] {
      await #expect(throws: Problem("journal.sizes-out-of-order", what: "")) {
        try await ConsistencyProof.hashes(from: old, to: size, source: log.source)
      }
    }
  }
}
