import ArgumentParser
import Duties
import Ground
import Workspace

/// A record that a command line names.
protocol NamedRecord: ParsableArguments {
  /// The name as it was typed.
  var text: String { get }
  /// The record as it stands.
  func state(_ workspace: OpenWorkspace) async throws -> RecordState
}

/// Which filing is meant.
struct FilingName: NamedRecord {
  @Argument(
    help: "The filing's id: notification/…, rebuttal/…, reassessment/… or incident-report/….")
  var filing: String
  var text: String { filing }

  func state(_ workspace: OpenWorkspace) async throws -> RecordState {
    try await workspace.needed(try Words.id(filing))
  }
}

/// Which mandate is meant.
struct MandateName: NamedRecord {
  @Argument(help: "The mandate's id, or the representative's name.")
  var mandate: String
  var text: String { mandate }

  func state(_ workspace: OpenWorkspace) async throws -> RecordState {
    try await workspace.needed(.mandate, named: mandate)
  }
}

extension WorkspaceOptions {
  /// Takes a step of a procedure, here or on a server, and says where the record stands then.
  ///
  /// - Parameters:
  ///   - word: The step in the interface for programs.
  ///   - said: What it says there.
  func step(
    _ name: some NamedRecord, _ remote: RemoteOptions, _ word: String,
    _ said: [(String, String?)] = [],
    _ step: (OpenWorkspace, RecordState) async throws -> RecordState
  ) async throws {
    if try await remote.hasTaken(word, of: name.text, said, besides: self) { return }
    try await open(.write) { workspace in
      FilingText.done(try await step(workspace, try await name.state(workspace)))
    }
  }
}
