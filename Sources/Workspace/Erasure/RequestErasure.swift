public import Duties
public import Ground

extension OpenWorkspace {
  /// Asks that records be erased; another person approves it.
  ///
  /// - Returns: the request, and why it would be refused today, record by record.
  /// - Throws: `workspace.nothing-to-erase`, `workspace.unknown-record`, `workspace.not-allowed`, `duties.reason-due`.
  public func requestErasure(
    of records: [RecordID], reason: String?, basis: String
  ) async throws(Problem) -> (state: RecordState, refusals: [ErasureRefusal]) {
    let wanted = records.reduce(into: [RecordID]()) { if !$0.contains($1) { $0.append($1) } }
    guard !wanted.isEmpty else {
      throw Problem(
        "workspace.nothing-to-erase", what: "no record is named",
        why: "an erasure says what it erases", mend: "name the records: systemic erase KIND/KEY …")
    }
    var states: [RecordState] = []
    for record in wanted { states.append(try await needed(record)) }
    let refusals = try await keptUntil(states).compactMap {
      ErasureRefusal($0, today: surroundings.today)
    }
    let state = try await record(
      RecordCommand(
        .erasure, nil,
        Change(
          "erasure-requested",
          set: [("records", JSON(wanted.map(\.text))), ("basis", .string(basis))],
          effective: .day(surroundings.today), reason: reason)))
    return (state, refusals)
  }

  /// Refuses an erasure, with the reason.
  ///
  /// - Throws: `workspace.erasure-settled`, `workspace.not-allowed`, `duties.reason-due`.
  public func refuseErasure(_ id: RecordID, reason: String?) async throws(Problem) -> RecordState {
    let request = try await openErasure(id)
    return try await record(
      RecordCommand(
        .erasure, id,
        Change("erasure-refused", effective: .day(surroundings.today), reason: reason),
        expectedVersion: request.version))
  }

  /// An erasure that was neither done nor refused.
  func openErasure(_ id: RecordID) async throws(Problem) -> RecordState {
    let state = try await needed(id)
    guard id.kind == RecordKind.erasure.name, state.status == "requested" else {
      throw Problem(
        "workspace.erasure-settled",
        what: "\(id.text) is not an erasure that waits for approval",
        why: state.status.map { "it is \($0)" } ?? "it is another kind of record",
        mend: "systemic erase --list")
    }
    return state
  }
}
