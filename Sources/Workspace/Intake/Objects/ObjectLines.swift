internal import Ground

/// Objects of JSON, one a line.
struct ObjectLines {
  private let lines: ByteLines
  private let format: IncomingFormat
  private var told = 0

  init(_ lines: ByteLines, _ format: IncomingFormat) {
    self.lines = lines
    self.format = format
  }

  /// Whether the first line is an object by itself, or the beginning of one that no other line can end.
  static func isOneEach(_ head: UnsafeRawBufferPointer) -> Bool {
    let line = head.drop { $0 <= 0x20 }.prefix { $0 != 0x0A && $0 != 0x0D }
    guard line.first == 0x7B else { return false }
    return (try? JSON(parsing: line)) != nil || head.count >= ByteLines.chunkBytes
      || line.count > 2 && line.last == 0x7D
  }

  mutating func next() throws(Problem) -> IncomingReading? {
    while true {
      if told < lines.problems.count {
        told += 1
        return .refused(lines.problems[told - 1])
      }
      guard let line = try lines.next() else {
        return told < lines.problems.count ? try next() : nil
      }
      if line.allSatisfy({ $0 <= 0x20 }) { continue }
      do throws(Problem) {
        let json = try JSON(parsing: line, file: lines.path)
        return ObjectLines.reading(json, format, lines.path, line: lines.line)
      } catch {
        var problem = error
        problem.places = [
          Place(lines.path, line: lines.line, column: error.places.first?.column)
        ]
        return .refused(problem)
      }
    }
  }

  /// The report of an object; one of another collection is told.
  static func reading(_ json: JSON, _ format: IncomingFormat, _ file: String, line: Int?)
    -> IncomingReading
  {
    guard format == .avid else { return OwnObject.reading(json, file, line: line) }
    guard AVIDObject.isOne(json) else {
      return .refused(
        Problem(
          "workspace.intake-not-object", what: "this is no object of AVID",
          why: "its member data_type does not say so", mend: "check the file",
          places: [Place(file, line: line)]))
    }
    return .report(AVIDObject.report(json, file, line: line))
  }
}
