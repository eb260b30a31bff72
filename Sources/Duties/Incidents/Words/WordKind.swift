/// What a row of the table of words is for.
enum WordKind: Hashable, Sendable {
  case category(IncidentCategory)
  /// Turns a word behind it into its opposite.
  case negation
  /// May stand between a negation and the word it negates.
  case filler
  /// Joins two words that one negation negates.
  case connector
  /// Takes the certainty from a negation in the same sentence.
  case doubt
  /// Says that something might happen or might have happened.
  case hypothetical
  /// A meaning that has nothing to do with harm.
  case harmless
  /// A meaning that has nothing to do with a death, but may have to do with other harm: food poisoning.
  case notDeath
  /// The end of a thing, such as a battery that died, unless somebody stands before it: “a man on his phone died”.
  case thingEnds
  /// A word for somebody: right behind an idiom it shows that there is none, as in “killed the network engineer”.
  case somebody

  init?(_ name: String) {
    switch name {
    case "negation": self = .negation
    case "filler": self = .filler
    case "connector": self = .connector
    case "doubt": self = .doubt
    case "hypothetical": self = .hypothetical
    case "harmless": self = .harmless
    case "not-death": self = .notDeath
    case "thing-ends": self = .thingEnds
    case "somebody": self = .somebody
    default:
      guard let category = IncidentCategory(rawValue: name) else { return nil }
      self = .category(category)
    }
  }
}
