internal import Glibc
internal import Ground
internal import Sealing
internal import Synchronization

/// The first pass of an audit: hashes every entry once and compares with the tiles of leaf hashes.
///
/// Several threads take stretches of bundles in turn; each keeps one root for 256 entries and nothing else.
final class TileScan: Sendable {
  /// Bundles that a thread takes at a time.
  private static let stretch = 32

  /// What a stretch came to.
  struct Part: Sendable {
    /// Its first bundle.
    let first: Int
    /// The root of each full bundle; nil where it could not be computed.
    var roots: [Digest?] = []
    /// The leaf hashes of the unfinished bundle; nil when it is unreadable, empty when it is elsewhere.
    var edge: [Digest]? = []
    /// Bundles that are not as their tile says, or could not be read.
    var faults: [Int] = []
  }

  private let folder: String
  private let size: Int
  private let next = Atomic<Int>(0)
  private let done = Atomic<Int>(0)
  private let progress: (@Sendable (Int) -> Void)?

  init(folder: String, size: Int, progress: (@Sendable (Int) -> Void)?) {
    self.folder = folder
    self.size = size
    self.progress = progress
  }

  /// Takes stretches until none is left.
  func run() -> [Part] {
    let bundles = (size + TilePath.fullWidth - 1) / TilePath.fullWidth
    let entries = FileBuffer()
    let hashes = FileBuffer()
    var leaves: [Digest] = []
    leaves.reserveCapacity(TilePath.fullWidth)
    var parts: [Part] = []
    while true {
      let first = next.add(TileScan.stretch, ordering: .relaxed).oldValue
      guard first < bundles else { return parts }
      var part = Part(first: first)
      for index in first..<min(first + TileScan.stretch, bundles) {
        scan(index, entries, hashes, &leaves, &part)
      }
      parts.append(part)
    }
  }

  private func scan(
    _ index: Int, _ entries: FileBuffer, _ hashes: FileBuffer, _ leaves: inout [Digest],
    _ part: inout Part
  ) {
    guard let path = TilePath(level: nil, index: index, size: size) else { return }
    let reading = try? entries.withFile(folder + "/" + path.text, atMost: Bundle.mostBytes) {
      Bundle.hash($0, width: path.width, into: &leaves)
    }
    let isWhole = reading?.isWhole(path.width) ?? false
    let tile = TilePath(level: 0, index: index, width: path.width)
    let isSame = isWhole && same(leaves, tile, hashes)
    if !isSame { part.faults.append(index) }
    // Trailing bytes are a fault of the file, not of the entries before them.
    let isReadable = reading.map { $0.count == path.width && !$0.isCut } ?? false
    if path.width < TilePath.fullWidth {
      part.edge = isReadable ? leaves : nil
    } else {
      part.roots.append(isReadable ? TreeHash.fold(&leaves) : nil)
    }
    if let progress {
      progress(done.add(path.width, ordering: .relaxed).newValue)
    }
  }

  private func same(_ leaves: [Digest], _ tile: TilePath, _ buffer: FileBuffer) -> Bool {
    let isSame = try? buffer.withFile(folder + "/" + tile.text, atMost: TilePath.mostTileBytes) {
      stored in
      leaves.withUnsafeBytes { computed in
        guard let left = stored.baseAddress, let right = computed.baseAddress else { return false }
        return stored.count == computed.count && memcmp(left, right, stored.count) == 0
      }
    }
    return isSame ?? false
  }
}

extension TilePath {
  /// Most bytes of a tile of hashes.
  static let mostTileBytes = fullWidth * Digest.byteCount
}
