internal import FoundationEssentials
public import Ground

/// Small text files that a person wrote.
public enum TextFile {
  /// Largest file read whole, in bytes.
  public static let largest = 32 * 1024 * 1024

  /// The text of a file, or of standard input for `-`.
  ///
  /// - Throws: `ground.file-*`, `workspace.file-too-large`, `workspace.not-utf8`.
  public static func read(_ path: String) throws(Problem) -> String {
    let lines = try ByteLines(path: path)
    var bytes: [UInt8] = []
    while let line = try lines.next() {
      bytes += line
      bytes.append(0x0A)
      guard bytes.count <= largest else {
        throw Problem(
          "workspace.file-too-large", what: "\(path) is larger than 32 MiB",
          why: "this file is read whole", mend: "check that it is the right file",
          places: [Place(path)])
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Problem(
        "workspace.not-utf8", what: "\(path) is not text in UTF-8",
        why: "names and citations must read the same everywhere",
        mend: "save it as UTF-8", places: [Place(path)])
    }
    return text
  }

  /// The bytes of a small file.
  ///
  /// - Throws: `workspace.not-read`, `workspace.file-too-large`.
  public static func bytes(_ path: String) throws(Problem) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Problem(
        "workspace.not-read", what: "\(path) could not be read",
        why: "it is not there, is a folder, or may not be read",
        mend: "check the path", places: [Place(path)])
    }
    guard data.count <= largest else {
      throw Problem(
        "workspace.file-too-large", what: "\(path) is larger than 32 MiB",
        why: "this file is read whole", mend: "check that it is the right file",
        places: [Place(path)])
    }
    return Array(data)
  }

  /// Writes a file whole or not at all.
  ///
  /// - Throws: `workspace.not-written`.
  public static func write(_ text: String, to path: String) throws(Problem) {
    do {
      try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw Problem(
        "workspace.not-written", what: "\(path) could not be written",
        why: "the folder may be missing, full or read-only",
        mend: "check the folder, or choose another with --output", places: [Place(path)])
    }
  }
}

extension Problem {
  /// Several problems of one file as one, each with its place.
  static func several(_ problems: [Problem], file: String) -> Problem {
    guard problems.count > 1, let first = problems.first else {
      return problems.first ?? Problem("workspace.unreadable", what: "\(file) cannot be used")
    }
    let places = problems.map { problem in
      var place = problem.places.first ?? Place(file)
      let mend = problem.mend.isEmpty ? "" : "; " + problem.mend
      place.label = problem.what + mend
      return place
    }
    return Problem(
      first.code, what: "\(file) has \(problems.count) problems",
      why: "nothing of it is used while something is unclear", mend: "mend each place",
      places: places)
  }
}
