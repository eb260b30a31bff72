internal import FoundationEssentials
internal import Ground
internal import Sealing

/// The folder of sealed files: `<ab>/<SHA-256 of the sealed file>.sealed`, and `<random>.part` while one is written.
///
/// The name tells nothing of the content: the same file sealed twice has two names.
struct EvidenceFolder: Sendable {
  /// The folder.
  let path: String

  private static let ending = ".sealed"
  static let partEnding = ".part"

  /// The path of a sealed file; nil for what is not the name of one.
  func path(of name: String) -> String? {
    guard Hex.bytes(name)?.count == Digest.byteCount else { return nil }
    return path + "/" + name.prefix(2) + "/" + name + EvidenceFolder.ending
  }

  /// Begins a sealed file.
  ///
  /// - Throws: `workspace.not-written`.
  func begin() throws(Problem) -> DurableWriter {
    try DurableWriter(
      temporary: path + "/" + RandomText.key(length: 20) + EvidenceFolder.partEnding)
  }

  /// Gives a sealed file its name, durably; gives the name.
  ///
  /// - Throws: `workspace.not-written`.
  func keep(_ writer: DurableWriter, _ digest: Digest) throws(Problem) -> String {
    let name = digest.hex
    guard let path = path(of: name) else { preconditionFailure("a digest is a name") }
    try PrivateFile.makeFolder(self.path + "/" + name.prefix(2))
    try writer.finish(as: path)
    return name
  }

  /// The names of all sealed files, sorted.
  ///
  /// - Throws: `workspace.no-folder`.
  func names() throws(Problem) -> [String] {
    var names: [String] = []
    for folder in try PrivateFile.names(in: path) where folder.utf8.count == 2 {
      for file in try PrivateFile.names(in: path + "/" + folder)
      where file.hasSuffix(EvidenceFolder.ending) && file.hasPrefix(folder) {
        let name = String(file.dropLast(EvidenceFolder.ending.count))
        if self.path(of: name) != nil { names.append(name) }
      }
    }
    return names.sorted()
  }

  /// The paths of files that were begun and never finished.
  ///
  /// - Throws: `workspace.no-folder`.
  func parts() throws(Problem) -> [String] {
    try PrivateFile.names(in: path).filter { $0.hasSuffix(EvidenceFolder.partEnding) }
      .map { path + "/" + $0 }
  }

  func has(_ name: String) -> Bool {
    path(of: name).map { FileManager.default.fileExists(atPath: $0) } ?? false
  }

  /// Overwrites and removes a sealed file; one that is gone is gone.
  ///
  /// - Throws: `workspace.not-written`.
  func destroy(_ name: String) throws(Problem) {
    if let path = path(of: name) { try PrivateFile.destroy(path) }
  }
}

extension WorkspaceFolder {
  /// The sealed files.
  var files: EvidenceFolder { EvidenceFolder(path: evidence) }
}
