extension JSON {
  /// The deepest nesting of arrays and objects that is read.
  public static let deepestNesting = 64

  /// Reads one JSON value and nothing after it, strictly.
  ///
  /// Names that occur twice, numbers outside a double, lone surrogates and more than 64 levels are refused.
  /// Source: RFC 8259; RFC 7493 for names that occur twice.
  /// - Throws: `ground.not-json` with line and column.
  public init(parsing bytes: some Collection<UInt8>, file: String = "JSON") throws(Problem) {
    let read =
      bytes.withContiguousStorageIfAvailable { JSONReader.read($0, file) }
      ?? Array(bytes).withUnsafeBufferPointer { JSONReader.read($0, file) }
    self = try read.get().json
  }

  /// Reads one JSON value as `init(parsing:)` does; where that refuses it for little, mends it and says what was mended.
  ///
  /// Of names that occur twice all members stay, in their order; what is no character becomes U+FFFD; a text, list or object
  /// that is not closed ends where the bytes end, a text with U+FFFD. Text behind the value is refused all the same: it may be another value.
  /// - Throws: `ground.not-json` with line and column.
  public static func reading(
    _ bytes: UnsafeRawBufferPointer, file: String = "JSON"
  ) throws(Problem) -> (json: JSON, mended: [String]) {
    let bytes = bytes.assumingMemoryBound(to: UInt8.self)
    if let json = try? JSONReader.read(bytes, file).get().json { return (json, []) }
    return try JSONReader.read(bytes, file, mending: true).get()
  }
}

/// A reader of one JSON text; its position only moves forward, and each byte is compared with the end before it is read.
private struct JSONReader {
  let bytes: UnsafeBufferPointer<UInt8>
  let file: String
  var at = 0
  /// Whether small faults are mended.
  var isMending = false
  /// What was mended, at most `mostMended` of it.
  var mended: [String] = []
  /// Where the last text stands, when it has no escapes and its bytes are therefore those of the text.
  var plain: Range<Int>?

  private static let mostMended = 8

  static func read(
    _ bytes: UnsafeBufferPointer<UInt8>, _ file: String, mending: Bool = false
  ) -> Result<(json: JSON, mended: [String]), Problem> {
    var reader = JSONReader(bytes: bytes, file: file, isMending: mending)
    return Result { () throws(Problem) in (json: try reader.whole(), mended: reader.mended) }
  }

  /// Passes over a fault that is mended, or refuses it.
  private mutating func fault(_ what: String) throws(Problem) {
    guard isMending else { throw refusal(what) }
    if mended.count < JSONReader.mostMended, !mended.contains(what) { mended.append(what) }
  }

  mutating func whole() throws(Problem) -> JSON {
    skipSpace()
    let value = try value(depth: 0)
    skipSpace()
    guard at == bytes.count else { throw refusal("there is text after the value") }
    return value
  }

  @inline(never)
  private func refusal(_ what: String) -> Problem {
    let before = bytes[..<min(at, bytes.count)]
    let line = before.count { $0 == 0x0A } + 1
    let column = before.count - (before.lastIndex(of: 0x0A) ?? -1)
    return Problem(
      "ground.not-json", what: "\(file) is not JSON: \(what)", why: "RFC 8259",
      mend: "check the file at this place",
      places: [Place(file, line: line, column: column)])
  }

  private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
  }

  private mutating func value(depth: Int) throws(Problem) -> JSON {
    switch next {
    case 0x22: return .string(try string())
    case 0x7B, 0x5B:
      guard depth < JSON.deepestNesting else { throw refusal("it is nested too deeply") }
      return next == 0x7B ? try object(depth: depth) : try array(depth: depth)
    case 0x74: return try word("true", .bool(true))
    case 0x66: return try word("false", .bool(false))
    case 0x6E: return try word("null", .null)
    case nil: throw refusal("it ends too early")
    default: return try number()
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSON) throws(Problem) -> JSON {
    let length = word.utf8CodeUnitCount
    guard at + length <= bytes.count,
      bytes[at..<at + length].elementsEqual(
        UnsafeBufferPointer(start: word.utf8Start, count: length))
    else { throw refusal("an unknown word stands here") }
    at += length
    return value
  }

  private mutating func array(depth: Int) throws(Problem) -> JSON {
    at += 1
    skipSpace()
    if next == 0x5D {
      at += 1
      return .array([])
    }
    var values: [JSON] = []
    while true {
      skipSpace()
      if try endsEarly(0x5D) { return .array(values) }
      values.append(try value(depth: depth + 1))
      skipSpace()
      if next == 0x2C {
        at += 1
        continue
      }
      if try endsEarly(0x5D, afterComma: false) { return .array(values) }
      guard next == 0x5D else { throw refusal("a comma or ] is expected") }
      at += 1
      return .array(values)
    }
  }

  /// Whether a list or object ends here that is not written to its end: at the end of the bytes, or behind a comma.
  private mutating func endsEarly(_ end: UInt8, afterComma: Bool = true) throws(Problem) -> Bool {
    guard isMending else { return false }
    if next == nil {
      try fault("it ends too early")
      return true
    }
    guard afterComma, next == end else { return false }
    try fault("a comma stands before the end")
    at += 1
    return true
  }

  private mutating func number() throws(Problem) -> JSON {
    let start = at
    if next == 0x2D { at += 1 }
    let whole = digits()
    guard whole > 0, whole == 1 || bytes[at - whole] != 0x30 else {
      throw refusal("a value is expected")
    }
    var isWhole = true
    if next == 0x2E {
      at += 1
      isWhole = false
      guard digits() > 0 else { throw refusal("digits are expected after the point") }
    }
    if next == 0x65 || next == 0x45 {
      at += 1
      isWhole = false
      if next == 0x2B || next == 0x2D { at += 1 }
      guard digits() > 0 else { throw refusal("digits are expected in the exponent") }
    }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    if isWhole, let value = Int(text) { return .int(value) }
    guard let value = Double(text), value.isFinite else {
      try fault("the number is too large; write it as text")
      return .string(text)
    }
    return .number(value)
  }

  private mutating func digits() -> Int {
    let start = at
    while let byte = next, byte >= 0x30, byte <= 0x39 { at += 1 }
    return at - start
  }
}

/// Objects, and names that must not occur twice.
extension JSONReader {
  private mutating func object(depth: Int) throws(Problem) -> JSON {
    at += 1
    skipSpace()
    if next == 0x7D {
      at += 1
      return .object([])
    }
    var members: [(String, JSON)] = []
    var names = Names()
    while true {
      skipSpace()
      if try endsEarly(0x7D) { return .object(members) }
      guard next == 0x22 else { throw refusal("a name in quotes is expected") }
      let name = try string()
      if !names.areNew(name, plain.map { bytes[$0] }, members) {
        try fault("the name “\(name.prefix(80))” occurs twice")
      }
      skipSpace()
      guard next == 0x3A else { throw refusal("a colon is expected") }
      at += 1
      skipSpace()
      members.append((name, try value(depth: depth + 1)))
      skipSpace()
      if next == 0x2C {
        at += 1
        continue
      }
      if try endsEarly(0x7D, afterComma: false) { return .object(members) }
      guard next == 0x7D else { throw refusal("a comma or } is expected") }
      at += 1
      return .object(members)
    }
  }

  /// The names of one object so far.
  private struct Names {
    /// The name before, while each stands after the one before in the order of bytes: then none occurs twice.
    private var last: Slice<UnsafeBufferPointer<UInt8>>?
    private var isSorted = true
    /// Filled when there are many; Swift compares texts by canonical equivalence, so that bytes are kept.
    private var many: Set<[UInt8]> = []

    mutating func areNew(
      _ name: String, _ bytes: Slice<UnsafeBufferPointer<UInt8>>?, _ members: [(String, JSON)]
    ) -> Bool {
      if isSorted, let bytes, last?.lexicographicallyPrecedes(bytes) ?? true {
        last = bytes
        return true
      }
      isSorted = false
      guard members.count >= 16 else { return !members.contains { JSON.isSame($0.0, name) } }
      if many.isEmpty { for member in members { many.insert(Array(member.0.utf8)) } }
      return many.insert(Array(name.utf8)).inserted
    }
  }
}

/// Texts and their escapes.
extension JSONReader {
  private mutating func string() throws(Problem) -> String {
    at += 1
    let start = at
    var bits: UInt8 = 0
    while let byte = next, byte != 0x22, byte != 0x5C, byte >= 0x20 {
      bits |= byte
      at += 1
    }
    if next == 0x22 {
      plain = start..<at
      at += 1
      return try text(UnsafeBufferPointer(rebasing: bytes[start..<at - 1]), isASCII: bits < 0x80)
    }
    plain = nil
    var collected = Array(bytes[start..<at])
    while let byte = next, byte != 0x22 {
      if byte < 0x20 { try fault("a control character stands in a text") }
      at += 1
      if byte == 0x5C { try escape(into: &collected) } else { collected.append(byte) }
    }
    if next == 0x22 {
      at += 1
    } else {
      try fault("a text is not closed")
      // “no” may be the beginning of another word: what was cut off is never taken for a whole answer.
      collected += "\u{FFFD}".utf8
    }
    let text = String(decoding: collected, as: UTF8.self)
    if !text.utf8.elementsEqual(collected) { try fault("a text is not UTF-8") }
    return text
  }

  private mutating func text(
    _ bytes: UnsafeBufferPointer<UInt8>, isASCII: Bool
  ) throws(Problem) -> String {
    // Decoding replaces what is not UTF-8, which changes the bytes; five times as fast as `String(validating:)`.
    let text = String(decoding: bytes, as: UTF8.self)
    if !isASCII, !text.utf8.elementsEqual(bytes) { try fault("a text is not UTF-8") }
    return text
  }

  private mutating func escape(into text: inout [UInt8]) throws(Problem) {
    guard let byte = next else { throw refusal("a text is not closed") }
    at += 1
    switch byte {
    case 0x22, 0x5C, 0x2F: text.append(byte)
    case 0x62: text.append(0x08)
    case 0x66: text.append(0x0C)
    case 0x6E: text.append(0x0A)
    case 0x72: text.append(0x0D)
    case 0x74: text.append(0x09)
    case 0x75:
      var units = [try unit()]
      if UTF16.isLeadSurrogate(units[0]), next == 0x5C, at + 1 < bytes.count, bytes[at + 1] == 0x75
      {
        at += 2
        units.append(try unit())
      }
      if let character = String(validating: units, as: UTF16.self) {
        text += character.utf8
      } else {
        try fault("half of a character stands alone")
        text += String(decoding: units, as: UTF16.self).utf8
      }
    default:
      try fault("an unknown escape stands in a text")
      text.append(byte)
    }
  }

  private mutating func unit() throws(Problem) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = next.flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else {
        throw refusal("four hexadecimal digits are expected")
      }
      value = value << 4 | UInt16(digit)
      at += 1
    }
    return value
  }
}
