internal import Glibc
internal import Ground

/// A file read in parts of one length; the last may be shorter, and says that it is the last.
struct FileParts {
  private let stream: ByteStream
  private let length: Int
  private var next: [UInt8]?

  /// Parts of a file after its first `skipped` bytes.
  ///
  /// - Throws: `ground.file-*`.
  init(
    _ path: String, length: Int, skipping skipped: Int = 0, progress: ((Int) -> Void)? = nil
  ) throws(Problem) {
    try self.init(
      ByteSource(path: path), length: length, skipping: skipped, progress: progress)
  }

  /// Parts of what a source gives after its first `skipped` bytes.
  ///
  /// - Throws: `ground.file-*`, or what the source throws.
  init(
    _ source: ByteSource, length: Int, skipping skipped: Int = 0, progress: ((Int) -> Void)? = nil
  ) throws(Problem) {
    stream = try source.stream(progress: progress)
    self.length = length
    head = try FileParts.read(stream, skipped)
    next = try FileParts.read(stream, length)
  }

  /// The bytes before the first part; fewer than asked for when the file is shorter.
  let head: [UInt8]

  /// The next part; nil after the last.
  ///
  /// A file without bytes has one part without bytes.
  mutating func part() throws(Problem) -> (bytes: [UInt8], isLast: Bool)? {
    guard let bytes = next else { return nil }
    let following = try bytes.count == length ? FileParts.read(stream, length) : []
    next = following.isEmpty ? nil : following
    return (bytes, following.isEmpty)
  }

  /// So many bytes, fewer only at the end: a pipe gives them in pieces.
  private static func read(_ stream: ByteStream, _ length: Int) throws(Problem) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: length)
    var count = 0
    while count < length {
      let result = bytes[count...].withUnsafeMutableBytes { buffer in
        Result { () throws(Problem) in try stream.read(into: buffer) }
      }
      let read = try result.get()
      guard read > 0 else { break }
      count += read
    }
    bytes.removeLast(length - count)
    return bytes
  }
}
