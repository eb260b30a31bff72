/// One record of a CSV file, held by itself.
public struct CSVRecord: Sendable {
  /// The first line of the record, from 1.
  public let line: Int
  private let bytes: [UInt8]
  private let ends: [Int]

  init(_ fields: CSVFields) {
    line = fields.line
    ends = Array(UnsafeBufferPointer(start: fields.ends, count: fields.count))
    bytes = Array(UnsafeRawBufferPointer(start: fields.base, count: ends.last ?? 0))
  }

  /// How many fields it has.
  public var count: Int { ends.count }

  /// The field at an index from 0, as text; empty beyond the last.
  ///
  /// Bytes that are not UTF-8 become U+FFFD.
  public func text(_ index: Int) -> String {
    guard index >= 0, index < count else { return "" }
    let start = index == 0 ? 0 : ends[index - 1] + 1
    return String(decoding: bytes[start..<ends[index]], as: UTF8.self)
  }
}

/// One record of a CSV file as a view into the reader's memory: valid until the next is read.
public struct CSVFields {
  /// The first line of the record, from 1.
  public let line: Int
  /// How many fields it has.
  public let count: Int
  let base: UnsafeRawPointer?
  let ends: UnsafePointer<Int>

  /// The bytes of the field at an index from 0, without quotes; empty beyond the last.
  public subscript(index: Int) -> UnsafeRawBufferPointer {
    guard index >= 0, index < count, let base else {
      return UnsafeRawBufferPointer(start: nil, count: 0)
    }
    let start = index == 0 ? 0 : ends[index - 1] + 1
    return UnsafeRawBufferPointer(start: base + start, count: ends[index] - start)
  }

  /// The field at an index from 0, as text.
  ///
  /// Bytes that are not UTF-8 become U+FFFD.
  public func text(_ index: Int) -> String { String(decoding: self[index], as: UTF8.self) }
}

/// The records of a CSV file, one after another.
///
/// Blank lines are skipped.
///
/// Quotes, doubled quotes, and line ends in quotes are understood; a quote inside a field that does
/// not begin with one stands for itself, as do bytes behind a closing quote on the line of its opening.
/// A quote that is not closed costs its own line only: after the problem, reading goes on with the next line.
/// Source: RFC 4180, section 2. Not for several threads.
public final class CSVRecords {
  /// The largest number of fields in a record.
  public static let mostFields = 65_536
  /// How many bytes of a file are read again behind quotes that were not closed, unless another limit is given; from
  /// then on such a quote takes the text up to the next quote.
  public static let mostBytesReadAgain = 2 * ByteLines.longestLineBytes

  private let lines: ByteLines
  private let delimiter: UInt8
  private let quotes: Bool
  private var ends: UnsafeMutablePointer<Int>
  private var capacity = 64
  private var count = 0
  private var scratch: [UInt8] = []
  private var held: UnsafeMutableRawBufferPointer
  private var mayReadAgain: Int

  /// The records of a file, or of standard input for `-`.
  ///
  /// `quotes` off takes quotes as text.
  ///
  /// - Throws: `ground.file-not-found`, `ground.file-is-directory`, `ground.file-unreadable`.
  public convenience init(path: String, delimiter: UInt8 = 0x2C, quotes: Bool = true)
    throws(Problem)
  {
    self.init(try ByteLines(path: path), delimiter: delimiter, quotes: quotes)
  }

  /// The records in what is left of these lines.
  public init(
    _ lines: ByteLines, delimiter: UInt8 = 0x2C, quotes: Bool = true,
    mostBytesReadAgain: Int = CSVRecords.mostBytesReadAgain
  ) {
    self.lines = lines
    mayReadAgain = mostBytesReadAgain
    self.delimiter = delimiter
    self.quotes = quotes
    ends = .allocate(capacity: capacity)
    held = .allocate(byteCount: 0, alignment: 1)
  }

  deinit {
    ends.deallocate()
    held.deallocate()
  }

  /// The next record, held by itself; nil at the end.
  ///
  /// Reading may go on after a problem.
  ///
  /// - Throws: `ground.csv-open-quote`, `ground.csv-too-many-fields`, `ground.file-unreadable`.
  public func next() throws(Problem) -> CSVRecord? {
    try nextFields().map { CSVRecord($0) }
  }

  /// The next record as a view that is valid until the next call; nil at the end.
  ///
  /// Nothing is copied unless the record has quotes. Reading may go on after a problem.
  /// - Throws: `ground.csv-open-quote`, `ground.csv-too-many-fields`, `ground.file-unreadable`.
  public func nextFields() throws(Problem) -> CSVFields? {
    while let line = try lines.next() {
      if line.isEmpty { continue }
      let number = lines.line
      count = 0
      guard try splitPlain(line, number) else { return try quoted(line, number) }
      return CSVFields(line: number, count: count, base: line.baseAddress, ends: ends)
    }
    return nil
  }

  /// Finds the fields of a line without quotes; false when it has one.
  ///
  /// One pass over the bytes: fields of logs are too short for a search routine to pay. Local copies keep the loop free
  /// of access checks.
  private func splitPlain(_ line: UnsafeRawBufferPointer, _ number: Int) throws(Problem) -> Bool {
    let delimiter = delimiter
    let quote: UInt8 = quotes ? 0x22 : delimiter
    let room = capacity - 1
    let ends = ends
    var found = 0
    for position in 0..<line.count {
      let byte = line[position]
      if byte == delimiter {
        guard found < room else {
          if quotes, line.offset(of: 0x22, from: position) != nil { return false }
          count = found
          try append(end: position, number)
          try splitRest(line, from: position + 1, number)
          return true
        }
        ends[found] = position
        found += 1
      } else if byte == quote {
        return false
      }
    }
    ends[found] = line.count
    count = found + 1
    return true
  }

  private func splitRest(_ line: UnsafeRawBufferPointer, from: Int, _ number: Int) throws(Problem) {
    var start = from
    while let position = line.offset(of: delimiter, from: start) {
      try append(end: position, number)
      start = position + 1
    }
    try append(end: line.count, number)
  }

  private func append(end: Int, _ line: Int) throws(Problem) {
    if count == capacity {
      guard capacity < CSVRecords.mostFields else {
        throw Problem(
          "ground.csv-too-many-fields",
          what: "the record has more than \(CSVRecords.mostFields) fields",
          why: "a table of that width is not expected here",
          mend: "check the delimiter and that the file is a table",
          places: [Place(lines.path, line: line)])
      }
      let larger = UnsafeMutablePointer<Int>.allocate(capacity: capacity * 2)
      larger.update(from: ends, count: count)
      ends.deallocate()
      ends = larger
      capacity *= 2
    }
    ends[count] = end
    count += 1
  }

  /// A record with quotes: its fields are written unquoted, one byte apart, into memory of ours.
  private func quoted(_ first: UnsafeRawBufferPointer, _ number: Int) throws(Problem) -> CSVFields {
    scratch.removeAll(keepingCapacity: true)
    if try split(first, isQuoted: false, number) { try splitFurtherLines(number) }
    try append(end: scratch.count, number)
    if held.count < scratch.count {
      held.deallocate()
      held = .allocate(byteCount: scratch.count * 2, alignment: 1)
    }
    held.copyBytes(from: scratch)
    return CSVFields(
      line: number, count: count, base: UnsafeRawPointer(held.baseAddress), ends: ends)
  }

  /// The lines of a record that follow its first, while a quote is open.
  private func splitFurtherLines(_ number: Int) throws(Problem) {
    lines.hold()
    defer { lines.release() }
    var isQuoted = true
    while isQuoted {
      if lines.endsWithCarriageReturnAlone {
        scratch.append(0x0D)
      } else {
        if lines.endedWithCarriageReturn { scratch.append(0x0D) }
        scratch.append(0x0A)
      }
      let mayGoBack = scratch.count <= mayReadAgain
      guard scratch.count <= ByteLines.longestLineBytes, let line = try lines.next(),
        !(mayGoBack && closesBeforeText(line))
      else {
        if mayGoBack, lines.rewind() { mayReadAgain -= scratch.count }
        throw Problem(
          "ground.csv-open-quote",
          what: "a quote opened in the record of line \(number) is not closed",
          why: "what follows it cannot be told from the text in quotes (RFC 4180)",
          mend: "close the quote, or double it if it belongs to the text",
          places: [Place(lines.path, line: number)])
      }
      isQuoted = try split(line, isQuoted: true, number)
    }
  }

  /// Whether the quote that ends a text of several lines has text behind it: then it rather opens a field, and the
  /// quote before it was never closed.
  private func closesBeforeText(_ line: UnsafeRawBufferPointer) -> Bool {
    var from = 0
    while let quote = line.offset(of: 0x22, from: from) {
      let next = quote + 1
      guard next < line.count, line[next] == 0x22 else {
        let behind = line[next...].first { $0 != 0x20 }
        return behind != nil && behind != delimiter
      }
      from = next + 1
    }
    return false
  }

  /// Writes the fields of one line; true when a quote is still open at its end.
  private func split(_ line: UnsafeRawBufferPointer, isQuoted: Bool, _ number: Int)
    throws(Problem) -> Bool
  {
    var isQuoted = isQuoted
    var isFieldStart = !isQuoted
    var index = 0
    while index < line.count {
      let byte = line[index]
      index += 1
      if isQuoted {
        if byte != 0x22 {
          scratch.append(byte)
        } else if index < line.count, line[index] == 0x22 {
          scratch.append(0x22)
          index += 1
        } else {
          isQuoted = false
        }
      } else if byte == delimiter {
        try append(end: scratch.count, number)
        scratch.append(delimiter)
        isFieldStart = true
        continue
      } else if byte == 0x22, isFieldStart {
        isQuoted = true
      } else {
        scratch.append(byte)
      }
      isFieldStart = false
    }
    return isQuoted
  }
}
