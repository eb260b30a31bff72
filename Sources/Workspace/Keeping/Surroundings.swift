public import Ground
public import Rulebook

/// What enters from outside, once: the time, the law and the name of whoever sits at the machine.
public struct Surroundings: Sendable {
  /// The time now.
  public var now: @Sendable () -> Instant
  /// The law of a day, with the house rules of the workspace.
  public var law: @Sendable (Day) -> Law
  /// The name of the operating system's user.
  public var user: String

  /// Surroundings with all their parts.
  public init(
    now: @escaping @Sendable () -> Instant, law: @escaping @Sendable (Day) -> Law = { Law.at($0) },
    user: String
  ) {
    self.now = now
    self.law = law
    self.user = user
  }

  /// Today in Brussels.
  public var today: Day { now().day }
}
