internal import Glibc

/// Random bytes of the system for several uses, asked for at once: asking is what takes time.
///
/// No byte is given twice; it cannot be copied, and what it held is cleared when it goes.
public struct RandomSupply: ~Copyable {
  private let memory: UnsafeMutableRawBufferPointer
  private var given = 0

  /// So many bytes, and so many again when they are used up.
  public init(_ count: Int) {
    memory = .allocate(byteCount: count, alignment: 8)
    RandomBytes.fill(memory)
  }

  /// The next bytes, at most as many as the supply holds; they stay until the next are taken.
  mutating func take(_ count: Int) -> UnsafeRawBufferPointer {
    if given + count > memory.count {
      RandomBytes.fill(memory)
      given = 0
    }
    defer { given += count }
    return UnsafeRawBufferPointer(rebasing: memory[given..<given + count])
  }

  deinit {
    memory.baseAddress.map { explicit_bzero($0, memory.count) }
    memory.deallocate()
  }
}
