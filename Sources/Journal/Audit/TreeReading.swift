internal import Ground
internal import Sealing

/// What the entries of a directory hash to, level by level, and where the tiles say otherwise.
struct TreeReading: Sendable {
  let folder: String
  let size: Int
  /// Roots of complete subtrees, computed from entries: level 1 first; nil where entries are unreadable.
  private(set) var computed: [[Digest?]] = []
  /// Leaf hashes of the unfinished bundle; nil when it is unreadable, empty when there is none.
  private(set) var edge: [Digest]? = []
  /// Tiles of each level, level 0 first, that differ from what was computed or could not be read.
  private(set) var faults: [[Int]] = []

  /// Reads the whole directory with two threads.
  static func read(
    folder: String, size: Int, progress: (@Sendable (Int) -> Void)?
  ) async -> TreeReading {
    let scan = TileScan(folder: folder, size: size, progress: progress)
    async let one = OwnThread.run { scan.run() }
    async let other = OwnThread.run { scan.run() }
    let parts = await one + other
    return await OwnThread.run { TreeReading(folder: folder, size: size, parts: parts) }
  }

  private init(folder: String, size: Int, parts: [TileScan.Part]) {
    self.folder = folder
    self.size = size
    var roots: [Digest?] = []
    var first: [Int] = []
    for part in parts.sorted(by: { $0.first < $1.first }) {
      roots += part.roots
      first += part.faults
      if part.edge?.isEmpty != true { edge = part.edge }
    }
    faults = size > 0 ? [first] : []
    compareUpperTiles(roots)
  }

  /// Levels of tiles that the log has.
  var levels: Int { faults.count }

  /// The root over all entries; nil when some could not be read.
  var root: Digest? {
    guard let edge else { return nil }
    var levels = [edge]
    for roots in computed {
      let hashes = roots.suffix(roots.count % TilePath.fullWidth).compactMap { $0 }
      guard hashes.count == roots.count % TilePath.fullWidth else { return nil }
      levels.append(hashes)
    }
    return TreeHash.root(ofEdge: levels)
  }

  /// Hashes of a level as computed, for a proof or the root of an older size.
  func hashes(level: Int, from index: Int, count: Int) -> [[UInt8]] {
    let path = TilePath(level: level, index: index / TilePath.fullWidth, size: size)
    guard let path else { return [] }
    let start = index % TilePath.fullWidth
    return computed(path, FileBuffer()).dropFirst(start).prefix(count).compactMap { $0?.bytes }
  }

  /// What a tile should hold by what was computed below it; leaf hashes are computed again from the bundle.
  func computed(_ path: TilePath, _ buffer: FileBuffer) -> [Digest?] {
    let range = path.index * TilePath.fullWidth..<path.index * TilePath.fullWidth + path.width
    if let level = path.level, level > 0 {
      return Array(computed[level - 1][range])
    }
    var leaves: [Digest] = []
    let bundle = TilePath(level: nil, index: path.index, width: path.width)
    _ = try? buffer.withFile(folder + "/" + bundle.text, atMost: Bundle.mostBytes) {
      Bundle.hash($0, width: path.width, into: &leaves)
    }
    return leaves + Array(repeating: nil, count: path.width - leaves.count)
  }

  /// What the file of a tile holds; nil when it cannot be read or has another length.
  func stored(_ path: TilePath, _ buffer: FileBuffer) -> [Digest]? {
    let hashes = try? buffer.withFile(folder + "/" + path.text, atMost: TilePath.mostTileBytes) {
      $0.count == path.width * Digest.byteCount ? Digest.all(in: $0) : nil
    }
    return hashes ?? nil
  }

  private mutating func compareUpperTiles(_ first: [Digest?]) {
    var roots = first
    let buffer = FileBuffer()
    while !roots.isEmpty {
      computed.append(roots)
      let level = computed.count
      var wrong: [Int] = []
      var above: [Digest?] = []
      for index in 0...(roots.count - 1) / TilePath.fullWidth {
        guard let path = TilePath(level: level, index: index, size: size) else { continue }
        let start = index * TilePath.fullWidth
        var hashes = roots[start..<start + path.width].compactMap { $0 }
        if hashes.count != path.width || stored(path, buffer) != hashes { wrong.append(index) }
        guard path.width == TilePath.fullWidth else { continue }
        above.append(hashes.count == path.width ? TreeHash.fold(&hashes) : nil)
      }
      faults.append(wrong)
      roots = above
    }
  }
}
