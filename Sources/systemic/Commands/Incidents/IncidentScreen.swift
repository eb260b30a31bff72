import Duties
import Ground
import Rulebook
import Workspace

/// An incident as the interface for programs tells it, so that a terminal shows the same of a folder and of a server.
struct IncidentScreen {
  /// Its record.
  let state: RecordState
  /// What its answers and dates say; the test does not depend on house rules, the deadlines are those that were told.
  let assessment: IncidentAssessment
  /// The members of the assessment.
  let view: JSON

  /// Nil where it is no such object.
  init?(_ view: JSON, _ law: Law) {
    guard let state = view["incident"].flatMap({ RecordState(json: $0) }) else { return nil }
    self.state = state
    self.view = view
    assessment = IncidentRecord.assessment(state, added: IncidentScreen.suggested(view), law: law)
  }

  /// The same of an incident in a folder.
  init(_ incident: IncidentView, _ law: Law) {
    state = incident.state
    assessment = incident.assessment
    view = incident.json(law)
  }

  /// How many messages from outside wait.
  var unreadMessages: Int {
    view["unread_messages"]?.count ?? 0
  }

  /// What the words of the messages suggest.
  private static func suggested(_ view: JSON) -> Set<IncidentCategory> {
    let suggestions = (view["messages"] ?? .null).items.flatMap {
      ($0["suggestions"] ?? .null).items
    }
    return Set(
      suggestions.compactMap { $0["category"]?.text.flatMap(IncidentCategory.init(rawValue:)) })
  }

  /// The objects of a list.
  func items(_ name: String) -> [JSON] {
    view[name]?.items ?? []
  }
}

extension OpenWorkspace {
  /// An incident with everything that follows from it today.
  func screen(_ id: RecordID) async throws -> IncidentScreen {
    IncidentScreen(try await incident(id), surroundings.law(surroundings.today))
  }
}
