import Ground
import TestSupport
import Testing

@Suite("Quotes that are not closed, and lines that end with CR alone")
struct OpenQuoteTests {
  /// Rows as they were read; the line of a problem stands as `!line`.
  private func rows(_ text: String) throws -> [String] {
    try withFile(text) { path in
      let reader = try CSVRecords(path: path)
      var found: [String] = []
      while true {
        do throws(Problem) {
          guard let record = try reader.next() else { return found }
          found.append(
            "\(record.line):" + (0..<record.count).map(record.text).joined(separator: "|"))
        } catch {
          found.append("!\(error.places.first?.line ?? 0)")
        }
      }
    }
  }

  static let tables: [(String, [String])] = [
    ("a,b\n1,\"x\n2,y\n", ["1:a|b", "!2", "3:2|y"]),
    ("a,b\r\n1,\"x\r\n2,y\r\n", ["1:a|b", "!2", "3:2|y"]),
    ("a,b\r1,\"x\r2,y", ["1:a|b", "!2", "3:2|y"]),
    ("\"", ["!1"]), ("a\n\"", ["1:a", "!2"]),
    // The next quote opens a field: the one before it was never closed.
    ("1,\"x\n2,y\n3,\"z\"\n", ["!1", "2:2|y", "3:3|z"]),
    ("1,\"x\n2,\"y\",\"\"\n3,z\n", ["!1", "2:2|y|", "3:3|z"]),
    ("1,\"x\n2,\"\",\"y\"\n", ["!1", "2:2||y"]),
    ("1,\"x\n2,\"y\n3,\"z\"\n", ["!1", "!2", "3:3|z"]),
    // A text of several lines stays one, with quotes in it and spaces behind it.
    ("1,\"x\n\n\"\"y\"\" \n\"\n2,z\n", ["1:1|x\n\n\"y\" \n", "5:2|z"]),
    ("1,\"x\ny\" ,z\n", ["1:1|x\ny |z"]),
  ]

  @Test("An open quote costs its own line, and the lines behind it are read", arguments: tables)
  func openQuote(text: String, expected: [String]) throws { #expect(try rows(text) == expected) }

  @Test("An open quote before many chunks of text costs its own line")
  func longFile() throws {
    let line = String(repeating: "x", count: 99) + "\n"
    let text = "a\n\"b\n" + String(repeating: line, count: 12_000)
    let found = try rows(text)
    #expect(found.count == 12_002)
    #expect(found[1] == "!2" && found[2].hasPrefix("3:x") && found[12_001].hasPrefix("12002:x"))
  }

  @Test("Behind many open quotes no more than the limit is read again")
  func everyLine() throws {
    // Each line closes the quote of the one before and opens its own: 41 bytes are read again, then 37.
    try withFile(String(repeating: "x\",\"y\n", count: 10)) { path in
      let reader = try CSVRecords(ByteLines(path: path), mostBytesReadAgain: 100)
      var lines: [Int] = []
      while true {
        do throws(Problem) {
          guard let record = try reader.next() else { break }
          lines.append(record.line)
        } catch {
          lines.append(-(error.places.first?.line ?? 0))
        }
      }
      #expect(lines == [-1, -2, -3])
    }
  }

  @Test("A line as long as a chunk that ends with CRLF does not end with CR alone")
  func halfOfCRLF() throws {
    let long = String(repeating: "x", count: ByteLines.chunkBytes - 1)
    try withFile(long + "\r\ny\rz\n") { path in
      let lines = try ByteLines(path: path)
      #expect(try lines.next()?.count == long.utf8.count)
      #expect(lines.endedWithCarriageReturn && !lines.endsWithCarriageReturnAlone)
      #expect(try lines.next().map { String(decoding: $0, as: UTF8.self) } == "y\rz")
    }
  }

  @Test("Lines that end with CR alone are whole across chunks, and are limited like others")
  func manyLines() throws {
    let text = (0..<100_000).map { "line \($0)\r" }.joined()
    try withFile(text + String(repeating: "x", count: 40) + "\rend") { path in
      let lines = try ByteLines(path: path, limit: 20)
      var count = 0
      var last = ""
      while let line = try lines.next() {
        count += 1
        last = String(decoding: line, as: UTF8.self)
        if count <= 100_000, last != "line \(count - 1)" { Issue.record("\(count): \(last)") }
      }
      #expect(count == 100_001 && last == "end")
      #expect(lines.problems.map { $0.places.first?.line } == [100_001])
    }
  }

  @Test("What is peeked at tells how lines end")
  func peeked() throws {
    try withFile("a\rb\r") { path in
      let lines = try ByteLines(path: path)
      #expect(try lines.peek().count == 4)
      #expect(lines.endsWithCarriageReturnAlone)
      #expect(try lines.next()?.count == 1)
    }
  }
}
