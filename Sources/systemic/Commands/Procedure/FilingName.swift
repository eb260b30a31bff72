import ArgumentParser
import Duties
import Ground
import Workspace

/// A record that a command line names.
protocol NamedRecord: ParsableArguments {
  /// The record as it stands.
  func state(_ workspace: OpenWorkspace) async throws -> RecordState
}

/// Which filing is meant.
struct FilingName: NamedRecord {
  @Argument(help: "The filing's id: notification/…, rebuttal/… or reassessment/….")
  var filing: String

  func state(_ workspace: OpenWorkspace) async throws -> RecordState {
    try await workspace.needed(try Words.id(filing))
  }
}

/// Which mandate is meant.
struct MandateName: NamedRecord {
  @Argument(help: "The mandate's id, or the representative's name.")
  var mandate: String

  func state(_ workspace: OpenWorkspace) async throws -> RecordState {
    try await workspace.needed(.mandate, named: mandate)
  }
}

extension WorkspaceOptions {
  /// Takes a step of a procedure, and says where the record stands then.
  func step(
    _ name: some NamedRecord,
    _ step: (OpenWorkspace, RecordState) async throws -> RecordState
  ) async throws {
    try await open(.write) { workspace in
      FilingText.done(try await step(workspace, try await name.state(workspace)))
    }
  }
}
