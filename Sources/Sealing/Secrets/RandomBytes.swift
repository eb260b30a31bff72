internal import Glibc

/// Bytes from the system's random numbers.
enum RandomBytes {
  /// So many bytes that nobody can foresee.
  static func make(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      fill(UnsafeMutableRawBufferPointer(buffer))
      filled = count
    }
  }

  /// Fills memory with bytes that nobody can foresee.
  ///
  /// The system is asked once for many of them, because asking is what takes time. Source: getentropy(3).
  static func fill(_ memory: UnsafeMutableRawBufferPointer) {
    var filled = 0
    while filled < memory.count {
      let rest = UnsafeMutableRawBufferPointer(
        rebasing: memory[filled..<min(filled + mostAtOnce, memory.count)])
      guard let start = rest.baseAddress, getentropy(start, rest.count) == 0 else { break }
      filled += rest.count
    }
    // A system that does not answer to that is asked byte by byte, in the way of the language.
    var system = SystemRandomNumberGenerator()
    while filled < memory.count {
      memory[filled] = system.next()
      filled += 1
    }
  }

  /// What getentropy gives at most.
  private static let mostAtOnce = 256
}
