public import Ground

/// One rule: a provision, duty, threshold, period or template field, with all its dated versions.
public struct Rule: Codable, Sendable, Identifiable {
  /// What sort of statement it is.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    case definition, provision, duty, power, threshold, period, recital, criterion, item, field
    case objective, example, date
  }
  /// Which models it concerns.
  public enum Tier: String, Codable, Sendable, CaseIterable {
    /// Every general-purpose AI model.
    case gpai
    /// Only models with systemic risk.
    case systemic
    /// Not limited by tier.
    case any
  }
  /// Whom it addresses.
  public enum Audience: String, Codable, Sendable, CaseIterable {
    case provider, commission, deployer, authority, everyone
    case authorisedRepresentative = "authorised-representative"
    case downstreamProvider = "downstream-provider"
    case downstreamModifier = "downstream-modifier"
    case scientificPanel = "scientific-panel"
  }
  /// Who receives a field of a template.
  public enum Recipient: String, Codable, Sendable, CaseIterable {
    case aiOffice = "ai-office"
    case nationalAuthority = "national-authority"
    case downstreamProvider = "downstream-provider"
    case `public`
  }

  /// Identity: its citation, such as `ai-act/52/1`.
  public var id: String
  /// What sort of statement it is.
  public var kind: Kind
  /// A short name.
  public var title: String
  /// What binds.
  public var force: Force
  /// How well it was checked.
  public var confidence: Confidence
  /// Whom it addresses.
  public var audience: [Audience]
  /// Which models it concerns.
  public var tier: Tier
  /// What shows that it was done.
  public var evidence: String?
  /// Who is exempt.
  public var exemption: String?
  /// When it is due, in words.
  public var deadline: String?
  /// Ids of rules that belong beside it.
  public var related: [String]
  /// Short phrases that must stand word for word in the official text.
  public var quotes: [String]
  /// When it applies.
  public var when: Condition?
  /// Labelled exceptions.
  public var exceptions: [RuleException]
  /// Other spellings of its id.
  public var aliases: [String]
  /// House rules: whether it is on without being asked for.
  public var isOn: Bool?
  /// Place in a template or list.
  public var order: Int?
  /// Fields: who receives it.
  public var recipients: [Recipient]
  /// Counting table: whether the item counts, by notion.
  public var counts: Counts?
  /// The day somebody last compared it with its source.
  public var checked: Day
  /// Its versions, oldest first.
  public var versions: [RuleVersion]

  /// The version that applies on a day; nil before the first and after a repeal.
  public func version(on day: Day) -> RuleVersion? {
    versions.last { $0.from <= day }.flatMap { $0.repealed ? nil : $0 }
  }

  /// The first day on which the version after this day's applies, if there is one.
  public func nextChange(after day: Day) -> Day? { versions.first { $0.from > day }?.from }
}

/// A rule's content from a day on.
public struct RuleVersion: Codable, Sendable {
  /// First day.
  public var from: Day
  /// Key of the document cited.
  public var document: String
  /// Where in the document.
  public var cite: String
  /// Anchor in the linked page.
  public var anchor: String?
  /// What it says, in our own words.
  public var text: String
  /// When this version was published, if not with the document.
  public var published: Day?
  /// A caution for the reader.
  public var note: String?
  /// A period it sets.
  public var period: PeriodRule?
  /// A threshold it sets.
  public var threshold: ThresholdRule?
  /// A fixed day it sets.
  public var day: Day?
  /// Whether the rule ends here.
  public var repealed: Bool
}

/// A period set by a rule.
public struct PeriodRule: Codable, Sendable, Equatable {
  /// What the period is counted in.
  public enum Unit: String, Codable, Sendable, CaseIterable {
    case hours, days, weeks, months, years
    case workingDays = "working-days"
  }
  /// What its end means.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// To be done by its end.
    case deadline
    /// Not to be done before its end.
    case notBefore = "not-before"
    /// Counted back from an event; to be done before it begins.
    case backward
  }
  /// How it is counted.
  public enum Counting: String, Codable, Sendable, CaseIterable {
    /// Regulation 1182/71 applies.
    case regulation = "regulation-1182-71"
    /// It is unsettled whether Regulation 1182/71 applies: both readings are shown.
    case unsettled
    /// Plain calendar: house rules.
    case plain
  }
  /// How many units.
  public var amount: Int
  /// The unit.
  public var unit: Unit
  /// What the end means.
  public var kind: Kind
  /// How it is counted.
  public var counting: Counting
  /// The event from which it runs, in words.
  public var starts: String
  /// Whether it recurs.
  public var repeats: Bool

  /// A period from its parts.
  public init(
    amount: Int, unit: Unit, kind: Kind = .deadline, counting: Counting = .unsettled,
    starts: String = "", repeats: Bool = false
  ) {
    self.amount = amount
    self.unit = unit
    self.kind = kind
    self.counting = counting
    self.starts = starts
    self.repeats = repeats
  }

  /// `2 weeks`, `5 working days`.
  public var words: String {
    let unitWord = unit == .workingDays ? "working days" : unit.rawValue
    return "\(amount) " + (amount == 1 ? String(unitWord.dropLast()) : unitWord)
  }
}

/// A threshold set by a rule.
public struct ThresholdRule: Codable, Sendable, Equatable {
  /// Whether the boundary itself is in.
  public enum Comparison: String, Codable, Sendable, CaseIterable {
    case above
    case atLeast = "at-least"
    case atMost = "at-most"
  }
  /// What is compared.
  public var quantity: String
  /// The boundary, as an exact number, power of ten or fraction.
  public var value: String
  /// Its unit.
  public var unit: String
  /// The comparison.
  public var comparison: Comparison
}

/// A labelled exception to a rule's condition.
public struct RuleException: Codable, Sendable {
  /// Its name.
  public var label: String
  /// The rule that grants it.
  public var cite: String
  /// When it holds.
  public var when: Condition
}

/// Whether a line of the ledger counts, under each of the two notions.
public struct Counts: Codable, Sendable, Equatable {
  /// The three answers of the counting table.
  public enum Verdict: String, Codable, Sendable, CaseIterable {
    case counted
    case notCounted = "not counted"
    case undetermined
  }
  /// Compute that directly contributes to parameter updates.
  public var training: Verdict
  /// Cumulative compute, for systemic risk.
  public var cumulative: Verdict

  /// A verdict on each notion.
  public init(training: Verdict, cumulative: Verdict) {
    self.training = training
    self.cumulative = cumulative
  }
}
