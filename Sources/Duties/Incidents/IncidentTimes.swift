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
    }
  }
}

/// The dates of an incident, each as far as it is known.
public struct IncidentTimes: Sendable {
  /// Moments that are known.
  public var moments: [IncidentMoment: Instant] = [:]
  /// Reports that were submitted, in the order of their submission.
  public var reports: [SubmittedReport] = []
  /// When a category became known, where that was later than the rest.
  public var learned: [IncidentCategory: Instant] = [:]

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
  public var contradictions: [String] {
    let ordered: [(IncidentMoment, IncidentMoment)] = [
      (.occurred, .awareOfIncident), (.occurred, .awareOfInvolvement),
      (.awareOfIncident, .awareOfInvolvement), (.occurred, .resolved),
      (.awareOfInvolvement, .resolved),
    ]
    return ordered.compactMap { first, second in
      guard let early = self[first], let late = self[second], late < early else { return nil }
      return "\(second.rawValue) (\(late.rfc3339)) lies before \(first.rawValue) (\(early.rfc3339))"
    }
  }
}
