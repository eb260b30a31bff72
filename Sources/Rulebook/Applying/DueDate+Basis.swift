internal import Ground
public import RuleFile

extension DueDate {
  /// How it was counted, with what is unsettled or derived.
  ///
  /// - Parameters:
  ///   - provision: the rule whose period it is; nil for a free period.
  ///   - own: the period of the law itself, where house rules shortened it.
  public func basis(
    _ period: PeriodRule, of provision: Provision?, own: PeriodRule?
  ) -> [String] {
    var lines = basis
    if let own, let provision {
      lines.append(
        "\(provision.citation.text) itself gives \(own.words) (\(provision.rule.force.rawValue)); "
          + "house rules shorten it to \(period.words).")
    }
    switch period.counting {
    case .regulation: lines.append("Regulation 1182/71 governs this period.")
    case .unsettled where provision != nil:
      lines.append(
        "The Code is not an act of Council or Commission: whether Regulation 1182/71 applies to it "
          + "is unsettled, so both readings are shown.")
    case .plain, .unsettled: break
    }
    if calendarStatus != .official {
      lines.append(
        "The \(calendar) calendar of a year involved is \(calendarStatus.rawValue), "
          + "not an official list.")
    }
    return lines
  }
}
