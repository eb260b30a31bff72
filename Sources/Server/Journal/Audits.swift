internal import Ground
internal import Sealing
internal import Synchronization
internal import Workspace

/// Audits of the journal that were begun from a page: how far each is, and what it found.
///
/// One runs at a time, because it reads everything; whoever asks meanwhile looks at that one. They live as long as the
/// server: what an audit finds can be found again.
final class Audits: Sendable {
  /// One audit.
  struct Audit: Sendable {
    let id: String
    let begun: Instant
    var done = 0
    var total = 0
    var result: Result<WorkspaceReport, Problem>?
  }

  /// Most audits that are remembered.
  private static let mostKept = 8

  private let audits = Mutex<[Audit]>([])

  /// Begins an audit, or gives the one under way.
  func begin(_ workspace: OpenWorkspace) -> Audit {
    let audit = Audit(id: RandomText.key(length: 12), begun: workspace.surroundings.now())
    let running = audits.withLock { audits -> Audit? in
      if let running = audits.last(where: { $0.result == nil }) { return running }
      audits.append(audit)
      audits.removeFirst(max(0, audits.count - Audits.mostKept))
      return nil
    }
    if let running { return running }
    Task { await run(audit.id, workspace) }
    return audit
  }

  /// The audit of an id.
  func audit(_ id: String) -> Audit? { audits.withLock { $0.first { $0.id == id } } }

  /// The audits that are remembered, the newest first.
  var all: [Audit] { audits.withLock { $0.reversed() } }

  private func run(_ id: String, _ workspace: OpenWorkspace) async {
    let result: Result<WorkspaceReport, Problem>
    do {
      result = .success(
        try await VerifyWorkspace(workspace).report { [self] done, total in
          change(id) { ($0.done, $0.total) = (done, total) }
        })
    } catch {
      result = .failure(error)
    }
    change(id) { $0.result = result }
  }

  private func change(_ id: String, _ body: (inout Audit) -> Void) {
    audits.withLock { audits in
      guard let index = audits.firstIndex(where: { $0.id == id }) else { return }
      body(&audits[index])
    }
  }
}
