/// Bytes from the system's random numbers.
enum RandomBytes {
  /// So many bytes that nobody can foresee.
  static func make(_ count: Int) -> [UInt8] {
    var system = SystemRandomNumberGenerator()
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      var word: UInt64 = 0
      for index in 0..<count {
        if index.isMultiple(of: 8) { word = system.next() }
        buffer.initializeElement(at: index, to: UInt8(truncatingIfNeeded: word))
        word >>= 8
      }
      filled = count
    }
  }
}
