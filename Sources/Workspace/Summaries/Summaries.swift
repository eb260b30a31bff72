internal import Duties
internal import Ground
internal import Synchronization

/// The read model of an open workspace: what lists show of its records, in memory, kept current from the journal.
///
/// Whoever asks first brings it up to what is durable at that moment, from the entries that were written since, by
/// whichever process. Nothing of it is stored. A kind is taken in when it is first asked for.
final class Summaries: Sendable {
  private struct State {
    /// Whether single records and whole kinds are looked up here too.
    var isKept = false
    /// How many entries of each log were taken in, in the order of `LogName.allCases`.
    var sizes: [Int] = []
    var tables: [String: SummaryTable] = [:]
    /// Grows with every change of a kind.
    var editions: [String: Int] = [:]
    /// Records on which deadlines depend that changed since the docket was computed; nil while nobody keeps one.
    var changed: Set<RecordID>?
    var sights: [SightKey: ClassSet] = [:]
    var names: (edition: Int, names: [String: String])?
    /// What this process wrote itself and nobody has taken in yet, by log and index.
    var handed = [[Int: Handed]](repeating: [:], count: LogName.allCases.count)
    /// Whether a kind is being taken in, while which nothing moves on.
    var isLoading = false

    /// Moves on; what was handed over before that place has been read.
    mutating func reach(_ size: Int, _ log: Int) {
      guard log < sizes.count, size > sizes[log] else { return }
      if !handed[log].isEmpty {
        for index in sizes[log]..<size { handed[log][index] = nil }
      }
      sizes[log] = size
    }

    mutating func takeHanded(_ log: Int) -> Int {
      while let entry = handed[log][sizes[log]] {
        if let state = entry.state {
          take(state.id, RecordSummary(state))
        } else if tables[entry.record.kind] != nil {
          break
        }
        handed[log][sizes[log]] = nil
        sizes[log] += 1
      }
      return sizes[log]
    }

    mutating func take(_ id: RecordID, _ now: RecordSummary?) {
      let kind = id.kind
      guard tables[kind] != nil else { return }
      if changed != nil, OpenWorkspace.docketDepends(on: kind) {
        // What a ledger says stands in the model of the run, before and after.
        if kind == RecordKind.trainingRun.name {
          for model in [tables[kind]?[id]?.model, now?.model] {
            if let model { changed?.insert(model) }
          }
        } else {
          changed?.insert(id)
        }
      }
      editions[kind, default: 0] += 1
      if let now { tables[kind]?.put(now) } else { tables[kind]?.remove(id) }
    }
  }

  /// An entry that this process wrote; without a state where only its record is known.
  struct Handed: Sendable {
    let record: RecordID
    let state: RecordState?
  }

  /// By what the classes that somebody reads are remembered.
  struct SightKey: Hashable {
    let roles: Set<Role>
    let kind: String
    let isWithinDays: Bool
  }

  private let state = Mutex(State())
  /// One brings it up to date; others wait and find it done.
  let turn = Turn()
  /// Records that were opened of late.
  let opened = OpenedRecords()
  /// Most records that are handed over before somebody takes them in; what is beyond is read from the store.
  private static let mostHanded = 1 << 14
  /// Most combinations of roles and kinds that are remembered.
  private static let mostSights = 1024

  /// Whether a process that goes on asks it for everything; a single command opens what it needs and no more.
  var isKept: Bool { state.withLock { $0.isKept } }

  /// From now on everything is looked up here.
  func keep() { state.withLock { $0.isKept = true } }

  /// Whether a kind was taken in.
  func has(_ kind: String) -> Bool { state.withLock { $0.tables[kind] != nil } }

  /// Begins at these sizes of the logs where nothing was taken in yet.
  func begin(at sizes: [Int]) {
    state.withLock { state in
      if state.tables.isEmpty || state.sizes.isEmpty {
        state.sizes = sizes
        state.handed = state.handed.map { _ in [:] }
      }
    }
  }

  /// Takes a whole kind in.
  func take(_ table: SummaryTable, of kind: String) {
    state.withLock { state in
      state.tables[kind] = table
      state.editions[kind, default: 0] += 1
    }
  }

  /// Lets a kind go, because one of its records cannot be read; whoever asks for it reads it anew and is told.
  func drop(_ kind: String) {
    state.withLock { state in
      state.tables[kind] = nil
      state.changed = nil
    }
  }

  /// Takes in what became of records, and how far the log they stand in was read.
  func take(_ changes: [(id: RecordID, now: RecordSummary?)], log: Int, upTo size: Int) {
    state.withLock { state in
      for (id, now) in changes { state.take(id, now) }
      state.reach(size, log)
    }
    for (id, now) in changes where now == nil { opened.forget(id) }
  }

  /// Hands over records as this process has just written them, so that they need not be read.
  func hand(_ receipts: some Sequence<Receipt>, _ states: [RecordState]) {
    hand(zip(receipts, states.map { Handed(record: $0.id, state: $0) }))
  }

  /// Hands over what the program noted of its own, which is read where somebody asked for its kind.
  func hand(_ receipts: some Sequence<Receipt>, _ drafts: [Draft]) {
    hand(zip(receipts, drafts.map { Handed(record: $0.record, state: nil) }))
  }

  private func hand(_ entries: some Sequence<(Receipt, Handed)>) {
    state.withLock { state in
      guard state.isKept, !state.sizes.isEmpty else { return }
      for (receipt, entry) in entries {
        let log = receipt.log.place
        // Whoever was quicker has read it.
        guard receipt.index >= state.sizes[log] else { continue }
        if state.handed[log].count >= Summaries.mostHanded { state.handed[log] = [:] }
        state.handed[log][receipt.index] = entry
      }
    }
  }

  /// Takes in what was handed over of a log, as far as nothing is missing; gives how far that is.
  func takeHanded(_ log: LogName) -> Int { state.withLock { $0.takeHanded(log.place) } }

  /// Takes in what was handed over of all logs; gives whether that is all of it up to these sizes.
  ///
  /// So that whoever asks after a change of this process waits for nobody.
  func catchUp(_ kinds: [RecordKind], to sizes: [Int]) -> Bool {
    state.withLock { state in
      guard state.sizes.count == sizes.count, !state.isLoading,
        kinds.allSatisfy({ state.tables[$0.name] != nil })
      else { return false }
      // The log that tells of erasures comes last.
      var isAll = true
      for log in [LogName.operational, .access, .regulatory].map(\.place)
      where state.takeHanded(log) < sizes[log] {
        isAll = false
      }
      return isAll
    }
  }

  /// Says that a kind is being taken in, or that this has ended.
  func setLoading(_ isLoading: Bool) { state.withLock { $0.isLoading = isLoading } }

  /// Lets everything go, because the stored states were computed anew.
  func forgetAll() {
    state.withLock { state in
      state.tables = [:]
      state.changed = nil
    }
    opened.forgetAll()
  }

  // MARK: Reading

  /// Reads the table of a kind; nil while it is not here.
  func read<Value: Sendable>(_ kind: String, _ body: (SummaryTable) -> Value) -> Value? {
    state.withLock { $0.tables[kind].map(body) }
  }

  /// Sorts a kind by something, once.
  func prepare(_ kind: String, _ order: SummaryOrder) {
    state.withLock { $0.tables[kind]?.prepare(order) }
  }

  /// How often a kind was changed; the same number, the same records.
  func edition(_ kind: String) -> Int { state.withLock { $0.editions[kind] ?? 0 } }

  /// The classes that somebody reads of a kind, whatever their scope; asked of the rule once.
  func classes(_ key: SightKey, _ make: () -> ClassSet) -> ClassSet {
    if let known = state.withLock({ $0.sights[key] }) { return known }
    let made = make()
    state.withLock { state in
      if state.sights.count >= Summaries.mostSights { state.sights = [:] }
      state.sights[key] = made
    }
    return made
  }

  /// The names of people, as long as none of their records changes.
  func names(edition: Int) -> [String: String]? {
    state.withLock { state in
      state.names.flatMap { $0.edition == edition ? $0.names : nil }
    }
  }

  func know(_ names: [String: String], edition: Int) {
    state.withLock { $0.names = (edition, names) }
  }

  // MARK: What the docket has to look at again

  /// The records that changed since the docket asked last; nil when it has to begin anew.
  func changedForDocket() -> Set<RecordID>? {
    state.withLock { state in
      defer { state.changed = [] }
      return state.changed
    }
  }

  /// Whether anything changed since the docket asked last.
  var hasNewsForDocket: Bool { state.withLock { $0.changed.map { !$0.isEmpty } ?? true } }

  /// Makes the docket begin anew.
  func resetDocket() { state.withLock { $0.changed = nil } }
}

extension LogName {
  /// Its place among all logs.
  var place: Int {
    switch self {
    case .regulatory: 0
    case .access: 1
    case .operational: 2
    }
  }
}
