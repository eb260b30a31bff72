internal import Glibc
internal import Ground

/// A private file that is written piece by piece and gets its name when it is whole and on the disk.
///
/// Until then it has another name and a lock, so that others see that it is being written; when the writer goes away
/// before `finish`, what was written is removed. Not for several threads.
final class DurableWriter {
  /// Where the bytes are until the file is whole.
  let temporary: String
  /// Bytes so far.
  private(set) var count = 0

  private var descriptor: Int32
  private var isDone = false

  /// Opens a new file under its temporary name.
  ///
  /// - Throws: `workspace.not-written`.
  init(temporary: String) throws(Problem) {
    self.temporary = temporary
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      isDone = true
      throw PrivateFile.notWritten(temporary, errno)
    }
    flock(descriptor, LOCK_EX | LOCK_NB)
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if !isDone { unlink(temporary) }
  }

  /// Writes all of the bytes.
  ///
  /// - Throws: `workspace.not-written`.
  func write(_ bytes: [UInt8]) throws(Problem) {
    var done = 0
    while done < bytes.count {
      let written = bytes[done...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw PrivateFile.notWritten(temporary, written < 0 ? errno : EIO) }
      done += written
    }
    count += bytes.count
  }

  /// Makes the file durable under its name; the folder must be there.
  ///
  /// - Throws: `workspace.not-written`.
  func finish(as path: String) throws(Problem) {
    let isWhole = fsync(descriptor) == 0
    let reason = errno
    let isClosed = close(descriptor) == 0
    descriptor = -1
    guard isWhole, isClosed else { throw PrivateFile.notWritten(path, isWhole ? errno : reason) }
    guard rename(temporary, path) == 0 else { throw PrivateFile.notWritten(path, errno) }
    isDone = true
    try PrivateFile.flushFolder(of: path)
  }
}
