import Foundation

/// The files of the repository, read once.
struct Tree: Sendable {
  /// One file with its path from the root.
  struct File: Sendable {
    let path: String
    let bytes: [UInt8]
    /// Its text, with what is not UTF-8 replaced.
    var text: String { String(decoding: bytes, as: UTF8.self) }
    var name: String {
      String(path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...])
    }
    var folder: String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "" }
    /// Its lines with their numbers.
    var lines: [(number: Int, text: String)] {
      text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        .map { ($0.offset + 1, String($0.element)) }
    }

    init(_ path: String, _ bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }

    init(_ path: String, text: String) { self.init(path, Array(text.utf8)) }
  }

  let files: [File]

  /// The repository around this source file.
  static let repository = Tree(
    root: URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent())

  /// Folders that hold what tools make.
  private static let made: Set = [
    ".build", ".git", ".venv", "out", ".swiftpm", ".vscode", ".idea", "node_modules", "__pycache__",
  ]

  init(files: [File]) { self.files = files }

  init(root: URL) {
    let start = root.standardizedFileURL.path
    var found: [File] = []
    let walker = FileManager.default.enumerator(atPath: start)
    while let path = walker?.nextObject() as? String {
      let name = (path as NSString).lastPathComponent
      if Tree.made.contains(name) || path == "Fuzz/Corpus/new" {
        walker?.skipDescendants()
        continue
      }
      var isFolder: ObjCBool = false
      let full = start + "/" + path
      guard FileManager.default.fileExists(atPath: full, isDirectory: &isFolder),
        !isFolder.boolValue,
        !name.hasSuffix(".swp"), let data = FileManager.default.contents(atPath: full)
      else { continue }
      found.append(File(path, Array(data)))
    }
    files = found.sorted { $0.path < $1.path }
  }

  /// The file at a path, or nil.
  func file(_ path: String) -> File? { files.first { $0.path == path } }

  /// Files below a folder with this ending.
  func files(below folder: String, ending: String = "") -> [File] {
    files.filter { $0.path.hasPrefix(folder + "/") && $0.path.hasSuffix(ending) }
  }
}

/// What a rule found.
struct Finding: Equatable, CustomStringConvertible {
  let path: String
  let line: Int?
  let rule: String
  let instead: String

  init(_ path: String, _ line: Int, _ rule: String, instead: String) {
    self.path = path
    self.line = line
    self.rule = rule
    self.instead = instead
  }

  init(_ path: String, _ rule: String, instead: String) {
    self.path = path
    line = nil
    self.rule = rule
    self.instead = instead
  }

  var description: String {
    path + (line.map { ":\($0)" } ?? "") + ": " + rule + "; " + instead
  }
}

extension [Finding] {
  /// All findings as the text of a failure.
  var report: String { map(\.description).joined(separator: "\n") }

  /// Shows what a reader may look at, without a failure.
  func show() {
    for finding in self {
      FileHandle.standardError.write(Data(("tidy: " + finding.description + "\n").utf8))
    }
  }
}
