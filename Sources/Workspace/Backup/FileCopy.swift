internal import Ground
internal import Sealing

/// Copies files durably, and tells what was copied.
enum FileCopy {
  private static let piece = 1 << 20

  /// Copies a file through a temporary one; gives the digest of what was written.
  ///
  /// - Throws: `ground.file-*`, `workspace.not-written`.
  static func copy(_ source: String, temporary: String, to target: String) throws(Problem) -> Digest
  {
    var parts = try FileParts(source, length: piece)
    let writer = try DurableWriter(temporary: temporary)
    var digest = DigestStream()
    while let part = try parts.part() {
      digest.update(part.bytes)
      try writer.write(part.bytes)
    }
    try writer.finish(as: target)
    return digest.finish()
  }

  /// Copies a sealed file into another folder, where its name proves it; gives false, and copies nothing, when it is
  /// not what its name says.
  ///
  /// - Throws: `ground.file-*`, `workspace.not-written`.
  static func copy(
    _ name: String, from source: EvidenceFolder, to target: EvidenceFolder
  ) throws(Problem) -> Bool {
    guard let path = source.path(of: name) else { return false }
    var parts = try FileParts(path, length: piece)
    let writer = try target.begin()
    var digest = DigestStream()
    while let part = try parts.part() {
      digest.update(part.bytes)
      try writer.write(part.bytes)
    }
    let found = digest.finish()
    guard found.hex == name else { return false }
    _ = try target.keep(writer, found)
    return true
  }
}
