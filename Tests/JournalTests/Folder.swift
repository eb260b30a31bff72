import Foundation
import Journal

/// A folder for one test, removed with it.
final class Folder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "journal-" + UUID().uuidString)
      .path()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A path in it.
  subscript(_ name: String) -> String { path + "/" + name }

  func read(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: self[name])))
  }

  func write(_ bytes: [UInt8], _ name: String) throws {
    try FileManager.default.createDirectory(
      at: URL(filePath: self[name]).deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(filePath: self[name]))
  }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: self[name]) }

  /// Exchanges two files.
  func swap(_ left: String, _ right: String) throws {
    let kept = try read(left)
    try write(read(right), left)
    try write(kept, right)
  }

  /// All files in it, sorted.
  var files: [String] {
    let all = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return all.filter { name in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: self[name], isDirectory: &isFolder)
        && !isFolder.boolValue
    }.sorted()
  }

  /// Tries a change of one file and puts the file back.
  func changing<Result>(
    _ name: String, to bytes: [UInt8], _ body: () async throws -> Result
  ) async throws -> Result {
    let kept = try read(name)
    try write(bytes, name)
    let result = try await body()
    try write(kept, name)
    return result
  }
}

extension DirectoryVerifier {
  /// The audit of a folder with the directory's own key.
  static func report(_ folder: Folder) async throws -> VerificationReport {
    try await DirectoryVerifier(folder: folder.path).report()
  }
}
