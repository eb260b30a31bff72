import Ground

/// The tokens of JSON text, one after another, in constant memory.
///
/// NaN, Infinity and -Infinity, which Python writes, are literals here. Of a string or number at
/// most `keptBytes` are kept; `\u` escapes stay as written.
/// Source: RFC 8259.
struct JSONTokens {
  enum Token {
    case beginObject, endObject, beginArray, endArray, key, string, number, literal, end
  }

  private enum State { case value, valueOrEnd, key, keyOrEnd, after }

  static let keptBytes = 4096
  static let deepest = 64

  /// The text of the last key, string, number or literal.
  private(set) var text: [UInt8] = []
  /// How many objects and arrays are open.
  private(set) var depth = 0
  /// Line breaks passed so far.
  private(set) var lineBreaks = 0

  private var chunk: UnsafeRawBufferPointer
  private var position = 0
  private let lines: ByteLines?
  private var state = State.value
  private var objects: UInt64 = 0

  /// Tokens of a whole file.
  init(_ lines: ByteLines) {
    self.lines = lines
    chunk = UnsafeRawBufferPointer(start: nil, count: 0)
    text.reserveCapacity(JSONTokens.keptBytes)
  }

  /// Tokens of a text in memory, which must outlive this value.
  init(_ bytes: UnsafeRawBufferPointer) {
    lines = nil
    chunk = bytes
    text.reserveCapacity(64)
  }

  /// Starts again with another text in memory.
  mutating func restart(_ bytes: UnsafeRawBufferPointer) {
    chunk = bytes
    position = 0
    depth = 0
    state = .value
  }

  /// The next token; nil when the text is not JSON at this place.
  ///
  /// - Throws: `ground.file-unreadable`.
  mutating func next() throws(Problem) -> Token? {
    guard var byte = try significant() else { return depth == 0 && state == .after ? .end : nil }
    if state == .after {
      if byte == 0x7D || byte == 0x5D { return close(byte) }
      guard depth > 0, byte == 0x2C else { return nil }
      position += 1
      state = isObject ? .key : .value
      guard let following = try significant() else { return nil }
      byte = following
    }
    switch state {
    case .key, .keyOrEnd:
      if byte == 0x7D, state == .keyOrEnd { return close(byte) }
      guard byte == 0x22, try readString(), try significant() == 0x3A else { return nil }
      position += 1
      state = .value
      return .key
    case .value, .valueOrEnd, .after:
      if byte == 0x5D, state == .valueOrEnd { return close(byte) }
      return try value(byte)
    }
  }

  private mutating func value(_ byte: UInt8) throws(Problem) -> Token? {
    switch byte {
    case 0x7B, 0x5B:
      guard depth < JSONTokens.deepest else { return nil }
      position += 1
      let bit: UInt64 = 1 << UInt64(depth)
      objects = byte == 0x7B ? objects | bit : objects & ~bit
      depth += 1
      state = byte == 0x7B ? .keyOrEnd : .valueOrEnd
      return byte == 0x7B ? .beginObject : .beginArray
    case 0x22:
      guard try readString() else { return nil }
      state = .after
      return .string
    default: return try readWord(byte)
    }
  }

  private var isObject: Bool { depth > 0 && objects >> UInt64(depth - 1) & 1 == 1 }

  private mutating func close(_ byte: UInt8) -> Token? {
    guard depth > 0, isObject == (byte == 0x7D) else { return nil }
    position += 1
    depth -= 1
    state = .after
    return byte == 0x7D ? .endObject : .endArray
  }

  /// A number or a word; anything else is not JSON.
  private mutating func readWord(_ first: UInt8) throws(Problem) -> Token? {
    text.removeAll(keepingCapacity: true)
    while let byte = try current(), JSONTokens.isWord(byte) {
      keepRun { JSONTokens.isWord($0) }
    }
    state = .after
    if first == 0x2D || first &- 0x30 < 10, text.count != 9 || text[1] != 0x49 {
      let isNumber = text.withUnsafeBytes {
        LogNumber.prefix($0).map { $0.length == text.count } ?? (text.count > 30)
      }
      return isNumber ? .number : nil
    }
    let words = ["null", "true", "false", "NaN", "Infinity", "-Infinity"]
    return words.contains { text.elementsEqual($0.utf8) } ? .literal : nil
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte == 0x2D || byte == 0x2B || byte == 0x2E
  }

  /// Reads the string whose opening quote is next; false when it does not end.
  private mutating func readString() throws(Problem) -> Bool {
    position += 1
    text.removeAll(keepingCapacity: true)
    while let byte = try current() {
      if byte != 0x22, byte != 0x5C, byte != 0x0A {
        keepRun { $0 != 0x22 && $0 != 0x5C && $0 != 0x0A }
        continue
      }
      position += 1
      if byte == 0x22 { return true }
      if byte == 0x0A { lineBreaks += 1 }
      var kept = byte
      if byte == 0x5C {
        guard let escaped = try current() else { return false }
        position += 1
        kept = escaped == 0x6E ? 0x0A : escaped == 0x74 ? 0x09 : escaped
      }
      if text.count < JSONTokens.keptBytes { text.append(kept) }
    }
    return false
  }

  /// Takes the bytes of the chunk that belong, and keeps as many of them as there is room for.
  @inline(__always)
  private mutating func keepRun(_ belongs: (UInt8) -> Bool) {
    let bytes = chunk
    let start = position
    var end = start
    while end < bytes.count, belongs(bytes[end]) { end += 1 }
    position = end
    let kept = min(end - start, JSONTokens.keptBytes - text.count)
    if kept > 0 {
      text.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[start..<(start + kept)]))
    }
  }

  /// The next byte that is not white space; it stays to be read.
  private mutating func significant() throws(Problem) -> UInt8? {
    while let byte = try current() {
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
      if byte == 0x0A { lineBreaks += 1 }
      position += 1
    }
    return nil
  }

  private mutating func current() throws(Problem) -> UInt8? {
    if position < chunk.count { return chunk[position] }
    guard let lines, let following = try lines.nextChunk() else { return nil }
    chunk = following
    position = 0
    return chunk.first
  }
}
