public import Ground
public import RuleFile
public import Rulebook

/// One time limit of an incident: from when, until when, on what basis, and how it stands.
public struct IncidentClock: Sendable {
  /// Whose report it is about; tracks are kept apart.
  public enum Track: String, Sendable {
    /// The model: Art. 55(1)(c) and Commitment 9 of the Code.
    case model
    /// An own high-risk system: Art. 73 with Art. 75(1a).
    case highRiskSystem = "high_risk_system"
    /// House practice without a primary source.
    case house
  }

  /// What it asks for.
  public enum Task: String, Sendable {
    case report, initial, intermediate, final, retention, triage, closure
    case deployerNotice = "deployer_notice"
  }

  /// How it stands.
  public enum State: String, Sendable {
    /// It runs; while the causal link is open, out of caution.
    case running
    /// It runs if what is still open turns out so.
    case possible
    /// The moment from which it runs is not known or not reached.
    case waiting
    /// What it asks for was done, or is no longer asked for.
    case ended
    /// The rule did not apply yet when it would have begun.
    case notInForce = "not_in_force"
  }

  /// Id of the rule.
  public var id: String
  /// The rule as it stands on the law's day.
  public var provision: Provision
  /// Whose report it is about.
  public var track: Track
  /// What it asks for.
  public var task: Task
  /// How it stands.
  public var state: State
  /// Categories that it follows from; empty where it follows from none in particular.
  public var categories: [IncidentCategory]
  /// The moment from which it runs.
  public var from: Instant?
  /// Whether the clock may have begun earlier, because its own start is unknown.
  public var isFromAtTheLatest = false
  /// How long it runs; nil without a number, as with undue delay.
  public var period: PeriodRule?
  /// When it ends, by both readings.
  public var due: DueDate?
  /// When what it asks for was done.
  public var done: Instant?
  /// What would have to be known to date it.
  public var missing: [String] = []
  /// Cautions for the reader.
  public var notes: [String] = []

  /// Whether its time was over before the day, and it is not ended.
  public func isOverdue(on day: Day) -> Bool {
    guard state == .running || state == .possible, let due, due.kind == .deadline else {
      return false
    }
    return due.alarmDay < day
  }

  /// What binds; a period that house rules shortened binds as a house rule.
  public func force(_ law: Law) -> Force {
    law.ownPeriod(id) == nil ? provision.rule.force : .house
  }

  /// How its end was counted, with what is unsettled or derived, as `law due` tells it; empty without an end.
  public func basis(_ law: Law) -> [String] {
    guard let due, let period else { return [] }
    return due.basis(period, of: provision, own: law.ownPeriod(id))
  }

  /// The documented members of a clock in an assessment.
  public func json(_ law: Law) -> JSON {
    let citation = provision.citation
    return .object([
      ("id", .string(id)), ("title", .string(provision.rule.title)),
      ("track", .string(track.rawValue)), ("task", .string(task.rawValue)),
      ("state", .string(state.rawValue)), ("categories", JSON(categories.map(\.rawValue))),
      ("starts", JSON(period?.starts)), ("period", JSON(period?.words)),
      ("from", JSON(from?.rfc3339)), ("from_at_the_latest", .bool(isFromAtTheLatest)),
      ("plain_last_day", JSON(due?.plainLastDay.iso)),
      ("regulation_1182_71_last_day", JSON(due?.regulationLastDay.iso)),
      ("alarm", JSON(due?.alarm.rfc3339)), ("alarm_last_day", JSON(due?.alarmDay.iso)),
      ("overdue", .bool(isOverdue(on: law.day))), ("done", JSON(done?.rfc3339)),
      ("force", .string(force(law).rawValue)), ("citation", .string(citation.text)),
      ("confidence", .string(citation.confidence.rawValue)),
      ("valid_from", .string(citation.from.iso)), ("missing", JSON(missing)),
      ("notes", JSON(notes)), ("basis", JSON(basis(law))),
    ])
  }
}
