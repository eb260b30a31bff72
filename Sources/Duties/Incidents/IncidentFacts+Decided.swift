public import Ground

/// The legal test over the facts.
extension IncidentFacts {
  /// Whether the harm of a category came about.
  ///
  /// Its own questions decide where they settle it, else the answer to the category as a whole. A category that was
  /// answered with yes as a whole, and whose questions say no, is open: neither answer is worth more, and its clock must
  /// stay in sight.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 3(49)(a) to (d) and Art. 3(62); Guidelines C(2025) 7719, ¶ 100; Code of
  /// Practice, Safety and Security, Measure 9.3, points (1) to (4), and Glossary.
  public func harm(_ category: IncidentCategory) -> Answer {
    let limbs = limbs(category)
    guard let whole = self[whole: category] else { return limbs }
    if !limbs.isDecided { return Answer(whole) }
    return whole && limbs == .no ? .undetermined(denied(category)) : limbs
  }

  /// The questions of a category that were answered with no.
  private func denied(_ category: IncidentCategory) -> [String] {
    IncidentQuestion.deciding(category).filter { self[$0] == false }.map(\.rawValue)
  }

  private func limbs(_ category: IncidentCategory) -> Answer {
    switch category {
    case .death: answer(.death)
    case .health: answer(.healthHarmed) && answer(.healthSerious)
    case .infrastructure:
      answer(.infrastructureDisrupted) && answer(.infrastructureCritical)
        && answer(.infrastructureSerious) && answer(.infrastructureIrreversible)
    case .rights: answer(.rights)
    case .propertyEnvironment: answer(.propertySeriousHarm) || answer(.environmentSeriousHarm)
    case .cyberBreach: ownBreach || answer(.othersBreached) && answer(.breachSerious)
    }
  }

  /// A serious breach of the model or of its infrastructure; exfiltration of weights is one.
  private var ownBreach: Answer {
    answer(.weightsExfiltrated) || answer(.modelBreached) && answer(.breachSerious)
  }

  /// Whether a cybersecurity breach of the model itself makes the incident serious.
  ///
  /// The model is then what was harmed, so that no causal link from its behaviour is asked for.
  ///
  /// Source: Guidelines C(2025) 7719, ¶ 100.
  public var breachOfModel: Answer {
    let harm = harm(.cyberBreach)
    if harm == .no { return .no }
    // Yes as a whole against questions that say no: whose breach it was is open with the rest.
    return !harm.isDecided && ownBreach == .no && self[whole: .cyberBreach] == true
      ? harm : ownBreach
  }

  /// Whether a harm came about that would have to be reported of an own high-risk system, whatever the model did.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 3(49), Art. 73(2) to (4), Art. 75(1a).
  public var systemHarm: Answer {
    if self[.widespreadInfringement] == true { return .yes }
    return IncidentCategory.byUrgency.filter { $0.systemPeriod != nil }
      .reduce(Answer.no) { $0 || harm($1) }
  }

  /// Whether the involvement of the model led to the harm, or is suspected of it with reasonable likelihood.
  ///
  /// Established and suspected both count; of two answers that contradict each other the cautious one does.
  ///
  /// Source: Code of Practice, Safety and Security, Measure 9.3.
  public var link: Answer {
    if self[.causalLink] == true || isLinkSuspected { return .yes }
    if self[.modelInvolved] == false || self[.causalLink] == false { return .no }
    return .undetermined(
      [IncidentQuestion.modelInvolved, .causalLink, .causalLinkSuspected]
        .filter { self[$0] == nil }.map(\.rawValue))
  }

  /// How the causal link stands, in one word: `established`, `suspected`, `excluded` or `open`.
  public var linkWord: String {
    if self[.causalLink] == true { return "established" }
    if isLinkSuspected { return "suspected" }
    return link == .no ? "excluded" : "open"
  }

  /// Whether the harm of any category came about.
  public var anyCategory: Answer {
    IncidentCategory.byUrgency.reduce(Answer.no) { $0 || harm($1) }
  }

  /// Whether it is a serious incident of the model.
  ///
  /// Source: Guidelines C(2025) 7719, ¶ 100; Code of Practice, Safety and Security, Measure 9.3.
  public var serious: Answer { breachOfModel || anyCategory && link }

  /// What it is by the facts; nil while they leave it open.
  public var status: IncidentStatus? {
    if serious == .yes { return .incident }
    if serious == .no, link == .no, breachOfModel == .no { return statusOfSystem }
    let any = anyCategory
    if any == .yes || self[.healthHarmed] == true { return .incident }
    guard any == .no, let couldHaveBeen = self[.couldHaveBeenSerious] else { return nil }
    switch (self[.eventHappened], couldHaveBeen) {
    case (true, true): return .nearMiss
    case (true, false): return .incident
    case (false, true): return .hazard
    case (false, false): return .notAnIncident
    case (nil, _): return nil
    }
  }

  /// What it is where the model did not lead to it: an own high-risk system may have.
  private var statusOfSystem: IncidentStatus? {
    switch (self[.highRiskSystem], systemHarm) {
    case (false, _), (_, .no), (nil, .undetermined): .notAnIncident
    case (true, .yes): .incident
    case (nil, .yes), (true, .undetermined): nil
    }
  }

  /// Answers that cannot all be true; the cautious one counts.
  public var contradictions: [String] {
    var found: [String] = []
    if isSuspicionDenied {
      found.append(
        "the causal link is called suspected, yet the suspicion is denied; it counts as suspected "
          + "until one of both answers is changed")
    }
    if self[.causalLink] == false, isLinkSuspected {
      found.append(
        "the causal link is excluded and suspected at once; it counts as suspected until the "
          + "answer about the suspicion is changed")
    }
    if self[.modelInvolved] == false, link == .yes {
      found.append(
        "the model is not involved, yet its involvement is said to have led to the harm; the link counts"
      )
    }
    for category in IncidentCategory.byUrgency {
      let limbs = limbs(category)
      guard limbs.isDecided, let whole = self[whole: category], Answer(whole) != limbs else {
        continue
      }
      found.append(
        "\(category.title): answered as a whole with \(Answer(whole).word), yet its questions lead to "
          + "\(limbs.word); \(whole ? "it stays open until one of them is changed" : "the questions count")"
      )
    }
    return found
  }

  /// Questions whose answers would decide whether it is serious, those with the shortest time for a report first.
  ///
  /// Categories that words of the report suggest come before the others. Nothing is asked once it is settled that the
  /// incident is not serious.
  public func missing(suggested: Set<IncidentCategory> = []) -> [IncidentQuestion] {
    guard serious != .no else { return [] }
    let order =
      IncidentCategory.byUrgency.filter(suggested.contains)
      + IncidentCategory.byUrgency.filter { !suggested.contains($0) }
    // Whose breach it was decides where the harm itself is settled but the link is not.
    let own = serious == .yes ? [] : breachOfModel.missing
    let limbs = order.flatMap { harm($0).missing + ($0 == .cyberBreach ? own : []) }
    let shared = anyCategory == .no ? [] : link.missing
    // Without the link no other harm counts, so that it is asked first where a harm is known.
    let isLinkNext = anyCategory == .yes && serious != .yes
    let all = isLinkNext ? shared + limbs : limbs + shared
    var seen: Set<String> = []
    return all.filter { seen.insert($0).inserted }.compactMap(IncidentQuestion.init)
  }
}
