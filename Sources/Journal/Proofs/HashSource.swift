public import Ground
internal import Sealing

/// Where the hashes of a tree are read from, in the terms of tiles.
public struct HashSource: Sendable {
  /// Gives hashes of complete subtrees of 256^level entries, 32 bytes each, from an index on.
  public typealias Read =
    @Sendable (_ level: Int, _ index: Int, _ count: Int) async throws(Problem) -> [[UInt8]]

  private let read: Read

  /// A source that asks, for example, a store.
  public init(_ read: @escaping Read) { self.read = read }

  func hashes(level: Int, from index: Int, count: Int) async throws(Problem) -> [Digest] {
    let hashes = try await read(level, index, count).prefix(count).compactMap { Digest(bytes: $0) }
    guard hashes.count == count else {
      throw Problem(
        "journal.hash-missing",
        what: "hashes \(index) to \(index + count - 1) of level \(level) are not all there",
        why: "a proof needs the hash of every subtree beside its path",
        mend: "verify the journal; restore from a backup if it is damaged")
    }
    return hashes
  }
}

/// The tiles of a tree of one size, each read once.
struct TreeReader {
  private struct Place: Hashable {
    let level: Int
    let index: Int
  }

  private let size: Int
  private let source: HashSource
  private var tiles: [Place: [Digest]] = [:]

  init(size: Int, source: HashSource) {
    self.size = size
    self.source = source
  }

  /// The hash over a range of entries that a proof may name.
  mutating func hash(of range: Range<Int>) async throws(Problem) -> Digest {
    var hashes: [Digest] = []
    for part in ProofPath.subtrees(of: range) {
      hashes.append(try await subtree(height: part.height, index: part.index))
    }
    guard var root = hashes.popLast() else { return TreeHash.empty }
    while let left = hashes.popLast() { root = TreeHash.node(left, root) }
    return root
  }

  /// Hashes over ranges, in their order.
  mutating func hashes(of ranges: [Range<Int>]) async throws(Problem) -> [Digest] {
    var hashes: [Digest] = []
    for range in ranges { hashes.append(try await hash(of: range)) }
    return hashes
  }

  private mutating func subtree(height: Int, index: Int) async throws(Problem) -> Digest {
    let level = height / 8
    let count = 1 << (height - 8 * level)
    let first = index * count
    let tile = try await tile(Place(level: level, index: first / 256))
    let start = first % 256
    var hashes = Array(tile[start..<start + count])
    return TreeHash.fold(&hashes) ?? TreeHash.empty
  }

  private mutating func tile(_ place: Place) async throws(Problem) -> [Digest] {
    if let known = tiles[place] { return known }
    let width = min(256, size >> (8 * place.level) - place.index * 256)
    let tile = try await source.hashes(
      level: place.level, from: place.index * 256, count: width)
    tiles[place] = tile
    return tile
  }
}
