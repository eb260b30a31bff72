import Foundation
public import Testing

/// A seeded generator: the same seed gives the same cases on every machine.
///
/// Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number in the range, each equally likely.
  public mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  /// One of the elements.
  public mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[int(0...(elements.count - 1))]
  }

  /// So many decimal digits, the first of them not zero.
  public mutating func digits(_ count: Int) -> String {
    (0..<count).map { String(int(($0 == 0 ? 1 : 0)...9)) }.joined()
  }
}

/// Tries a statement on many seeded cases; the check gives nil where it holds, else what is wrong.
///
/// A failure prints its seed; `SEED=… swift test` tries that case alone. Stops at the first failure.
public func property(
  cases: Int = 300, sourceLocation: SourceLocation = #_sourceLocation,
  _ check: (inout SplitMix64) throws -> String?
) {
  let asked = ProcessInfo.processInfo.environment["SEED"].flatMap { UInt64($0) }
  let seeds = asked.map { [$0] } ?? (0..<UInt64(cases)).map { 0x5EED_0000 + $0 }
  for seed in seeds {
    var generator = SplitMix64(seed: seed)
    var failure: String?
    do {
      failure = try check(&generator)
    } catch {
      failure = "it threw \(error)"
    }
    if let failure {
      Issue.record("SEED=\(seed): \(failure)", sourceLocation: sourceLocation)
      return
    }
  }
}
