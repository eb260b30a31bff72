public import Duties
public import Ground

extension OpenWorkspace {
  /// Records that somebody looked at a piece of evidence and found that it still shows what it says.
  ///
  /// - Parameters:
  ///   - reviewed: the day of the review; nil is today.
  ///   - next: the day of the next review; nil ends the one there was, so that none is overdue for ever.
  ///   - expires: a new last day on which it holds.
  ///   - remark: what was found.
  /// - Throws: `duties.*`, `workspace.unknown-record`, `workspace.not-allowed`, `workspace.not-current`.
  public func reviewEvidence(
    _ id: RecordID, reviewed: Day? = nil, next: Day? = nil, expires: Day? = nil,
    remark: String? = nil
  ) async throws(Problem) -> RecordState {
    try await checkCurrent(id)
    var set: [(String, JSON)] = []
    if let next { set.append(("review_by", .string(next.iso))) }
    if let expires { set.append(("expires", .string(expires.iso))) }
    return try await record(
      RecordCommand(
        .evidence, id,
        Change(
          "evidence-reviewed", set: set, effective: .day(reviewed ?? surroundings.today),
          reason: remark)))
  }

  /// Says that a piece of evidence shows nothing any more; the file is kept until its retention ends.
  ///
  /// - Throws: `duties.reason-due`, `workspace.unknown-record`, `workspace.not-allowed`, `workspace.not-current`.
  public func withdrawEvidence(_ id: RecordID, reason: String?) async throws(Problem) -> RecordState
  {
    try await checkCurrent(id)
    return try await record(
      RecordCommand(
        .evidence, id,
        Change("evidence-withdrawn", effective: .day(surroundings.today), reason: reason)))
  }

  private func checkCurrent(_ id: RecordID) async throws(Problem) {
    let state = try await needed(id)
    guard state.status != "current" else { return }
    throw Problem(
      "workspace.not-current", what: "\(id.text) is \(state.status ?? "not in use")",
      why: "only evidence in use is reviewed or withdrawn",
      mend: "look for what took its place: systemic evidence list")
  }
}

extension RecordState {
  /// Whether evidence has passed the last day on which it shows what it says.
  public func isExpired(on day: Day) -> Bool {
    text("expires").flatMap { Day(iso: $0) }.map { $0 < day } ?? false
  }

  /// Whether the day of its next review has come.
  public func isReviewDue(on day: Day) -> Bool {
    text("review_by").flatMap { Day(iso: $0) }.map { $0 <= day } ?? false
  }
}
