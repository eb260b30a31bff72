internal import Glibc
internal import Ground

/// A folder in which each file appears whole or not at all, and stays after a crash.
///
/// One writer at a time holds its lock. For one thread.
final class DurableFolder {
  /// The path as it was given.
  let path: String
  /// The name under which a file is written before it takes its place.
  static let draft = ".writing"

  private let descriptor: Int32
  private var touched: Set<String> = []

  /// Makes the folder when it is not there, and takes its lock.
  ///
  /// - Throws: `journal.folder-in-use`, `journal.disk-full`, `journal.read-only`,
  ///   `journal.not-written`.
  init(path: String, mode: mode_t = 0o755) throws(Problem) {
    self.path = path
    guard !path.isEmpty, !path.utf8.contains(0) else { throw .notWritten(path, ENOENT) }
    if mkdir(path, mode) == 0 {
      try DurableFolder.sync(DurableFolder.parent(of: DurableFolder.trimmed(path), top: "."))
    } else if errno != EEXIST {
      throw .notWritten(path, errno)
    }
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .notWritten(path, errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw .folderInUse(path) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Writes a file so that it is whole and durable; its name is durable after `sync`.
  ///
  /// - Throws: `journal.disk-full`, `journal.read-only`, `journal.not-written`.
  func write(
    _ bytes: UnsafeRawBufferPointer, to name: String, mode: mode_t = 0o644
  ) throws(Problem) {
    try makeFolders(of: name)
    let draft = path + "/" + DurableFolder.draft
    let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode)
    guard file >= 0 else { throw .notWritten(path + "/" + name, errno) }
    var failure = DurableFolder.fill(file, bytes)
    if close(file) != 0, failure == 0 { failure = errno }
    if failure == 0, rename(draft, path + "/" + name) != 0 { failure = errno }
    guard failure == 0 else {
      unlink(draft)
      throw .notWritten(path + "/" + name, failure)
    }
    touch(DurableFolder.parent(of: name))
  }

  /// Writes a file so that it is whole and durable; its name is durable after `sync`.
  func write(_ bytes: [UInt8], to name: String, mode: mode_t = 0o644) throws(Problem) {
    let result = bytes.withUnsafeBytes { bytes in
      Result { () throws(Problem) in try write(bytes, to: name, mode: mode) }
    }
    try result.get()
  }

  /// Makes the names of all files written so far durable.
  ///
  /// - Throws: `journal.not-written`.
  func sync() throws(Problem) {
    for folder in touched.sorted() {
      try DurableFolder.sync(folder.isEmpty ? path : path + "/" + folder)
    }
    touched = []
  }

  /// Removes a file, and its folder when that is empty then.
  func remove(_ name: String) throws(Problem) {
    guard unlink(path + "/" + name) == 0 || errno == ENOENT else {
      throw .notWritten(path + "/" + name, errno)
    }
    let folder = DurableFolder.parent(of: name)
    if !folder.isEmpty, rmdir(path + "/" + folder) == 0 {
      touched.remove(folder)
      touch(DurableFolder.parent(of: folder))
    } else {
      touch(folder)
    }
  }

  /// Notes a folder and those it is in: an earlier run may have made them without making them durable.
  private func touch(_ folder: String) {
    guard touched.insert(folder).inserted, !folder.isEmpty else { return }
    touch(DurableFolder.parent(of: folder))
  }

  private func makeFolders(of name: String) throws(Problem) {
    let folder = DurableFolder.parent(of: name)
    guard !folder.isEmpty, !touched.contains(folder) else { return }
    try makeFolders(of: folder)
    guard mkdir(path + "/" + folder, 0o755) == 0 || errno == EEXIST else {
      throw .notWritten(path + "/" + folder, errno)
    }
  }

  private static func fill(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int32 {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest)
      let count = Glibc.write(file, part.baseAddress, part.count)
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        return errno
      }
    }
    return fsync(file) == 0 ? 0 : errno
  }

  private static func sync(_ folder: String) throws(Problem) {
    let opened = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard opened >= 0 else { throw .notWritten(folder, errno) }
    defer { close(opened) }
    guard fsync(opened) == 0 else { throw .notWritten(folder, errno) }
  }

  private static func parent(of name: String, top: String = "") -> String {
    guard let slash = name.lastIndex(of: "/") else { return top }
    // The folder above one at the root of the system is that root.
    return slash == name.startIndex ? "/" : String(name[..<slash])
  }

  /// A path without slashes at its end.
  private static func trimmed(_ path: String) -> String {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }
}

extension Problem {
  static func notWritten(_ path: String, _ number: Int32) -> Problem {
    let places = [Place(path)]
    switch number {
    case ENOSPC, EDQUOT:
      return Problem(
        "journal.disk-full", what: "\"\(path)\" cannot be written: the disk is full",
        why: "nothing half-written is left in its place",
        mend: "make room, then do it again", places: places)
    case EROFS, EACCES, EPERM:
      return Problem(
        "journal.read-only",
        what: "\"\(path)\" cannot be written: \(SystemError.text(number))",
        why: "the folder or the disk does not let this user write",
        mend: "give a folder that this user may write to", places: places)
    default:
      return Problem(
        "journal.not-written",
        what: "\"\(path)\" cannot be written: \(SystemError.text(number))",
        why: "the operating system refused it",
        mend: "check the path and the disk, then do it again", places: places)
    }
  }

  fileprivate static func folderInUse(_ path: String) -> Problem {
    Problem(
      "journal.folder-in-use", what: "another program is writing to \"\(path)\"",
      why: "two writers would overwrite each other's files",
      mend: "wait until it has ended, then do it again", places: [Place(path)])
  }
}
