internal import Duties
internal import Ground

/// What a source thinks of an event, as a comment beside the record: hints to whoever triages it.
enum IntakeRemarks {
  /// The comment; empty where there is nothing to say.
  static func text(_ report: IncomingReport) -> String {
    var lines: [String] = []
    if !report.occurred.isEmpty { lines.append("When it happened: \(report.occurred)") }
    if !report.model.isEmpty { lines.append("Model or system: \(report.model)") }
    for hint in report.hints {
      var line = "\(hint.label): \(hint.words)"
      if let category = hint.category { line += " [look at: \(category.title)]" }
      if !hint.caution.isEmpty { line += " (\(hint.caution))" }
      lines.append(line)
    }
    lines += report.problems.map { "Not read: \($0.what)" }
    if report.attachments.count > IntakeRun.mostFiles {
      lines.append("Further files stand in the original only.")
    }
    guard !lines.isEmpty else { return "" }
    let head = "What the source says beside the narrative. These are hints, and no answers."
    let whole = ([head] + lines.map { "- " + $0 }).joined(separator: "\n")
    let mark = "\n- The rest stands in the original."
    guard whole.utf8.count > OpenWorkspace.mostComment else { return whole }
    return IntakeText.cut(whole, bytes: OpenWorkspace.mostComment - mark.utf8.count) + mark
  }
}
