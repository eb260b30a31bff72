public import Duties
public import Ground

/// A record among several that are changed together, at the version that the person saw.
public struct SeenRecord: Sendable, Equatable {
  /// The record.
  public let id: RecordID
  /// The version.
  public let version: Int

  /// A record at a version.
  public init(_ id: RecordID, version: Int) {
    self.id = id
    self.version = version
  }
}

extension OpenWorkspace {
  /// Most records that are changed together.
  public static let mostTogether = 200

  /// Gives one field of several records a value; all are changed, or none is.
  ///
  /// - Throws: `workspace.nothing-chosen`, `workspace.too-many-chosen`, `store.version-conflict`, and as `record`.
  public func change(
    _ kind: RecordKind, _ records: [SeenRecord], _ event: String, set: [(String, JSON)],
    reason: String?
  ) async throws(Problem) -> [RecordState] {
    guard !records.isEmpty else {
      throw Problem(
        "workspace.nothing-chosen", what: "no record was chosen",
        why: "a change is made to certain records", mend: "choose them in the list")
    }
    guard records.count <= OpenWorkspace.mostTogether else {
      throw Problem(
        "workspace.too-many-chosen", what: "\(records.count) records are too many at once",
        why: "at most \(OpenWorkspace.mostTogether) are changed together",
        mend: "change some, then the others; or import a table")
    }
    let day = surroundings.today
    return try await record(
      records.map { seen in
        RecordCommand(
          kind, seen.id, Change(event, set: set, effective: .day(day), reason: reason),
          expectedVersion: seen.version)
      })
  }
}
