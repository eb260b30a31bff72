internal import Duties
public import Ground

extension ImportReport {
  /// The plan as JSON (docs/schemas/register.schema.json).
  public var json: JSON {
    var separator: String?
    if case .csv(let found) = form { separator = found.word }
    return .object([
      ("kind", .string(kind)), ("file", .string(file)), ("form", .string(form.word)),
      ("separator", JSON(separator)),
      (
        "columns",
        .array(
          columns.map { .object([("heading", .string($0.heading)), ("target", JSON($0.target))]) })
      ),
      ("rows", .int(rows)), ("created", .int(created)), ("changed", .int(changed)),
      ("unchanged", .int(unchanged)), ("refused", .int(refused)),
      ("may_be_written", .bool(refusal(skippingErrors: false) == nil)),
      ("problems", .array(problems.map(ImportReport.json))),
      ("row_problems", .array(rowProblems.map(\.json))),
      ("row_problem_count", .int(rowProblemCount)),
      ("plan", .array(plan.map(\.json))),
      ("plan_left_out", .int(created + changed + unchanged - plan.count)),
    ])
  }

  private static func json(_ problem: Problem) -> JSON {
    .object([
      ("code", .string(problem.code)), ("line", JSON(problem.places.first?.line)),
      (
        "reason",
        .string(problem.why.isEmpty ? problem.what : problem.what + ": " + problem.why)
      ),
      ("remedy", .string(problem.mend)),
    ])
  }

  /// The plan as a terminal shows it, without a line end behind it.
  public var text: String {
    var lines = [
      "\(file): \(ImportReport.count(rows, "row")) of \(kind): \(created) new, \(changed) changed, "
        + "\(unchanged) unchanged, \(refused) refused"
    ]
    let used = columns.compactMap { column in
      column.target.map { column.heading == $0 ? $0 : "\(column.heading) → \($0)" }
    }
    lines.append("columns: " + used.joined(separator: ", "))
    let unused = columns.filter { $0.target == nil && !$0.heading.isEmpty }.map(\.heading)
    if !unused.isEmpty { lines.append("not used: " + unused.joined(separator: ", ")) }
    lines = lines.map(ImportText.plain)
    for planned in plan { lines += planned.lines }
    let leftOut = created + changed + unchanged - plan.count
    if leftOut > 0 { lines.append("… and \(ImportReport.count(leftOut, "further row"))") }
    return (lines + problemLines).joined(separator: "\n")
  }

  private var problemLines: [String] {
    var lines: [String] = []
    for problem in problems { lines.append(ImportText.plain(problem.compilerLine)) }
    for problem in rowProblems { lines.append(problem.text) }
    let more = rowProblemCount - rowProblems.count
    if more > 0 { lines.append("… and \(ImportReport.count(more, "further problem"))") }
    if !problems.isEmpty {
      lines.append("Nothing can be written until this is mended.")
    } else if refused > 0 {
      lines.append("Nothing is written while a row is refused; --skip-errors leaves such rows out.")
    }
    return lines
  }

  private static func count(_ number: Int, _ word: String) -> String {
    number == 1 ? "1 \(word)" : "\(number) \(word)s"
  }
}

extension PlannedChange {
  /// The plan of a row: what becomes of the record, then its events with what each changes.
  var lines: [String] {
    let name = "“\(ImportText.shown(title))”"
    let head =
      switch action {
      case .create: "line \(line): new \(name)"
      case .change: "line \(line): \(record?.text ?? "") \(name) changes"
      case .unchanged: "line \(line): \(record?.text ?? "") \(name) is unchanged"
      }
    return [head] + steps.flatMap(lines(of:))
  }

  private func lines(of step: Change) -> [String] {
    let access = step.confidentiality.map { ", class \($0.rawValue)" } ?? ""
    let corrects = step.corrects ? ", a correction" : ""
    var lines = ["  \(step.event) on \(step.effective.text)\(corrects)\(access)"]
    for (name, _) in step.set {
      guard let difference = differences.first(where: { $0.field == name }) else { continue }
      let old = action == .create ? "" : ImportText.value(difference.old) + " → "
      lines.append("    \(name): \(old)\(ImportText.value(difference.new))")
    }
    return lines
  }
}
