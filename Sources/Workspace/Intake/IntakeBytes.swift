internal import Ground

/// Files that are read whole.
enum IntakeBytes {
  /// Largest object or mail, in bytes.
  static let largest = 64 * 1024 * 1024

  /// What is left of a file.
  ///
  /// - Throws: `ground.file-*`, `workspace.intake-too-large`.
  static func rest(of lines: ByteLines) throws(Problem) -> [UInt8] {
    var bytes: [UInt8] = []
    while let chunk = try lines.nextChunk() {
      guard bytes.count + chunk.count <= largest else {
        throw Problem(
          "workspace.intake-too-large", what: "\(lines.path) is larger than 64 MiB",
          why: "a mail, an object of JSON and a YAML document are read whole",
          mend: "take it in in parts; tables and JSON Lines may be of any size",
          places: [Place(lines.path)])
      }
      bytes += chunk
    }
    return bytes
  }
}
