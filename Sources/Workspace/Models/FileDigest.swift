public import Ground
internal import Sealing

/// The SHA-256 of a file, read in pieces.
public enum FileDigest {
  private static let piece = 1 << 20

  /// The digest in hexadecimal.
  ///
  /// - Throws: `ground.file-*`.
  public static func of(_ path: String) throws(Problem) -> String {
    try of(ByteSource(path: path))
  }

  /// The digest of what a source gives, in hexadecimal.
  ///
  /// - Throws: `ground.file-*`, or what the source throws.
  public static func of(_ source: ByteSource) throws(Problem) -> String {
    let stream = try source.stream()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: piece, alignment: 16)
    defer { buffer.deallocate() }
    var digest = DigestStream()
    while true {
      let count = try stream.read(into: buffer)
      guard count > 0 else { break }
      digest.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
    return digest.finish().hex
  }
}
