internal import Duties
public import Ground

/// Why a record is not erased, and on what ground.
public struct ErasureRefusal: Sendable {
  /// The record.
  public let record: RecordID
  /// Why, in a sentence.
  public let why: String
  /// What the refusal rests on.
  public let ground: String
  /// The rules or holds behind it.
  public let rules: [String]
  /// The first day on which it may be erased; nil while that is unknown.
  public let from: Day?

  var json: JSON {
    .object([
      ("record", .string(record.text)), ("why", .string(why)), ("ground", .string(ground)),
      ("rules", JSON(rules)), ("from", JSON(from?.iso)),
    ])
  }
}

extension ErasureRefusal {
  /// Kinds that show how the workspace was kept: they outlast what was erased.
  private static let lasting: Set<String> = ["erasure", "operation", "access", "names"]

  /// Why a record is not erased; nil where it may be.
  ///
  /// Source: Regulation (EU) 2016/679, Art. 17(3)(b) and (e).
  init?(_ kept: KeptUntil, today: Day) {
    record = kept.state.id
    if ErasureRefusal.lasting.contains(record.kind) || kept.state.isHoldInForce {
      why =
        kept.state.isHoldInForce
        ? "it is a hold in force" : "it shows how the workspace was kept and what was erased"
      ground = "accountability for the erasures themselves (GDPR Art. 5(2))"
      (rules, from) = ([], nil)
      return
    }
    if !kept.holds.isEmpty {
      let matters = kept.holds.map { "“\($0.title)” (\($0.id.text))" }
      why = "it is held for " + matters.joined(separator: ", ")
      ground =
        "legal hold: " + kept.holds.compactMap { $0.text("basis") }.joined(separator: "; ")
        + "; for personal data GDPR Art. 17(3)(e)"
      rules = kept.holds.map(\.id.text)
      from = nil
      return
    }
    if kept.isOfSample { return nil }
    let asking = kept.rules.filter { $0.alarmDay.map { today < $0 } ?? true }
    switch kept.retention.outcome {
    case .noRule: return nil
    case .from(let day):
      guard today < day else { return nil }
      why =
        "it is kept until \(day.adding(days: -1).iso): "
        + ErasureRefusal.cited(asking).joined(separator: ", ")
      from = day
    case .undetermined(let missing):
      why =
        "until when it is kept cannot be told, because \(missing.joined(separator: ", ")) "
        + "\(missing.count == 1 ? "is" : "are") unknown: "
        + ErasureRefusal.cited(asking).joined(separator: ", ")
      from = nil
    }
    rules = asking.compactMap(\.ruleID)
    ground = ErasureRefusal.ground(Set(asking.map(\.force)))
  }

  private static func cited(_ rules: [Deadline]) -> [String] {
    rules.compactMap { $0.citation?.text }
  }

  /// A duty of the statute binds as such; the Code is how a signatory shows that it fulfils Arts 53 and 55.
  private static func ground(_ forces: Set<Force>) -> String {
    if forces.contains(.statute) || forces.isEmpty {
      return "GDPR Art. 17(3)(b): a legal obligation asks that it be kept"
    }
    if forces == [.house] {
      return "a house rule, which is no legal obligation: switch it off if the request prevails"
    }
    return "GDPR Art. 17(3)(b): it is kept under the Code of Practice, by which the provider shows "
      + "that it fulfils Arts 53 and 55 of the AI Act"
  }

  /// All refusals as one problem.
  static func problem(_ refusals: [ErasureRefusal], _ erasure: RecordID) -> Problem {
    let first = refusals.prefix(3).map { "\($0.record.text): \($0.why)" }
    let grounds = refusals.reduce(into: [String]()) {
      if !$0.contains($1.ground) { $0.append($1.ground) }
    }
    return Problem(
      "workspace.erasure-refused",
      what: "\(erasure.text) is refused: " + first.joined(separator: "; ")
        + (refusals.count > 3 ? "; and \(refusals.count - 3) more" : ""),
      why: grounds.joined(separator: "; "),
      mend: "to take a person out of what has to be kept, erase the record of the person instead: "
        + "systemic erase person/…; entries keep a pseudonymous id",
      places: refusals.prefix(50).map { Place($0.record.text) })
  }
}
