internal import Ground
internal import Sealing

/// Writes the tiles of a growing tree, each when it is full, and those of the right edge at the end.
struct TileWriter {
  /// Entries so far.
  private(set) var size = 0
  /// Entries of the last bundle, each with its length.
  private var bundle: [UInt8] = []
  /// Hashes of the last, unfinished tile of each level.
  private var levels: [[Digest]] = [[]]

  init() {}

  /// Goes on from a right edge.
  init(size: Int, bundle: [UInt8], levels: [[Digest]]) {
    self.size = size
    self.bundle = bundle
    self.levels = levels.isEmpty ? [[]] : levels
  }

  /// The root of the tree.
  var root: Digest { TreeHash.root(ofEdge: levels) }

  /// Appends an entry; gives true when it filled a bundle.
  mutating func append(
    _ entry: UnsafeRawBufferPointer, to folder: DurableFolder
  ) throws(Problem) -> Bool {
    bundle.append(UInt8(entry.count >> 8))
    bundle.append(UInt8(entry.count & 255))
    bundle.append(contentsOf: entry)
    levels[0].append(TreeHash.leaf(entry))
    size += 1
    guard levels[0].count == TilePath.fullWidth else { return false }
    try folder.write(bundle, to: path(nil, width: TilePath.fullWidth))
    bundle.removeAll(keepingCapacity: true)
    try writeFullTiles(to: folder)
    return true
  }

  /// Writes the unfinished tiles and bundle.
  func writeEdge(to folder: DurableFolder) throws(Problem) {
    for (level, hashes) in levels.enumerated() where !hashes.isEmpty {
      let path = TilePath(level: level, index: size >> (8 * level + 8), width: hashes.count)
      try TileWriter.write(hashes, to: path.text, of: folder)
    }
    guard let width = levels.first?.count, width > 0 else { return }
    try folder.write(bundle, to: TilePath(level: nil, index: size >> 8, width: width).text)
  }

  private mutating func writeFullTiles(to folder: DurableFolder) throws(Problem) {
    var level = 0
    while levels[level].count == TilePath.fullWidth {
      try TileWriter.write(
        levels[level], to: path(level, width: TilePath.fullWidth), of: folder)
      let root = TreeHash.fold(&levels[level])
      levels[level].removeAll(keepingCapacity: true)
      level += 1
      if level == levels.count { levels.append([]) }
      if let root { levels[level].append(root) }
    }
  }

  /// The file of the tile that the newest entry belongs to.
  private func path(_ level: Int?, width: Int) -> String {
    TilePath(level: level, index: (size - 1) >> (8 * (level ?? 0) + 8), width: width).text
  }

  private static func write(
    _ hashes: [Digest], to name: String, of folder: DurableFolder
  ) throws(Problem) {
    let result = hashes.withUnsafeBytes { bytes in
      Result { () throws(Problem) in try folder.write(bytes, to: name) }
    }
    try result.get()
  }
}
