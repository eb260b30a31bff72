public import Ground

/// Bytes that are already in memory, as a source that can be read.
public struct HeldBytes: ByteSource.Supply {
  private let bytes: [UInt8]

  /// These bytes.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Begins to read, from the first byte.
  public func reading() throws(Problem) -> ByteSource.Reading {
    var rest = bytes[...]
    return { (buffer) throws(Problem) in
      let part = rest.prefix(buffer.count)
      buffer.copyBytes(from: part)
      rest = rest.dropFirst(part.count)
      return part.count
    }
  }
}
