internal import Ground

/// A report in the columns of this program: a slip is told, and the row is not taken in.
enum OwnRow {
  /// The columns of a table and the members of a line.
  static let columns = [
    "reference", "title", "narrative", "occurred", "ended", "model", "reporter", "contact",
    "source", "url",
  ]

  /// The report of a row.
  static func report(
    _ values: [(String, String)], original: IncomingFile, at place: Place
  ) -> IncomingReading {
    var report = IncomingReport(original: original, place: place)
    for (column, text) in values where !IntakeText.isBlank(text) {
      if let problem = take(text, column, into: &report) { return .refused(problem) }
    }
    if let from = report.began, let to = report.ended, to.last < from.first {
      return .refused(
        refusal("ended", "it ended before it occurred", "check both days", place))
    }
    report.settle()
    guard !report.isEmpty else {
      return .refused(
        refusal(
          "narrative", "the row has neither title nor narrative", "say what happened", place))
    }
    if let problem = report.problems.first { return .refused(problem) }
    return .report(report)
  }

  private static func take(
    _ text: String, _ column: String, into report: inout IncomingReport
  ) -> Problem? {
    switch column {
    case "reference": report.reference = text
    case "title": report.title = text
    case "narrative": report.narrative = text
    case "model": report.model = text
    case "reporter": report.reporter = text
    case "contact": report.contact = text
    case "source": report.source = text
    case "occurred", "ended": return takeDay(text, column, into: &report)
    case "url":
      guard IntakeText.links(text) == [IntakeText.line(text, longest: 2000)] else {
        return refusal(
          column, "“\(text.prefix(80))” is not one address of the web",
          "begin it with https://", report.place)
      }
      report.address(text, in: column)
    default:
      return refusal(
        column, "“\(column.prefix(80))” is not known here",
        "columns are " + columns.joined(separator: ", "), report.place)
    }
    return nil
  }

  private static func takeDay(
    _ text: String, _ column: String, into report: inout IncomingReport
  ) -> Problem? {
    let words = IntakeText.line(text, longest: 200)
    guard let days = DayRange(iso: words) else {
      var problem =
        DayText.problem(words, of: column)
        ?? refusal(
          column, "“\(words.prefix(80))” is not a day, a month or a year",
          "write it like 2026-03-01, 2026-03 or 2026", report.place)
      problem.places = [Place(report.place.file, line: report.place.line, label: column)]
      return problem
    }
    if column == "ended" {
      report.ended = days
    } else {
      report.occurred = words
      report.began = days
    }
    return nil
  }

  private static func refusal(
    _ column: String, _ what: String, _ mend: String, _ place: Place
  ) -> Problem {
    Problem(
      "workspace.intake-row", what: what, why: "a row of one's own table is taken in whole",
      mend: mend, places: [Place(place.file, line: place.line, label: column)])
  }
}
