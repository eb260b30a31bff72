public import Ground

/// How much two incidents look like one, with the reasons: a proposal to a person, never a decision.
///
/// Points are house practice: they put proposals in order and say nothing about the law.
public struct IncidentLikeness: Sendable, Equatable {
  /// A reason.
  public enum Reason: Sendable, Equatable {
    /// One source keeps both under the same number or name.
    case reference(String)
    /// Both can be read at the same address.
    case address(String)
    /// The times of both overlap, in days.
    case days(first: Day, last: Day)
    /// Both use these words, which few others use; `share` is how much of the rare words of both they are, in percent.
    case words([String], share: Int)
  }

  /// The other incident.
  public let id: String
  /// Its reasons, the strongest first.
  public let reasons: [Reason]

  /// From how many points on it is proposed.
  public static let proposedFrom = 30

  /// Points of a reason, 0 to 100.
  public static func points(_ reason: Reason) -> Int {
    switch reason {
    case .reference: 60
    case .address: 50
    case .days(let first, let last): last.sinceEpoch - first.sinceEpoch < 7 ? 10 : 5
    case .words(_, let share): min(60, share)
    }
  }

  /// The sum of the points of its reasons, at most 100.
  public var points: Int { min(100, reasons.reduce(0) { $0 + IncidentLikeness.points($1) }) }

  /// The reasons in words, each with its points.
  public var lines: [String] {
    reasons.map { reason in
      let words =
        switch reason {
        case .reference(let text): "same reference “\(text)”"
        case .address(let text): "same address \(text)"
        case .days(let first, let last):
          first == last
            ? "both may have happened on \(first.iso)"
            : "both may have happened between \(first.iso) and \(last.iso)"
        case .words(let words, let share):
          "\(share) % of their rare words in common: " + words.joined(separator: ", ")
        }
      return "\(words) (\(IncidentLikeness.points(reason)))"
    }
  }
}
