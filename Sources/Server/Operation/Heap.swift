internal import Glibc

/// What the allocator of the C library is asked, where it can be asked: `malloc.h` is none of the headers that Swift
/// imports, so that both functions are looked up by their names.
///
/// Source: The GNU C Library Reference Manual, section 3.2.3.
enum Heap {
  /// `M_ARENA_MAX`.
  private static let mostArenas: Int32 = -8

  /// One heap for all threads: with one for each, what many pages took stays with the thread that let it go.
  static func shareOne() {
    typealias Set = @convention(c) (Int32, Int32) -> Int32
    guard let function = dlsym(nil, "mallopt") else { return }
    _ = unsafeBitCast(function, to: Set.self)(mostArenas, 1)
  }

  /// Gives memory that nothing uses back to the system.
  static func giveBack() {
    typealias Trim = @convention(c) (Int) -> Int32
    guard let function = dlsym(nil, "malloc_trim") else { return }
    _ = unsafeBitCast(function, to: Trim.self)(0)
  }
}
