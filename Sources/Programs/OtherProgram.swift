internal import Foundation
public import Ground
internal import Subprocess
internal import SystemPackage

/// A program of the system that does something for us: found when it is needed, run without a shell, in a private folder that is
/// gone afterwards, with an environment of its own and an end.
public struct OtherProgram: Sendable {
  /// What came of a run.
  public struct Outcome: Sendable {
    /// The exit status.
    public let status: Int
    /// What it wrote: the file that was asked for, else its standard output.
    public let output: [UInt8]
    /// The beginning of what it complained about.
    public let complaints: String
  }

  /// Most bytes that are read of what a program wrote.
  public static let mostBytes = 64 << 20
  /// Where it lies.
  public let path: String

  /// The program at a path.
  public init(path: String) { self.path = path }

  /// The program of a name in the usual folders; nil when it is not installed.
  public static func named(_ name: String) -> OtherProgram? {
    for folder in ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin"] {
      let path = folder + "/" + name
      if FileManager.default.isExecutableFile(atPath: path) { return OtherProgram(path: path) }
    }
    return nil
  }

  /// Runs it to its end.
  ///
  /// - Parameters:
  ///   - files: What lies in its folder when it begins.
  ///   - input: What it reads from its standard input.
  ///   - output: The file in its folder that it writes; nil for its standard output.
  ///   - seconds: After which it is ended.
  /// - Throws: `programs.failed`, `programs.too-slow`.
  public func run(
    _ arguments: [String], files: [(name: String, content: [UInt8])] = [], input: [UInt8] = [],
    output: String? = nil, seconds: Int = 60, environment: [String: String] = [:]
  ) async throws(Problem) -> Outcome {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "systemic-" + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let outcome: Result<Outcome, any Error>
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
      let own: [(name: String, content: [UInt8])] = [(".in", input), (".out", []), (".err", [])]
      for file in files + own {
        try Data(file.content).write(to: folder.appending(path: file.name))
      }
      outcome = .success(
        try await run(arguments, in: folder, output ?? ".out", seconds, environment))
    } catch { outcome = .failure(error) }
    switch outcome {
    case .success(let outcome): return outcome
    case .failure(let problem as Problem): throw problem
    case .failure: throw failed("it could not be started, or its folder could not be written")
    }
  }

  private func run(
    _ arguments: [String], in folder: URL, _ output: String, _ seconds: Int,
    _ environment: [String: String]
  ) async throws -> Outcome {
    let surroundings = [
      "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder.path(), "TMPDIR": folder.path(),
      "LANG": "C.UTF-8", "TZ": "UTC",
    ].merging(environment) { $1 }
    // Whoever it starts in turn ends with it: an office suite hides behind a script.
    var options = PlatformOptions()
    options.createSession = true
    options.teardownSequence = [
      .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .zero)
    ]
    let configuration = Subprocess.Configuration(
      executable: .path(FilePath(path)), arguments: Arguments(arguments),
      environment: .custom(
        Dictionary(
          uniqueKeysWithValues: surroundings.map { (.init(stringLiteral: $0.key), $0.value) })),
      workingDirectory: FilePath(folder.path()), platformOptions: options)
    guard
      let status = try await withoutWaiting(
        seconds, { try await ending(configuration, in: folder) })
    else {
      throw Problem(
        "programs.too-slow", what: "\(path) did not end in \(seconds) seconds",
        why: "nobody waits longer", mend: "try it with less, or look at the load of this machine")
    }
    let complaints = try Data(contentsOf: folder.appending(path: ".err")).prefix(4096)
    let file = folder.appending(path: output)
    let size = (try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0
    guard size <= OtherProgram.mostBytes else { throw failed("it wrote too much") }
    return Outcome(
      status: status, output: Array((try? Data(contentsOf: file)) ?? Data()),
      complaints: String(decoding: complaints, as: UTF8.self))
  }

  /// The exit status, or the number of the signal that ended it.
  private func ending(_ configuration: Subprocess.Configuration, in folder: URL) async throws -> Int
  {
    func open(_ name: String, _ mode: FileDescriptor.AccessMode) throws -> FileDescriptor {
      try FileDescriptor.open(FilePath(folder.appending(path: name).path()), mode)
    }
    let result = try await Subprocess.run(
      configuration,
      input: .fileDescriptor(try open(".in", .readOnly), closeAfterSpawningProcess: true),
      output: .fileDescriptor(try open(".out", .writeOnly), closeAfterSpawningProcess: true),
      error: .fileDescriptor(try open(".err", .writeOnly), closeAfterSpawningProcess: true))
    switch result.terminationStatus {
    case .exited(let code), .signaled(let code): return Int(code)
    }
  }

  /// What comes of a piece of work; nil when it was ended because its time was over.
  private func withoutWaiting(_ seconds: Int, _ work: @escaping @Sendable () async throws -> Int)
    async throws -> Int?
  {
    try await withThrowingTaskGroup(of: Int?.self) { group in
      group.addTask { try await work() }
      group.addTask {
        try await Task.sleep(for: .seconds(seconds))
        return nil
      }
      defer { group.cancelAll() }
      return try await group.next() ?? nil
    }
  }

  private func failed(_ why: String) -> Problem {
    Problem(
      "programs.failed", what: "\(path) did not do its work", why: why,
      mend: "run it by hand to see what it lacks")
  }
}
