public import Ground

/// When a rule applies: a small tree over facts, answered in three values.
public indirect enum Condition: Sendable, Equatable {
  case fact(String)
  case rule(String)
  case not(Condition)
  case all([Condition])
  case any([Condition])

  /// The facts that conditions may ask.
  public static let facts = [
    "is-gpai", "is-systemic", "is-provider", "open-source-exception", "established-in-union",
    "placed-on-market", "placed-before-2025-08-02", "is-modifier", "is-signatory", "own-system",
  ]

  /// The answer, given what is known of each fact and of other rules' conditions.
  public func answer(
    fact: (String) -> Answer, rule: (String) -> Answer
  ) -> Answer {
    switch self {
    case .fact(let name): fact(name)
    case .rule(let id): rule(id)
    case .not(let inner): !inner.answer(fact: fact, rule: rule)
    case .all(let parts):
      parts.reduce(Answer.yes) { $0 && $1.answer(fact: fact, rule: rule) }
    case .any(let parts):
      parts.reduce(Answer.no) { $0 || $1.answer(fact: fact, rule: rule) }
    }
  }

  /// Ids of the rules it refers to.
  public var references: [String] {
    switch self {
    case .fact: []
    case .rule(let id): [id]
    case .not(let inner): inner.references
    case .all(let parts), .any(let parts): parts.flatMap(\.references)
    }
  }

  /// Reads `{fact: …}`, `{rule: …}`, `{not: …}`, `{all: […]}` or `{any: […]}`.
  static func read(_ node: RuleNode, _ problems: inout [Problem]) -> Condition? {
    guard case .map(let members) = node.content, members.count == 1, let member = members.first
    else {
      problems.append(.condition("a condition has exactly one key", node.place))
      return nil
    }
    switch (member.key, member.value.content) {
    case ("fact", .scalar(let name)):
      guard facts.contains(name) else {
        problems.append(.condition("there is no fact \"\(name)\"", member.value.place))
        return nil
      }
      return .fact(name)
    case ("rule", .scalar(let id)): return .rule(id)
    case ("not", _): return read(member.value, &problems).map { .not($0) }
    case ("all", .list(let items)), ("any", .list(let items)):
      let parts = items.compactMap { read($0, &problems) }
      guard parts.count == items.count, !parts.isEmpty else { return nil }
      return member.key == "all" ? .all(parts) : .any(parts)
    default:
      problems.append(.condition("\"\(member.key)\" is not understood here", member.place))
      return nil
    }
  }
}

extension Condition: Codable {
  private enum Key: String, CodingKey { case fact, rule, not, all, any }

  /// Reads what `encode(to:)` wrote.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    if let name = try container.decodeIfPresent(String.self, forKey: .fact) {
      self = .fact(name)
    } else if let id = try container.decodeIfPresent(String.self, forKey: .rule) {
      self = .rule(id)
    } else if let inner = try container.decodeIfPresent(Condition.self, forKey: .not) {
      self = .not(inner)
    } else if let parts = try container.decodeIfPresent([Condition].self, forKey: .all) {
      self = .all(parts)
    } else {
      self = .any(try container.decode([Condition].self, forKey: .any))
    }
  }

  /// One member named for the kind of node.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .fact(let name): try container.encode(name, forKey: .fact)
    case .rule(let id): try container.encode(id, forKey: .rule)
    case .not(let inner): try container.encode(inner, forKey: .not)
    case .all(let parts): try container.encode(parts, forKey: .all)
    case .any(let parts): try container.encode(parts, forKey: .any)
    }
  }
}

extension Problem {
  static func condition(_ what: String, _ place: Place) -> Problem {
    Problem(
      "rulefile.condition", what: what,
      why: "a condition is a tree of fact, rule, not, all and any",
      mend: "facts are " + Condition.facts.joined(separator: ", "), places: [place])
  }
}
