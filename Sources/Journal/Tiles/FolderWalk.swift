internal import Glibc

/// What stands below a folder.
enum FolderWalk {
  /// Folders within folders, more than any log has.
  private static let deepest = 16

  /// The names of all things in a folder itself.
  static func names(in folder: String) -> Set<String> {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: Set<String> = []
    while let entry = readdir(stream) { names.insert(name(of: entry)) }
    return names.subtracting([".", ".."])
  }

  /// Gives each thing that is not a folder, and folders too deep to look into, by its path.
  ///
  /// - Returns: False when a folder could not be read.
  static func visit(
    _ root: String, below folder: String = "", depth: Int = 0,
    _ body: (_ path: String, _ isFile: Bool) -> Void
  ) -> Bool {
    guard let stream = opendir(folder.isEmpty ? root : root + "/" + folder) else { return false }
    defer { closedir(stream) }
    var isComplete = true
    while let entry = readdir(stream) {
      let name = name(of: entry)
      if name == "." || name == ".." { continue }
      let path = folder.isEmpty ? name : folder + "/" + name
      let kind = kind(of: entry, root + "/" + path)
      if kind == S_IFDIR, depth < deepest {
        isComplete = visit(root, below: path, depth: depth + 1, body) && isComplete
      } else {
        body(path, kind == S_IFREG)
      }
    }
    return isComplete
  }

  private static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
    withUnsafePointer(to: &entry.pointee.d_name) { name in
      name.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: name.pointee)) {
        String(cString: $0)
      }
    }
  }

  private static func kind(of entry: UnsafeMutablePointer<dirent>, _ path: String) -> mode_t {
    switch Int(entry.pointee.d_type) {
    case Int(DT_REG): return S_IFREG
    case Int(DT_DIR): return S_IFDIR
    case Int(DT_UNKNOWN):
      var status = stat()
      return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : 0
    default: return 0
    }
  }
}
