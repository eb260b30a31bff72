internal import Ground
internal import Journal
internal import Sealing

/// Reads a log from its first entry to its last, page by page, and compares what the store says of it.
struct LogAudit {
  let store: any RecordStore
  let log: LogName
  let progress: @Sendable (Int) -> Void
  private(set) var tree: TreeAudit
  private(set) var findings = FindingList()
  private(set) var notes: [String] = []
  private(set) var nodes = 0
  private var newest: Instant?
  private var backwards = 0
  private var pending: [Int: [TreeAudit.Completed]] = [:]

  /// Entries read at once.
  private static let page = 512
  /// Hashes compared at once.
  private static let tile = 256

  /// An audit that tells the roots at some sizes.
  init(
    _ store: any RecordStore, _ log: LogName, wanted: Set<Int>,
    progress: @escaping @Sendable (Int) -> Void
  ) {
    self.store = store
    self.log = log
    self.progress = progress
    tree = TreeAudit(wanted: wanted)
  }

  /// Reads the log.
  ///
  /// - Throws: `store.*` when the store cannot be read at all.
  mutating func run() async throws(Problem) {
    var head: StoredHead?
    do { head = try await store.head(log) } catch {
      findings.add(
        Finding(
          "head-unreadable", in: log, what: "The head of the log cannot be read: \(error.what)."))
    }
    while tree.size < head?.size ?? .max {
      let before = tree.size
      let limit = min(LogAudit.page, (head?.size ?? .max) - tree.size)
      let entries = try await page(limit)
      // After a stretch that cannot be read the rest is tried as long as the head tells of it.
      guard !entries.isEmpty || head.map({ tree.size > before && tree.size < $0.size }) ?? false
      else { break }
      for entry in entries { try await take(entry) }
      progress(tree.size)
    }
    if let head { try await close(head) }
    for level in pending.keys.sorted() { try await compare(level) }
    try await checkNothingFollows()
    tellTimes()
  }

  // MARK: Entries

  /// The next entries; where a page cannot be read, they are read one by one.
  private mutating func page(_ limit: Int) async throws(Problem) -> [StoredEntry] {
    do { return try await store.entries(log, from: tree.size, limit: limit) } catch {
      guard error.code == "store.damaged" else { throw error }
    }
    let end = min(tree.size + limit, tree.size + LogAudit.page)
    while tree.size < end {
      do { return try await store.entries(log, from: tree.size, limit: 1) } catch {
        guard error.code == "store.damaged" else { throw error }
        findings.add(
          Finding(
            "entry-unreadable", in: log, entry: tree.size,
            what: "Entry \(tree.size) cannot be read: \(error.what)."))
        queue(tree.skip())
      }
    }
    return []
  }

  private mutating func take(_ entry: StoredEntry) async throws(Problem) {
    guard entry.index >= tree.size else { return }
    if entry.index > tree.size {
      let isOne = entry.index == tree.size + 1
      findings.add(
        Finding(
          "entry-missing", in: log, entry: tree.size,
          what: isOne
            ? "Entry \(tree.size) is not there, or its record is not."
            : "Entries \(tree.size) to \(entry.index - 1) are not there, or their records are not.")
      )
    }
    while entry.index > tree.size { queue(tree.skip()) }
    queue(tree.append(entry.entry, stored: entry.leaf))
    checkEnvelope(entry)
    for level in pending.keys where pending[level, default: []].count >= LogAudit.tile {
      try await compare(level)
    }
  }

  private mutating func checkEnvelope(_ entry: StoredEntry) {
    let envelope: Envelope
    do { envelope = try Envelope(entry: entry.entry) } catch {
      findings.add(
        Finding(
          "entry-not-canonical", in: log, entry: entry.index,
          what: "Entry \(entry.index) is not an entry in its canonical form."))
      return
    }
    if envelope.record != entry.record {
      findings.add(
        Finding(
          "entry-record-differs", in: log, entry: entry.index, expected: envelope.record.text,
          actual: entry.record.text,
          what: "Entry \(entry.index) is filed under \(entry.record.text); it states "
            + "\(envelope.record.text)."))
    }
    if envelope.version != entry.version {
      findings.add(
        Finding(
          "entry-version-differs", in: log, entry: entry.index,
          expected: "version \(envelope.version)", actual: "version \(entry.version)",
          what: "Entry \(entry.index) is filed as version \(entry.version); it states "
            + "\(envelope.version)."))
    }
    if let newest, envelope.recorded < newest {
      backwards += 1
      if backwards == 1 {
        notes.append(
          "In the \(log.rawValue) log, entry \(entry.index) states an earlier time than the one "
            + "before it: the clock of the machine was set back.")
      }
    }
    newest = envelope.recorded
  }

  private mutating func tellTimes() {
    guard backwards > 1 else { return }
    notes.append("\(backwards - 1) more entries of the \(log.rawValue) log step back in time.")
  }

  // MARK: Stored hashes

  private mutating func queue(_ completed: [TreeAudit.Completed]) {
    for subtree in completed { pending[subtree.level, default: []].append(subtree) }
  }

  private mutating func compare(_ level: Int) async throws(Problem) {
    guard let queue = pending[level], let first = queue.first, let last = queue.last else { return }
    pending[level] = []
    let count = last.index - first.index + 1
    let stored = try await store.hashes(log, level: level, from: first.index, count: count)
    nodes += queue.count
    let isWhole =
      stored.count == count
      && queue.allSatisfy { LogAudit.fits(stored[$0.index - first.index], $0) }
    guard !isWhole else { return }
    // A row that is not there moves all that follow: each is asked for by itself.
    for subtree in queue {
      let hash = try await store.hashes(log, level: level, from: subtree.index, count: 1).first
      guard !LogAudit.fits(hash, subtree) else { continue }
      let start = subtree.index << (8 * level)
      findings.add(
        Finding(
          "node-changed", in: log, entry: start, expected: subtree.byEntries.hex,
          actual: hash.map { Hex.text($0) },
          what: "The stored hash over entries \(start) to \(start + 1 << (8 * level) - 1) (level "
            + "\(level), place \(subtree.index)) is not the one that they have."))
    }
  }

  /// What the stored leaf hashes lead to is told with the entry that differs.
  private static func fits(_ stored: [UInt8]?, _ subtree: TreeAudit.Completed) -> Bool {
    stored == subtree.byEntries.bytes
      || subtree.byLeaves != nil && stored == subtree.byLeaves?.bytes
  }

  // MARK: The head

  private mutating func close(_ head: StoredHead) async throws(Problem) {
    if tree.size < head.size {
      findings.add(
        Finding(
          "entry-missing", in: log, entry: tree.size, expected: "\(head.size) entries",
          actual: "\(tree.size) entries",
          what:
            "The head of the log tells \(head.size) entries; those from \(tree.size) on are not "
            + "there."))
    } else if tree.firstHole == nil {
      let edges = [tree.byEntries.head.edge, tree.byLeaves?.head.edge]
      if !edges.contains(head.edge) {
        findings.add(
          Finding(
            "head-changed", in: log, expected: tree.byEntries.root.hex,
            actual: (try? CompactRange(head))?.root.hex,
            what: "The stored right edge of the tree is not the one that the entries lead to."))
      }
    }
  }

  /// What lies behind the head, unless the log grew meanwhile.
  private mutating func checkNothingFollows() async throws(Problem) {
    let size = tree.size
    let next = (try? await store.entries(log, from: size, limit: 1))?.first
    var node: (level: Int, index: Int)?
    for level in 1...7 where node == nil {
      let index = size >> (8 * level)
      let hashes = try await store.hashes(log, level: level, from: index, count: 1)
      if !hashes.isEmpty { node = (level, index) }
    }
    guard next != nil || node != nil, let head = try? await store.head(log) else { return }
    if let next, head.size <= next.index {
      findings.add(
        Finding(
          "entry-beyond-head", in: log, entry: next.index, expected: "\(head.size) entries",
          actual: "an entry \(next.index)",
          what: "Entry \(next.index) lies behind the head of the log, which tells \(head.size)."))
    }
    if let node, head.size >> (8 * node.level) <= node.index {
      findings.add(
        Finding(
          "node-beyond-head", in: log,
          what: "A hash of level \(node.level) at place \(node.index) or behind it is stored; the "
            + "log is not that long."))
    }
  }
}
