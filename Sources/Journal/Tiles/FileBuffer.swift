internal import Glibc

/// Why a file could not be read whole.
enum FileFault: Error, Sendable {
  case missing
  case notAFile
  case tooLarge(Int)
  case unreadable(Int32)

  /// The fault in words.
  var text: String {
    switch self {
    case .missing: "the file is not there"
    case .notAFile: "it is not a regular file"
    case .tooLarge(let bytes): "it has \(bytes) bytes, more than such a file can have"
    case .unreadable(let number): "it cannot be read: " + SystemError.text(number)
    }
  }
}

/// Errors of the operating system in words.
enum SystemError {
  static func text(_ number: Int32) -> String {
    strerror(number).map { String(cString: $0) } ?? "error \(number)"
  }
}

/// Reads whole files, one after the other, into the same memory.
///
/// For one thread.
final class FileBuffer {
  private var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 64)

  deinit { memory.deallocate() }

  /// Gives the bytes of a file while the body runs; nothing is kept.
  func withFile<Result>(
    _ path: String, atMost limit: Int, _ body: (UnsafeRawBufferPointer) -> Result
  ) throws(FileFault) -> Result {
    // A pipe in place of a file must not make the reader wait.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW)
    guard descriptor >= 0 else {
      switch errno {
      case ENOENT, ENOTDIR: throw .missing
      case ELOOP, ENXIO: throw .notAFile
      default: throw .unreadable(errno)
      }
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
    guard Int(status.st_size) <= limit else { throw .tooLarge(Int(status.st_size)) }
    makeRoom(Int(status.st_size) + 1)
    return body(try read(descriptor, limit: limit))
  }

  /// The bytes of a file as an array.
  func bytes(_ path: String, atMost limit: Int) throws(FileFault) -> [UInt8] {
    try withFile(path, atMost: limit) { Array($0) }
  }

  private func read(_ descriptor: Int32, limit: Int) throws(FileFault) -> UnsafeRawBufferPointer {
    var count = 0
    while true {
      // The room is one byte more than the file had: a file that grows meanwhile is noticed.
      if count == memory.count { makeRoom(count * 2, keeping: count) }
      let got = Glibc.read(
        descriptor, memory.baseAddress?.advanced(by: count), memory.count - count)
      if got > 0 {
        count += got
        guard count <= limit else { throw .tooLarge(count) }
      } else if got == 0 {
        return UnsafeRawBufferPointer(rebasing: memory[..<count])
      } else if errno != EINTR {
        throw .unreadable(errno)
      }
    }
  }

  private func makeRoom(_ byteCount: Int, keeping kept: Int = 0) {
    guard byteCount > memory.count else { return }
    let larger = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(byteCount, memory.count * 2), alignment: 64)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<kept]))
    memory.deallocate()
    memory = larger
  }
}
