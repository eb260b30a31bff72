public import Duties
public import Ground

/// What people outside wrote about an incident after they had reported it, and nobody has answered or settled.
public struct UnreadMessages: Sendable {
  /// The incident.
  public let incident: RecordState
  /// How many messages there are.
  public let count: Int
  /// When the oldest of them was written.
  public let since: Instant
}

extension RecordState {
  /// Whether it is a message from outside, which came through a channel of reports.
  public var isMessageFromOutside: Bool {
    id.kind == RecordKind.comment.name && IntakeChannel.allCases.contains { $0.id == author }
  }

  /// Whether it is one that nobody has settled.
  public var isUnreadMessage: Bool { status == "open" && isMessageFromOutside }
}

extension OpenWorkspace {
  /// Incidents with messages from outside that nobody has settled, as far as the actor may read them; the longest waiting
  /// first.
  ///
  /// - Throws: `store.*`.
  public func unreadMessages() async throws(Problem) -> [UnreadMessages] {
    let waiting = try await unread()
    let who = try await current()
    let incidents = try await opened(waiting.keys.sorted()).filter {
      who.mayRead($0.id, $0.confidentiality, today: surroundings.today)
    }
    try await noteSeen(incidents.map(\.id), by: who)
    return incidents.compactMap { incident in
      waiting[incident.id].map {
        UnreadMessages(incident: incident.shown, count: $0.count, since: $0.since)
      }
    }.sorted { ($0.since, $0.incident.id) < ($1.since, $1.incident.id) }
  }

  /// How many messages from outside nobody has settled, for each of these records that has any.
  ///
  /// - Parameter ids: records that the actor reads.
  /// - Throws: `store.*`.
  public func unreadMessages(about ids: [RecordID]) async throws(Problem) -> [RecordID: Int] {
    let waiting = try await unread()
    return ids.reduce(into: [:]) { $0[$1] = waiting[$1]?.count }
  }

  /// By the records they are about: how many, and since when.
  private func unread() async throws(Problem) -> [RecordID: (count: Int, since: Instant)] {
    let kind = RecordKind.comment
    var rows: [RecordSummary] = []
    if shared.summaries.isKept {
      try await summarise([kind])
      rows = shared.summaries.read(kind.name) { $0.unread } ?? []
    } else {
      rows = try await everyState(kind).filter(\.isUnreadMessage).map { RecordSummary($0) }
    }
    return rows.reduce(into: [:]) { found, row in
      guard let about = row.incident else { return }
      let before = found[about] ?? (0, row.begun)
      found[about] = (before.count + 1, min(before.since, row.begun))
    }
  }
}
