/// A three-valued answer to a legal question: what is unknown is never "no".
public enum Answer: Hashable, Sendable {
  /// The facts settle it: yes.
  case yes
  /// The facts settle it: no.
  case no
  /// The facts do not settle it; these would (fact identifiers, in order, without repetition).
  case undetermined([String])

  /// From a plain truth value.
  public init(_ value: Bool) { self = value ? .yes : .no }

  /// From a truth value that may be unknown, in which case `fact` is missing.
  public init(_ value: Bool?, fact: String) {
    self = value.map { Answer($0) } ?? .undetermined([fact])
  }

  /// `yes`, `no` or `undetermined`.
  public var word: String {
    switch self {
    case .yes: "yes"
    case .no: "no"
    case .undetermined: "undetermined"
    }
  }

  /// The facts that would decide it; empty when it is decided.
  public var missing: [String] {
    if case .undetermined(let facts) = self { facts } else { [] }
  }

  /// Whether the answer is yes or no.
  public var isDecided: Bool {
    if case .undetermined = self { false } else { true }
  }

  /// Kleene's "and": no if either is no, yes if both are yes.
  public static func && (left: Answer, right: @autoclosure () -> Answer) -> Answer {
    if case .no = left { return .no }
    let right = right()
    switch (left, right) {
    case (_, .no): return .no
    case (.yes, _): return right
    case (_, .yes): return left
    case (let a, let b): return .undetermined(merged(a.missing, b.missing))
    }
  }

  /// Kleene's "or": yes if either is yes, no if both are no.
  public static func || (left: Answer, right: @autoclosure () -> Answer) -> Answer {
    if case .yes = left { return .yes }
    let right = right()
    switch (left, right) {
    case (_, .yes): return .yes
    case (.no, _): return right
    case (_, .no): return left
    case (let a, let b): return .undetermined(merged(a.missing, b.missing))
    }
  }

  /// The opposite; undetermined stays so.
  public static prefix func ! (answer: Answer) -> Answer {
    switch answer {
    case .yes: .no
    case .no: .yes
    case .undetermined: answer
    }
  }

  private static func merged(_ left: [String], _ right: [String]) -> [String] {
    left + right.filter { !left.contains($0) }
  }
}
