internal import Ground

/// A file as reports, whatever its form.
enum IncomingRows {
  case own(OwnTable)
  case aiid(AIIDTable)
  case aiaaic(AIAAICTable)
  case lines(ObjectLines)
  case objects(ObjectList)
  /// What was read already; an iterator, because taking from a list that is held twice copies it each time.
  case read(IndexingIterator<[IncomingReading]>)

  init(
    _ lines: ByteLines, _ format: IncomingFormat, _ classifications: AIIDClassifications
  ) throws(Problem) {
    switch format {
    case .csv: self = .own(try OwnTable(lines))
    case .aiid: self = .aiid(try AIIDTable(lines, classifications))
    case .aiaaic: self = .aiaaic(try AIAAICTable(lines))
    case .jsonl, .avid: self = try IncomingRows.objects(lines, format)
    case .stix:
      let json = try JSON(parsing: try IntakeBytes.rest(of: lines), file: lines.path)
      self = .read(try STIXObjects.all(json, lines.path).makeIterator())
    case .atlas:
      let bytes = try IntakeBytes.rest(of: lines)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw Problem(
          "workspace.not-utf8", what: "\(lines.path) is not text in UTF-8",
          why: "names and citations must read the same everywhere", mend: "save it as UTF-8",
          places: [Place(lines.path)])
      }
      self = .read(try ATLASCase.all(text, lines.path).makeIterator())
    case .mail:
      let bytes = try IntakeBytes.rest(of: lines)
      self = .read([.report(MailReport.read(bytes, lines.path))].makeIterator())
    }
  }

  /// Objects a line each, or one value over all lines.
  private static func objects(_ lines: ByteLines, _ format: IncomingFormat) throws(Problem)
    -> IncomingRows
  {
    if ObjectLines.isOneEach(try lines.peek()) { return .lines(ObjectLines(lines, format)) }
    let json = try JSON(parsing: try IntakeBytes.rest(of: lines), file: lines.path)
    return .objects(try ObjectList(json, format, lines.path))
  }

  /// The next report; nil at the end.
  mutating func next() throws(Problem) -> IncomingReading? {
    switch self {
    case .own(var table):
      let reading = try table.next()
      self = .own(table)
      return reading
    case .aiid(var table):
      let reading = try table.next()
      self = .aiid(table)
      return reading
    case .aiaaic(var table):
      let reading = try table.next()
      self = .aiaaic(table)
      return reading
    case .lines(var lines):
      let reading = try lines.next()
      self = .lines(lines)
      return reading
    case .objects(var list):
      let reading = list.next()
      self = .objects(list)
      return reading
    case .read(var readings):
      let reading = readings.next()
      self = .read(readings)
      return reading
    }
  }
}
