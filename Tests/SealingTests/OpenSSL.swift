import Foundation

/// The `openssl` program, as other people's timestamp authority.
enum OpenSSL {
  /// Why a test is skipped where the program is not there.
  static let missing = "the program openssl is not installed"

  /// Where the program is; nil where it is not.
  static let path: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(
    separator: ":"
  ).map { $0 + "/openssl" }.first { FileManager.default.isExecutableFile(atPath: $0) }

  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  /// Runs the program in a folder that holds these files, and gives the files that it left.
  static func run(_ arguments: [String], with files: [String: [UInt8]]) throws
    -> [String: [UInt8]]
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, bytes) in files { try Data(bytes).write(to: folder.appending(path: name)) }
    let process = Process()
    let errors = Pipe()
    process.executableURL = URL(filePath: path ?? "openssl")
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try process.run()
    let said = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failed(
        description: arguments.joined(separator: " ") + ": " + String(decoding: said, as: UTF8.self)
      )
    }
    var left: [String: [UInt8]] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path()) {
      left[name] = Array(try Data(contentsOf: folder.appending(path: name)))
    }
    return left
  }
}
