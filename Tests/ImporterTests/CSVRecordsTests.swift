import Ground
import Testing

@Suite struct CSVRecordsTests {
  static let cases: [(String, [[String]])] = [
    ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
    ("a,b\r\n1,2", [["a", "b"], ["1", "2"]]),
    ("\u{FEFF}a,b\n", [["a", "b"]]),
    ("\"a,b\",c\n", [["a,b", "c"]]),
    ("\"a\"\"b\",\"\"\n", [["a\"b", ""]]),
    ("\"one\ntwo\",x\n\"r\r\nn\",y", [["one\ntwo", "x"], ["r\r\nn", "y"]]),
    ("a\n\n\r\nb\n", [["a"], ["b"]]),
    (",\n,,\n", [["", ""], ["", "", ""]]),
    ("5\" disk,\"q\"z\n", [["5\" disk", "qz"]]),
    ("n\0l,2\n", [["n\0l", "2"]]),
    ("", []),
  ]

  @Test("records follow RFC 4180", arguments: cases)
  func records(text: String, expected: [[String]]) throws {
    let file = try Scratch(text)
    let reader = try CSVRecords(path: file.path)
    var found: [[String]] = []
    while let record = try reader.next() {
      found.append((0..<record.count).map { record.text($0) })
    }
    #expect(found == expected)
  }

  @Test("a record knows its first line and is empty beyond its last field")
  func lines() throws {
    let file = try Scratch("a\n\n\"x\ny\"\nz\n")
    let reader = try CSVRecords(path: file.path)
    var lines: [Int] = []
    while let record = try reader.next() {
      lines.append(record.line)
      #expect(record.text(9) == "" && record.text(-1) == "")
    }
    #expect(lines == [1, 3, 5])
  }

  @Test("another delimiter, quotes as text")
  func pipes() throws {
    let file = try Scratch("\"a|b,c|d\n")
    let record = try CSVRecords(path: file.path, delimiter: 0x7C, quotes: false).next()
    #expect(record.map { [$0.text(0), $0.text(1), $0.text(2)] } == ["\"a", "b,c", "d"])
  }

  @Test("bytes that are not UTF-8 become replacement characters")
  func invalid() throws {
    let file = try Scratch([0x61, 0xFF, 0x2C, 0x62])
    #expect(try CSVRecords(path: file.path).next()?.text(0) == "a\u{FFFD}")
  }

  @Test("an open quote is a problem with its line")
  func openQuote() throws {
    let file = try Scratch("a,b\n1,\"2\n3,4\n")
    let reader = try CSVRecords(path: file.path)
    _ = try reader.next()
    do throws(Problem) {
      _ = try reader.next()
      Issue.record("an open quote was read")
    } catch {
      #expect(error.code == "ground.csv-open-quote" && error.places.first?.line == 2)
    }
    let next = try reader.next()
    #expect(next?.line == 3 && next?.text(1) == "4")
    #expect(try reader.next() == nil)
  }

  @Test("more fields than fit at first, and too many")
  func wide() throws {
    let file = try Scratch(
      String(repeating: "x,", count: 1000) + "\n" + String(repeating: ",", count: 70_000)
        + "\nlast\n")
    let reader = try CSVRecords(path: file.path)
    #expect(try reader.next()?.count == 1001)
    #expect(throws: Problem.self) { _ = try reader.next() }
    #expect(try reader.next()?.text(0) == "last")
  }
}

@Suite struct ByteLinesTests {
  private func lines(_ text: String, limit: Int = 1 << 24) throws -> ([String], ByteLines) {
    let file = try Scratch(text)
    let reader = try ByteLines(path: file.path, limit: limit)
    var found: [String] = []
    while let line = try reader.next() { found.append(String(decoding: line, as: UTF8.self)) }
    return (found, reader)
  }

  @Test("lines end with LF, CRLF or the file")
  func ends() throws {
    #expect(try lines("a\r\nb\n\nc").0 == ["a", "b", "", "c"])
    #expect(try lines("").0 == [])
    #expect(try lines("\n").0 == [""])
  }

  @Test("a line longer than a chunk is whole")
  func long() throws {
    let long = String(repeating: "x", count: 3_000_000)
    #expect(try lines("a\n" + long + "\nb").0 == ["a", long, "b"])
  }

  @Test("a line above the limit is skipped and reported", arguments: [20, 2_000_000])
  func overlong(length: Int) throws {
    let (found, reader) = try lines(
      "a\n" + String(repeating: "x", count: length) + "\nb\n"
        + String(repeating: "y", count: length),
      limit: 10)
    #expect(found == ["a", "b"])
    #expect(reader.problems.map(\.code) == ["ground.line-too-long", "ground.line-too-long"])
    #expect(reader.problems.map { $0.places.first?.line } == [2, 4])
  }

  @Test("what was peeked at is still read")
  func peek() throws {
    let file = try Scratch("\u{FEFF}a\nb")
    let reader = try ByteLines(path: file.path)
    #expect(try reader.peek().count == 3)
    #expect(try reader.next()?.count == 1)
    #expect(reader.line == 1)
  }

  @Test(
    "a file that cannot be opened says why",
    arguments: [
      ("/no/such/file", "ground.file-not-found"), ("/", "ground.file-is-directory"),
      ("", "ground.file-not-found"),
    ])
  func refused(path: String, code: String) {
    do throws(Problem) {
      _ = try ByteLines(path: path)
      Issue.record("it was opened")
    } catch {
      #expect(error.code == code)
    }
  }

  @Test("progress hears the bytes read")
  func progress() throws {
    let file = try Scratch(String(repeating: "line\n", count: 300_000))
    var heard: [Int] = []
    let reader = try ByteLines(path: file.path) { heard.append($0) }
    while try reader.next() != nil {}
    #expect(heard.last == 1_500_000 && heard == heard.sorted() && heard.count > 2)
  }
}
