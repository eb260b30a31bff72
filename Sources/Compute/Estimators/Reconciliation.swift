public import Ground

/// Two estimates of one amount, held against each other.
public struct Reconciliation: Sendable, Equatable {
  /// The estimate that is reported.
  public let reported: Estimate
  /// The estimate it is compared with.
  public let other: Estimate

  /// Compares a second estimate with the reported one.
  public init(reported: Estimate, other: Estimate) {
    self.reported = reported
    self.other = other
  }

  /// The other amount divided by the reported one.
  public var ratio: Double { other.flop.approximate / reported.flop.approximate }

  /// Whether the other amount lies within the margin of 30 % of the reported one, ends included.
  ///
  /// Source: Guidelines C(2025) 7719, ¶ 120 (overall error margin of 30 % of the reported estimate).
  public var agrees: Bool {
    let larger = max(reported.flop, other.flop).count
    let difference = larger - min(reported.flop, other.flop).count
    let left = difference.multipliedFullWidth(by: 10)
    let right = reported.flop.count.multipliedFullWidth(by: 3)
    return (left.high, left.low) <= (right.high, right.low)
  }

  /// Whether both amounts are above a threshold, or both are not.
  public func isOnSameSide(of threshold: FLOP) -> Bool {
    (reported.flop > threshold) == (other.flop > threshold)
  }

  /// For `compute reconcile --format json`.
  public var json: JSON {
    .object([
      ("reported", .string(reported.method.rawValue)),
      ("reported_flop", .string(reported.flop.digits)),
      ("other", .string(other.method.rawValue)), ("other_flop", .string(other.flop.digits)),
      ("ratio", .number((ratio * 10_000).rounded() / 10_000)),
      ("agrees_within_30_percent", .bool(agrees)),
      ("same_side_of_1e23", .bool(isOnSameSide(of: .indication))),
      ("same_side_of_1e25", .bool(isOnSameSide(of: .presumption))),
    ])
  }
}
