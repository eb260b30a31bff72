internal import Duties
internal import Ground
internal import Workspace

/// What waits for whoever asks: what they look after, what their roles look after, and what a second person decides.
struct WorkQueues: Sendable {
  /// Deadlines that are given to them by name.
  let mine: [Deadline]
  /// Deadlines of their roles that nobody was given.
  let ofRoles: [Deadline]
  /// What others wrote and a second person decides, the oldest first.
  let others: [RecordState]
  /// What they wrote themselves and another person decides.
  let own: [RecordState]
  /// Incidents about which somebody outside has written something that nobody has settled.
  let messages: [UnreadMessages]

  init(_ workspace: OpenWorkspace) async throws(Problem) {
    let who = workspace.who
    messages = try await workspace.unreadMessages()
    let deadlines = try await workspace.docket().filter { !$0.isRetention }
    mine = deadlines.filter { $0.assignedTo == who.id || $0.assignedTo == "person/" + who.id }
    ofRoles = deadlines.filter { $0.assignedTo == nil && who.roles.contains($0.owner) }
    var waiting: [RecordState] = []
    for kind in RecordKind.all {
      guard let approval = kind.events.first(where: \.isApproval) else { continue }
      waiting += try await workspace.states(kind).filter { state in
        state.happened[approval.name] == nil
          && !approval.notAfter.contains { state.happened[$0] != nil }
          // A draft of a filing waits, too; what belongs to an incident waits where it can be confirmed.
          && (kind.isFiled || approval.from.isEmpty || approval.from.contains(state.status ?? ""))
      }
    }
    waiting.sort { $0.changed < $1.changed }
    own = waiting.filter { $0.author == who.id }
    others = waiting.filter { $0.author != who.id }
  }
}
