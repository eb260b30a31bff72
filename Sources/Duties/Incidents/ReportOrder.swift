public import Ground

/// The three types of report on a serious incident.
///
/// Source: Code of Practice, Safety and Security, Measure 9.3.
public enum ReportType: String, Sendable, CaseIterable { case initial, intermediate, final }

/// A report as it was submitted.
public struct SubmittedReport: Sendable, Equatable {
  /// Which.
  public var type: ReportType
  /// When it was sent.
  public var at: Instant

  /// A report.
  public init(type: ReportType, at: Instant) {
    self.type = type
    self.at = at
  }
}

/// In which order reports may be submitted, and that what was submitted stays as it is.
///
/// Source: Code of Practice, Safety and Security, Measure 9.3: intermediate reports and the final one build on the
/// initial report, and the final one follows the resolution. Nothing there forbids to tell the authority of what became
/// known after the final report; Art. 55(1)(c) of Regulation (EU) 2024/1689 asks for it without undue delay.
public enum ReportOrder {
  /// Whether another report may follow those already submitted.
  ///
  /// Only an intermediate report follows a final one, and only where a category became known or was corrected since then:
  /// on its day or later. Behind it reports go on as before, with another final one.
  ///
  /// - Parameter learned: when categories became known, or answers to them were corrected.
  /// - Throws: `duties.report-without-initial`, `duties.report-twice`, `duties.report-after-final`,
  ///   `duties.report-before-resolution`, `duties.report-out-of-order`.
  public static func check(
    _ next: SubmittedReport, after submitted: [SubmittedReport], resolved: Instant?,
    learned: [Instant] = []
  ) throws(Problem) {
    if let last = submitted.last, last.type == .final {
      try checkFollowing(last.at, next, learned)
    }
    let hasInitial = submitted.contains { $0.type == .initial }
    switch next.type {
    case .initial where hasInitial:
      throw refusal(
        "duties.report-twice", "the initial report was sent already",
        "a report that was sent stays as it is", "send an intermediate report with what changed")
    case .intermediate where !hasInitial, .final where !hasInitial:
      throw refusal(
        "duties.report-without-initial", "no initial report was sent yet",
        "intermediate and final reports build on the initial one (Measure 9.3)",
        "send the initial report first")
    case .final: try checkResolved(next.at, resolved)
    case .initial, .intermediate: break
    }
    if let last = submitted.last, next.at < last.at {
      throw refusal(
        "duties.report-out-of-order", "the report is dated before the one sent before it",
        "reports are kept in the order in which they were sent", "check both days")
    }
  }

  /// Whether a report that was sent may have been sent at another time: the reports keep their order, and the final one
  /// follows the resolution.
  ///
  /// - Parameters:
  ///   - place: the place of the report among those submitted.
  ///   - at: when it was sent, as it is known now.
  /// - Throws: `duties.report-before-resolution`, `duties.report-out-of-order`.
  public static func checkCorrected(
    _ submitted: [SubmittedReport], at place: Int, to at: Instant, resolved: Instant?
  ) throws(Problem) {
    guard submitted.indices.contains(place) else { return }
    if submitted[place].type == .final { try checkResolved(at, resolved) }
    let isAfter = place == 0 || submitted[place - 1].at <= at
    let isBefore = place + 1 == submitted.count || at <= submitted[place + 1].at
    guard isAfter, isBefore else {
      throw refusal(
        "duties.report-out-of-order",
        "the report would change places with the one sent \(isAfter ? "after" : "before") it",
        "reports are kept in the order in which they were sent", "check both days")
    }
  }

  private static func checkResolved(_ at: Instant, _ resolved: Instant?) throws(Problem) {
    if let resolved, resolved <= at { return }
    throw refusal(
      "duties.report-before-resolution", "the incident was not resolved when the report was sent",
      "the final report follows the resolution (Measure 9.3)",
      "record the resolution, or send an intermediate report")
  }

  /// What may follow a final report.
  private static func checkFollowing(
    _ final: Instant, _ next: SubmittedReport, _ learned: [Instant]
  ) throws(Problem) {
    let isNew = learned.contains { final.day <= $0.day && $0.day <= next.at.day }
    if isNew, next.type == .intermediate { return }
    throw refusal(
      "duties.report-after-final", "the final report was sent already",
      "only what became known later is told after it; what is sent stays as it is",
      isNew
        ? "send an intermediate report on what became known; another final report may follow it"
        : "if a category became known later, write down since when and send an intermediate "
          + "report; another event is an incident of its own")
  }

  /// Refuses a change to a report that was submitted.
  ///
  /// - Throws: `duties.report-frozen`.
  public static func checkEditable(_ type: ReportType, submitted: Instant?) throws(Problem) {
    guard let submitted else { return }
    throw refusal(
      "duties.report-frozen",
      "the \(type.rawValue) report was sent on \(submitted.rfc3339) and stays as it is",
      "what an authority received must be found again word for word",
      "send another report with what changed")
  }

  private static func refusal(
    _ code: String, _ what: String, _ why: String, _ mend: String
  ) -> Problem { Problem(code, what: what, why: why, mend: mend) }
}
