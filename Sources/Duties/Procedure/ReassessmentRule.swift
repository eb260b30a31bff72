public import Ground
internal import RuleFile
public import Rulebook

/// When and on what grounds the reassessment of a designation may be requested.
///
/// Source: Regulation (EU) 2024/1689, Art. 52(5); Guidelines C(2025) 7719, ¶ 44 (numbering inferred).
public struct ReassessmentRule: Sendable {
  /// The day of the designation.
  public let designated: Day
  /// The day from which the period runs: the designation, or the last decision that maintained it.
  public let start: Day
  /// The rule whose period runs.
  public let rule: String
  /// The first day under the reading that binds.
  public let statutoryDay: Day
  /// The first day under the cautious reading: the later one.
  public let alarmDay: Day
  /// How both were counted.
  public let basis: [String]
  /// The day for which it was asked.
  private let today: Day
  /// Where it stands.
  public let citation: Citation?

  /// The rule for a model.
  ///
  /// - Throws: `duties.not-designated`.
  public init(_ model: RecordState, law: Law) throws(Problem) {
    today = law.day
    guard let designated = ReassessmentRule.designation(of: model) else {
      throw Problem(
        "duties.not-designated",
        what: "\(model.title) is not on the record as designated under Art. 52(4) today",
        why: "Art. 52(5) AI Act opens a reassessment for designations under Art. 52(4) only",
        mend: "record the designation with its day, and designated_under=52(4) of the model")
    }
    self.designated = designated
    let maintained = model.times("designation-maintained").map(\.day).max()
    start = maintained ?? designated
    rule = maintained == nil ? "ai-act/52/5" : "ai-act/52/5/maintained"
    citation = law.citation(rule)
    guard let period = law.ownPeriod(rule) ?? law.provision(rule)?.version.period,
      let calendar = law.calendar("commission")
    else {
      throw Problem(
        "duties.no-period", what: "the law of \(law.day.iso) sets no period for a reassessment",
        why: "Chapter V applies from 2 August 2025", mend: "ask for a later day")
    }
    let count = DeadlineCount(period, from: .day(start), calendar: calendar)
    (statutoryDay, alarmDay, basis) = (count.statutory, count.alarm, count.basis)
  }

  /// The day of a designation under Article 52(4) that has not ended; nil where there is none on the record.
  private static func designation(of model: RecordState) -> Day? {
    guard model.text("designated_under") == "52(4)",
      let day = model.day("designated") ?? model.text("designated_on").flatMap({ Day(iso: $0) })
    else { return nil }
    return model.day("designation-ended").map { $0 >= day } ?? false ? nil : day
  }

  /// Refuses a request without reasons, and reasons that are not new.
  ///
  /// - Throws: `duties.no-reasons`, `duties.reason-not-new`, `duties.reason-in-future`.
  public func check(_ reasons: [NewReason]) throws(Problem) {
    guard !reasons.isEmpty else {
      throw Problem(
        "duties.no-reasons", what: "the request holds no reason",
        why: "Art. 52(5) AI Act asks for objective, detailed and new reasons",
        mend: "add each reason with its detail and the day since which it is new")
    }
    if let future = reasons.first(where: { $0.since > today }) {
      throw Problem(
        "duties.reason-in-future",
        what: "“\(future.reason.prefix(80))” is of \(future.since.iso), which has not come",
        why: "Art. 52(5) AI Act asks for reasons that have arisen, not for what is expected",
        mend: "wait until then, or correct its day")
    }
    guard let old = reasons.first(where: { $0.since < designated }) else { return }
    throw Problem(
      "duties.reason-not-new",
      what:
        "“\(old.reason.prefix(80))” is of \(old.since.iso), before the designation of \(designated.iso)",
      why: "Art. 52(5) AI Act asks for reasons that have arisen since the designation",
      mend: "leave it out, or correct its day")
  }

  /// Refuses a request that is sent too early.
  ///
  /// - Throws: `duties.too-early`.
  public func check(sentOn day: Day) throws(Problem) {
    guard day < alarmDay else { return }
    throw Problem(
      "duties.too-early",
      what: "the request may be sent from \(alarmDay.iso) on, not on \(day.iso)",
      why: "Art. 52(5) AI Act: at the earliest six months after \(start.iso)"
        + (statutoryDay == alarmDay ? "" : "; the later of both readings is the safe one"),
      mend: "send it on \(alarmDay.iso) or later")
  }
}
