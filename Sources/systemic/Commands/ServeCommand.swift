import ArgumentParser
import Dispatch
import Foundation
import Ground
import Store
import Synchronization
import Workspace

/// `systemic serve`.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Hold a workspace: the one process that writes, until it is told to end.",
    discussion: """
      Commands that run meanwhile read beside it and write through its local socket, so that they share its commits.
      It signs a checkpoint within a second of every change, and asks the trusted witnesses. SIGTERM or Ctrl-C ends it.

      Example:
        systemic serve --workspace records
      """)
  @Option(help: "Seconds between checkpoints.")
  var every: Double = 1
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await Terminal.run {
      let folder = try options.folder()
      let store = try SQLiteStore(path: folder.store, access: .writeExisting)
      let workspace = try Wiring.workspace(folder, store: store)
      let server = try LocalServer(path: folder.socket, store: store)
      let ended = Ended()
      let signals = ended.listening()
      defer { signals.forEach { $0.cancel() } }
      Terminal.say("holding \(folder.path); Ctrl-C ends")
      while !ended.isAsked {
        do {
          try await Wiring.publish(workspace.acting(as: .system))
        } catch let problem as Problem {
          Terminal.warn(problem.terminal)
        }
        await ended.wait(seconds: every)
      }
      server.stop()
      await store.close()
      Terminal.say("ended; nothing is open")
    }
  }
}

/// Whether the process was asked to end, by SIGTERM or Ctrl-C.
final class Ended: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)
  private let isSet = Mutex(false)

  /// Listens for as long as the answer is kept.
  func listening() -> [any DispatchSourceSignal] {
    [SIGTERM, SIGINT].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [self] in
        isSet.withLock { $0 = true }
        semaphore.signal()
      }
      source.resume()
      return source
    }
  }

  var isAsked: Bool { isSet.withLock { $0 } }

  func wait(seconds: Double) async {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { [self] in
        _ = semaphore.wait(timeout: .now() + seconds)
        continuation.resume()
      }
    }
  }
}
