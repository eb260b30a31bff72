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
      The pages are at the address of --listen, http://127.0.0.1:7410 where none is given. Whoever is registered signs in;
      systemic person link NAME makes a link for the first time. An address other than loopback needs a proxy that speaks
      TLS in front of it, which --behind-proxy states.

      Commands that run meanwhile read beside it and write through its local socket, so that they share its commits.
      It signs a checkpoint within a second of every change, and asks the trusted witnesses. SIGTERM or Ctrl-C ends it.

      Example:
        systemic serve --workspace records --listen 127.0.0.1:7410
      """)
  /// Where the pages are when nothing else is said.
  static let usualAddress = "127.0.0.1:7410"

  @Option(help: "HOST:PORT of the pages, or off for none.")
  var listen = ServeCommand.usualAddress
  @Flag(help: "A proxy in front of it speaks TLS with the browsers.")
  var behindProxy = false
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
      let pages = try self.pages(of: workspace)
      defer { pages?.cancel() }
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

extension ServeCommand {
  /// Serves the pages beside the rest; a port that is taken ends nothing but the pages, and says so.
  private func pages(of workspace: OpenWorkspace) throws -> Task<Void, Never>? {
    guard listen != "off" else { return nil }
    let parts = listen.split(separator: ":")
    guard let port = parts.last.flatMap({ Int($0) }), (0...65535).contains(port), parts.count >= 2
    else { throw ValidationError("\"\(listen)\" is no HOST:PORT; write 127.0.0.1:7410, or off.") }
    let host = listen.dropLast(parts[parts.count - 1].count + 1)
      .trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
    guard behindProxy || ["127.0.0.1", "::1", "localhost"].contains(host) else {
      throw ValidationError(
        "\(host) is not loopback: secrets would travel in the open. Put a proxy that speaks TLS in front, and say "
          + "--behind-proxy.")
    }
    let server = DeskServer(workspace, host: host, port: port)
    return Task {
      do throws(Problem) {
        try await server.run { port in Terminal.say("the desk is at http://\(host):\(port)") }
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
