internal import Ground
internal import RuleFile
internal import Rulebook

extension IncidentClocks {
  /// The clocks of Article 73, with Article 75(1a).
  ///
  /// They ask for the link of the system, which is not that of the model.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 73(2) to (4), Art. 75(1a).
  var system: [IncidentClock?] {
    guard facts[.highRiskSystem] == true else { return [] }
    let widespread = facts[.widespreadInfringement] == true
    var rules = groups(
      { $0 == .rights && widespread ? "ai-act/73/3" : $0.systemPeriod }, where: { _ in true })
    if widespread, !rules.contains(where: { $0.id == "ai-act/73/3" }) {
      rules.append(("ai-act/73/3", []))
    }
    return rules.map { id, categories in
      let isKnown = id == "ai-act/73/3" && widespread
      var clock = clock(
        id, .highRiskSystem, .initial, systemStart,
        state: isKnown ? .running : state(of: categories),
        categories: categories)
      if link == .no, clock?.state == .running {
        clock?.state = .possible
        clock?.notes.append(
          "The model did not lead to the harm. Whether the system did is a question of its own.")
      }
      if clock?.state == .running, let day = clock?.from?.day, !bindsSystems(day) {
        clock?.state = .possible
        let note = clock?.provision.version.note
        clock?.notes += note.map { [$0] } ?? []
      }
      return clock
    }
  }

  /// Awareness of the provider or of the deployer, whichever came first.
  private var systemStart: Start {
    var start = incidentKnown
    guard let deployer = times[.deployerAware] else { return start }
    start.at = min(deployer, start.at ?? deployer)
    start.isBound = times[.awareOfIncident] == nil
    return start
  }

  /// When the provider became aware of the incident.
  ///
  /// Where that is not known: at the latest when the first report reached it, or when it knew that its model was involved.
  var incidentKnown: Start {
    let names = [IncidentMoment.awareOfIncident.rawValue]
    let involvement = times[.awareOfInvolvement]
    if let own = times[.awareOfIncident] {
      // Of dates that contradict each other the earlier counts.
      return Start(at: min(own, involvement ?? own), names: names)
    }
    let bound = [times[.firstReport], involvement].compactMap { $0 }.min()
    return Start(at: bound, names: names, isBound: bound != nil)
  }

  /// When there was something to triage: the first report, or what was known before it or without it.
  var incidentSeen: Start {
    let known = [times[.firstReport], times[.awareOfIncident], times[.awareOfInvolvement]]
    return Start(
      at: known.compactMap { $0 }.min(), names: [IncidentMoment.firstReport.rawValue],
      isBound: times[.firstReport] == nil)
  }

  /// Whether the rules that make a system a high-risk one applied on the day.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 113, as amended by Regulation (EU) 2026/1744.
  private func bindsSystems(_ day: Day) -> Bool {
    law.provision("ai-act/113/high-risk-annex-iii")?.version.day.map { $0 <= day } ?? false
  }
}
