public import Duties
public import Ground
public import Rulebook

/// The use case behind `incident assess`: one answer for each incident of a file of JSON lines, in constant memory but for
/// a number for each id.
public struct AssessIncidents: Sendable {
  private let law: Law

  /// Answers by the law of a day, which also tells what is overdue.
  public init(law: Law) { self.law = law }

  /// What a run found.
  public struct Summary: Sendable {
    /// Incidents read.
    public var rows = 0
    /// Incidents with problems.
    public var rowsWithProblems = 0
    /// A caution about the day asked for.
    public var staleness: String?
  }

  /// One incident with its answer.
  public struct Row: Sendable {
    /// Number of the incident, from 1; empty lines are not counted.
    public let number: Int
    /// As given; null where there was none, text for a number with more digits than are counted with.
    public let id: JSON
    /// Whether the line could be read as an incident at all.
    public let isRead: Bool
    /// The answer.
    public let assessment: IncidentAssessment
    /// What could not be read or cannot be true.
    public let problems: [Problem]
    /// Names of members that are not understood.
    public let ignored: [String]

    /// The documented members of a line of `incident assess --format json`.
    public func json(_ law: Law) -> JSON {
      .object(
        [("row", .int(number)), ("id", id)] + assessment.members(law) + [
          (
            "problems",
            .array(
              problems.map {
                .object([
                  ("code", .string($0.code)),
                  ("member", JSON($0.places.first.flatMap { $0.line == nil ? $0.file : nil })),
                  ("line", JSON($0.places.first?.line)),
                  ("reason", .string($0.what)), ("remedy", .string($0.mend)),
                ])
              })
          ), ("ignored", JSON(ignored)),
        ])
    }
  }

  /// Reads a file of JSON lines, or standard input for `-`, and gives the answer to each.
  ///
  /// A line that cannot be read has an answer too, in which everything is open, and does not stop the rest.
  /// `progress` hears the number of bytes read, after each chunk.
  /// - Throws: `ground.file-*` when it cannot be read.
  public func run(
    path: String, progress: ((Int) -> Void)? = nil, each: (Row) throws -> Void
  ) throws -> Summary {
    let lines = try ByteLines(path: path, progress: progress)
    var summary = Summary(staleness: law.staleness)
    var skipped = 0
    var seen = SeenIDs()
    func give(_ reader: IncidentReader) throws {
      summary.rows += 1
      var reader = reader
      if let first = seen.take(reader.id, summary.rows) {
        reader.add(AssessIncidents.twice(summary.rows, first))
      }
      reader.tellUntold()
      let row = answer(reader, summary.rows)
      if !row.problems.isEmpty { summary.rowsWithProblems += 1 }
      try each(row)
    }
    func giveSkipped() throws {
      while skipped < lines.problems.count {
        try give(IncidentReader(lines.problems[skipped], asOf: law.day))
        skipped += 1
      }
    }
    while let line = try lines.next() {
      try giveSkipped()
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
      try give(reader(line, lines.line, path))
    }
    try giveSkipped()
    return summary
  }

  private func reader(
    _ line: UnsafeRawBufferPointer, _ number: Int, _ path: String
  ) -> IncidentReader {
    do throws(Problem) {
      let read = try JSON.reading(line, file: path)
      var reader = IncidentReader(read.json, asOf: law.day)
      reader.tellMended(read.mended, Place(path, line: number))
      if !reader.isRead { reader.stands(at: Place(path, line: number)) }
      if case .number = reader.id, let written = SeenIDs.written(line),
        written != reader.id.compact
      {
        reader.id = .string(written)
      }
      return reader
    } catch {
      var problem = error
      problem.places = [Place(path, line: number, column: error.places.first?.column)]
      var reader = IncidentReader(problem, asOf: law.day)
      // Nothing of it is known, but its words can still ask.
      reader.narrative = String(decoding: line, as: UTF8.self)
      return reader
    }
  }

  private static func twice(_ row: Int, _ first: Int) -> Problem {
    Problem(
      "workspace.incident-id-twice", what: "rows \(first) and \(row) have the same id",
      why: "answers are found again by their id", mend: "give each incident an id of its own",
      places: [Place("id")])
  }

  private func answer(_ reader: IncidentReader, _ number: Int) -> Row {
    Row(
      number: number, id: reader.id, isRead: reader.isRead,
      assessment: IncidentAssessment(
        facts: reader.facts, times: reader.times, narrative: reader.narrative, law: law),
      problems: reader.problems, ignored: reader.ignored)
  }
}
