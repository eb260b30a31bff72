public import Ground
internal import RuleFile

/// One deadline of one record, computed from the rulebook and never stored.
public struct Deadline: Sendable {
  /// What its day means.
  public enum Kind: String, Sendable, CaseIterable {
    /// To be done by that day.
    case deadline
    /// Possible from that day on.
    case notBefore = "not-before"
    /// Counted back from an event; to be done by that day.
    case backward
    /// A day that the provider set itself.
    case review
  }

  /// Where it stands on the docket's day.
  public enum Status: String, Sendable, CaseIterable {
    case open
    /// The cautious day is near or has passed; the binding one has not.
    case dueSoon = "due-soon"
    case overdue
    case met
    case metLate = "met-late"
    case notApplicable = "not-applicable"
    /// Not possible yet.
    case opensLater = "opens-later"
    /// Facts are missing that decide whether it applies or when.
    case undetermined
  }

  /// Ends in hours.
  public struct Moments: Sendable, Hashable {
    /// Exact hours.
    public let plain: Instant
    /// Full hours under Regulation 1182/71.
    public let regulation: Instant
    /// The one that binds.
    public let statutory: Instant
    /// The one to plan with.
    public let alarm: Instant
  }

  /// What was found, shared by all copies: a docket holds many and moves them about.
  let core: Core
  /// The deadline that asks the same earlier, if there is one.
  var governor: Core?

  /// What was found of one deadline.
  struct Found: Sendable {
    let subject: Subject
    let prepared: PreparedClock
    let occurrence: Int
    let isShortened: Bool
    let start: Effective?
    let startFact: Clock.Fact?
    let count: DeadlineCount?
    let ended: Effective?
    var missing: [String]
    let notes: Notes
    let assignee: String?
  }

  final class Core: Sendable {
    let found: Found
    let status: Status

    init(_ found: Found, _ status: Status) {
      self.found = found
      self.status = status
    }
  }

  /// What all deadlines of one record share.
  final class Subject: Sendable {
    let record: RecordID
    let title: String
    let confidentiality: Confidentiality
    let linkedRules: [String]
    let person: String?

    init(_ state: RecordState, isEvidence: Bool) {
      record = state.id
      title = state.title
      confidentiality = state.confidentiality
      linkedRules = isEvidence ? state.texts("duties") : []
      person = state.text(isEvidence ? "reviewer" : "owner")
    }
  }

  /// What stands in the reasons beside the counting.
  struct Notes: OptionSet, Sendable {
    let rawValue: UInt16
    static let movedStart = Notes(rawValue: 1)
    static let transition = Notes(rawValue: 2)
    static let passedPlan = Notes(rawValue: 4)
    static let givenUp = Notes(rawValue: 8)
    static let endWithoutDay = Notes(rawValue: 16)
    static let endWithoutHour = Notes(rawValue: 32)
    static let void = Notes(rawValue: 64)
    static let otherTrigger = Notes(rawValue: 128)
    static let afterAlarm = Notes(rawValue: 256)
    static let contradicted = Notes(rawValue: 512)
    static let inTransition = Notes(rawValue: 1024)
    static let notYet = Notes(rawValue: 2048)
    static let knownBefore = Notes(rawValue: 4096)
  }

  var found: Found { core.found }
  var subject: Subject { core.found.subject }
  var prepared: PreparedClock { core.found.prepared }
  var count: DeadlineCount? { core.found.count }

  /// Which of several in a row it is, from 1.
  public var occurrence: Int { found.occurrence }

  /// Whether it follows from a period that house rules shortened.
  public var isShortened: Bool { found.isShortened }

  /// When its start was or will be true; nil when that is unknown.
  public var start: Effective? { found.start }

  /// Where it stands.
  public var status: Status { core.status }

  /// When it ended; nil while it has not.
  public var ended: Effective? { found.ended }

  /// Facts that are missing to decide whether it applies, or when.
  public var missing: [String] { found.missing }

  /// The record it belongs to.
  public var record: RecordID { subject.record }

  /// The name of that record.
  public var recordTitle: String { subject.title }

  /// Who may read the record.
  public var confidentiality: Confidentiality { subject.confidentiality }

  /// Rules that a piece of evidence answers.
  public var linkedRules: [String] { prepared.clock.rule == nil ? subject.linkedRules : [] }

  /// Who looks after it, where somebody is named: the key of a person.
  public var assignedTo: String? { found.assignee ?? subject.person }

  /// The record, the rule and the occurrence: the same as long as the same duty of the same trigger exists.
  public var id: String { core.id }

  static func id(
    _ record: RecordID, _ key: String, _ occurrence: Int, _ isShortened: Bool
  ) -> String {
    record.text + ":" + key + ":" + String(occurrence) + (isShortened ? ":house" : "")
  }

  /// The id of the deadline that asks the same earlier; nil when this one governs.
  public var governedBy: String? {
    governor?.id
  }

  /// Id of the rule; nil for a date that the provider set itself.
  public var ruleID: String? { prepared.clock.rule }

  /// Where the duty stands; nil for a date that the provider set itself.
  public var citation: Citation? { isShortened ? prepared.houseCitation : prepared.citation }

  /// What binds.
  public var force: Force { citation?.force ?? .house }

  /// What its day means.
  public var kind: Kind {
    if let count { return count.kind }
    if prepared.clock.rule == nil { return .review }
    return switch prepared.period?.kind {
    case .notBefore?: .notBefore
    case .backward?: .backward
    case .deadline?, nil: .deadline
    }
  }

  /// The day on which it starts, in Brussels.
  public var startDay: Day? { start?.day }

  /// The last day in time, or the first possible one, by the plain calendar.
  public var plainDay: Day? { count?.plain }

  /// The same under Regulation 1182/71.
  public var regulationDay: Day? { count?.regulation }

  /// The one that binds: under Regulation 1182/71 where the rule counts so, else by the plain calendar.
  public var statutoryDay: Day? { count?.statutory }

  /// The one to plan with: the cautious reading.
  public var alarmDay: Day? { count?.alarm }

  /// The same ends as moments, where hours count.
  public var moments: Moments? { count?.moments }

  /// Who looks after it by default.
  public var owner: Role { prepared.clock.owner }

  /// Whether a new one begins when it ends.
  public var repeats: Bool { prepared.clock.repeats }

  /// Whether it is a limit of an incident, which is watched by the hour.
  public var isOfIncident: Bool { prepared.clock.isOfIncident }

  /// Whether it only says until when the record is kept.
  public var isRetention: Bool { prepared.clock.isRetention }

  /// Whether nothing is left to do about it.
  public var isClosed: Bool {
    switch status {
    case .met, .metLate, .notApplicable: true
    case .open, .dueSoon, .overdue, .opensLater, .undetermined: false
    }
  }
}

extension Deadline.Core {
  var id: String {
    Deadline.id(
      found.subject.record, found.prepared.clock.key, found.occurrence, found.isShortened)
  }
}
