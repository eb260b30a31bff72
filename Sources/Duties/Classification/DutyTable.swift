public import Ground
internal import RuleFile
public import Rulebook

/// The provider's duties under Chapter V as they stand on a day, ready to be asked for many models.
public struct DutyTable: Sendable {
  /// One duty of the law.
  public struct Entry: Sendable {
    /// Id of the rule.
    public let id: String
    /// What is to be done.
    public let title: String
    /// What it says, in our words.
    public let text: String
    /// Where it stands.
    public let citation: Citation
    /// When it is due, in words.
    public let deadline: String?
    let isForAll: Bool
    let condition: Condition
    let exceptions: [RuleException]
  }

  /// The duties in the order of the articles.
  public let entries: [Entry]
  /// The day of the law.
  public let day: Day
  /// Whether the presumption stands on that day; before, no question of it arises.
  public let isChapterInForce: Bool

  /// The statutory duties of providers in Arts 52 to 55 on the law's day.
  public init(law: Law) {
    day = law.day
    isChapterInForce = law.provision("ai-act/51/2") != nil
    let ids = law.ids.filter { id in
      ["ai-act/52/", "ai-act/53/", "ai-act/54/", "ai-act/55/"].contains { id.hasPrefix($0) }
    }
    let houseIDs = law.overlay?.rules.filter { $0.isOn ?? true }.map(\.id) ?? []
    entries = (ids + houseIDs).compactMap(law.provision)
      .filter {
        $0.rule.kind == .duty && $0.rule.audience.contains(.provider)
          && ($0.rule.force == .statute || $0.rule.force == .house)
      }
      .compactMap { provision in
        guard let condition = provision.rule.when ?? DutyTable.houseCondition(provision.rule)
        else { return nil }
        return Entry(
          id: provision.rule.id, title: provision.rule.title, text: provision.version.text,
          citation: provision.citation,
          deadline: provision.version.period.map { "\($0.words) after \($0.starts)" }
            ?? provision.rule.deadline,
          isForAll: provision.rule.tier == .gpai, condition: condition,
          exceptions: provision.rule.exceptions)
      }
      .sorted { $0.id < $1.id }
  }

  /// A house duty without a condition binds the provider of a model of its tier.
  private static func houseCondition(_ rule: Rule) -> Condition? {
    guard rule.force == .house else { return nil }
    return switch rule.tier {
    case .systemic: .all([.fact("is-provider"), .fact("is-systemic")])
    case .gpai: .all([.fact("is-provider"), .fact("is-gpai")])
    case .any: .fact("is-provider")
    }
  }

  /// Whether a duty applies, its exceptions taken off.
  func applies(_ entry: Entry, _ fact: (String) -> Answer) -> Answer {
    let noRule: (String) -> Answer = { .undetermined([$0]) }
    return entry.exceptions.reduce(entry.condition.answer(fact: fact, rule: noRule)) {
      $0 && !$1.when.answer(fact: fact, rule: noRule)
    }
  }
}

/// A duty of one model with the day on which it is due.
public struct DutyDue: Sendable {
  /// The duty.
  public var entry: DutyTable.Entry
  /// Whether it applies; undetermined when an exception or the establishment is open.
  public var applies: Answer
  /// The day by which it is due; nil where no date follows from the facts.
  public var due: Day?
  /// The latest it can be due, where the day itself is unknown.
  public var dueAtLatest: Day?
  /// Why that day.
  public var basis: String

  /// `{id, title, citation, force, applies, missing, due, due_at_latest, basis}`.
  public var json: JSON {
    .object([
      ("id", .string(entry.id)), ("title", .string(entry.title)),
      ("citation", .string(entry.citation.text)),
      ("force", .string(entry.citation.force.rawValue)), ("applies", .string(applies.word)),
      ("missing", JSON(applies.missing)), ("due", JSON(due?.iso)),
      ("due_at_latest", JSON(dueAtLatest?.iso)), ("basis", .string(basis)),
    ])
  }
}

/// Legal facts of a model beyond its compute, as far as they are known.
public struct DutyFacts: Sendable {
  /// Whether it is a general-purpose AI model.
  public var isGeneralPurpose: Answer
  /// Whether it has systemic risk.
  public var isSystemic: Answer
  /// Whether the person asking is its provider.
  public var isProvider: Answer
  /// Whether the open-source conditions are met.
  public var isOpenSource: Answer
  /// Whether the provider is established in the Union.
  public var isInUnion: Answer
  /// When it was or will be placed on the Union market.
  public var placed: DayRange?
  /// The notification date, where its triggers are known.
  public var notification: (day: Day, basis: String)?

  /// Facts as they follow from a row.
  public init(_ classification: Classification) {
    isGeneralPurpose = classification.isIndicated
    isSystemic = classification.isPresumed ?? .no
    isProvider = classification.isModifierProvider ?? .yes
    isOpenSource =
      classification.facts.openWeights == false ? .no : .undetermined(["open_source_conditions"])
    isInUnion = .undetermined(["established_in_union"])
    placed = classification.facts.released
  }

  func answer(_ fact: String) -> Answer {
    switch fact {
    case "is-gpai": isGeneralPurpose
    case "is-systemic": isSystemic
    case "is-provider": isProvider
    case "open-source-exception": isOpenSource
    case "established-in-union": isInUnion
    default: .undetermined([fact])
    }
  }
}

extension DutyTable {
  /// The day from which Chapter V applies; models placed before it have until the end of the transition.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 113(b).
  static let chapterFive = fixedDay("ai-act/113/chapter-v")

  /// What holds for a report on an incident of a model that was placed on the market before Chapter V applied.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 111(3); Guidelines C(2025) 7719, ¶ 106.
  static func reportInTransition(_ source: Citation?) -> String {
    "The model was placed on the market before \(chapterFive.iso): its provider has to comply by \(transitionEnd.iso)"
      + "\(source.map { " (" + $0.text + ")" } ?? ""). Whether this report is owed before that day is not settled; "
      + "it is shown as if it were."
  }

  /// The end of the transition for models placed on the market before.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 111(3).
  static let transitionEnd = fixedDay("ai-act/111/3")
  /// The day from which the rules on high-risk systems of Annex III apply.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 113, as amended by Regulation (EU) 2026/1744.
  static let highRiskRules = fixedDay("ai-act/113/high-risk-annex-iii")

  /// The day that a rule names: the rules hold it once, and the code asks them.
  private static func fixedDay(_ id: String) -> Day {
    guard let day = Law.at(Law.checked).rule(id)?.versions.last?.day else {
      preconditionFailure("the rule \(id) names a day")
    }
    return day
  }

  /// The duties of one model; those that surely do not apply are left out.
  ///
  /// With `includingOpen` also those whose condition is undetermined; without, only an open exception or an unknown
  /// establishment is left open.
  public func duties(_ facts: DutyFacts, includingOpen: Bool = false) -> [DutyDue] {
    guard includingOpen || facts.isGeneralPurpose == .yes || facts.isSystemic == .yes else {
      return []
    }
    let settles: Set<String> = ["open_source_conditions", "established_in_union"]
    return entries.compactMap { entry in
      let applies = applies(entry, facts.answer)
      let isOpen = !applies.isDecided && !settles.isSuperset(of: applies.missing)
      let isForAll = facts.isGeneralPurpose == .yes && entry.isForAll
      guard applies != .no, !isOpen || isForAll || includingOpen else { return nil }
      let (due, latest, basis) = due(entry, facts)
      return DutyDue(
        entry: entry, applies: applies, due: due, dueAtLatest: latest, basis: basis)
    }
  }

  private func due(_ entry: Entry, _ facts: DutyFacts) -> (Day?, Day?, String) {
    if entry.citation.force == .house {
      return (nil, nil, entry.deadline ?? "as the house rule says")
    }
    guard let placed = facts.placed else {
      let deadline = entry.deadline.map { $0 + "; " } ?? ""
      return notified(entry, facts)
        ?? (nil, nil, deadline + "the day of placing on the market is unknown")
    }
    switch placed.isBefore(DutyTable.chapterFive, fact: "released") {
    case .yes:
      return (
        DutyTable.transitionEnd, nil,
        "placed on the market before 2 August 2025: transition (Art. 111(3))"
      )
    case .undetermined:
      return (nil, nil, "it is unknown whether the model was placed before 2 August 2025")
    case .no: break
    }
    if let known = notified(entry, facts) { return known }
    switch entry.id {
    case "ai-act/52/1":
      return (
        nil, placed.exact?.adding(days: 14),
        "two weeks after the condition is met or known to be met, whichever is earlier; "
          + "those days are not among the facts; latest day only if no later training crosses the "
          + "threshold"
      )
    case "ai-act/53/1/a", "ai-act/53/1/b", "ai-act/53/1/c", "ai-act/53/1/d", "ai-act/54/1":
      let day = placed.exact
      return (
        day, day == nil ? placed.last : nil,
        day == nil
          ? "by the placing on the market, known only as \(placed.iso)"
          : "by the placing on the market"
      )
    default: return (nil, nil, entry.deadline ?? "no date follows from the law")
    }
  }

  private func notified(_ entry: Entry, _ facts: DutyFacts) -> (Day?, Day?, String)? {
    guard entry.id == "ai-act/52/1", let known = facts.notification else { return nil }
    return (known.day, nil, known.basis)
  }
}
