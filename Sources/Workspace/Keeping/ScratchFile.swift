internal import Glibc
public import Ground

/// A file without a name, for what arrives over the network until it was read: gone with the last reference, also when the
/// process is killed.
public final class ScratchFile: Sendable {
  private let descriptor: Int32

  /// The path by which this process reads it, from its beginning.
  public var path: String { "/proc/self/fd/\(descriptor)" }

  /// An empty file on the disk of the workspace.
  ///
  /// - Throws: `workspace.not-written`.
  public init(in folder: WorkspaceFolder) throws(Problem) {
    let name = folder.path + "/.incoming-\(UInt64.random(in: .min ... .max))"
    descriptor = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw PrivateFile.notWritten(folder.path, errno) }
    unlink(name)
  }

  deinit { close(descriptor) }

  /// Adds bytes at the end.
  ///
  /// - Throws: `workspace.not-written`.
  public func write(_ bytes: some Collection<UInt8>) throws(Problem) {
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { throw PrivateFile.notWritten("what was sent", errno) }
      rest = rest.dropFirst(count)
    }
  }
}
