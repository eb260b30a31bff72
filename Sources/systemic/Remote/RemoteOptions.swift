import ArgumentParser
import Foundation
import Ground

/// Where a command works when it does not work on a folder of this machine.
struct RemoteOptions: ParsableArguments {
  @Option(
    help:
      "Work on this server instead of a folder here; default SYSTEMIC_SERVER. Takes SYSTEMIC_TOKEN, or asks for it."
  )
  var server: String?

  /// The server; nil where the command works on a folder.
  ///
  /// A token has no option: what stands on a command line is seen by everybody on the machine.
  func desk(besides options: WorkspaceOptions) throws -> RemoteDesk? {
    let known = ProcessInfo.processInfo.environment["SYSTEMIC_SERVER"] ?? ""
    let isLocal = options.workspace != nil || options.person != nil
    guard let address = server ?? (known.isEmpty || isLocal ? nil : known) else { return nil }
    guard !isLocal else {
      throw ValidationError("--server and --workspace or --as exclude each other.")
    }
    return try RemoteDesk(
      address, token: try Secret.ask("Token: ", variable: "SYSTEMIC_TOKEN"))
  }
}
