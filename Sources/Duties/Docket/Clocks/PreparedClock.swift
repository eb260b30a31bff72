internal import Ground
internal import RuleFile
internal import Rulebook

/// A clock with its rule as the law stands on a day: looked up once, asked for many records.
final class PreparedClock: Sendable {
  let clock: Clock
  let citation: Citation?
  /// What binds where house rules shorten the period.
  let houseCitation: Citation?
  /// The period of the law itself.
  let period: PeriodRule?
  /// The shorter period of house rules.
  let housePeriod: PeriodRule?
  let fixedDay: Day?
  /// The period of the rule that may put it off.
  let delay: String?
  let transition: Citation?
  /// The first day on which what a clock of an incident asks for was owed, and the words that say so.
  let application: (from: Day, words: String)?
  /// Whether it asks for the presumption of systemic risk, which a designation does not give.
  private let isOnPresumption: Bool
  let showsSystemicRisk: Bool
  private let condition: Question?
  private let exceptions: [Question]
  private let foundations: [DocketFacts.Name]

  /// Nil when the rule does not stand on the law's day, or is a house rule that is not switched on.
  init?(_ clock: Clock, law: Law) {
    self.clock = clock
    isOnPresumption = clock.needs.contains(.presumed)
    showsSystemicRisk = clock.showsSystemicRisk
    delay = clock.delay.flatMap { law.provision($0)?.version.period?.words }
    transition = clock.mayFallInTransition ? law.citation("ai-act/111/3") : nil
    guard let id = clock.rule else {
      (citation, houseCitation, period, housePeriod, fixedDay) = (nil, nil, nil, nil, nil)
      application = nil
      (condition, exceptions, foundations) = (nil, [], [])
      return
    }
    guard let provision = law.provision(id) else { return nil }
    if provision.rule.force == .house, !clock.isHouseDefault, law.overlay?.isOn(id) != true {
      return nil
    }
    let own = law.ownPeriod(clock.periodOf ?? id)
    let lasting = clock.periodOf.map { law.provision($0) } ?? provision
    citation = provision.citation
    period = own ?? lasting?.version.period
    housePeriod = own == nil ? nil : lasting?.version.period
    houseCitation = own.flatMap { _ in law.overlay }.map {
      Citation(
        id: id, text: "House rules of " + $0.name, force: .house, confidence: .unverified,
        from: provision.version.from)
    }
    fixedDay = provision.version.day
    application = PreparedClock.application(clock, provision, law)
    let rule =
      provision.rule.when
      ?? (clock.isForAnyModel ? nil : PreparedClock.houseCondition(provision.rule))
    condition = .together((rule.map { [Question($0)] } ?? []) + clock.needs.map { .fact($0) })
    exceptions = provision.rule.exceptions.map { Question($0.when) }
    foundations = condition?.facts.filter { DocketFacts.founding.contains($0) } ?? []
    if clock.length == .period, period == nil { return nil }
    if clock.length == .fixedDay, fixedDay == nil { return nil }
  }

  private static func application(
    _ clock: Clock, _ provision: Provision, _ law: Law
  ) -> (from: Day, words: String)? {
    guard clock.isOfIncident, provision.rule.force != .house,
      let own = provision.rule.versions.first?.from
    else { return nil }
    if let duty = clock.duty, let begins = law.citation(duty)?.from, begins >= own,
      let words = IncidentClocks.application(law)
    {
      return (begins, words)
    }
    return (own, "\(provision.citation.text) applies from \(own.iso)")
  }

  /// A house rule without a condition binds the provider of models of its tier.
  private static func houseCondition(_ rule: Rule) -> Condition? {
    guard rule.force == .house else { return nil }
    return switch rule.tier {
    case .systemic: .fact("is-systemic")
    case .gpai: .fact("is-gpai")
    case .any: nil
    }
  }

  /// Whether its answer rests on systemic risk, by presumption or otherwise.
  func asksSystemicRisk() -> Bool {
    isOnPresumption || condition?.facts.contains(.systemic) ?? false
  }

  /// Whether it started before what it asks for was owed.
  func isBeforeApplication(_ start: Effective?) -> Bool {
    guard let application, let start else { return false }
    return start.day < application.from
  }

  /// Whether it follows the report on an incident that was known before the duty applied: the sources do not say whether
  /// the duty reaches what is left of it.
  func isKnownBefore(_ facts: DocketFacts) -> Bool {
    guard clock.duty != nil, let application, let aware = facts.first(Clock.awareness) else {
      return false
    }
    return aware.day < application.from
  }

  /// What its rule says of a record.
  struct Ruling: Sendable {
    let prepared: PreparedClock
    /// Whether the rule binds: its condition and what the clock needs beside, its exceptions taken off.
    let applies: Answer
    /// Whether it is surely such a model that the rule is made for.
    let isFounded: Bool
    /// Whether it is only the fact that keeps it in sight that does not hold.
    let isExcluded: Bool
  }

  /// What the rule says of a record.
  ///
  /// Where the clock has started, an act that only providers of models with systemic risk do shows that there is one.
  func ruling(_ facts: DocketFacts, hasStarted: Bool) -> Ruling {
    let asked = Asked(
      facts: facts, isOnPresumption: isOnPresumption,
      showsSystemicRisk: hasStarted && showsSystemicRisk)
    var answer = condition?.answer(asked) ?? .yes
    let isFounded =
      clock.isOfIncident || answer.isDecided
      || foundations.allSatisfy { asked.answer($0).isDecided }
    for exception in exceptions where answer != .no {
      answer = answer && !exception.answer(asked)
    }
    return Ruling(
      prepared: self, applies: answer, isFounded: isFounded, isExcluded: isExcluded(facts))
  }

  private func isExcluded(_ facts: DocketFacts) -> Bool {
    guard let fact = clock.keptWithout, facts.answer(fact) == .no else { return false }
    let asked = Asked(facts: facts, isOnPresumption: isOnPresumption, showsSystemicRisk: false)
    switch condition {
    case .facts(let names)?: return names.allSatisfy { $0 == fact || asked.answer($0) != .no }
    case .all(let parts)?:
      return parts.allSatisfy { part in
        if case .fact(fact) = part { return true }
        return part.answer(asked) != .no
      }
    default: return false
    }
  }

  /// What a clock asks of a record's facts.
  struct Asked {
    let facts: DocketFacts
    let isOnPresumption: Bool
    let showsSystemicRisk: Bool

    func answer(_ fact: DocketFacts.Name) -> Answer {
      guard fact == .systemic else { return facts.answer(fact) }
      if isOnPresumption { return facts.isPresumed }
      guard showsSystemicRisk, !facts.isSystemic.isDecided else { return facts.isSystemic }
      return .yes
    }
  }

  /// A condition with its facts looked up, since it is asked for every record.
  indirect enum Question: Sendable {
    case fact(DocketFacts.Name)
    case open(String)
    case not(Question)
    /// All of several facts: most conditions are that.
    case facts([DocketFacts.Name])
    case all([Question])
    case any([Question])

    init(_ condition: Condition) {
      switch condition {
      case .fact(let name):
        self = DocketFacts.Name(rawValue: name).map { .fact($0) } ?? .open(name)
      case .rule(let id): self = .open(id)
      case .not(let inner): self = .not(Question(inner))
      case .all(let parts): self = .together(parts.map { Question($0) })
      case .any(let parts): self = .any(parts.map { Question($0) })
      }
    }

    /// All of them, without nests.
    static func together(_ parts: [Question]) -> Question {
      let flat = parts.flatMap { part -> [Question] in
        switch part {
        case .all(let inner): inner
        case .facts(let names): names.map { .fact($0) }
        default: [part]
        }
      }
      let names: [DocketFacts.Name] = flat.compactMap {
        if case .fact(let name) = $0 { name } else { nil }
      }
      return names.count == flat.count ? .facts(names) : .all(flat)
    }

    /// The facts that it asks.
    var facts: [DocketFacts.Name] {
      switch self {
      case .fact(let name): [name]
      case .open: []
      case .facts(let names): names
      case .not(let inner): inner.facts
      case .all(let parts), .any(let parts): parts.flatMap(\.facts)
      }
    }

    func answer(_ asked: Asked) -> Answer {
      switch self {
      case .fact(let name): return asked.answer(name)
      case .open(let name): return .undetermined([name])
      case .not(let inner): return !inner.answer(asked)
      case .facts(let names): return Question.all(names) { asked.answer($0) }
      case .all(let parts): return Question.all(parts) { $0.answer(asked) }
      case .any(let parts):
        return parts.reduce(Answer.no) { $0 || $1.answer(asked) }
      }
    }

    /// Kleene's "and" of several; nothing more is asked once one is no.
    private static func all<Part>(_ parts: [Part], _ answer: (Part) -> Answer) -> Answer {
      var result = Answer.yes
      for part in parts {
        switch answer(part) {
        case .yes: continue
        case .no: return .no
        case .undetermined(let missing): result = result && .undetermined(missing)
        }
      }
      return result
    }
  }
}

extension Clock {
  /// Whether a model placed before Chapter V applied has it at the end of the transition.
  var mayFallInTransition: Bool {
    if case .transition = start { return true }
    return legacy == .transition || legacy == .noted
  }

  /// Whether its start is an act that belongs to models with systemic risk only.
  var showsSystemicRisk: Bool {
    switch start {
    case .each(let fact, _): fact.event.map { Clock.systemicActs.contains($0) } ?? false
    case .latest(let facts, let fromPlacement):
      !fromPlacement
        && facts.contains { $0.event.map { Clock.systemicActs.contains($0) } ?? false }
    case .earliest, .placement, .field, .transition: false
    }
  }

  private static let systemicActs: Set<String> = [
    "framework-confirmed", "model-report-confirmed", "model-report-provided",
    "model-report-update-excepted", "authorisations-checked", "testing-completed",
    "board-informed",
  ]
}
