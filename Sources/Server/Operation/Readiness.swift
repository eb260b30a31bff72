internal import Glibc
internal import Ground
internal import Journal
internal import Workspace

/// Whether the server can do its work: read and write the store, sign heads, and find room on the disk.
struct Readiness: Sendable {
  let workspace: OpenWorkspace
  let configuration: Configuration
  /// Seconds after which a head that was not signed means that signing does not work.
  static let signedWithin = 300

  /// What stands in the way, in plain words for whoever keeps the machine; empty when nothing does.
  func obstacles() async -> [String] {
    var found: [String] = []
    do {
      for log in LogName.allCases {
        let head = try await workspace.store.head(log)
        guard let newest = try await Checkpoints(workspace).newest(log) else {
          found.append("the log \(log.rawValue) was never signed")
          continue
        }
        if newest.checkpoint.size < head.size, try await isOld(log, newest.checkpoint.size) {
          found.append(
            "the log \(log.rawValue) was not signed for \(Readiness.signedWithin) seconds")
        }
      }
    } catch {
      found.append("the store cannot be read: \(error.code)")
    }
    if access(workspace.folder.path, W_OK) != 0 || access(workspace.folder.store, W_OK) != 0 {
      found.append("the workspace cannot be written")
    }
    let free = Readiness.freeMegabytes(workspace.folder.path)
    let needed = configuration.number("limits.free_megabytes")
    if let free, free < needed { found.append("only \(free) MB are free, \(needed) are wanted") }
    return found
  }

  /// Whether the first entry that is not signed has waited too long.
  private func isOld(_ log: LogName, _ size: Int) async throws(Problem) -> Bool {
    guard let entry = try await workspace.store.entries(log, from: size, limit: 1).first else {
      return false
    }
    let recorded = try Envelope(entry: entry.entry).recorded
    return workspace.surroundings.now().seconds - recorded.seconds > Readiness.signedWithin
  }

  /// Free space for an ordinary user, in megabytes; nil when the system does not tell.
  static func freeMegabytes(_ path: String) -> Int? {
    var facts = statvfs()
    guard statvfs(path, &facts) == 0 else { return nil }
    return Int(facts.f_bavail) * Int(facts.f_frsize) / 1_000_000
  }
}
