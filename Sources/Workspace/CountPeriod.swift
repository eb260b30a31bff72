public import Ground
public import RuleFile
public import Rulebook

/// The use case behind `law due`: when a period ends, under both readings.
public struct CountPeriod: Sendable {
  /// The rule whose period is counted; nil for a free period.
  public let provision: Provision?
  /// The period.
  public let period: PeriodRule
  /// The event.
  public let event: Instant
  /// The result.
  public let due: DueDate
  /// The period of the law itself, where house rules shortened it.
  public let ownPeriod: PeriodRule?
  /// A caution when the law's day lies after the day it was last checked.
  public let staleness: String?

  /// Counts the period of a rule.
  ///
  /// - Throws: `workspace.unknown-rule`, `workspace.no-period`, `workspace.not-a-time`, `workspace.unknown-calendar`.
  public init(
    rule spelling: String, from time: String, calendar: String = "commission", law: Law
  ) throws(Problem) {
    let provision = try CountPeriod.provision(spelling, law)
    guard let period = provision.version.period else {
      let fixed = provision.version.day.map { "; it names a fixed day, \($0.iso)" } ?? ""
      throw Problem(
        "workspace.no-period", what: "\(provision.rule.id) sets no period\(fixed)",
        why: "only a period can be counted from an event",
        mend: "`systemic law rules` lists the rules with a period")
    }
    try self.init(provision, period, time, calendar, law)
  }

  /// Counts a free period such as `5 working days`.
  ///
  /// - Throws: as above, and `workspace.not-a-period`.
  public init(
    period text: String, backward: Bool, notBefore: Bool = false, from time: String,
    calendar: String = "commission", law: Law
  ) throws(Problem) {
    var period = try CountPeriod.read(text)
    period.kind = backward ? .backward : notBefore ? .notBefore : .deadline
    try self.init(nil, period, time, calendar, law)
  }

  private init(
    _ provision: Provision?, _ period: PeriodRule, _ time: String, _ calendar: String, _ law: Law
  ) throws(Problem) {
    guard let event = Instant(time) else {
      throw Problem(
        "workspace.not-a-time", what: "\"\(time)\" is not a time",
        why: "a period runs from a moment; without offset it is taken as Brussels time",
        mend: "write 2026-11-20, 2026-11-20T09:30 or 2026-11-20T09:30:00+01:00")
    }
    guard let holidays = law.calendar(calendar) else {
      throw Problem(
        "workspace.unknown-calendar", what: "there is no calendar \"\(calendar)\"",
        why: "working days depend on a list of holidays",
        mend: "choose one of " + law.calendarNames.joined(separator: ", "))
    }
    guard CountPeriod.years.contains(event.day.year),
      CountPeriod.years.contains(event.day.year + CountPeriod.span(period))
    else {
      throw Problem(
        "workspace.out-of-range", what: "the period lies outside the years that can be counted",
        why: "the calendar rules cover 1900 to 9000", mend: "check the time and the period")
    }
    self.provision = provision
    self.period = period
    self.event = event
    staleness = law.staleness
    ownPeriod = provision.flatMap { law.ownPeriod($0.rule.id) }
    due = DueDate.count(period, from: event, calendar: holidays)
  }

  /// The years that can be counted.
  private static let years = 1900...9000

  /// How many years a period reaches at most; negative when it counts back.
  private static func span(_ period: PeriodRule) -> Int {
    let perYear =
      switch period.unit {
      case .hours: 24 * 365
      case .days: 365
      case .workingDays: 200
      case .weeks: 52
      case .months: 12
      case .years: 1
      }
    let years = min(period.amount, 100_000_000) / perYear + 1
    return period.kind == .backward ? -years : years
  }

  static func provision(_ spelling: String, _ law: Law) throws(Problem) -> Provision {
    let rule = try law.found(spelling)
    guard let provision = law.provision(rule.id) else {
      let first = rule.versions.first?.from.iso ?? ""
      throw Problem(
        "workspace.no-such-rule-then", what: "\(rule.id) does not apply on \(law.day.iso)",
        why: "its first version applies from \(first)", mend: "ask with --as-of for a later day")
    }
    return provision
  }

  /// Reads `2 weeks`, `48 hours`, `5 working days`.
  static func read(_ text: String) throws(Problem) -> PeriodRule {
    let isNegative = text.hasPrefix("-")
    let words = text.lowercased().split { $0 == " " || $0 == "-" }.map(String.init)
    let units: [String: PeriodRule.Unit] = [
      "hour": .hours, "day": .days, "week": .weeks, "month": .months, "year": .years,
      "working day": .workingDays, "business day": .workingDays,
    ]
    let name = words.dropFirst().joined(separator: " ")
    let unit = units[name] ?? (name.hasSuffix("s") ? units[String(name.dropLast())] : nil)
    guard !isNegative, let first = words.first, let amount = Int(first), amount > 0, let unit
    else {
      throw Problem(
        "workspace.not-a-period", what: "\"\(text)\" is not a period",
        why: "a period is a whole number of hours, days, working days, weeks, months or years",
        mend: "write it like '2 weeks' or '5 working days'")
    }
    return PeriodRule(amount: amount, unit: unit)
  }

  /// The documented members of `law due --format json`.
  public var json: JSON {
    .object([
      ("rule", JSON(provision?.rule.id)), ("citation", JSON(provision?.citation.text)),
      ("force", JSON(force?.rawValue)), ("kind", .string(due.kind.rawValue)),
      ("period", .string(period.words)), ("from", .string(event.rfc3339)),
      ("plain", .string(due.plain.rfc3339)),
      ("regulation_1182_71", .string(due.regulation.rfc3339)),
      ("alarm", .string(due.alarm.rfc3339)), ("plain_last_day", .string(due.plainLastDay.iso)),
      ("regulation_1182_71_last_day", .string(due.regulationLastDay.iso)),
      ("alarm_last_day", .string(due.alarmDay.iso)), ("basis", JSON(basis)),
      ("calendar", .string(due.calendar)),
      ("calendar_status", .string(due.calendarStatus.rawValue)),
      ("time_zone", .string("Europe/Brussels")), ("starts", .string(period.starts)),
      ("repeats", .bool(period.repeats)), ("caution", JSON(staleness)),
    ])
  }

  /// What binds to this end: a period that house rules shortened binds as a house rule.
  public var force: Force? { ownPeriod == nil ? provision?.rule.force : .house }

  /// How it was counted, with what is unsettled or derived.
  public var basis: [String] { due.basis(period, of: provision, own: ownPeriod) }
}
