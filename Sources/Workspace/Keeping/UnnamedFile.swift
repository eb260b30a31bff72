internal import Glibc
internal import Ground

/// A file without a name: gone with the last reference.
final class UnnamedFile: Sendable {
  private let descriptor: Int32

  /// - Throws: `workspace.not-written`.
  init(in folder: String) throws(Problem) {
    let name = folder + "/.incoming-\(UInt64.random(in: .min ... .max))"
    descriptor = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw PrivateFile.notWritten(folder, errno) }
    unlink(name)
  }

  deinit { close(descriptor) }

  /// Adds bytes at the end.
  ///
  /// - Throws: `workspace.not-written`.
  func write(_ bytes: [UInt8]) throws(Problem) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw PrivateFile.notWritten("what was sent", errno) }
      rest = rest.dropFirst(count)
    }
  }

  /// So many bytes from a place on, fewer only at the end.
  ///
  /// - Throws: `ground.file-unreadable`.
  func read(_ most: Int, at offset: Int) throws(Problem) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: most)
    var done = 0
    while done < most {
      let count = bytes[done...].withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress, $0.count, off_t(offset + done))
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw Problem(
          "ground.file-unreadable", what: "what was sent cannot be read back",
          why: "the disk of the workspace gave an error",
          mend: "look at the disk, and send it again")
      }
      guard count > 0 else { break }
      done += count
    }
    bytes.removeLast(most - done)
    return bytes
  }
}
