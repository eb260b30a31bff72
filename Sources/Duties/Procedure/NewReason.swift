public import Ground

/// A reason of a request for reassessment, with the day since which it is new.
///
/// Source: Regulation (EU) 2024/1689, Art. 52(5), second sentence.
public struct NewReason: Sendable, Equatable {
  /// What it is, objectively.
  public var reason: String
  /// In detail: what shows it.
  public var detail: String
  /// The day on which it arose.
  public var since: Day

  /// A reason.
  public init(reason: String, detail: String, since: Day) {
    self.reason = reason
    self.detail = detail
    self.since = since
  }

  /// Most reasons of a request.
  public static let most = 50

  /// Reads what `json` writes.
  ///
  /// - Throws: `duties.bad-reason`.
  public static func read(_ json: JSON?) throws(Problem) -> [NewReason] {
    guard let json, json != .null else { return [] }
    guard case .array(let items) = json, items.count <= most else {
      throw bad("reasons are a list of at most \(most)")
    }
    var reasons: [NewReason] = []
    for item in items {
      guard case .string(let reason)? = item["reason"], case .string(let detail)? = item["detail"],
        case .string(let text)? = item["since"], let since = Day(iso: text),
        reason.contains(where: { !$0.isWhitespace }), detail.contains(where: { !$0.isWhitespace })
      else { throw bad("each has a reason, its detail and the day since which it is new") }
      reasons.append(NewReason(reason: reason, detail: detail, since: since))
    }
    return reasons
  }

  private static func bad(_ why: String) -> Problem {
    Problem(
      "duties.bad-reason", what: "the reasons cannot be read", why: why,
      mend: "for example: {\"reason\": \"…\", \"detail\": \"…\", \"since\": \"2026-03-01\"}")
  }

  /// As it is kept.
  public var json: JSON {
    .object([
      ("reason", .string(reason)), ("detail", .string(detail)), ("since", .string(since.iso)),
    ])
  }
}
