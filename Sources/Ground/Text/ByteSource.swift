/// Bytes under a name that can be read from their beginning any number of times: a file, or what is made while it is read.
public struct ByteSource: Sendable {
  /// Fills a buffer as far as it can, and gives how many bytes it put there; 0 only at the end.
  public typealias Reading = (UnsafeMutableRawBufferPointer) throws(Problem) -> Int

  /// Makes bytes while they are read.
  public protocol Supply: Sendable {
    /// Begins to read, from the first byte.
    func reading() throws(Problem) -> Reading
  }

  /// The name, as problems tell it.
  public let name: String
  private let supply: (any Supply)?

  /// A file; `-` is standard input, which can be read once.
  public init(path: String) {
    name = path
    supply = nil
  }

  /// Bytes that are made while they are read.
  public init(_ name: String, from supply: any Supply) {
    self.name = name
    self.supply = supply
  }

  /// Begins to read.
  ///
  /// - Parameter progress: Hears the bytes read after each chunk.
  /// - Throws: `ground.file-*`, or what the supply throws.
  public func stream(progress: ((Int) -> Void)? = nil) throws(Problem) -> ByteStream {
    guard let supply else { return try ByteStream(path: name, progress: progress) }
    return ByteStream(name, reading: try supply.reading(), progress: progress)
  }
}
