internal import Duties
internal import Ground

/// The rows of a file of JSON Lines: objects of headings, or records as an export writes them.
struct JSONRows {
  private let lines: ByteLines
  private var skipped = SkippedLines()
  private var pending: FileReading?

  init(_ lines: ByteLines) { self.lines = lines }

  /// The next row; nil at the end.
  ///
  /// - Throws: what `ColumnMap.add` throws, `ground.file-unreadable`.
  mutating func next(_ map: inout ColumnMap) throws(Problem) -> FileReading? {
    if let reading = skipped.next(lines) { return reading }
    if let reading = pending {
      pending = nil
      return reading
    }
    var reading: FileReading?
    while reading == nil, let line = try lines.next() {
      let isBlank = line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
      if !isBlank { reading = try row(Array(line), lines.line, &map) }
    }
    guard let first = skipped.next(lines) else { return reading }
    pending = reading
    return first
  }

  private func row(_ bytes: [UInt8], _ line: Int, _ map: inout ColumnMap) throws(Problem)
    -> FileReading
  {
    let json: JSON
    do throws(Problem) {
      json = try JSON(parsing: bytes, file: "the line")
    } catch {
      return .refused(line: line, [(error, nil)])
    }
    guard case .object(let members) = json else {
      let problem = Problem(
        "workspace.import-not-object", what: "the line holds no object of JSON",
        why: "each line is a record", mend: "write it like {\"name\": \"Aurora 2\"}")
      return .refused(line: line, [(problem, nil)])
    }
    let place = Place(lines.path, line: line)
    var values: [(column: Int, value: FileValue)] = []
    for (heading, value) in JSONRows.headed(members, map.kind) {
      let index = try map.index(of: heading, at: place)
      if case .ignored = map.columns[index].target { continue }
      values.append((index, .member(value)))
    }
    return .row(FileRow(line: line, values: values))
  }

  /// The members by their headings; those of a record as it is exported are taken out of its `fields` and `happened`.
  private static func headed(_ members: [(String, JSON)], _ kind: RecordKind) -> [(String, JSON)] {
    guard kind.field("fields") == nil,
      case .object(let fields)? = members.first(where: { $0.0 == "fields" })?.1
    else { return members }
    var headed = fields
    let earlier = members.first { $0.0 == "earlier" }?.1
    // Who began a record and since when values hold follow from its events.
    for (name, value) in members where !["fields", "author", "since", "earlier"].contains(name) {
      if name == "happened", case .object(let events) = value {
        headed += events.map { ("on:" + $0.0, times(earlier?[$0.0], $0.1)) }
      } else {
        headed.append((kind.field(name) == nil ? name : "record:" + name, value))
      }
    }
    return headed
  }

  /// All times of an event where there are earlier ones beside the last.
  private static func times(_ earlier: JSON?, _ last: JSON) -> JSON {
    guard case .array(let times)? = earlier else { return last }
    return .array(times + [last])
  }
}
