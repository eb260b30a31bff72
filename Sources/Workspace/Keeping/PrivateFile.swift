internal import Glibc
internal import FoundationEssentials
public import Ground

/// Files that only the owner can read, written whole and durable or not at all.
public enum PrivateFile {
  /// Writes a file: a temporary one first, flushed to the disk, then renamed over the old.
  ///
  /// - Throws: `workspace.not-written`.
  public static func write(_ text: String, to path: String) throws(Problem) {
    try write(Array(text.utf8), to: path)
  }

  /// Writes bytes in the same way.
  ///
  /// - Throws: `workspace.not-written`.
  public static func write(_ bytes: [UInt8], to path: String) throws(Problem) {
    let temporary = path + ".new"
    unlink(temporary)
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw notWritten(path, errno) }
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      guard count > 0 else {
        let reason = errno
        close(file)
        unlink(temporary)
        throw notWritten(path, reason)
      }
      written += count
    }
    guard fsync(file) == 0, close(file) == 0, rename(temporary, path) == 0 else {
      let reason = errno
      unlink(temporary)
      throw notWritten(path, reason)
    }
    try flushFolder(of: path)
  }

  /// Makes what happened to the names in a file's folder durable.
  ///
  /// - Throws: `workspace.not-written`.
  public static func flushFolder(of path: String) throws(Problem) {
    let end = path.lastIndex(of: "/")
    let parent = end.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let folder = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw notWritten(path, errno) }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw notWritten(path, errno) }
  }

  /// Makes a folder that only the owner can enter; one that is there is taken and its rights narrowed.
  ///
  /// - Throws: `workspace.not-written`.
  public static func makeFolder(_ path: String) throws(Problem) {
    if mkdir(path, 0o700) != 0 {
      guard errno == EEXIST else { throw notWritten(path, errno) }
      guard chmod(path, 0o700) == 0 else { throw notWritten(path, errno) }
    }
    try flushFolder(of: path)
  }

  /// The text of a file that only its owner may read.
  ///
  /// - Throws: `workspace.open-keys` when others may read it, `ground.file-*`.
  public static func text(_ path: String) throws(Problem) -> String {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & 0o077 != 0 {
      throw Problem(
        "workspace.open-keys", what: "others on this machine can read \(path)",
        why: "a key that others can read keeps nothing secret",
        mend: "chmod 600 '\(path)', and think of rotating the key: systemic key rotate",
        places: [Place(path)])
    }
    return try TextFile.read(path).filter { !$0.isNewline }
  }

  /// The names in a folder, sorted.
  ///
  /// - Throws: `workspace.no-folder`.
  public static func names(in folder: String) throws(Problem) -> [String] {
    do { return try FileManager.default.contentsOfDirectory(atPath: folder).sorted() } catch {
      throw Problem(
        "workspace.no-folder", what: "the folder \(folder) cannot be read",
        why: "it is missing, or its rights do not allow it",
        mend: "check the folder and who owns it", places: [Place(folder)])
    }
  }

  /// Overwrites a file, then removes it.
  ///
  /// On disks that copy on write old blocks may stay until they are reused.
  ///
  /// - Throws: `workspace.not-written`.
  public static func destroy(_ path: String) throws(Problem) {
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    let file = open(path, O_WRONLY | O_CLOEXEC)
    if file >= 0 {
      // In pieces, because sealed files may be larger than memory.
      let zeroes = [UInt8](repeating: 0, count: 1 << 20)
      var left = Int(status.st_size)
      while left > 0 {
        let written = zeroes.withUnsafeBytes {
          Glibc.write(file, $0.baseAddress, min(left, $0.count))
        }
        guard written > 0 else { break }
        left -= written
      }
      fsync(file)
      close(file)
    }
    guard unlink(path) == 0 else { throw notWritten(path, errno) }
    try flushFolder(of: path)
  }

  /// Puts another file in the place of one, and destroys what it held; at every moment there is a whole file.
  ///
  /// - Throws: `workspace.not-written`.
  public static func replace(_ path: String, with next: String) throws(Problem) {
    try destroyReplaced(path)
    // A second name keeps the bytes within reach after the first one points to the next file.
    guard link(path, path + ".old") == 0, rename(next, path) == 0 else {
      throw notWritten(path, errno)
    }
    try flushFolder(of: path)
    try destroyReplaced(path)
  }

  /// Destroys what `replace` took away and a crash left.
  ///
  /// - Throws: `workspace.not-written`.
  public static func destroyReplaced(_ path: String) throws(Problem) {
    let old = path + ".old"
    guard access(old, F_OK) == 0 else { return }
    // Both names of one file: nothing was replaced yet, and its bytes are needed.
    if isSame(path, old) {
      guard unlink(old) == 0 else { throw notWritten(old, errno) }
    } else {
      try destroy(old)
    }
  }

  /// Whether two paths lead to one file that is there.
  public static func isSame(_ one: String, _ other: String) -> Bool {
    var first = stat()
    var second = stat()
    return stat(one, &first) == 0 && stat(other, &second) == 0 && first.st_dev == second.st_dev
      && first.st_ino == second.st_ino
  }

  static func notWritten(_ path: String, _ reason: Int32) -> Problem {
    let why =
      switch reason {
      case ENOSPC, EDQUOT: "the disk is full"
      case EROFS: "the disk is read-only"
      case EACCES, EPERM: "the rights of the folder do not allow it"
      case ENOENT: "the folder does not exist"
      default: "the system refused it: \(String(cString: strerror(reason)))"
      }
    return Problem(
      "workspace.not-written", what: "\(path) could not be written", why: why,
      mend: "check the disk and the rights of the folder, then do it again", places: [Place(path)])
  }
}
