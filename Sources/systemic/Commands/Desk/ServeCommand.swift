import ArgumentParser
import Dispatch
import Foundation
import Ground
import Server
import Store
import Synchronization
import Workspace

/// `systemic serve`.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract:
      "Hold a workspace: pages in the browser, and the one process that writes, until it is told to end.",
    discussion: """
      The pages are at http://127.0.0.1:7410, or where --listen says. Whoever is registered signs in; systemic person link NAME
      makes a link for the first time. TLS, a proxy in front, an identity provider, limits, mail and all else stand in the
      configuration: systemic config show lists every setting. An address other than loopback needs TLS.

      Commands that run meanwhile read beside it and write through its local socket, so that they share its commits.
      It signs a checkpoint within a second of every change, and asks the trusted witnesses. SIGTERM or Ctrl-C ends it.

      Example:
        systemic serve --workspace records --listen 127.0.0.1:7410
      """)

  @Option(
    help: "HOST:PORT of the pages, or off for none; default as configured, else 127.0.0.1:7410.")
  var listen: String?
  @OptionGroup var configured: ConfigurationOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await Terminal.run {
      let folder = try options.folder()
      let configuration = try configured.read(
        folder, more: listen.map { ["SYSTEMIC_LISTEN": $0] } ?? [:])
      let entrance = try Entrance(configuration)
      let store = try SQLiteStore(path: folder.store, access: .writeExisting)
      let workspace = try Wiring.workspace(folder, store: store)
      let server = try LocalServer(path: folder.socket, store: store)
      let ended = Ended()
      let signals = ended.listening()
      defer { signals.forEach { $0.cancel() } }
      Terminal.say("holding \(folder.path); Ctrl-C ends")
      let pages = entrance.map { self.pages(of: workspace, $0, configuration) }
      let pause = Double(configuration.number("checkpoint_seconds"))
      let rounds = try FeedRounds(workspace, configuration, log: { Terminal.warn($0) })
      let feeds = Task { await rounds.run() }
      defer {
        pages?.cancel()
        feeds.cancel()
      }
      while !ended.isAsked {
        do {
          try await Wiring.publish(workspace.acting(as: .system))
        } catch let problem as Problem {
          Terminal.warn(problem.terminal)
        }
        await ended.wait(seconds: pause)
      }
      // What is under way is answered before the store closes.
      pages?.cancel()
      await pages?.value
      server.stop()
      await store.close()
      Terminal.say("ended; nothing is open")
    }
  }
}

extension ServeCommand {
  /// Serves the pages beside the rest; a port that is taken ends nothing but the pages, and says so.
  private func pages(
    of workspace: OpenWorkspace, _ entrance: Entrance, _ configuration: Configuration
  ) -> Task<Void, Never> {
    let server = DeskServer(workspace, entrance, configuration, log: { Terminal.warn($0) })
    return Task {
      do throws(Problem) {
        try await server.run { port in
          Terminal.say("the desk is at \(entrance.scheme)://\(entrance.host):\(port)")
        }
      } catch {
        Terminal.warn(error.terminal)
      }
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
