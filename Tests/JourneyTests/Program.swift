import Foundation
import TestSupport

/// The built `systemic`, run in a folder that holds a copy of the examples.
struct Program: Sendable {
  /// What a command left behind.
  struct Outcome: Sendable {
    let output: String
    let status: Int32
  }

  /// Seconds after which a command is ended.
  static let longestSeconds = 120

  /// The folder of this source file.
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
  private static let root = folder.deletingLastPathComponent().deletingLastPathComponent()

  /// The folder in which commands run.
  let place: URL
  private let environment: [String: String]

  /// Makes a folder with the examples.
  init() throws {
    let binary = Program.binary
    guard FileManager.default.isExecutableFile(atPath: binary.path) else {
      throw Missing(what: "\(binary.path) is not there: run `swift build`, or set SYSTEMIC_BIN")
    }
    place = FileManager.default.temporaryDirectory
      .appending(path: "systemic-journey-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    for name in ["examples"] {
      try FileManager.default.copyItem(
        at: Program.root.appending(path: name), to: place.appending(path: name))
    }
    environment = [
      "PATH": binary.deletingLastPathComponent().path + ":/usr/local/bin:/usr/bin:/bin",
      "HOME": place.path, "SYSTEMIC_HOME": place.appending(path: "home").path,
      "LC_ALL": "C.UTF-8", "TZ": "UTC",
    ]
  }

  /// Takes the folder away.
  func remove() { try? FileManager.default.removeItem(at: place) }

  /// `SYSTEMIC_BIN`, else the program built beside the tests.
  static var binary: URL {
    if let path = ProcessInfo.processInfo.environment["SYSTEMIC_BIN"], !path.isEmpty {
      return URL(filePath: path, relativeTo: root).absoluteURL
    }
    let tests = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    return tests.deletingLastPathComponent().appending(path: "systemic")
  }

  /// Runs a line of shell; both outputs are joined in the order in which they came.
  func run(_ command: String) async throws -> Outcome {
    try await aside { try wait(for: command) }
  }

  private func wait(for command: String) throws -> Outcome {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/timeout")
    process.arguments = [String(Program.longestSeconds), "/bin/sh", "-c", command]
    process.currentDirectoryURL = place
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let text = String(decoding: data, as: UTF8.self).replacing(place.path, with: "PLACE")
    return Outcome(output: text, status: process.terminationStatus)
  }

  struct Missing: Error, CustomStringConvertible {
    let what: String
    var description: String { what }
  }
}
