internal import Duties
public import Ground
internal import Synchronization

/// What somebody was let read and change in one request: collected, then noted together in the access journal before the
/// answer leaves.
///
/// One entry for each act and role, so that a page with a hundred rows is one line and not a hundred.
/// Source: OWASP ASVS 5.0.0, 16.3.2.
public final class AccessNotes: Sendable {
  /// Most records that one entry names; of more it says how many of which kind.
  static let mostNamed = 500

  /// What one entry says.
  struct Line: Sendable {
    let act: String
    let role: Role
    var records: [RecordID] = []
    var counts: [String: Int] = [:]
    var seen: Set<RecordID> = []

    /// What lines of one request differ by.
    var key: String { act + " " + role.rawValue }
  }

  private struct State {
    var lines: [Line] = []
    var acts: [String: Int] = [:]
  }

  /// What was collected for something that is shown again as it is.
  public struct Kept: Sendable {
    let lines: [Line]
  }

  /// What names the request.
  public let request: String
  private let state = Mutex(State())

  /// Notes of a request.
  public init(request: String) { self.request = request }

  /// Adds records that an act was allowed on, each once for an act.
  func add(_ act: String, _ role: Role, _ ids: [RecordID]) {
    guard !ids.isEmpty else { return }
    state.withLock { state in
      let line = Line(act: act, role: role)
      let index = state.acts[line.key] ?? state.lines.count
      if index == state.lines.count {
        state.lines.append(line)
        state.acts[line.key] = index
      }
      for id in ids where state.lines[index].seen.insert(id).inserted {
        if state.lines[index].records.count < AccessNotes.mostNamed {
          state.lines[index].records.append(id)
        } else {
          state.lines[index].counts[id.kind, default: 0] += 1
        }
      }
    }
  }

  /// What was collected so far.
  var kept: Kept { Kept(lines: state.withLock { $0.lines }) }

  /// Takes back what could not be written.
  func putBack(_ lines: [Line]) {
    state.withLock { state in
      state.lines = lines + state.lines
      state.acts = [:]
      for (index, line) in state.lines.enumerated().reversed() { state.acts[line.key] = index }
    }
  }

  /// What was collected; nothing is left.
  func take() -> [Line] {
    state.withLock { state in
      defer { state = State() }
      return state.lines
    }
  }
}

extension OpenWorkspace {
  /// Notes that an act was allowed: an inspector's reading at once and for each record, others' with the request.
  ///
  /// What the program asks for itself, and what is no record of the regulatory log, is nobody's reading.
  func noteAllowed(
    _ act: Act, _ ids: [RecordID], by who: SignedIn, as role: Role
  ) async throws(Problem) {
    if case .read = act, who.roles.contains(.inspector) {
      try await noteReading(ids, by: who)
      return
    }
    guard let notes else { return }
    notes.add(
      act.words, role, ids.filter { RecordKind.named($0.kind)?.log == .regulatory })
  }

  /// Notes what a page or a list shows of records that were not asked for one by one.
  ///
  /// - Throws: `store.*`.
  public func noteShown(_ ids: [RecordID]) async throws(Problem) {
    try await noteSeen(ids, by: try await current())
  }

  /// The same for whoever is known to act.
  func noteSeen(_ ids: [RecordID], by who: SignedIn) async throws(Problem) {
    guard let role = Role.allCases.first(where: { who.roles.contains($0) }) else { return }
    try await noteAllowed(.read, ids, by: who, as: role)
  }

  /// What was noted in this request so far; nil where nothing is collected.
  public var notedSoFar: AccessNotes.Kept? { notes?.kept }

  /// Notes the same again, because the same is shown again.
  public func note(_ kept: AccessNotes.Kept) { notes?.putBack(kept.lines) }

  /// Writes what was collected, in one transaction; answers when it is durable.
  ///
  /// - Throws: `store.*`: what cannot be noted is not shown.
  public func writeNotes() async throws(Problem) {
    guard let remark = takeRemark() else { return }
    try await again { () async throws(Problem) in _ = try await store.append([], saying: remark) }
  }

  /// What was collected in this request, to be said; nothing is left.
  func takeRemark() -> AccessRemark? {
    guard let notes else { return nil }
    let lines = notes.take()
    return lines.isEmpty ? nil : AccessRemark(workspace: self, request: notes.request, lines: lines)
  }
}
