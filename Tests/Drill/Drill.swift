import Foundation
import Ground
import Journal
import Sealing
import Store
import Synchronization

/// The commands of the drill.
struct Drill: Sendable {
  private let words: [String]

  init(_ words: [String]) { self.words = words }

  private var path: String { words.count > 1 ? words[1] : "" }

  /// Opens for writing; `STOREDRILL_CONTROL=1` makes commits that do not wait for the disk, so that
  /// a crash test can show that it would notice.
  private func open() throws(Problem) -> SQLiteStore {
    var tuning = Tuning()
    tuning.isDurable = ProcessInfo.processInfo.environment["STOREDRILL_CONTROL"] != "1"
    return try SQLiteStore(path: path, access: .write, tuning: tuning)
  }

  private func number(_ place: Int, else standard: Int) -> Int {
    words.count > place ? Int(words[place]) ?? standard : standard
  }

  func run() async throws {
    switch words.first {
    case "append": try await append(count: number(2, else: 100), callers: number(3, else: 1))
    case "persist": try await persist(count: number(2, else: 100))
    case "erase": try await erase(count: number(2, else: 20))
    case "checkpoint": try await checkpoint(count: number(2, else: 20))
    case "copy": try await copy(count: number(2, else: 20))
    case "hold": try await hold()
    case "read": try await read()
    case "check": try await check(least: number(2, else: 0))
    default:
      throw Problem(
        "drill.unknown-command",
        what: "the drill knows append, erase, checkpoint, copy, hold, read, check")
    }
  }

  /// One line in one system call, so that a trace shows it whole.
  @Sendable private func tell(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }

  /// A draft for a new record; `run` tells the records of one process from those of an earlier one.
  private func draft(_ number: Int, run: Int = 0) -> Draft {
    let name = "model/d\(run)-\(number)"
    guard let record = RecordID(name) else { preconditionFailure("a drill has plain names") }
    let filler = String(repeating: "x", count: 300)
    return Draft(
      log: .regulatory, record: record, version: 1, entry: Array("\(name) \(filler)".utf8),
      content: Array("content of \(name) \(filler)".utf8), state: Array("state of \(name)".utf8),
      key: WrappedKey(epoch: 1, bytes: Array("key of \(name)".utf8)))
  }

  private func append(count: Int, callers: Int) async throws {
    let store = try open()
    let first = try await store.head(.regulatory).size
    let acknowledged = Acknowledged(first)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for caller in 0..<callers {
        group.addTask {
          for number in stride(from: caller, to: count, by: callers) {
            _ = try await store.append([draft(number, run: first)], idempotencyKey: nil)
            acknowledged.count.withLock {
              $0 += 1
              tell("ack \($0)")
            }
          }
        }
      }
      try await group.waitForAll()
    }
    await store.close()
  }

  /// Appends one by one, and goes on after a problem, whose code it tells.
  private func persist(count: Int) async throws {
    let store = try open()
    for number in 0..<count {
      do throws(Problem) {
        _ = try await store.append([draft(number)], idempotencyKey: nil)
        tell("ack \(number + 1)")
      } catch {
        tell(error.code)
      }
    }
    await store.close()
  }

  private func erase(count: Int) async throws {
    let store = try open()
    for number in 0..<count {
      let draft = draft(number)
      _ = try await store.append([draft], idempotencyKey: nil)
      tell("ack \(number + 1)")
      if number.isMultiple(of: 2) {
        _ = try await store.erase([draft.record], recording: [])
        tell("erased \(number)")
      }
    }
    await store.close()
  }

  private func checkpoint(count: Int) async throws {
    let store = try open()
    for number in 0..<count {
      _ = try await store.append([draft(number)], idempotencyKey: nil)
      tell("ack \(number + 1)")
      let root = try await CompactRange(store.head(.regulatory)).root.hex
      let note = StoredCheckpoint(size: number + 1, note: Array(root.utf8))
      try await store.keep(note, of: .regulatory)
      tell("root \(number + 1) \(root)")
    }
    await store.close()
  }

  private func copy(count: Int) async throws {
    let store = try open()
    for number in 0..<count {
      _ = try await store.append([draft(number)], idempotencyKey: nil)
      tell("ack \(number + 1)")
      if number % 10 == 9 {
        try await store.copy(to: "\(path).copy\(number + 1)")
        tell("copied \(number + 1)")
      }
    }
    await store.close()
  }

  private func hold() async throws {
    let store = try open()
    tell("ready")
    while readLine() != nil {}
    await store.close()
  }

  private func read() async throws {
    let store = try SQLiteStore(path: path, access: .readOnly)
    tell("\(try await store.head(.regulatory).size)")
    await store.close()
  }

  /// Opens as the program would after a crash, and computes every leaf and node again.
  private func check(least: Int) async throws {
    let store = try open()
    let head = try await store.head(.regulatory)
    guard head.size >= least else {
      throw Problem("drill.lost", what: "\(head.size) entries, \(least) were acknowledged")
    }
    var range = CompactRange()
    var subtrees: [CompleteSubtree] = []
    while range.size < head.size {
      let entries = try await store.entries(.regulatory, from: range.size, limit: 1000)
      for entry in entries {
        let leaf = TreeHash.leaf(entry.entry)
        guard entry.index == range.size, entry.leaf == leaf.bytes else {
          throw Problem("drill.wrong-leaf", what: "entry \(range.size)")
        }
        subtrees += range.append(leaf)
      }
      guard !entries.isEmpty else { throw Problem("drill.gap", what: "entry \(range.size)") }
    }
    guard range.head == head else { throw Problem("drill.wrong-edge", what: "the edge") }
    for level in 1...2 {
      let kept = try await store.hashes(.regulatory, level: level, from: 0, count: head.size)
      guard kept == subtrees.filter({ $0.level == level }).map(\.hash.bytes) else {
        throw Problem("drill.wrong-node", what: "level \(level)")
      }
    }
    for note in try await store.checkpoints(.regulatory) where note.size > head.size {
      throw Problem("drill.ahead", what: "a checkpoint of \(note.size) entries")
    }
    tell("ok \(head.size) \(range.root.hex)")
    await store.close()
  }
}

/// How many entries were acknowledged.
private final class Acknowledged: Sendable {
  let count: Mutex<Int>

  init(_ count: Int) { self.count = Mutex(count) }
}
