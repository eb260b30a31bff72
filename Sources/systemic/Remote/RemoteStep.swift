import ArgumentParser
import Duties
import Ground
import Workspace

extension RemoteOptions {
  /// Takes a step of a filing or a mandate on a server, at the version that it has there now; false where the command works on a folder.
  func hasTaken(
    _ step: String, of filing: String, _ said: [(String, String?)] = [],
    besides options: WorkspaceOptions
  ) async throws -> Bool {
    guard let desk = try desk(besides: options) else { return false }
    let id = try Words.id(filing)
    try await Terminal.run {
      guard let state = RemoteDesk.state(try await desk.get(RemoteDesk.path(id))) else { return }
      let body =
        [("step", JSON.string(step))]
        + said.compactMap { name, text in
          text.map { (name, JSON.string($0)) }
        }
      let answer = try await desk.post(
        RemoteDesk.path(id) + "/steps", .object(body), version: state.version)
      guard let after = RemoteDesk.state(answer) else { return }
      FilingText.done(after)
      for gap in after.texts("gaps") { Terminal.say("lacks: \(gap)") }
    }
    return true
  }
}
