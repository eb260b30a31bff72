internal import Ground
public import Rulebook

/// What of an incident stands in a row: its harm, and what is due next.
public struct IncidentLine: Sendable {
  /// The clock that governs what is due next; nil where none can be dated.
  public let clock: IncidentClock?
  /// What is due next, or why nothing is.
  public let words: String
  /// The categories that are not excluded and that somebody answered.
  public let harm: String

  /// The row of an incident by the law of a day.
  public init(_ state: RecordState, _ law: Law) {
    let facts = IncidentRecord.facts(state)
    let times = IncidentRecord.times(state)
    harm =
      IncidentCategory.byUrgency.filter { facts.harm($0) == .yes }.map(\.title)
      .joined(separator: ", ")
    let isOver = ["merged", "closed"].contains(state.status) || state.text("bundled_with") != nil
    let clocks = IncidentClocks(facts: facts, times: times, law: law)
    let id = isOver ? nil : clocks.governs
    let governing = clocks.all.first { $0.id == id && $0.state == .running }
    let other = IncidentLine.words(state, facts, times)
    // Until somebody said what it is, the house limit of the triage is what runs.
    let triage = clocks.all.first { $0.id == "house/triage" && $0.state != .ended && $0.due != nil }
    clock = governing ?? (other == IncidentLine.triage ? triage : nil)
    words = governing?.words ?? other
  }

  private static func words(
    _ state: RecordState, _ facts: IncidentFacts, _ times: IncidentTimes
  ) -> String {
    if let other = state.text("merged_into") { return "merged into \(other)" }
    if let other = state.text("bundled_with") { return "reported with \(other)" }
    if state.status == "closed" { return "closed" }
    if times.submitted(.final) != nil { return "every report was sent" }
    if facts.serious == .no { return "no report by the answers" }
    if let outcome = IncidentRecord.outcome(state), outcome != .serious, facts.serious != .yes {
      return "considered \(outcome.words)"
    }
    if facts.anyCategory == .yes, times[.awareOfInvolvement] == nil {
      return "say since when the involvement is known"
    }
    return triage
  }

  private static let triage = "Triage"
}

extension IncidentClock {
  /// What it asks for, in words.
  public var words: String {
    switch task {
    case .report: "Report without undue delay"
    case .initial:
      track == .highRiskSystem ? "Report on the own high-risk system" : "Initial report"
    case .intermediate: "Intermediate report"
    case .final: "Final report"
    case .retention: "Keep the documents"
    case .triage: "Triage"
    case .closure: "Closure"
    case .deployerNotice: "Notice by the deployer"
    }
  }
}
