import Ground
import Journal
import Sealing

/// Folders for benchmarks of reading; how long it takes to fill them is not measured.
enum Filling {
  /// A workspace with so many entries in its regulatory log.
  static func entries(_ count: Int, into folder: String) async throws {
    let bench = try await BenchWorkspace(folder)
    let begun = try await bench.store.head(.regulatory).size
    try await bench.add(max(0, count - begun)) { bench.request("request \($0)") }
    try await bench.close()
  }

  /// A workspace with so many requests that wait for an answer, some of them overdue.
  static func deadlines(_ count: Int, into folder: String) async throws {
    let bench = try await BenchWorkspace(folder, models: 20)
    try await bench.add(count) { bench.request("request \($0)", model: $0, daysAgo: $0 % 40) }
    try await bench.close()
  }

  /// A directory in the form of C2SP tlog-tiles; gives the key that verifies it.
  static func export(_ folder: String, entries count: Int, bytes: Int) throws -> String {
    let key = try SigningKey(seed: (0..<32).map { UInt8($0) })
    let signer = try NoteSigner(name: "bench.example/log", key: key)
    var range = CompactRange()
    for number in 0..<count { _ = range.append(TreeHash.leaf(entry(number, bytes))) }
    let export = try DirectoryExport(
      folder: folder,
      checkpoint: SignedCheckpoint(size: count, root: range.root, signer: signer),
      log: signer.verifier)
    for number in 0..<count { try export.append(entry(number, bytes)) }
    try export.finish()
    return signer.verifier.text
  }

  private static func entry(_ number: Int, _ bytes: Int) -> [UInt8] {
    let start = Array("entry \(number) ".utf8)
    return start
      + (start.count..<max(bytes, start.count)).map { UInt8(truncatingIfNeeded: $0 &* number &+ 7) }
  }
}
