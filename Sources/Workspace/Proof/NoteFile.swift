internal import FoundationEssentials
internal import Ground
internal import Journal

/// Notes, proofs and tokens in files of their own: small, read whole.
enum NoteFile {
  /// The bytes of a file.
  ///
  /// - Throws: `ground.file-*`, `workspace.file-too-large`.
  static func bytes(_ path: String) throws(Problem) -> [UInt8] {
    try bytes(ByteSource(path: path))
  }

  /// The bytes of a source.
  ///
  /// - Throws: `ground.file-*`, `workspace.file-too-large`.
  static func bytes(_ source: ByteSource) throws(Problem) -> [UInt8] {
    let stream = try source.stream()
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try read(stream, into: &part)
      guard count > 0 else { return bytes }
      bytes += part[..<count]
      guard bytes.count <= SignedNote.mostBytes else {
        throw Problem(
          "workspace.file-too-large", what: "\(source.name) is larger than 1 MiB",
          why: "a checkpoint, proof or timestamp is much smaller",
          mend: "check that it is the right file", places: [Place(source.name)])
      }
    }
  }

  /// The bytes of a file; nil when there is none.
  ///
  /// - Throws: as `bytes`.
  static func bytesIfThere(_ path: String) throws(Problem) -> [UInt8]? {
    do { return try bytes(path) } catch {
      guard error.code == "ground.file-not-found" else { throw error }
      return nil
    }
  }

  /// Writes a file for others to read, whole or not at all.
  ///
  /// - Throws: `workspace.not-written`.
  static func write(_ bytes: [UInt8], to path: String) throws(Problem) {
    do { try Data(bytes).write(to: URL(filePath: path), options: .atomic) } catch {
      throw Problem(
        "workspace.not-written", what: "\(path) could not be written",
        why: "the folder may be missing, full or read-only",
        mend: "check the folder, or choose another with --output", places: [Place(path)])
    }
  }

  private static func read(
    _ stream: ByteStream, into part: inout [UInt8]
  ) throws(Problem) -> Int {
    try part.withUnsafeMutableBytes { buffer in
      Result { () throws(Problem) in try stream.read(into: buffer) }
    }.get()
  }
}
