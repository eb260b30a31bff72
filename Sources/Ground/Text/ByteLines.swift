import Glibc

/// The lines of a byte stream, one after another, without copying them.
///
/// Lines end with LF or CRLF, the last may end with the file; a UTF-8 byte order mark is dropped. A file whose first
/// chunk holds CR but no LF has lines that end with CR alone, as some spreadsheets still write them.
/// A line above the limit is skipped and reported in `problems`. Memory is one chunk, or the
/// longest line so far. Not for several threads.
public final class ByteLines {
  /// Bytes read at a time.
  public static let chunkBytes = 512 * 1024
  /// The longest line that is read unless another limit is given.
  public static let longestLineBytes = 16 * 1024 * 1024
  /// How many overlong lines are reported one by one.
  public static let reportedLines = 50

  /// The number of the line that `next` gave last, from 1; 0 before the first.
  public var line: Int { number }
  /// Whether the line given last ended with CRLF.
  public var endedWithCarriageReturn: Bool { isCRLF }
  /// Whether lines end with CR alone.
  public var endsWithCarriageReturnAlone: Bool { terminator == 0x0D }
  /// Overlong lines that were skipped, at most `reportedLines` of them.
  public private(set) var problems: [Problem] = []

  // Private, so that the compiler proves exclusive access instead of checking it on every line.
  private var number = 0
  private var isCRLF = false
  private var terminator: Int32 = 0x0A
  // Where the bytes begin that must stay until `release`, and the number of the line before them.
  private var held: (offset: Int, line: Int)?
  private let stream: ByteStream
  private let limit: Int
  private var buffer: UnsafeMutableRawBufferPointer
  private var start = 0
  private var end = 0
  private var isAtEnd = false
  private var isAtBeginning = true
  private var isUTF16 = false

  /// The lines of a file, or of standard input for `-`.
  ///
  /// - Throws: `ground.file-not-found`, `ground.file-is-directory`, `ground.file-unreadable`.
  public convenience init(
    path: String, limit: Int = ByteLines.longestLineBytes, progress: ((Int) -> Void)? = nil
  ) throws(Problem) {
    self.init(try ByteStream(path: path, progress: progress), limit: limit)
  }

  /// The lines of a stream of which nothing has been read yet.
  public init(_ stream: ByteStream, limit: Int = ByteLines.longestLineBytes) {
    self.stream = stream
    self.limit = max(1, limit)
    buffer = .allocate(byteCount: ByteLines.chunkBytes, alignment: 16)
  }

  deinit { buffer.deallocate() }

  /// The path as it was given.
  public var path: String { stream.path }

  /// The first bytes of what has not been given yet, at most one chunk; they stay to be read.
  ///
  /// - Returns: A view that is valid until the next call of any method.
  /// - Throws: `ground.file-unreadable`.
  public func peek() throws(Problem) -> UnsafeRawBufferPointer {
    while !isAtEnd, end < buffer.count { try refill() }
    if isAtBeginning { try begin() }
    return UnsafeRawBufferPointer(rebasing: buffer[start..<end])
  }

  /// The next bytes as they come, regardless of lines; for formats that are not made of lines.
  ///
  /// - Returns: A view that is valid until the next call of any method; nil at the end.
  /// - Throws: `ground.file-unreadable`.
  public func nextChunk() throws(Problem) -> UnsafeRawBufferPointer? {
    if start == end, !isAtEnd { try refill() }
    dropByteOrderMark()
    if start == end { return isAtEnd ? nil : try nextChunk() }
    let chunk = UnsafeRawBufferPointer(rebasing: buffer[start..<end])
    start = end
    return chunk
  }

  /// The next line without its end.
  ///
  /// - Returns: A view that is valid until the next call of any method; nil at the end.
  /// - Throws: `ground.file-unreadable`, `ground.file-utf16`.
  public func next() throws(Problem) -> UnsafeRawBufferPointer? {
    if isAtBeginning { try begin() }
    if isUTF16 {
      throw Problem(
        "ground.file-utf16", what: "\(path) is UTF-16",
        why: "it begins with the byte order mark of UTF-16; lines are read as UTF-8",
        mend: "save it as UTF-8: iconv -f UTF-16 -t UTF-8 FILE > NEW", places: [Place(path)])
    }
    var scanned = 0
    while true {
      let position = newline(from: start + scanned)
      scanned = (position ?? end) - start
      if scanned > limit {
        try skipLine(position)
        scanned = 0
      } else if let position {
        return take(upTo: position, next: position + 1)
      } else if isAtEnd {
        return scanned == 0 ? nil : take(upTo: end, next: end)
      } else {
        try refill()
      }
    }
  }

  private func newline(from position: Int) -> Int? {
    guard position < end, let base = buffer.baseAddress,
      let found = memchr(base + position, terminator, end - position)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  private func take(upTo position: Int, next: Int) -> UnsafeRawBufferPointer {
    let (bytes, from) = (UnsafeRawBufferPointer(buffer), start)
    let hasReturn = position > from && next > position && bytes[position - 1] == 0x0D
    isCRLF = hasReturn
    start = next
    number &+= 1
    return UnsafeRawBufferPointer(rebasing: bytes[from..<(hasReturn ? position - 1 : position)])
  }

  /// Throws away a line above the limit, whose end is in the buffer or still to be read.
  private func skipLine(_ known: Int?) throws(Problem) {
    held = nil
    var position = known
    while position == nil, !isAtEnd {
      start = end
      try refill()
      position = newline(from: start)
    }
    start = position.map { $0 + 1 } ?? end
    number += 1
    guard problems.count < ByteLines.reportedLines else { return }
    problems.append(
      Problem(
        "ground.line-too-long", what: "line \(line) is longer than \(limit) bytes and was skipped",
        why: "a line is held in memory while it is read",
        mend: "check that the file is text; break the line", places: [Place(path, line: line)]))
  }

  /// Moves what is left to the front and reads behind it; grows when there is no room.
  private func refill() throws(Problem) {
    let first = held?.offset ?? start
    if first > 0, let base = buffer.baseAddress {
      memmove(base, base + first, end - first)
      end -= first
      start -= first
      held?.offset = 0
    }
    if end == buffer.count {
      let larger = UnsafeMutableRawBufferPointer.allocate(
        byteCount: buffer.count * 2, alignment: 16)
      larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[0..<end]))
      buffer.deallocate()
      buffer = larger
    }
    let count = try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[end...]))
    end += count
    if count == 0 { isAtEnd = true }
  }

  /// Keeps what follows the line given last, so that `rewind` can give it again.
  func hold() { held = (start, number) }

  /// What was kept need not stay any longer.
  func release() { held = nil }

  /// Goes back to where `hold` was called.
  ///
  /// - Returns: False, and nothing changes, when an overlong line was skipped since.
  func rewind() -> Bool {
    guard let held else { return false }
    start = held.offset
    number = held.line
    self.held = nil
    return true
  }

  /// Drops a byte order mark and finds out how lines end, before the first is given.
  ///
  /// Reads no further than the first line end of most files, and never beyond the first chunk.
  private func begin() throws(Problem) {
    while !isAtEnd, end < 3 { try refill() }
    dropByteOrderMark()
    while newline(from: start) == nil, !isAtEnd, end < buffer.count { try refill() }
    guard newline(from: start) == nil else { return }
    let bytes = UnsafeRawBufferPointer(rebasing: buffer[start..<end])
    // A CR at the end of a chunk may be the first half of CRLF.
    if let found = bytes.offset(of: 0x0D), isAtEnd || found < bytes.count - 1 {
      terminator = 0x0D
    }
  }

  private func dropByteOrderMark() {
    guard isAtBeginning else { return }
    isAtBeginning = false
    if end - start >= 3, buffer[start] == 0xEF, buffer[start + 1] == 0xBB,
      buffer[start + 2] == 0xBF
    {
      start += 3
    }
    if end - start >= 2 {
      let mark = (buffer[start], buffer[start + 1])
      isUTF16 = mark == (0xFF, 0xFE) || mark == (0xFE, 0xFF)
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Where the byte stands first, at or after `from`; nil when it does not.
  public func offset(of byte: UInt8, from: Int = 0) -> Int? {
    guard from >= 0, from < count, let base = baseAddress,
      let found = memchr(base + from, Int32(byte), count - from)
    else { return nil }
    return UnsafeRawPointer(found) - base
  }

  /// Where the text begins first, at or after `from`; nil when it does not occur.
  public func offset(of text: StaticString, from: Int = 0) -> Int? {
    var start = from
    while let position = offset(of: text.utf8Start.pointee, from: start) {
      if has(text, at: position) { return position }
      start = position + 1
    }
    return nil
  }

  /// Whether the bytes at `from` are those of the text.
  public func has(_ text: StaticString, at from: Int = 0) -> Bool {
    let length = text.utf8CodeUnitCount
    guard from >= 0, from <= count, count - from >= length, let base = baseAddress else {
      return false
    }
    return memcmp(base + from, text.utf8Start, length) == 0
  }
}
