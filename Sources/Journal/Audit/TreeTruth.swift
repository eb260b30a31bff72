internal import Sealing

/// Decides by the signed root which is right where entries and tiles disagree.
///
/// Hashes cannot be chosen to fit: of a computed and a stored tile, the one that leads to the signed root
/// through the tiles above it is as it was signed.
struct TreeTruth {
  /// Which version of a tile leads to the signed root.
  enum Verdict {
    case computed
    case stored
    case both
    case neither
  }

  let reading: TreeReading
  private let buffer = FileBuffer()
  /// Tiles about which something was decided.
  private var settled: [TilePath: [Digest]] = [:]
  /// The verdict on the unfinished tiles of the right edge by level; empty when none leads to the root.
  private(set) var edge: [Int: Verdict] = [:]
  /// Whether every unfinished tile was there in some version, so that a root could be computed at all.
  private(set) var hasRoot = true
  /// Places of hashes in the levels that were searched.
  private var places: [Int: [Digest: Int]] = [:]

  init(_ reading: TreeReading, root: Digest) {
    self.reading = reading
    settleEdge(root)
  }

  /// What was computed for a tile.
  func computed(_ path: TilePath) -> [Digest?] { reading.computed(path, buffer) }

  /// What is stored for a tile.
  func stored(_ path: TilePath) -> [Digest]? { reading.stored(path, buffer) }

  /// The hash that the tile above gives for a full tile; nil when that cannot be known.
  func anchor(of path: TilePath) -> Digest? {
    guard let level = path.level, path.width == TilePath.fullWidth,
      let above = TilePath(
        level: level + 1, index: path.index / TilePath.fullWidth, size: reading.size)
    else { return nil }
    return (settled[above] ?? stored(above))?[path.index % TilePath.fullWidth]
  }

  /// Decides about a tile whose tile above was decided before.
  mutating func settle(_ path: TilePath) -> Verdict {
    let computed = computed(path)
    let stored = stored(path)
    let whole = computed.compactMap { $0 }
    let verdict: Verdict
    if path.width < TilePath.fullWidth {
      verdict = path.level.flatMap { edge[$0] } ?? .neither
    } else {
      let anchor = anchor(of: path)
      verdict = Verdict(
        computed: whole.count == path.width && fold(whole) == anchor,
        stored: stored.map { fold($0) == anchor } ?? false)
    }
    settled[path] =
      verdict == .computed ? whole : stored ?? (whole.count == path.width ? whole : nil)
    return verdict
  }

  /// The full tile of a level whose hashes have this root, as the tiles above have it.
  mutating func place(of hashes: [Digest], level: Int) -> Int? {
    guard hashes.count == TilePath.fullWidth, let root = fold(hashes) else { return nil }
    if places[level + 1] == nil {
      var found: [Digest: Int] = [:]
      var index = 0
      while let path = TilePath(level: level + 1, index: index, size: reading.size) {
        for (place, hash) in (settled[path] ?? stored(path) ?? []).enumerated() {
          found[hash] = index * TilePath.fullWidth + place
        }
        index += 1
      }
      places[level + 1] = found
    }
    return places[level + 1]?[root]
  }

  private func fold(_ hashes: [Digest]) -> Digest? {
    var hashes = hashes
    return TreeHash.fold(&hashes)
  }

  /// Tries the versions of the unfinished tiles until they lead to the signed root.
  private mutating func settleEdge(_ root: Digest) {
    var versions: [[(verdict: Verdict, hashes: [Digest])]] = []
    for level in 0..<reading.levels {
      let index = reading.size >> (8 * level + 8)
      guard let path = TilePath(level: level, index: index, size: reading.size) else {
        versions.append([(.both, [])])
        continue
      }
      let whole = computed(path).compactMap { $0 }
      let stored = stored(path)
      if whole.count == path.width, whole == stored {
        versions.append([(.both, whole)])
      } else {
        let computed = whole.count == path.width ? [(Verdict.computed, whole)] : []
        versions.append(computed + (stored.map { [(Verdict.stored, $0)] } ?? []))
      }
    }
    let combinations = versions.reduce(1) { $0 * $1.count }
    hasRoot = combinations > 0
    for number in 0..<combinations {
      var rest = number
      let choice = versions.map { versions in
        defer { rest /= versions.count }
        return versions[rest % versions.count]
      }
      guard TreeHash.root(ofEdge: choice.map(\.hashes)) == root else { continue }
      for (level, version) in choice.enumerated() { edge[level] = version.verdict }
      return
    }
  }
}

extension TreeTruth.Verdict {
  init(computed: Bool, stored: Bool) {
    self = computed ? (stored ? .both : .computed) : (stored ? .stored : .neither)
  }
}
