import Glibc

/// The bytes of a file or of standard input, read once from front to back in chunks.
///
/// Nothing is kept: memory does not grow with the file. Not for several threads.
public final class ByteStream {
  /// The path as it was given; `-` is standard input.
  public let path: String
  /// How many bytes have been read so far.
  public private(set) var bytesRead = 0

  private let descriptor: Int32
  private let reading: ByteSource.Reading?
  private let progress: ((Int) -> Void)?

  /// Opens a file, or standard input for `-`.
  ///
  /// `progress` hears the bytes read after each chunk.
  ///
  /// - Throws: `ground.file-not-found`, `ground.file-is-directory`, `ground.file-unreadable`.
  public init(path: String, progress: ((Int) -> Void)? = nil) throws(Problem) {
    self.path = path
    self.progress = progress
    reading = nil
    guard path != "-" else {
      descriptor = 0
      return
    }
    guard !path.isEmpty, !path.utf8.contains(0) else { throw .fileNotFound(path) }
    var opened: Int32
    repeat {
      opened = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    } while opened < 0 && errno == EINTR
    descriptor = opened
    guard opened >= 0 else {
      throw errno == ENOENT || errno == ENOTDIR
        ? .fileNotFound(path) : .fileUnreadable(path, errno)
    }
    var status = stat()
    if fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw .fileIsDirectory(path)
    }
  }

  /// Bytes that are made while they are read.
  init(_ name: String, reading: @escaping ByteSource.Reading, progress: ((Int) -> Void)?) {
    path = name
    descriptor = -1
    self.reading = reading
    self.progress = progress
  }

  deinit {
    if descriptor > 2 { close(descriptor) }
  }

  /// Reads at most as many bytes as the buffer holds.
  ///
  /// - Returns: The number of bytes read; 0 only at the end of the file or for an empty buffer.
  /// - Throws: `ground.file-unreadable`.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(Problem) -> Int {
    guard let base = buffer.baseAddress, !buffer.isEmpty else { return 0 }
    while true {
      let count = try reading?(buffer) ?? Glibc.read(descriptor, base, buffer.count)
      if count >= 0 {
        bytesRead += count
        if count > 0 { progress?(bytesRead) }
        return count
      }
      guard errno == EINTR else { throw .fileUnreadable(path, errno) }
    }
  }
}

extension Problem {
  static func fileNotFound(_ path: String) -> Problem {
    Problem(
      "ground.file-not-found", what: "there is no file \"\(path)\"",
      why: "the path is taken from the folder in which the command runs",
      mend: "check the spelling, or give - to read standard input", places: [Place(path)])
  }

  static func fileIsDirectory(_ path: String) -> Problem {
    Problem(
      "ground.file-is-directory", what: "\"\(path)\" is a folder, not a file",
      why: "one file is read at a time", mend: "name a file in it", places: [Place(path)])
  }

  static func fileUnreadable(_ path: String, _ number: Int32) -> Problem {
    let reason = strerror(number).map { String(cString: $0) } ?? "error \(number)"
    return Problem(
      "ground.file-unreadable", what: "\"\(path)\" cannot be read: \(reason)",
      why: "the operating system refused it",
      mend: "check the permissions and the disk, then try again", places: [Place(path)])
  }
}
