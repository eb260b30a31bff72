internal import Duties
public import Ground
internal import Sealing

extension OpenWorkspace {
  /// Entries read at once.
  private static let entriesAtOnce = 1024

  /// Records opened at once when a kind is taken in: what was opened is let go, and memory for it is not given back.
  private static let summarisedAtOnce = 512

  /// From now on lists, people, sessions and the docket are looked up in memory, as a server does.
  ///
  /// What is held there is the plaintext of titles, of a few records that were read of late and of deadlines.
  public func keepSummaries() { shared.summaries.keep() }

  /// Takes in what lists, sign-in and docket ask for, so that nobody waits for it later.
  ///
  /// - Throws: `store.*`, `sealing.*`.
  public func warmSummaries() async throws(Problem) {
    shared.summaries.keep()
    try await summarise(RecordKind.all.filter(\.isSummarised))
    _ = try await acting(as: .system).docket(DocketQuestion(), from: 0, atMost: 1)
  }

  /// Follows the journal until its task is cancelled, so that who asks finds it done, and what was erased goes at once.
  ///
  /// - Throws: `store.closed`, `store.cancelled`.
  public func followSummaries() async throws(Problem) {
    while true {
      let size = try await store.grown(.regulatory, beyond: -1)
      try await summarise([])
      _ = try await store.grown(.regulatory, beyond: size)
    }
  }

  /// What stands in the records, as numbers that grow with every change of any; what people read is no change.
  ///
  /// - Throws: `store.*`, `sealing.*`.
  public func edition() async throws(Problem) -> [Int] {
    let kinds = OpenWorkspace.accessKinds
    try await summarise(kinds)
    return [
      try await store.grown(.regulatory, beyond: -1),
      try await store.grown(.operational, beyond: -1),
    ] + kinds.map { shared.summaries.edition($0.name) }
  }

  /// What decides who may do what; that sessions are used and records read is written all the time.
  private static let accessKinds = RecordKind.all.filter {
    $0.log == .access && $0.name != RecordKind.accessDecision.name
      && $0.name != RecordKind.session.name
  }

  /// Brings the read model of some kinds up to what is durable now.
  func summarise(_ kinds: [RecordKind]) async throws(Problem) {
    let sizes = try await logSizes()
    // Once more where everything, or a kind, was let go meanwhile.
    for _ in 0..<OpenWorkspace.attempts {
      if shared.summaries.catchUp(kinds, to: sizes) { return }
      try await shared.summaries.turn.taking { () async throws(Problem) in
        // Whoever had the turn before may have done it.
        guard !shared.summaries.catchUp(kinds, to: sizes) else { return }
        shared.summaries.begin(at: try await logSizes())
        try await load(kinds)
        // The log that tells of erasures comes last: what was written before them in another does not come back.
        for log in [LogName.operational, .access, .regulatory] {
          try await follow(log, to: sizes[log.place])
        }
      }
    }
  }

  /// Takes in the kinds that are not here; meanwhile nothing moves on, so that nothing is passed over.
  private func load(_ kinds: [RecordKind]) async throws(Problem) {
    shared.summaries.setLoading(true)
    defer { shared.summaries.setLoading(false) }
    for kind in kinds where !shared.summaries.has(kind.name) {
      shared.summaries.take(try await table(of: kind), of: kind.name)
    }
  }

  /// The sizes of all logs: in the writing process without looking at the disk.
  private func logSizes() async throws(Problem) -> [Int] {
    var sizes: [Int] = []
    // In this order: an erasure that is seen here stands after what is seen of the other logs.
    for log in LogName.allCases { sizes.append(try await store.grown(log, beyond: -1)) }
    return sizes
  }

  /// All records of a kind, opened once.
  private func table(of kind: RecordKind) async throws(Problem) -> SummaryTable {
    var table = SummaryTable()
    try await eachPage(of: kind, atOnce: OpenWorkspace.summarisedAtOnce) { states in
      for state in states { table.put(RecordSummary(state)) }
    }
    table.prepare(.id)
    table.prepare(.changed)
    return table
  }

  /// Takes in the entries of a log that were written since.
  private func follow(_ log: LogName, to size: Int) async throws(Problem) {
    while true {
      var next = shared.summaries.takeHanded(log)
      guard next < size else { return }
      let entries = try await store.entries(
        log, from: next, limit: OpenWorkspace.entriesAtOnce)
      guard let last = entries.last else { return }
      next = last.index + 1
      if try isRebuilt(entries) { return shared.summaries.forgetAll() }
      var changes: [(id: RecordID, now: RecordSummary?)] = []
      for id in try await changed(by: entries) {
        if let change = try await change(of: id) { changes.append(change) }
      }
      shared.summaries.take(changes, log: log.place, upTo: next)
    }
  }

  /// Whether the cached states of records were computed anew.
  private func isRebuilt(_ entries: [StoredEntry]) throws(Problem) -> Bool {
    for entry in entries where entry.record.kind == RecordKind.operation.name {
      if try Envelope(entry: entry.entry).event == "cache-rebuilt" { return true }
    }
    return false
  }

  /// The records of kinds that are held, each once; and those that an erasure destroyed.
  private func changed(by entries: [StoredEntry]) async throws(Problem) -> [RecordID] {
    var seen: Set<RecordID> = []
    var ids: [RecordID] = []
    func note(_ id: RecordID) {
      if shared.summaries.has(id.kind) || shared.summaries.opened.holds(id),
        seen.insert(id).inserted
      {
        ids.append(id)
      }
    }
    for entry in entries {
      note(entry.record)
      guard entry.record.kind == RecordKind.erasure.name else { continue }
      // Its entry stands in one transaction with the destruction of the contents.
      let erasure = try await withKeys { () async throws(Problem) in
        try await store.record(entry.record).flatMap { stored throws(Problem) in
          try keys.state(stored)
        }
      }
      for name in erasure?.texts("records") ?? [] {
        if let id = RecordID(name) { note(id) }
      }
    }
    return ids
  }

  /// What became of a record; nil when it cannot be read, after which its kind is read anew.
  private func change(
    of id: RecordID
  ) async throws(Problem) -> (id: RecordID, now: RecordSummary?)? {
    do {
      return try await withKeys { () async throws(Problem) in
        guard let stored = try await store.record(id), let sealed = stored.state,
          let state = try keys.state(stored)
        else { return (id, nil) }
        shared.summaries.opened.keep(state, bytes: sealed.count)
        return (id, RecordSummary(state))
      }
    } catch {
      guard !error.code.hasPrefix("store.") else { throw error }
      shared.summaries.drop(id.kind)
      return nil
    }
  }
}

extension RecordKind {
  /// Whether a server holds its summaries from the beginning; what the program notes of its own is read when asked for.
  var isSummarised: Bool {
    name != RecordKind.accessDecision.name && name != RecordKind.names.name
  }
}
