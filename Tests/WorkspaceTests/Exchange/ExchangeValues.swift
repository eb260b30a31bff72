import Ground
import TestSupport

@testable import Duties
@testable import Workspace

/// Random values that fields may hold.
enum ExchangeValues {
  /// A value as a record may have it: one that a kind asks for says something.
  static func held(by field: RecordField, _ random: inout SplitMix64) -> JSON {
    for _ in 0..<99 {
      let value = value(of: field, &random)
      if !field.isRequired || !RecordField.isEmpty(value) { return value }
    }
    return .string("a title")
  }

  static func value(of field: RecordField, _ random: inout SplitMix64) -> JSON {
    switch field.form {
    case .text: return .string(ExchangeSamples.hostile(&random))
    case .amount:
      let amounts = ["3.8e25", "1e24", "+3e5", "38000000", "2.5×10^25", "10^25", "7000"]
      return .string(random.pick(amounts))
    case .day: return .string(day(&random).iso)
    case .moment: return .string(Instant(startOf: day(&random)).utc)
    case .count: return .int(random.int(-9...99_999))
    case .yesNo: return .bool(random.int(0...1) == 0)
    case .choice(let words): return .string(random.pick(words))
    case .list:
      return JSON((0..<random.int(0...3)).map { _ in ExchangeSamples.hostile(&random) })
    case .record(let kind): return .string("\(kind)/\(random.pick(["a1", "b2", "c3"]))")
    case .tree: return tree(&random, depth: 2)
    }
  }

  static func day(_ random: inout SplitMix64) -> Day {
    Day(2024, 1, 1)!.adding(days: random.int(0...900))
  }

  /// Null stands for a field that is not there, so that a tree is something.
  private static func tree(_ random: inout SplitMix64, depth: Int) -> JSON {
    switch random.int(depth == 0 ? 2...4 : 0...4) {
    case 0: .array((0..<random.int(0...2)).map { _ in tree(&random, depth: depth - 1) })
    case 1:
      .object(
        ["a", "=b", "é"].prefix(random.int(0...3)).map { ($0, tree(&random, depth: depth - 1)) })
    case 2: .int(random.int(-9...9))
    case 3: .bool(true)
    default: .string(ExchangeSamples.hostile(&random))
    }
  }
}
