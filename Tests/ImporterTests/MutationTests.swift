import Compute
import Ground
import Testing

/// A small generator whose numbers depend on its seed alone.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}

@Suite struct MutationTests {
  @Test("a damaged log is read or refused, never a crash", arguments: Fixture.all)
  func damaged(kind: LogKind, text: String) throws {
    var random = SplitMix64(state: 0x51D3)
    let hints = ImportHints(
      params: 7_000_000_000, tokensPerStep: 4_194_304, gpus: 8,
      peakFLOPPerSecond: try Quantity.read("989e12"), chipPowerWatts: 700, pue: 1.2)
    for round in 0..<500 {
      var bytes = Array(text.utf8)
      for _ in 0...(round % 4) { MutationTests.damage(&bytes, &random) }
      let file = try Scratch(bytes)
      for asked in [kind, nil] {
        do throws(Problem) {
          let run = try ImportedRun.importLog(path: file.path, as: asked, hints: hints)
          #expect(run.utilisation.map { (0...1).contains($0) } ?? true)
          #expect(run.problems.count <= ImportedRun.reportedProblems)
          #expect(!run.json.compact.isEmpty)
        } catch {
          #expect(error.code.hasPrefix("compute.") || error.code.hasPrefix("ground."))
        }
      }
    }
  }

  private static func damage(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    guard !bytes.isEmpty else { return }
    let at = Int.random(in: 0..<bytes.count, using: &random)
    let end = min(bytes.count, at + Int.random(in: 1...40, using: &random))
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1: bytes[at] = UInt8.random(in: 0...255, using: &random)
    case 2: bytes.removeSubrange(at..<end)
    case 3: bytes.insert(contentsOf: bytes[at..<end], at: at)
    case 4: bytes.removeSubrange(at...)
    default:
      let odd = [
        "99999999999999999999999999999999999999999", "-1", "1e308", "nan", "\"", "\n", "|", "{",
        "\0",
      ]
      bytes.insert(contentsOf: Array((odd.randomElement(using: &random) ?? "").utf8), at: at)
    }
  }
}
