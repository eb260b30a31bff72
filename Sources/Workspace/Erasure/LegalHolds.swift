public import Duties
public import Ground

extension OpenWorkspace {
  /// Places a hold: while it stands nothing of these records is erased.
  ///
  /// A hold on a model or an incident holds what belongs to it too.
  /// - Parameter records: the records held; none holds everything.
  /// - Throws: `workspace.unknown-record`, `workspace.not-allowed`, `workspace.erasure-under-way`, `duties.*`.
  public func placeHold(
    on records: [RecordID], matter: String, basis: String,
    confidentiality: Confidentiality? = nil
  ) async throws(Problem) -> RecordState {
    for record in records { _ = try await needed(record) }
    return try await record(
      RecordCommand(
        .hold, nil,
        Change(
          "hold-placed",
          set: [
            ("title", .string(matter)), ("records", JSON(records.map(\.text))),
            ("basis", .string(basis)),
          ], effective: .day(surroundings.today), confidentiality: confidentiality)))
  }

  /// Ends a hold.
  ///
  /// - Throws: `workspace.hold-released`, `workspace.unknown-record`, `workspace.not-allowed`, `duties.reason-due`.
  public func releaseHold(_ id: RecordID, reason: String?) async throws(Problem) -> RecordState {
    let hold = try await needed(id)
    guard hold.isHoldInForce else {
      throw Problem(
        "workspace.hold-released", what: "\(id.text) is not a hold in force",
        why: "only a hold that stands can be released", mend: "systemic hold list")
    }
    return try await record(
      RecordCommand(
        .hold, id,
        Change("hold-released", effective: .day(surroundings.today), reason: reason),
        expectedVersion: hold.version))
  }

  /// All holds in force, those included that the actor may not read: what is held stays held.
  func holdsInForce() async throws(Problem) -> [RecordState] {
    try await everyState(.hold).filter(\.isHoldInForce)
  }
}

extension RecordState {
  /// Whether this is a hold that stands.
  public var isHoldInForce: Bool { id.kind == RecordKind.hold.name && status != "released" }

  /// Whether this hold holds a record: by its name, by the model or incident it belongs to, or because it holds all.
  func holds(_ record: RecordState) -> Bool {
    let held = texts("records")
    return held.isEmpty || held.contains(record.id.text)
      || ["model", "incident"].contains { field in
        record.text(field).map { held.contains($0) } ?? false
      }
  }
}
