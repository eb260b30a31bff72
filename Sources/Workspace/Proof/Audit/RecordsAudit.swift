internal import Duties
internal import Ground
internal import Journal
internal import Sealing

/// Goes through all records, page by page: each with its events, its key, its contents and its cached state.
struct RecordsAudit {
  /// How much was looked at.
  struct Counts: Sendable {
    var records = 0
    var contents = 0
    var erasedContents = 0
    var erasedRecords = 0
    var closedContents = 0
  }

  private(set) var findings = FindingList()
  private(set) var counts = Counts()
  private(set) var evidence: EvidenceAudit
  private(set) var keyList = KeyListAudit()
  /// Timestamps of outside authorities that are kept.
  private(set) var timestamps = 0
  private let workspace: OpenWorkspace
  private let sizes: [LogName: Int]
  private var keys: KeyRing
  private var erased: Set<RecordID> = []
  /// Entries that belong to a record, by log.
  private var found: [LogName: Int] = [:]

  /// Records read at once.
  private static let page = 256
  /// Times a record is read again while a writer changes it.
  private static let attempts = 8

  /// An audit of the records whose entries lie below the sizes of the logs.
  init(_ workspace: OpenWorkspace, sizes: [WorkspaceReport.Log]) {
    self.workspace = workspace
    self.sizes = Dictionary(uniqueKeysWithValues: sizes.map { ($0.log, $0.size) })
    evidence = EvidenceAudit(workspace.folder)
    keys = workspace.keys
  }

  /// Goes through all records.
  mutating func run(progress: @Sendable (Int) -> Void) async throws(Problem) {
    erased = try await erasedRecords()
    var after: RecordID?
    while true {
      let page: [StoredRecord]
      do {
        page = try await workspace.store.records(kind: nil, after: after, limit: Self.page)
      } catch {
        guard error.code == "store.damaged" else { throw error }
        let whole = try await readable(after: after)
        for stored in whole { try await check(stored) }
        findings.add(
          Finding(
            "record-unreadable", file: "journal.sqlite/record",
            what: "A record after \((whole.last?.id ?? after)?.text ?? "the beginning") cannot be "
              + "read, and the records after it were not checked: \(error.what)."))
        return
      }
      for stored in page { try await check(stored) }
      progress(found.values.reduce(0, +))
      guard page.count == Self.page else { break }
      after = page.last?.id
    }
    compareCounts()
  }

  /// What is worth knowing and no fault.
  func notes() throws(Problem) -> [String] { try evidence.notes() }

  // MARK: One record

  private mutating func check(_ page: StoredRecord) async throws(Problem) {
    var stored = page
    var history = try await read(stored)
    // A writer may have changed the record between the two readings.
    for _ in 0..<Self.attempts {
      guard let last = history.last, last.version > stored.version || stored.key == nil,
        let again = try? await workspace.store.record(stored.id),
        again.version != stored.version || again.key != stored.key
      else { break }
      stored = again
      history = try await read(stored)
    }
    let size = sizes[stored.log] ?? 0
    found[stored.log, default: 0] += history.count { $0.index < size }
    let outcome = try await outcome(stored, history)
    findings.add(outcome.findings)
    counts.records += 1
    counts.contents += outcome.contents
    counts.erasedContents += outcome.erasedContents
    counts.closedContents += outcome.closedContents
    counts.erasedRecords += outcome.isErased ? 1 : 0
    guard let state = outcome.folded, let key = outcome.key else { return }
    switch state.id.kind {
    case RecordKind.evidence.name: evidence.check(state, key: key)
    case RecordKind.operation.name:
      keyList.take(state, at: history.first?.index ?? 0)
      if state.happened["timestamp-received"] != nil { timestamps += 1 }
    default: break
    }
  }

  /// What an erasure that runs meanwhile can look like.
  private static let passing: Set<String> = ["content-missing", "key-unreadable", "erasure-undone"]

  private mutating func outcome(
    _ stored: StoredRecord, _ history: [StoredEntry]
  ) async throws(Problem) -> RecordAudit.Outcome {
    let outcome = RecordAudit(keys: keys, erased: erased).outcome(stored, history)
    guard outcome.findings.contains(where: { Self.passing.contains($0.code) }) else {
      return outcome
    }
    // It may have been erased, or an epoch may have ended, since it, the erasures and the keys were read.
    let (epochs, known) = (Set(keys.epochs.keys), erased)
    if let newer = try? KeyRing(workspace.folder) { keys = newer }
    erased = try await erasedRecords()
    guard let again = try await workspace.store.record(stored.id),
      Set(keys.epochs.keys) != epochs || erased != known || again.key != stored.key
    else { return outcome }
    return RecordAudit(keys: keys, erased: erased).outcome(again, try await read(again))
  }

  private mutating func read(_ stored: StoredRecord) async throws(Problem) -> [StoredEntry] {
    do { return try await workspace.store.history(stored.id) } catch {
      guard error.code == "store.damaged" else { throw error }
      return []
    }
  }

  /// The records before one that cannot be read.
  private func readable(after start: RecordID?) async throws(Problem) -> [StoredRecord] {
    var records: [StoredRecord] = []
    while records.count < Self.page,
      let next = try? await workspace.store.records(
        kind: nil, after: records.last?.id ?? start, limit: 1
      ).first
    {
      records.append(next)
    }
    return records
  }

  private mutating func compareCounts() {
    for log in LogName.allCases {
      guard let size = sizes[log], let found = found[log] ?? (size > 0 ? 0 : nil), found != size
      else { continue }
      findings.add(
        Finding(
          "entries-without-record", in: log, expected: "\(size) entries",
          actual: "\(found) entries",
          what: "The \(log.rawValue) log has \(size) entries, and the histories of all records "
            + "together \(found)."))
    }
  }

  // MARK: Erasures

  /// The records that erasures name which were done.
  private func erasedRecords() async throws(Problem) -> Set<RecordID> {
    guard !keys.isAbsent else { return [] }
    var erased: Set<RecordID> = []
    var after: RecordID?
    let kind = RecordKind.erasure
    let audit = RecordAudit(keys: keys, erased: [])
    while true {
      guard
        let page = try? await workspace.store.records(
          kind: kind.name, after: after, limit: Self.page)
      else { return erased }
      for stored in page {
        guard let history = try? await workspace.store.history(stored.id) else { continue }
        let state = audit.outcome(stored, history).folded
        guard let state, state.happened["erasure-done"] != nil else { continue }
        erased.formUnion(state.texts("records").compactMap { RecordID($0) })
      }
      guard page.count == Self.page else { return erased }
      after = page.last?.id
    }
  }
}
