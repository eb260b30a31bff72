import ArgumentParser
import Duties
import Ground
import Rulebook
import Workspace

extension RemoteOptions {
  /// Works on an incident on a server; false where the command works on a folder.
  func hasDone(
    _ name: IncidentName, besides options: WorkspaceOptions,
    _ work: (RemoteDesk, RecordState) async throws -> Void
  ) async throws -> Bool {
    guard let desk = try desk(besides: options) else { return false }
    try await Terminal.run {
      try await work(desk, try await desk.needed(.incident, named: name.incident))
    }
    return true
  }
}

extension RemoteDesk {
  /// Takes a step of an incident at the version that it has; gives what came of it.
  func take(
    _ step: String, of incident: RecordState, _ said: [(String, JSON?)]
  ) async throws(Problem) -> RecordState {
    let body = said.compactMap { name, value in value.map { (name, $0) } }
    return try RemoteDesk.told(
      try await post(
        RemoteDesk.path(incident.id) + "/" + step, .object(body), version: incident.version))
  }

  /// A record that the server must tell.
  ///
  /// - Throws: `systemic.not-a-desk`.
  static func told(_ answer: JSON) throws(Problem) -> RecordState {
    guard let state = state(answer) else { throw .notADesk("the answer is no record") }
    return state
  }

  /// An incident with everything that follows from it.
  func screen(_ id: RecordID) async throws -> IncidentScreen {
    let view = try await get(RemoteDesk.path(id) + "/assessment")
    guard let screen = IncidentScreen(view, Law.at(try Terminal.day(nil))) else {
      throw Problem.notADesk("the answer is no incident")
    }
    return screen
  }
}

extension Problem {
  /// A server speaks otherwise than ours.
  static func notADesk(_ what: String) -> Problem {
    Problem(
      "systemic.not-a-desk", what: what, why: "it does not speak as systemic serve does",
      mend: "check the address of --server, and that both are of the same release")
  }
}
