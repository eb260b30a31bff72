import Ground
import TestSupport
import Testing

@Suite("Lines and records of a table")
struct TableTextTests {
  private func lines(_ bytes: [UInt8], limit: Int = 1000) throws -> (lines: [String], [Problem]) {
    try withFile(bytes) { path in
      let reader = try ByteLines(path: path, limit: limit)
      var result: [String] = []
      while let line = try reader.next() { result.append(String(decoding: line, as: UTF8.self)) }
      return (result, reader.problems)
    }
  }

  private func records(_ text: String) throws -> [[String]] {
    try withFile(text) { path in
      let reader = try CSVRecords(path: path)
      var result: [[String]] = []
      while let record = try reader.next() {
        result.append((0..<record.count).map(record.text))
      }
      return result
    }
  }

  static let ends: [(String, [String])] = [
    ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\nb", ["a", "b"]), ("a\r\nb\r\n", ["a", "b"]),
    ("\n\n", ["", ""]), ("\u{FEFF}a\n", ["a"]), ("a\rb\n", ["a\rb"]), ("\u{FEFF}", []),
    ("a\rb", ["a", "b"]), ("a\rb\r", ["a", "b"]), ("\u{FEFF}a\r\rb\r", ["a", "", "b"]),
    ("\r", [""]), ("a\r", ["a"]),
  ]

  @Test(
    "Lines end with LF, CRLF or CR alone, the last with the file; a byte order mark is dropped",
    arguments: ends)
  func lineEnds(text: String, expected: [String]) throws {
    #expect(try lines(Array(text.utf8)).lines == expected)
  }

  @Test("A line above the limit is skipped and reported with its number")
  func limit() throws {
    let (kept, problems) = try lines(
      Array("short\n\(String(repeating: "x", count: 20))\nend".utf8), limit: 10)
    #expect(kept == ["short", "end"])
    #expect(problems.map(\.code) == ["ground.line-too-long"])
    #expect(problems.first?.places.first?.line == 2)
  }

  @Test("Lines longer than a chunk are whole")
  func longLine() throws {
    let long = String(repeating: "ab", count: ByteLines.chunkBytes)
    let found = try lines(Array((long + "\nend").utf8), limit: 10_000_000).lines
    #expect(found == [long, "end"])
  }

  static let tables: [(String, [[String]])] = [
    ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]), ("a,,\n", [["a", "", ""]]),
    ("\"a,b\",c\n", [["a,b", "c"]]), ("\"say \"\"no\"\"\",c\n", [["say \"no\"", "c"]]),
    ("\"two\nlines\",c\n", [["two\nlines", "c"]]),
    ("\"two\r\nlines\",c\r\n", [["two\r\nlines", "c"]]),
    ("a\n\n\nb\n", [["a"], ["b"]]), ("5\" disk,b\n", [["5\" disk", "b"]]),
    ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]), ("a\r\r\"x\ry\",b\r", [["a"], ["x\ry", "b"]]),
    ("\"\",\"\"\n", [["", ""]]), ("\u{FEFF}\"a\",b", [["a", "b"]]), ("ä,😀\n", [["ä", "😀"]]),
  ]

  @Test("Records are read as RFC 4180 writes them", arguments: tables)
  func table(text: String, expected: [[String]]) throws { #expect(try records(text) == expected) }

  @Test("A quote that is never closed is refused with the line where it opened")
  func openQuote() throws {
    try withFile("a,b\n1,\"open\n2,3\n") { path in
      let reader = try CSVRecords(path: path)
      _ = try reader.next()
      let problem = #expect(throws: Problem.self) { try reader.next() }
      #expect(problem?.code == "ground.csv-open-quote")
      #expect(problem?.places.first?.line == 2)
    }
  }

  @Test("A record knows its first line, also behind fields with line ends")
  func lineNumbers() throws {
    try withFile("a\n\"x\ny\"\nb\n") { path in
      let reader = try CSVRecords(path: path)
      var found: [Int] = []
      while let record = try reader.next() { found.append(record.line) }
      #expect(found == [1, 2, 4])
    }
  }

  @Test("Any table that is written with quotes is read back")
  func roundTrip() {
    property(cases: 200) { random in
      let letters = ["a", "\"", ",", "\n", "é", " ", "\r\n", ""]
      let table = (0..<random.int(1...5)).map { _ in
        (0..<random.int(2...4)).map { _ in
          (0..<random.int(0...6)).map { _ in random.pick(letters) }.joined()
        }
      }
      let text = table.map { row in
        row.map {
          "\""
            + $0.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
            + "\""
        }.joined(separator: ",")
      }.joined(separator: "\n")
      return try records(text) == table ? nil : "\(table)"
    }
  }

  @Test("A file that is missing and a folder are told apart")
  func missing() {
    let none = #expect(throws: Problem.self) { try ByteLines(path: "/nowhere/at/all") }
    #expect(none?.code == "ground.file-not-found")
    let folder = #expect(throws: Problem.self) { try ByteLines(path: Repository.root) }
    #expect(folder?.code == "ground.file-is-directory")
  }
}
