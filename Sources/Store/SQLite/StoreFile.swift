internal import Glibc
internal import Ground

/// The file of a store, looked at without SQLite.
enum StoreFile {
  /// Opens a file that only its owner may read when it is made here.
  ///
  /// - Throws: `store.read-only`, `store.not-opened`.
  static func open(_ name: String, _ flags: Int32, of path: String) throws(Problem) -> Int32 {
    let descriptor = Glibc.open(name, flags, 0o600)
    guard descriptor >= 0 else {
      if [EACCES, EROFS, EPERM].contains(errno) { throw StoreProblem.readOnly(path) }
      if errno == ENOSPC || errno == EDQUOT { throw StoreProblem.full(path) }
      throw StoreProblem.notOpened(path)
    }
    return descriptor
  }

  /// Makes the file, empty, when it is not there, and makes its name durable.
  ///
  /// A file that is there is not opened: closing it would take away the locks that SQLite holds on
  /// it in this process.
  /// Source: SQLite, "How To Corrupt An SQLite Database File", section 2.2.
  static func makeIfMissing(_ path: String) throws(Problem) {
    guard !exists(path) else { return }
    let descriptor = try open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, of: path)
    Glibc.close(descriptor)
    try syncFolder(of: path)
  }

  /// Whether there is a file of this name.
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The path without symbolic links, so that one store has one lock.
  static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  /// Bytes of a file; nil where there is none.
  static func bytes(_ path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  /// Writes through to the disk what a file holds.
  static func sync(_ path: String) throws(Problem) {
    let descriptor = try open(path, O_RDONLY | O_CLOEXEC, of: path)
    defer { Glibc.close(descriptor) }
    guard fsync(descriptor) == 0 else { throw StoreProblem.broken(path, code: 0) }
  }

  /// Makes the names in the folder of a file durable.
  static func syncFolder(of path: String) throws(Problem) {
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let name = folder.isEmpty ? "." : folder == [""] ? "/" : folder.joined(separator: "/")
    let descriptor = try open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC, of: path)
    defer { Glibc.close(descriptor) }
    guard fsync(descriptor) == 0 else { throw StoreProblem.broken(path, code: 0) }
  }
}
