internal import Glibc
public import Ground
internal import Sealing

extension OpenWorkspace {
  /// Keeps bytes for a while outside the journal: sealed in a file, under a key that the newest epoch wraps.
  ///
  /// An erasure that begins a new epoch makes what lies there unreadable; backups leave it out.
  /// - Parameter name: Letters and digits.
  /// - Throws: `workspace.not-written`, `workspace.no-epoch-key`, `sealing.not-sealed`.
  public func shelve(_ bytes: [UInt8], as name: String) throws(Problem) {
    let key = SecretKey()
    let wrapped = try keys.wrap(key)
    let head = JSON.object([
      ("epoch", .int(wrapped.epoch)), ("key", .string(Hex.text(wrapped.bytes))),
    ])
    let sealed = try SealedBox.seal(bytes, key: key, context: Array("shelf|\(name)".utf8))
    try PrivateFile.makeFolder(folder.shelf)
    try PrivateFile.write(Array((head.compact + "\n").utf8) + sealed, to: shelfPath(name))
  }

  /// What lies there; what no key opens any more is taken away.
  ///
  /// - Throws: `workspace.no-folder`, `workspace.not-written`.
  public func shelved() throws(Problem) -> [(name: String, bytes: [UInt8])] {
    guard access(folder.shelf, F_OK) == 0 else { return [] }
    var found: [(name: String, bytes: [UInt8])] = []
    for file in try PrivateFile.names(in: folder.shelf) where file.hasSuffix(Shelf.ending) {
      let name = String(file.dropLast(Shelf.ending.count))
      if let bytes = try? shelved(name) {
        found.append((name, bytes))
      } else {
        try unshelve(name)
      }
    }
    return found
  }

  /// Takes it away; what is gone is gone.
  ///
  /// - Throws: `workspace.not-written`.
  public func unshelve(_ name: String) throws(Problem) {
    try PrivateFile.destroy(shelfPath(name))
  }

  private func shelved(_ name: String) throws(Problem) -> [UInt8] {
    var bytes: [UInt8] = []
    var parts = try FileParts(shelfPath(name), length: 1 << 16)
    while let part = try parts.part() { bytes += part.bytes }
    let head = bytes.prefix { $0 != 0x0A }
    let json = try JSON(parsing: Array(head))
    guard case .int(let epoch)? = json["epoch"], case .string(let text)? = json["key"],
      let wrapped = Hex.bytes(text)
    else { throw Shelf.broken }
    return try SealedBox.open(
      Array(bytes.dropFirst(head.count + 1)),
      key: try keys.unwrap(WrappedKey(epoch: epoch, bytes: wrapped)),
      context: Array("shelf|\(name)".utf8))
  }

  private func shelfPath(_ name: String) -> String { folder.shelf + "/" + name + Shelf.ending }
}

/// How files are named that are kept for a while.
private enum Shelf {
  static let ending = ".sealed"
  static let broken = Problem(
    "workspace.shelf-broken", what: "what was kept for a while cannot be read",
    why: "its file was changed or cut off", mend: "it is taken away; type it again")
}

extension WorkspaceFolder {
  /// What is kept for a while, sealed.
  var shelf: String { path + "/shelf" }
}
