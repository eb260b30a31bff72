public import Ground

/// What is dated in the life of an incident, each by itself.
public enum IncidentMoment: String, Sendable, CaseIterable {
  case occurred
  /// The first report reached the provider.
  case firstReport = "first_report"
  /// A deployer became aware of the incident.
  case deployerAware = "deployer_aware"
  /// The provider became aware of the incident, not yet necessarily of the part of its model.
  case awareOfIncident = "aware_of_incident"
  /// The provider became aware of the involvement of its model: this starts Measure 9.3.
  case awareOfInvolvement = "aware_of_involvement"
  /// Corrective measures were adopted, as the Code defines it.
  case resolved
  /// The newest document about the incident was made.
  case documented
  /// The model was placed on the market: before 2 August 2025 its provider has a transition.
  case placedOnMarket = "placed_on_market"

  /// What it means, in plain words.
  public var words: String {
    switch self {
    case .occurred: "the incident occurred"
    case .firstReport: "the first report reached the provider"
    case .deployerAware: "the deployer became aware of the incident"
    case .awareOfIncident: "the provider became aware of the incident"
    case .awareOfInvolvement: "the provider became aware of the involvement of its model"
    case .resolved: "the incident was resolved"
    case .documented: "the newest document was made"
    case .placedOnMarket: "the model was placed on the market"
    }
  }
}

/// The dates of an incident, each as far as it is known.
public struct IncidentTimes: Sendable {
  /// Moments that are known; where only the day is, its beginning.
  public var moments: [IncidentMoment: Instant] = [:]
  /// The last moment that is possible, where a moment is known to the day or less exactly.
  public var latest: [IncidentMoment: Instant] = [:]
  /// Reports that were submitted, in the order of their submission.
  public var reports: [SubmittedReport] = []
  /// When a person first said what it is considered to be: the triage was done by then.
  public var considered: Instant?
  /// When a category became known, where that was later than the rest.
  public var learned: [IncidentCategory: Instant] = [:]
  /// When a report first told of each category; nil where that is not on record, and every report is taken to have told
  /// what was known when it was sent.
  public var told: [IncidentCategory: Instant]?

  /// Nothing is known.
  public init() {}

  /// The moment, or nil.
  public subscript(moment: IncidentMoment) -> Instant? {
    get { moments[moment] }
    set { moments[moment] = newValue }
  }

  /// When the first report of this type was submitted.
  public func submitted(_ type: ReportType) -> Instant? {
    reports.first { $0.type == type }?.at
  }

  /// Dates that cannot all be true, in words.
  ///
  /// A day without an hour may be any hour of it.
  public var contradictions: [String] {
    let ordered: [(IncidentMoment, IncidentMoment)] = [
      (.occurred, .awareOfIncident), (.occurred, .awareOfInvolvement),
      (.awareOfIncident, .awareOfInvolvement), (.occurred, .resolved),
      (.awareOfInvolvement, .resolved),
    ]
    return reportedBefore
      + ordered.compactMap { first, second in
        guard let early = self[first], let late = self[second], (latest[second] ?? late) < early
        else { return nil }
        return "\(second.words) on \(text(second, late)), before \(first.words) on "
          + text(first, early)
      }
  }

  /// A report that was sent before what it reports was known.
  private var reportedBefore: [String] {
    guard let first = reports.first, let aware = self[.awareOfInvolvement],
      first.at.day < aware.day
    else { return [] }
    return [
      "the \(first.type.rawValue) report was sent on \(first.at.day.iso), before "
        + "\(IncidentMoment.awareOfInvolvement.words) on \(text(.awareOfInvolvement, aware))"
    ]
  }

  /// Says that of a moment only the day is known.
  public mutating func knowDayOnly(of moment: IncidentMoment) {
    latest[moment] = self[moment].map { Instant(seconds: Instant(endOf: $0.day).seconds - 1) }
  }

  /// A moment as exactly as it is known; the hour of Brussels stands in its place of the text.
  private func text(_ moment: IncidentMoment, _ at: Instant) -> String {
    guard let last = latest[moment] else {
      return "\(at.day.iso) at \(at.rfc3339.dropFirst(11).prefix(5)) in Brussels"
    }
    return last.day == at.day ? at.day.iso : "\(at.day.iso) to \(last.day.iso)"
  }
}
