import Duties
import Ground
import Rulebook
import Workspace

/// How the incident commands speak on a terminal.
enum IncidentText {
  static func questions(_ law: Law) -> String {
    let groups: [(String, String)] =
      [("all", "Asked of every incident")]
      + IncidentCategory.byUrgency.map { ($0.rawValue, "\($0.rawValue): \($0.title)") }
      + [
        ("system", "An own high-risk system, a track of its own"),
        ("status", "Near miss or hazard"), ("score", "The score for triage, house practice"),
      ]
    var lines: [String] = []
    for (group, title) in groups {
      lines += [Terminal.bold(title), ""]
      for question in IncidentQuestion.allCases where question.group == group {
        lines.append(RuleText.wrapped(question.rawValue + "  " + question.words, indent: "  "))
        let basis = question.citations(law).map(\.marked).joined(separator: "; ")
        lines += [RuleText.wrapped("[" + basis + "]", indent: "      "), ""]
      }
    }
    lines.append("Suggestions and scores decide nothing; a person answers these questions.")
    if let staleness = law.staleness { lines.append("Caution: " + staleness) }
    return lines.joined(separator: "\n")
  }

  static func assessment(_ row: AssessIncidents.Row, law: Law, explain: Bool) -> String {
    let answer = row.assessment
    guard row.isRead else {
      let words =
        answer.suggestions.isEmpty
        ? []
        : [line("words suggest", answer.suggestions.map(suggestion).joined(separator: "; "))]
      return ([Terminal.bold(name(row) + "  could not be read")] + words + problems(row)).joined(
        separator: "\n") + "\n"
    }
    var lines = [Terminal.bold(name(row) + "  serious: " + answer.facts.serious.word)]
    lines.append(line("categories", categories(answer)))
    let status = answer.facts.status?.rawValue ?? "open"
    lines.append(line("status", "\(status), causal link \(answer.facts.linkWord)"))
    lines.append(line("governs", governs(answer, law)))
    if !answer.suggestions.isEmpty {
      lines.append(
        line("words suggest", answer.suggestions.map(suggestion).joined(separator: "; ")))
    }
    if explain, !answer.setAside.isEmpty {
      lines.append(line("set aside", answer.setAside.map(suggestion).joined(separator: "; ")))
    }
    if !answer.missing.isEmpty {
      let shown = explain ? answer.missing : Array(answer.missing.prefix(6))
      let more = answer.missing.count - shown.count
      lines.append(
        line("asked next", shown.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")))
    }
    if explain { lines += reasons(answer, law) }
    lines += answer.notes.map { line("note", $0) }
    lines += clocks(answer, law, explain: explain)
    lines += problems(row)
    if !row.ignored.isEmpty {
      lines.append(line("not used", printable(row.ignored.joined(separator: ", "), most: 1000)))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func problems(_ row: AssessIncidents.Row) -> [String] {
    row.problems.map { problem in
      let place = problem.places.first { $0.line != nil }.map { $0.text + ": " } ?? ""
      return line("problem", printable(place + problem.what + "; " + problem.mend, most: 1000))
    }
  }

  private static func line(_ label: String, _ text: String) -> String {
    let indent = String(repeating: " ", count: 24)
    let wrapped = RuleText.wrapped(text, indent: indent)
    return "  " + RuleText.pad(label, 22) + wrapped.dropFirst(indent.count)
  }

  private static func name(_ row: AssessIncidents.Row) -> String {
    switch row.id {
    case .string(let text): text.isEmpty ? "Incident \(row.number)" : printable(text)
    case .int, .number: row.id.compact
    case .null, .bool, .array, .object: "Incident \(row.number)"
    }
  }

  /// Text of others without what a terminal would obey.
  private static func printable(_ text: String, most: Int = 200) -> String {
    let unseen: Set<Unicode.GeneralCategory> = [.control, .format, .lineSeparator]
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.prefix(most).map {
          unseen.contains($0.properties.generalCategory) ? " " : $0
        }))
  }

  private static func categories(_ answer: IncidentAssessment) -> String {
    answer.reasons.map { "\($0.category.rawValue) \($0.answer.word)" }.joined(separator: ", ")
  }

  private static func governs(_ answer: IncidentAssessment, _ law: Law) -> String {
    let id = answer.clocks.governs
    guard let clock = answer.clocks.all.first(where: { $0.id == id }), let due = clock.due else {
      let possible = answer.clocks.earliestPossible
      guard let other = answer.clocks.all.first(where: { $0.id == possible }), let due = other.due
      else { return silence(answer) }
      return "none yet; the earliest possible ends on \(due.alarmDay.iso) (\(other.id))"
    }
    let late = clock.isOverdue(on: law.day) ? ", OVERDUE" : ""
    return
      "\(clock.task.rawValue) report by \(due.alarmDay.weekday.name) \(due.alarmDay.iso)\(late) "
      + "[\(clock.provision.citation.marked)]"
  }

  /// Why no report on the model is dated: nothing is due, or its clock has no start yet.
  private static func silence(_ answer: IncidentAssessment) -> String {
    if answer.clocks.all.isEmpty, answer.facts.serious != .no {
      return "nothing by the law of that day"
    }
    let reports: Set<IncidentClock.Task> = [.initial, .intermediate, .final]
    let clocks = answer.clocks.all.filter { $0.track == .model && reports.contains($0.task) }
    let states = Set(clocks.map(\.state))
    if answer.facts.serious == .no || answer.times.reports.last?.type == .final {
      return "nothing is due on the model"
    }
    if states.contains(.notInForce) { return "nothing: the duty did not apply yet" }
    let starts = clocks.filter { $0.task == .initial && $0.state == .waiting }.flatMap(\.missing)
    return starts.first.map { "no clock yet: it needs \($0)" } ?? "no clock yet"
  }

  private static func suggestion(_ suggestion: CategorySuggestion) -> String {
    "\(suggestion.category.rawValue) (\(suggestion.reading.rawValue): "
      + suggestion.words.map { "“" + printable($0) + "”" }.joined(separator: ", ") + ")"
  }

  private static func reasons(_ answer: IncidentAssessment, _ law: Law) -> [String] {
    let categories = answer.reasons.map { item in
      let basis = law.citation(item.category.rule)?.marked ?? ""
      return line(item.category.rawValue, "\(item.answer.word): \(item.reason) [\(basis)]")
    }
    let score = answer.score.points
    let points =
      score.lowerBound == score.upperBound
      ? "\(score.lowerBound)" : "\(score.lowerBound) to \(score.upperBound)"
    let parts = answer.score.parts.map {
      "\($0.name) \($0.points.lowerBound)–\($0.points.upperBound)"
    }
    return categories + [
      line(
        "score",
        "\(points) of \(answer.score.parts.count * IncidentScore.most), house practice, decides nothing: "
          + parts.joined(separator: ", "))
    ]
  }

  private static func clocks(
    _ answer: IncidentAssessment, _ law: Law, explain: Bool
  ) -> [String] {
    answer.clocks.all.filter {
      explain || $0.due != nil && ($0.state != .ended || lateness($0, answer) != nil)
    }.flatMap { clock in
      var parts = [clock.state.rawValue]
      if let due = clock.due {
        parts.append("plain \(due.plainLastDay.iso), Reg. 1182/71 \(due.regulationLastDay.iso)")
      } else if !clock.missing.isEmpty {
        parts.append("needs " + clock.missing.joined(separator: ", "))
      }
      if clock.isOverdue(on: law.day) { parts.append("OVERDUE") }
      if let done = clock.done {
        parts.append("done \(done.day.iso)" + (lateness(clock, answer).map { ", " + $0 } ?? ""))
      }
      let head = RuleText.pad(clock.id, 32) + " " + parts.joined(separator: "; ")
      let basis =
        explain
        ? [line("", "[\(clock.provision.citation.marked)]")]
          + clock.basis(law).map { line("", "counted: " + $0) } : []
      let notes = explain ? clock.notes.map { line("", $0) } : []
      return ["  " + head] + basis + notes
    }
  }

  /// How something that is known to be owed was done late; nil where it was not, or was not done.
  private static func lateness(
    _ clock: IncidentClock, _ answer: IncidentAssessment
  ) -> String? {
    let known = answer.reasons.filter { $0.answer == .yes }.map(\.category)
    guard let done = clock.done, let due = clock.due,
      clock.categories.isEmpty || clock.categories.contains(where: known.contains)
    else { return nil }
    return switch due.timeliness(of: done) {
    case .inTime: nil
    case .byOneReading: "in time by one reading only"
    case .late: "LATE"
    }
  }
}
