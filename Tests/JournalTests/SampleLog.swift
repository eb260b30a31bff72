import Ground
import Journal
import Sealing

/// A log in memory that keeps all hashes, level by level.
struct SampleLog: Sendable {
  private(set) var entries: [[UInt8]] = []
  private(set) var levels: [[Digest]] = [[]]
  private(set) var edge = CompactRange()

  /// The entries `entry-<i>`, some of them others.
  init(_ count: Int, changing changed: [Int: String] = [:]) {
    for index in 0..<count { append(changed[index].map { Array($0.utf8) } ?? Vectors.entry(index)) }
  }

  init(_ entries: [[UInt8]]) {
    for entry in entries { append(entry) }
  }

  mutating func append(_ entry: [UInt8]) {
    entries.append(entry)
    let leaf = TreeHash.leaf(entry)
    levels[0].append(leaf)
    for subtree in edge.append(leaf) {
      if subtree.level == levels.count { levels.append([]) }
      levels[subtree.level].append(subtree.hash)
    }
  }

  /// The root of the first entries, by the definition.
  func root(_ size: Int) -> Digest { SampleLog.root(levels[0].prefix(size)) }

  /// The root of hashes of leaves, by the definition.
  ///
  /// Source: RFC 6962, section 2.1.
  static func root(_ leaves: ArraySlice<Digest>) -> Digest {
    guard leaves.count > 1 else { return leaves.first ?? TreeHash.empty }
    let middle = leaves.startIndex + split(leaves.count)
    return TreeHash.node(root(leaves[..<middle]), root(leaves[middle...]))
  }

  /// The audit path, by the definition.
  ///
  /// Source: RFC 6962, section 2.1.1.
  static func path(_ index: Int, _ leaves: ArraySlice<Digest>) -> [Digest] {
    guard leaves.count > 1 else { return [] }
    let count = split(leaves.count)
    let middle = leaves.startIndex + count
    return index < count
      ? path(index, leaves[..<middle]) + [root(leaves[middle...])]
      : path(index - count, leaves[middle...]) + [root(leaves[..<middle])]
  }

  /// The consistency proof, by the definition.
  ///
  /// Source: RFC 6962, section 2.1.2.
  static func subproof(_ old: Int, _ leaves: ArraySlice<Digest>, _ isWhole: Bool) -> [Digest] {
    if old == leaves.count { return isWhole ? [] : [root(leaves)] }
    let count = split(leaves.count)
    let middle = leaves.startIndex + count
    return old <= count
      ? subproof(old, leaves[..<middle], isWhole) + [root(leaves[middle...])]
      : subproof(old - count, leaves[middle...], false) + [root(leaves[..<middle])]
  }

  private static func split(_ count: Int) -> Int {
    var split = 1
    while split * 2 < count { split *= 2 }
    return split
  }

  /// The hashes as a store gives them.
  var source: HashSource {
    let levels = levels
    return HashSource { level, index, count in
      guard level < levels.count else { return [] }
      return levels[level].dropFirst(index).prefix(count).map(\.bytes)
    }
  }

  /// The signed head.
  func head(_ signer: NoteSigner) throws(Problem) -> SignedCheckpoint {
    try SignedCheckpoint(size: entries.count, root: edge.root, signer: signer)
  }

  /// Writes the log as a directory, or continues one.
  func export(to folder: String, _ head: SignedCheckpoint, _ key: VerifierKey) throws(Problem) {
    let export = try DirectoryExport(folder: folder, checkpoint: head, log: key)
    for index in export.size..<max(export.size, entries.count) { try export.append(entries[index]) }
    try export.finish()
  }

  /// Writes the log as a directory.
  func export(to folder: String) throws {
    let signer = try Vectors.signer()
    try export(to: folder, head(signer), signer.verifier)
  }
}
