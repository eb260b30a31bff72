internal import Foundation
public import Ground
internal import Synchronization

/// Takes the writes of other commands of the same user and does them in the process that holds the store.
///
/// Each connection has a thread of its own that waits for the store, so that many commands share its commits.
public final class LocalServer: Sendable {
  private let path: String
  private let listener: Int32
  private let store: any RecordStore
  private let isStopped = Mutex(false)

  /// Listens at a path; a socket that a dead process left is replaced.
  ///
  /// - Throws: `store.no-socket`.
  public init(path: String, store: any RecordStore) throws(Problem) {
    self.path = path
    self.store = store
    listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard listener >= 0, let address = LocalSocket.address(path) else {
      throw LocalServer.refused(path)
    }
    unlink(path)
    let before = umask(0o077)
    let bound = withUnsafePointer(to: address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    umask(before)
    guard bound == 0, listen(listener, 64) == 0 else {
      Glibc.close(listener)
      throw LocalServer.refused(path)
    }
    let thread = Thread { [self] in accepting() }
    thread.name = "local socket"
    thread.start()
  }

  /// Takes no more connections; those that are open end with their request.
  public func stop() {
    let wasStopped = isStopped.withLock { stopped in
      defer { stopped = true }
      return stopped
    }
    guard !wasStopped else { return }
    shutdown(listener, Int32(SHUT_RDWR))
    Glibc.close(listener)
    unlink(path)
  }

  private func accepting() {
    while true {
      let descriptor = accept(listener, nil, nil)
      if descriptor < 0 {
        if isStopped.withLock({ $0 }) { return }
        // A connection that broke off, or too many at once: the next may be better.
        usleep(1000)
        continue
      }
      let socket = LocalSocket(descriptor: descriptor)
      guard socket.isOwn else {
        socket.close()
        continue
      }
      Thread { [self] in serve(socket) }.start()
    }
  }

  private func serve(_ socket: LocalSocket) {
    defer { socket.close() }
    while let json = socket.receive() {
      let answer =
        LocalMessage(json).map(answer)
        ?? .problem(
          Problem(
            "store.bad-message", what: "the message cannot be read",
            why: "command and server are of different versions", mend: "use the same program"))
      guard socket.send(answer.json) else { return }
    }
  }

  /// Does what a message asks, and waits for it on this thread.
  private func answer(_ message: LocalMessage) -> LocalAnswer {
    let done = DispatchSemaphore(value: 0)
    let result = Mutex(LocalAnswer.receipts([]))
    Task {
      let answer = await work(message)
      result.withLock { $0 = answer }
      done.signal()
    }
    done.wait()
    return result.withLock { $0 }
  }

  private func work(_ message: LocalMessage) async -> LocalAnswer {
    do {
      switch message {
      case .append(let drafts, let key):
        return .receipts(try await store.append(drafts, idempotencyKey: key))
      case .erase(let records, let drafts):
        return .receipts(try await store.erase(records, recording: drafts))
      case .keep(let checkpoint, let log): try await store.keep(checkpoint, of: log)
      case .rewrap(let keys): try await store.rewrap(keys)
      case .cache(let states): try await store.cache(states)
      }
      return .receipts([])
    } catch {
      return .problem(error)
    }
  }

  private static func refused(_ path: String) -> Problem {
    Problem(
      "store.no-socket", what: "the local socket \(path) cannot be opened",
      why: "its path is longer than the system allows, or the folder does not allow it",
      mend: "put the workspace at a shorter path", places: [Place(path)])
  }
}
