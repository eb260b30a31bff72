import ArgumentParser
import Duties
import Ground
import Workspace

extension RemoteOptions {
  /// Takes a step of a filing or a mandate on a server, at the version that it has there now; false where the command works on a folder.
  func hasTaken(
    _ step: String, of filing: String, _ said: [(String, String?)] = [],
    set: [(String, JSON)] = [], besides options: WorkspaceOptions
  ) async throws -> Bool {
    guard let desk = try desk(besides: options) else { return false }
    let id = try Words.id(filing)
    try await Terminal.run {
      guard let state = RemoteDesk.state(try await desk.get(RemoteDesk.path(id))) else { return }
      let body =
        [("step", JSON.string(step))]
        + said.compactMap { name, text in
          text.map { (name, JSON.string($0)) }
        } + (set.isEmpty ? [] : [("set", .object(set))])
      let answer = try await desk.post(
        RemoteDesk.path(id) + "/steps", .object(body), version: state.version)
      let after = try RemoteDesk.told(answer)
      FilingText.done(after)
      for gap in after.texts("gaps") { Terminal.say("lacks: \(gap)") }
    }
    return true
  }

  /// Begins a filing on a server, at the record from which it follows; false where the command works on a folder.
  func hasDrafted(
    _ plural: String, on kind: RecordKind, named name: String, _ body: [(String, JSON)] = [],
    besides options: WorkspaceOptions
  ) async throws -> Bool {
    guard let desk = try desk(besides: options) else { return false }
    try await Terminal.run {
      let origin = try await desk.needed(kind, named: name)
      let answer = try await desk.post(
        RemoteDesk.path(origin.id) + "/" + plural, .object(body))
      let state = try RemoteDesk.told(answer)
      Terminal.say("drafted \(TextTable.plain(state.title)) (\(state.id.text))")
    }
    return true
  }
}
