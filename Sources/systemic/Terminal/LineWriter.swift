import Foundation
import Glibc
import Ground
import Workspace

/// Writes lines to a file or to standard output, through a buffer; a full disk or a closed pipe is reported.
final class LineWriter {
  private static let bufferSize = 1 << 16
  private var descriptor: Int32?
  private let path: String?
  private var buffer: [UInt8] = []

  /// Nothing is opened before there is something to write, so that a refused input leaves an old output as it is.
  init(path: String?) { self.path = path == "-" ? nil : path }

  /// Refuses an output that is the input itself.
  static func refuse(output: String?, over input: String) throws {
    guard let output, output != "-", input != "-" else { return }
    guard PrivateFile.isSame(output, input) else { return }
    throw Problem(
      "systemic.output-is-input", what: "\(output) is the input itself",
      why: "writing would destroy what is being read", mend: "choose another place with --output")
  }

  func write(_ line: String) throws { try write(Array(line.utf8)) }

  func write(_ line: [UInt8]) throws {
    buffer += line
    buffer.append(0x0A)
    if buffer.count >= LineWriter.bufferSize { try empty() }
  }

  /// Empties the buffer; what was not written is a problem, not a silence.
  func finish() throws {
    try empty()
    if path != nil, let descriptor, close(descriptor) != 0 { throw failure(errno) }
  }

  private func opened() throws -> Int32 {
    if let descriptor { return descriptor }
    let number = path.map { open($0, O_WRONLY | O_CREAT | O_TRUNC, 0o644) } ?? STDOUT_FILENO
    if number < 0 { throw failure(errno) }
    descriptor = number
    return number
  }

  private func empty() throws {
    let descriptor = try opened()
    var start = 0
    while start < buffer.count {
      let written = buffer.withUnsafeBytes { bytes in
        bytes.baseAddress.map { Glibc.write(descriptor, $0 + start, bytes.count - start) } ?? 0
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw failure(errno) }
      start += written
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private func failure(_ code: Int32) -> Problem {
    Problem(
      "systemic.not-written", what: "\(path ?? "the output") could not be written",
      why: String(cString: strerror(code)), mend: "free some space, or choose another place",
      places: path.map { [Place($0)] } ?? [])
  }
}
