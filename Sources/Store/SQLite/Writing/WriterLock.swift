internal import Glibc
internal import Ground
internal import Synchronization

/// The right to write to a store: one process has it at a time.
///
/// Two writing connections are refused, because the write-ahead log of SQLite before 3.51.3 can be
/// damaged when two of them write and clear it at the same instant.
/// Source: SQLite, release notes of 3.51.3.
final class WriterLock: Sendable {
  /// Nil once the lock was given back.
  private let descriptor: Mutex<Int32?>

  /// Takes the lock of the store at a path; the file `<path>.lock` stays and names the holder.
  ///
  /// - Throws: `store.in-use`, `store.read-only`, `store.not-opened`.
  init(of path: String) throws(Problem) {
    let descriptor = try StoreFile.open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, of: path)
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let holder = WriterLock.holder(descriptor)
      Glibc.close(descriptor)
      throw Problem(
        "store.in-use",
        what: "\(path) is open for writing in another process" + (holder.map { ", \($0)" } ?? ""),
        why: "one process writes at a time; the others read beside it",
        mend: "give the command to the running server, or end process \(holder ?? "that holds it")",
        places: [Place(path)])
    }
    let name = Array("\(getpid())\n".utf8)
    ftruncate(descriptor, 0)
    pwrite(descriptor, name, name.count, 0)
    self.descriptor = Mutex(descriptor)
  }

  deinit { release() }

  /// Gives the lock back; a second time does nothing.
  func release() {
    let held = descriptor.withLock { held in
      defer { held = nil }
      return held
    }
    guard let held else { return }
    // Not by closing alone: a child that is being started may hold the same open file for a moment.
    flock(held, LOCK_UN)
    Glibc.close(held)
  }

  /// The process id that the holder wrote.
  private static func holder(_ descriptor: Int32) -> String? {
    var bytes = [UInt8](repeating: 0, count: 20)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    let digits = bytes.prefix(max(0, count)).prefix { (0x30...0x39).contains($0) }
    return digits.isEmpty ? nil : String(decoding: digits, as: UTF8.self)
  }
}
