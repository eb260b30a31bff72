import Foundation

/// A program of the tests or of the system, run to its end or killed.
struct Program {
  let url: URL
  let arguments: [String]

  /// The program beside the tests that writes to a store and tells what was acknowledged.
  static func drill(_ arguments: String...) -> Program {
    let tests = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    return Program(
      url: tests.deletingLastPathComponent().appending(path: "storedrill"), arguments: arguments)
  }

  /// A program of the system; nil when it is not installed.
  static func system(_ name: String, _ arguments: String...) -> Program? {
    let path = "/usr/bin/" + name
    guard FileManager.default.isExecutableFile(atPath: path) else { return nil }
    return Program(url: URL(filePath: path), arguments: arguments)
  }

  /// Starts it, with a pipe for each stream; the errors join the output.
  func start() throws -> (process: Process, input: Pipe, output: Pipe) {
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = url
    process.arguments = arguments
    process.standardInput = input
    process.standardOutput = output
    process.standardError = output
    try process.run()
    return (process, input, output)
  }

  /// Runs it to its end.
  func run() throws -> (output: String, status: Int32) {
    let (process, input, output) = try start()
    try input.fileHandleForWriting.close()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (String(decoding: data, as: UTF8.self), process.terminationStatus)
  }
}

extension Pipe {
  /// Reads until a line satisfies a condition or the stream ends; gives all complete lines so far.
  func lines(until isLast: (String) -> Bool) -> [String] {
    var bytes: [UInt8] = []
    while true {
      let text = String(decoding: bytes, as: UTF8.self)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        .map(String.init)
      if lines.contains(where: isLast) { return lines }
      let more = fileHandleForReading.availableData
      if more.isEmpty { return lines }
      bytes += more
    }
  }
}
