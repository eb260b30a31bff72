public import Duties
public import Ground

extension OpenWorkspace {
  /// Notes what the Commission decided on arguments under Article 52(2), with the model's own life cycle.
  ///
  /// - Throws: `duties.wrong-order`, `workspace.no-filing`.
  public func decideRebuttal(
    _ rebuttal: RecordState, accepted: Bool, on day: Effective, reference: String?
  ) async throws(Problem) -> RecordState {
    try await decide(
      rebuttal, .rebuttal, accepted ? "accepted" : "rejected", day, reference,
      onModel: accepted ? Change("arguments-accepted", effective: day) : nil)
  }

  /// Notes what the Commission decided on a request for reassessment, with the model's own life cycle.
  ///
  /// - Throws: `duties.wrong-order`, `workspace.no-filing`.
  public func decideReassessment(
    _ reassessment: RecordState, maintained: Bool, on day: Effective, reference: String?
  ) async throws(Problem) -> RecordState {
    try await decide(
      reassessment, .reassessment, maintained ? "maintained" : "ended", day, reference,
      onModel: maintained
        ? Change("designation-maintained", effective: day)
        : Change("designation-ended", set: [("designated", .bool(false))], effective: day))
  }

  private func decide(
    _ filing: RecordState, _ kind: RecordKind, _ outcome: String, _ day: Effective,
    _ reference: String?, onModel change: Change?
  ) async throws(Problem) -> RecordState {
    guard filing.id.kind == kind.name else {
      throw Problem(
        "workspace.no-filing", what: "\(filing.id.text) is no \(kind.title)",
        why: "the decision was taken on one", mend: "name the \(kind.title)")
    }
    let set: [(String, JSON)] = reference.map { [("reference", .string($0))] } ?? []
    var commands: [RecordCommand] = [
      .composed(
        kind, filing.id, Change(kind.name + "-" + outcome, set: set, effective: day),
        expectedVersion: filing.version)
    ]
    if let change {
      commands.append(RecordCommand(.model, try OpenWorkspace.model(of: filing), change))
    }
    return try await record(commands)[0]
  }
}
