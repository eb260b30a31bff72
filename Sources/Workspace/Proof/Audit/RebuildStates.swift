internal import Duties
public import Ground
public import Journal

/// Folds the journal anew and compares the cached states of all records with it, or replaces them.
public struct RebuildStates: Sendable {
  /// What came of it.
  public struct Report: Sendable {
    /// Records that were folded.
    public internal(set) var records = 0
    /// Records whose cached state was another one, or could not be read.
    public internal(set) var differing = 0
    /// Records that were erased: there is nothing to fold.
    public internal(set) var erased = 0
    /// Whether the cached states were replaced.
    public internal(set) var isReplaced = false
    /// What differs, at most `VerificationReport.mostFindings`.
    public internal(set) var findings: [Finding] = []

    /// Whether every cached state is what its events make of it.
    public var isOK: Bool { differing == 0 }

    /// For machines: `ok`, `records`, `differing`, `erased`, `replaced`, `findings`.
    public var json: JSON {
      .object([
        ("ok", .bool(isOK)), ("records", .int(records)), ("differing", .int(differing)),
        ("erased", .int(erased)), ("replaced", .bool(isReplaced)),
        ("findings", .array(findings.map(\.json))),
      ])
    }
  }

  private let workspace: OpenWorkspace
  /// Records read, and states replaced, at once.
  private static let page = 256

  /// The states of a workspace.
  public init(_ workspace: OpenWorkspace) { self.workspace = workspace }

  /// Compares only.
  ///
  /// - Throws: as `run`.
  public func check() async throws(Problem) -> Report { try await run(replaces: false) }

  /// Replaces what differs, and notes how much that was.
  ///
  /// - Throws: as `run`.
  public func replace() async throws(Problem) -> Report { try await run(replaces: true) }

  /// Compares, and replaces what differs if that is asked for.
  ///
  /// - Throws: `workspace.not-allowed`, `workspace.not-folded`, `store.*`.
  public func run(replaces: Bool) async throws(Problem) -> Report {
    try await workspace.authorise(replaces ? .backUp : .verify)
    var report = try await folded(replaces: replaces)
    report.isReplaced = replaces
    if replaces, report.differing > 0 {
      try await workspace.noteOperation(
        "cache-rebuilt", "cached states rebuilt",
        detail: .object([
          ("records", .int(report.records)), ("replaced", .int(report.differing)),
        ]))
    }
    return report
  }

  private func folded(replaces: Bool) async throws(Problem) -> Report {
    var report = Report()
    var after: RecordID?
    while true {
      let page = try await workspace.store.records(kind: nil, after: after, limit: Self.page)
      var replaced: [StoredRecord] = []
      for stored in page {
        if let state = try await state(of: stored, &report) { replaced.append(state) }
      }
      if replaces, !replaced.isEmpty { try await workspace.store.cache(replaced) }
      guard page.count == Self.page else { return report }
      after = page.last?.id
    }
  }

  /// The record with the state that its events make, when the cached one is another.
  private func state(
    of stored: StoredRecord, _ report: inout Report
  ) async throws(Problem) -> StoredRecord? {
    guard stored.key != nil else {
      report.erased += 1
      return nil
    }
    // Of a record that a writer changes meanwhile, the events up to the version that was read count.
    let history = try await workspace.store.history(stored.id).filter {
      $0.version <= stored.version
    }
    let outcome = RecordAudit(keys: workspace.keys, erased: []).outcome(stored, history)
    report.records += 1
    guard let folded = outcome.folded, let key = outcome.key else {
      throw RebuildStates.notFolded(stored.id, outcome.findings.first)
    }
    guard outcome.differs || folded.version != stored.version else { return nil }
    report.differing += 1
    if report.findings.count < VerificationReport.mostFindings {
      report.findings += outcome.findings
    }
    var record = stored
    record.version = folded.version
    record.state = try Sealed.state(folded, key: key)
    return record
  }

  private static func notFolded(_ id: RecordID, _ finding: Finding?) -> Problem {
    Problem(
      "workspace.not-folded", what: "the events of \(id.text) cannot be folded",
      why: finding?.what ?? "one of its entries cannot be read",
      mend: "run systemic journal verify to see all that is damaged, and restore a backup; nothing "
        + "of this record was replaced")
  }
}
