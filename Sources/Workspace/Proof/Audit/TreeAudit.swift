internal import Ground
internal import Journal
internal import Sealing

/// The tree of a log, computed again from its entries while they pass by, beside what the store says of it.
///
/// Memory does not grow with the entries: two right edges, the roots that are asked for, and at most so many places of
/// damage.
struct TreeAudit: Sendable {
  /// An entry whose stored hash is another than its own.
  struct Mismatch: Sendable {
    let index: Int
    let computed: Digest
    let stored: Digest?
  }

  /// Most places of damage that are remembered one by one.
  static let mostPlaces = 1_000

  /// The edge that the entries lead to.
  private(set) var byEntries = CompactRange()
  /// The edge that the stored hashes lead to, where they are others.
  private(set) var byLeaves: CompactRange?
  /// Entries that do not fit their stored hash.
  private(set) var mismatches: [Mismatch] = []
  /// How many such entries were not remembered.
  private(set) var omitted = 0
  /// The first entry that is not there; from it on no root can be computed.
  private(set) var firstHole: Int?
  /// Roots at the sizes that were asked for, as the entries and as the stored hashes make them.
  private(set) var roots: [Int: (byEntries: Digest, byLeaves: Digest?)] = [:]
  private var holes: [Int] = []
  private let wanted: Set<Int>

  /// A tree of nothing so far.
  init(wanted: Set<Int>) {
    self.wanted = wanted
    note()
  }

  /// Entries so far, those that are not there included.
  var size: Int { byEntries.size }

  /// The subtrees that an entry completed, as they can be compared with stored ones.
  struct Completed: Sendable {
    let level: Int
    let index: Int
    let byEntries: Digest
    let byLeaves: Digest?
  }

  /// Takes the next entry.
  mutating func append(_ entry: [UInt8], stored leaf: [UInt8]) -> [Completed] {
    let computed = TreeHash.leaf(entry)
    let stored = Digest(bytes: leaf)
    if stored != computed {
      if byLeaves == nil { byLeaves = byEntries }
      if mismatches.count < TreeAudit.mostPlaces {
        mismatches.append(Mismatch(index: size, computed: computed, stored: stored))
      } else {
        omitted += 1
      }
    }
    return grow(computed, stored ?? computed)
  }

  /// Goes past an entry that is not there.
  mutating func skip() -> [Completed] {
    firstHole = firstHole ?? size
    if holes.count < TreeAudit.mostPlaces { holes.append(size) }
    return grow(TreeHash.empty, TreeHash.empty)
  }

  private mutating func grow(_ computed: Digest, _ stored: Digest) -> [Completed] {
    let first = byEntries.append(computed)
    let second = byLeaves?.append(stored)
    note()
    return first.enumerated().compactMap { place, subtree in
      let start = subtree.index << (8 * subtree.level)
      let isWhole = !holes.contains { $0 >= start && $0 < start + 1 << (8 * subtree.level) }
      guard isWhole, holes.count < TreeAudit.mostPlaces else { return nil }
      return Completed(
        level: subtree.level, index: subtree.index, byEntries: subtree.hash,
        byLeaves: second?[place].hash)
    }
  }

  private mutating func note() {
    guard wanted.contains(size), firstHole == nil else { return }
    roots[size] = (byEntries.root, byLeaves?.root)
  }
}
