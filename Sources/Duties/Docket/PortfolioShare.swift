internal import Ground

/// What one model adds to what all models of the provider have in common.
public struct PortfolioShare: Sendable, Hashable {
  /// Whether it surely has systemic risk.
  let isSystemic: Bool
  /// Whether it is surely on the market with systemic risk.
  let isSystemicOnMarket: Bool
  /// Whether it could be, and is not surely.
  let couldBe: Bool

  init(_ facts: DocketFacts) {
    let systemic = facts.isSystemic
    isSystemic = systemic == .yes
    let isOut = systemic == .no || facts.isOnMarket == .no
    isSystemicOnMarket = !isOut && systemic == .yes && facts.isOnMarket == .yes
    couldBe = !isOut && !isSystemicOnMarket
  }
}

/// The shares of all models, counted, so that one can be taken out and another added.
public struct PortfolioShares: Sendable {
  private var systemic = 0
  private var systemicOnMarket = 0
  private var unsure = 0

  /// No model.
  public init() {}

  /// Counts a model.
  public mutating func add(_ share: PortfolioShare) { count(share, 1) }

  /// Takes a model out that was counted.
  public mutating func subtract(_ share: PortfolioShare) { count(share, -1) }

  /// Whether no deadline can differ between these and others.
  public func isSame(as other: PortfolioShares) -> Bool { answers == other.answers }

  private mutating func count(_ share: PortfolioShare, _ number: Int) {
    if share.isSystemic { systemic += number }
    if share.isSystemicOnMarket { systemicOnMarket += number }
    if share.couldBe { unsure += number }
  }

  /// What records ask of it: whether any is systemic, whether one is on the market, and whether one is the only one.
  private var answers: [Bool] {
    [systemic > 0, systemicOnMarket > 0, systemicOnMarket == 1 && unsure == 0]
  }

  var portfolio: DocketFacts.Portfolio {
    DocketFacts.Portfolio(
      isAnySystemic: systemic > 0 ? .yes : .undetermined(["systemic_risk"]),
      systemicOnMarket: systemicOnMarket, isComplete: unsure == 0)
  }
}
