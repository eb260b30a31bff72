public import Compute
internal import Ground

/// An amount of compute as a notification states it: two significant figures, never across the threshold.
///
/// Source: Guidelines C(2025) 7719, ¶ 31 (numbering inferred); Regulation (EU) 2024/1689, Art. 51(2).
public struct ReportedCompute: Sendable, Equatable {
  /// The exact amount.
  public let flop: FLOP

  /// An amount to be reported.
  public init(_ flop: FLOP) { self.flop = flop }

  /// With two significant figures, rounded half up: `1.1×10^25`.
  public var figure: String { flop.figures() }

  /// What two figures would hide: on which side of 10^25 the exact amount lies; nil where they show it.
  public var note: String? {
    guard figure == FLOP.presumption.figures(), flop != .presumption else { return nil }
    let side = flop > .presumption ? "above 10^25" : "not above 10^25"
    return side + "; rounds to " + figure
  }

  /// As it is stated: the figure, and the side of the threshold where rounding would hide it.
  public var words: String { note.map { $0 + " FLOP" } ?? figure + " FLOP" }
}
