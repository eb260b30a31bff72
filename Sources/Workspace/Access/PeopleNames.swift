internal import Duties
public import Ground

/// The names behind the pseudonymous ids that entries carry, as far as they were not erased.
public struct PeopleNames: Sendable {
  private let names: [String: String]

  /// The names of everybody registered in a workspace.
  public init(_ workspace: OpenWorkspace) async throws(Problem) {
    var names = ["local": "local operator", "system": "the program"]
    for person in try await workspace.everyState(.person) {
      names[person.id.key] = person.text("display_name") ?? person.title
    }
    self.names = names
  }

  /// The name of an id; the id itself when the name was erased.
  public func name(_ id: String) -> String { names[id] ?? id }
}
