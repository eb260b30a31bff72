internal import Compute
internal import Ground
internal import RuleFile
internal import Rulebook

extension OpinionWriter {
  var openSourceQuestion: Opinion.Question {
    var reasons: [Opinion.Statement] = [
      .init(
        "Technical documentation, downstream information and the representative are not required "
          + "for models under a free and open-source licence whose weights, architecture and usage "
          + "information are public; models with systemic risk never benefit.",
        cite("ai-act/53/2", "ai-act/54/6")),
      .init(
        "The copyright policy and the public summary are due all the same.",
        cite("ai-act/53/1/c", "ai-act/53/1/d")),
    ]
    if let licence = dossier.licence { reasons.append(.init("Licence: \(licence).")) }
    reasons += openSourceTests()
    let answer = dossier.isOpenSource && !isSystemic
    if isSystemic == .yes {
      reasons.append(
        .init("The model has systemic risk; the exception is closed.", cite("ai-act/53/2")))
    }
    return .init(
      id: "open-source", title: "Does the open-source exception apply?", answer: answer,
      reasoning: reasons, divergences: divergences("ai-act/53/2", "ai-act/54/6"))
  }

  /// Each test that is stated, and in one sentence those that are not.
  private func openSourceTests() -> [Opinion.Statement] {
    var reasons: [Opinion.Statement] = []
    var open: [(words: String, rule: String)] = []
    for test in Dossier.OpenSourceTest.allCases {
      guard let (words, rule) = OpinionWriter.openSourceTests[test] else { continue }
      if let given = dossier.openSource[test] {
        let capital = words.prefix(1).uppercased() + words.dropFirst()
        reasons.append(.init("\(capital): \(given ? "yes" : "no").", cite(rule)))
      } else {
        open.append((words.prefix(1).lowercased() + words.dropFirst(), rule))
      }
    }
    guard !open.isEmpty, isSystemic != .yes else { return reasons }
    let words = open.map(\.words).joined(separator: "; ")
    let rules = open.map(\.rule).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return reasons + [
      .init("Not stated is whether \(words).", rules.compactMap { law.citation($0) })
    ]
  }

  private static let openSourceTests: [Dossier.OpenSourceTest: (String, String)] = [
    .access: ("The licence lets anyone obtain the model", "guidelines/76/access"),
    .usage: ("the licence lets them use it", "guidelines/77/usage"),
    .modification: ("the licence lets them modify it", "guidelines/78/modification"),
    .distribution: (
      "the licence lets them pass it on, modified or not", "guidelines/79/distribution"
    ),
    .nonCommercial: (
      "the licence is limited to non-commercial or research use", "guidelines/80/non-commercial"
    ),
    .userScaleLimit: ("the licence sets a limit of users", "guidelines/80/user-scale"),
    .commercialLicence: (
      "some uses need a separate commercial licence", "guidelines/80/commercial-licence"
    ),
    .monetised: ("The model is monetised", "guidelines/82"),
    .weightsPublic: ("Parameters and weights are public", "guidelines/87"),
    .architecturePublic: ("Information on the architecture is public", "guidelines/87"),
    .usagePublic: ("Information on usage is public", "guidelines/89/usage-information"),
  ]

  var representative: Opinion.Question {
    let isBound =
      dossier.isDesignated == true
      ? Answer.yes
      : Answer(isInScope != .no) && (classification.isModifierProvider ?? .yes)
    let needed =
      isBound && !Answer(dossier.isInUnion, fact: "established_in_union") && isGeneralPurpose
      && !(dossier.isOpenSource && !isSystemic)
    return .init(
      id: "authorised-representative", title: "Is an authorised representative needed?",
      answer: needed,
      reasoning: [
        .init(
          "A provider established outside the Union appoints, by written mandate, a representative in "
            + "the Union before it places any general-purpose AI model on the Union market.",
          cite("ai-act/54/1")),
        .init(
          "Models under the open-source exception without systemic risk are exempt.",
          cite("ai-act/54/6")),
      ], divergences: divergences("ai-act/54/1"))
  }

  var transition: Opinion.Question {
    let released = classification.facts.released
    let answer =
      released?.isBefore(DutyTable.chapterFive, fact: "released") ?? .undetermined(["released"])
    return .init(
      id: "transition", title: "Was it placed on the market before 2 August 2025?", answer: answer,
      reasoning: [
        .init(
          "Providers of models placed on the market before 2 August 2025 must comply by 2 August 2027.",
          cite("ai-act/111/3")),
        .init(
          "The Commission's powers over model providers, fines included, apply from 2 August 2026.",
          cite("ai-act/113/enforcement-powers", "ai-act/101/1")),
      ], divergences: divergences("ai-act/111/3", "ai-act/113/chapter-v", "ai-act/101/1"))
  }

  // MARK: Duties and clocks

  func duties(_ systemic: Answer) -> [DutyDue] {
    guard isInScope != .no || dossier.isDesignated == true else { return [] }
    var facts = DutyFacts(classification)
    facts.isGeneralPurpose = dossier.isDesignated == true ? .yes : isGeneralPurpose
    facts.isSystemic = systemic
    facts.isOpenSource =
      dossier.isOpenSource.isDecided
      ? dossier.isOpenSource : .undetermined(["open_source_conditions"])
    facts.isInUnion = Answer(dossier.isInUnion, fact: "established_in_union")
    facts.placed = classification.facts.released
    let clocks = clocks(systemic).filter { $0.rule == "ai-act/52/1" }
    if let clock = clocks.first(where: { $0.governs }) {
      let house = clocks.filter { $0.citation.force == .house }.map(\.due.alarmDay).min()
      facts.notification = (
        clock.due.alarmDay,
        "two weeks from \(clock.start.iso): \(clock.trigger); the earlier trigger governs"
          + (house.map { "; by house rules \($0.iso)" } ?? "")
      )
    }
    let all = DutyTable(law: law).duties(facts, includingOpen: true)
    // Designation under Art. 52(4) alone opens no notification: Art. 52(1) concerns high-impact capabilities.
    let isCriteriaOnly =
      dossier.isDesignated == true && dossier.isDesignatedOnCriteria != false
      && presumption != .yes && isFound != .yes
    return isCriteriaOnly ? all.filter { $0.entry.id != "ai-act/52/1" } : all
  }

  /// The periods that run: both triggers of Art.
  ///
  /// 52(1), the framework, reassessment after designation.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 52(1), (5); Code of Practice, Safety and Security, Measure 1.1.
  func clocks(_ systemic: Answer) -> [Opinion.Clock] {
    guard isChapterInForce, let calendar else { return [] }
    let isLegacy =
      classification.facts.released?.isBefore(DutyTable.chapterFive, fact: "released") == .yes
    var clocks: [Opinion.Clock] = []
    if systemic == .yes, !isLegacy, dossier.isDesignated != true {
      let triggers: [(String, Day?)] = [
        (
          "the condition is met",
          [forecast?.crossing, dossier.metOn, dossier.capabilitiesMetOn].compactMap { $0 }.min()
        ),
        (
          "it becomes known that the condition will be met",
          [forecast?.known, dossier.knownSince, dossier.capabilitiesKnownSince]
            .compactMap { $0 }.min()
        ),
      ]
      let starts = triggers.compactMap { words, day in
        day.map { (words, max($0, DutyTable.chapterFive), $0 < DutyTable.chapterFive) }
      }
      let earliest = starts.map(\.1).min()
      for (words, start, isMoved) in starts {
        let note =
          isMoved
          ? " (before 2 August 2025; counted from that day, Guidelines C(2025) 7719, ¶ 112)" : ""
        if let clock = clock("ai-act/52/1", words + note, start, calendar, start == earliest) {
          clocks.append(clock)
        }
      }
      clocks = clocks.enumerated().map { index, clock in
        var clock = clock
        clock.governs = clock.governs && clocks[..<index].allSatisfy { !$0.governs }
        return clock
      }
      clocks += frameworkClocks(calendar)
    }
    if dossier.isDesignated == true, dossier.isDesignatedOnCriteria != false,
      let day = dossier.designatedOn,
      let clock = clock("ai-act/52/5", "the Commission designated the model", day, calendar, true)
    {
      clocks.append(clock)
    }
    return clocks.flatMap { [$0] + [houseClock(of: $0, calendar)].compactMap { $0 } }
  }

  private func frameworkClocks(_ calendar: HolidayCalendar) -> [Opinion.Clock] {
    guard dossier.isSignatory != false else { return [] }
    var clocks: [Opinion.Clock] = []
    if let notified = dossier.notifiedOn,
      let clock = clock(
        "cop/safety/1.1/after-notification", "the Commission was notified", notified, calendar,
        false)
    {
      clocks.append(clock)
    }
    if let placed = classification.facts.released?.exact,
      let clock = clock(
        "cop/safety/1.1/before-market", "the model is placed on the market", placed, calendar, false
      )
    {
      clocks.append(clock)
    }
    return clocks
  }

  /// The clock of a rule with the period of the law itself, whatever house rules say.
  private func clock(
    _ rule: String, _ trigger: String, _ day: Day, _ calendar: HolidayCalendar, _ governs: Bool
  ) -> Opinion.Clock? {
    guard let provision = law.provision(rule),
      let period = law.ownPeriod(rule) ?? provision.version.period
    else { return nil }
    return .init(
      rule: rule, trigger: trigger, start: day,
      due: DueDate.count(period, from: Instant(startOf: day), calendar: calendar),
      citation: provision.citation, governs: governs)
  }

  /// The same clock with the shorter period of house rules, where an overlay sets one.
  private func houseClock(of clock: Opinion.Clock, _ calendar: HolidayCalendar) -> Opinion.Clock? {
    guard law.ownPeriod(clock.rule) != nil, let overlay = law.overlay,
      let period = law.provision(clock.rule)?.version.period
    else { return nil }
    var house = clock
    house.trigger += "; shortened to \(period.words) by house rules"
    house.due = DueDate.count(period, from: Instant(startOf: clock.start), calendar: calendar)
    house.citation = Citation(
      id: clock.rule, text: "House rules of " + overlay.name, force: .house,
      confidence: .unverified, from: clock.citation.from)
    house.governs = false
    return house
  }

  // MARK: What would change the result

  func changes(_ systemic: Answer) -> [Opinion.Statement] {
    var list: [Opinion.Statement] = []
    if let cumulative = classification.cumulative {
      let threshold = FLOP.presumption
      if cumulative > threshold {
        let over = FLOP(cumulative.count - threshold.count)
        list.append(
          .init(
            "A figure lower by at least \(over.figures()) FLOP would take it to 10^25 or below; the "
              + "nearer a figure lies, the more its method must bear.",
            cite("ai-act/51/2", "guidelines/120")))
      } else {
        let left = FLOP(threshold.count - cumulative.count)
        list.append(
          .init(
            "Further training, private data generation or merging of more than \(left.figures()) FLOP "
              + "would take it above 10^25.",
            cite("ai-act/51/2", "guidelines/116", "guidelines/117", "guidelines/118")))
      }
    }
    if systemic != .yes, isGeneralPurpose != .no {
      list.append(
        .init(
          "High-impact capabilities can also be found without the presumption, by technical tools, "
            + "indicators and benchmarks.", cite("ai-act/51/1/a")))
      list.append(
        .init(
          "A designation by the Commission would make it a model with systemic risk whatever its "
            + "compute.", cite("ai-act/51/1/b", "ai-act/52/4")))
    }
    if dossier.generality == nil {
      list.append(
        .init(
          "Evidence that it is competent at narrow tasks only, or at a wide range of tasks, would "
            + "displace the indication.", cite("guidelines/20")))
    }
    list.append(
      .init(
        "The Commission can change the threshold by delegated act; the law of a later day should be "
          + "asked again.", cite("ai-act/51/3")))
    return list
  }
}
