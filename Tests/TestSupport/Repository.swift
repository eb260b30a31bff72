import Foundation

/// Where tests find files: the repository itself, and material beside it that is never committed.
public enum Repository {
  /// The folder that holds `Package.swift`.
  public static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path()

  /// A path below the root.
  public static func path(_ name: String) -> String { root + name }

  /// The text of a file below the root.
  public static func text(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  /// Names of the files in a folder below the root with this ending, sorted.
  public static func files(in folder: String, ending: String) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: path(folder))
    return (names ?? []).filter { $0.hasSuffix(ending) }.sorted()
  }
}

/// A file of `../shared/data`, or nil where that folder is not there: for `.enabled(if:)`.
public func sharedData(_ name: String) -> String? {
  let path = URL(filePath: Repository.root).deletingLastPathComponent()
    .appending(path: "shared/data/" + name).path()
  return FileManager.default.fileExists(atPath: path) ? path : nil
}

/// Runs a body with a file that holds these bytes, and removes it afterwards.
public func withFile<Result>(
  _ bytes: some Sequence<UInt8>, _ body: (String) throws -> Result
) throws -> Result {
  let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path()
  try Data(bytes).write(to: URL(filePath: path))
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(path)
}

/// Runs a body with a file that holds this text.
public func withFile<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result {
  try withFile(Array(text.utf8), body)
}
