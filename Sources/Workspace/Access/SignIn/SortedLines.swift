internal import Glibc
internal import Ground

/// A file of sorted lines of any size, asked by halving: nothing of it is held.
struct SortedLines {
  private static let longestLine = 256
  private let path: String

  init(_ path: String) { self.path = path }

  /// Whether a line begins with a text that ends there or before a colon; letters of ASCII count as capitals.
  ///
  /// - Throws: `ground.file-unreadable`.
  func holds(_ wanted: String) throws(Problem) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw unreadable }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw unreadable }
    let wanted = Array(wanted.utf8)
    // The line looked for, if there is one, begins at `low` or after it, and before `high`.
    var (low, high) = (0, Int(status.st_size))
    while low < high {
      let middle = low + (high - low) / 2
      let start = middle == 0 ? 0 : try lineStart(after: middle - 1, in: file)
      guard start < high else {
        high = middle
        continue
      }
      let line = try line(at: start, in: file)
      let key = line.prefix { $0 != 0x3A && $0 != 0x0D }.map { 0x61...0x7A ~= $0 ? $0 - 32 : $0 }
      if key.elementsEqual(wanted) { return true }
      if key.lexicographicallyPrecedes(wanted) {
        low = start + line.count + 1
      } else {
        high = middle
      }
    }
    return false
  }

  /// Where the next line begins after a place.
  private func lineStart(after place: Int, in file: Int32) throws(Problem) -> Int {
    place + (try line(at: place, in: file)).count + 1
  }

  /// The bytes from a place to the end of its line.
  private func line(at place: Int, in file: Int32) throws(Problem) -> ArraySlice<UInt8> {
    var bytes = [UInt8](repeating: 0, count: SortedLines.longestLine)
    let count = bytes.withUnsafeMutableBytes {
      pread(file, $0.baseAddress, $0.count, off_t(place))
    }
    guard count >= 0 else { throw unreadable }
    let line = bytes[..<count].prefix { $0 != 0x0A }
    guard line.count < SortedLines.longestLine else { throw unreadable }
    return line
  }

  private var unreadable: Problem {
    Problem(
      "ground.file-unreadable", what: "the list of breached passphrases cannot be read",
      why: "it is not there, not for this user, or has lines that are no digests",
      mend: "check the file, and whether its lines are sorted digests", places: [Place(path)])
  }
}
