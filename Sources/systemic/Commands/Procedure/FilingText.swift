import ArgumentParser
import Duties
import Ground
import Workspace

/// Filings as a terminal shows them.
enum FilingText {
  /// The fields that people write, for help pages.
  static func fields(_ kind: RecordKind) -> String {
    "Fields: " + kind.writtenFields.map(\.name).joined(separator: ", ") + "."
  }

  static func begun(_ state: RecordState, _ workspace: OpenWorkspace) {
    Terminal.say("drafted \(TextTable.plain(state.title)) (\(state.id.text))")
    if workspace.who.roles == [.localOperator] {
      Terminal.say(
        "nobody signed in as its author, so that it cannot be approved: draft it with --as NAME")
    }
  }

  static func done(_ state: RecordState) {
    Terminal.say(
      "\(TextTable.plain(state.title)) (\(state.id.text)) is now “\(state.status ?? "")”")
  }

  /// When something was true; today where nothing was said.
  static func moment(_ text: String?, _ workspace: OpenWorkspace) throws -> Effective {
    try text.map(moment) ?? .day(workspace.surroundings.today)
  }

  /// A day, or a moment with its offset.
  static func moment(_ text: String) throws -> Effective {
    guard let moment = Effective(text) else {
      throw ValidationError("\"\(text)\" is not a day or a moment with its offset.")
    }
    return moment
  }

  /// Both triggers with their clocks.
  static func clocks(_ filing: Filing) -> String {
    TextTable.text(
      ["trigger", "day", "act by", "binding", "governs"],
      filing.triggers.map { trigger in
        [
          trigger.kind.rawValue, trigger.day?.iso ?? "not on the record",
          trigger.alarmDay?.iso ?? "", trigger.statutoryDay?.iso ?? "",
          trigger.governs ? "yes" : "no",
        ]
      }, empty: "")
  }

  static func whole(_ filing: Filing) -> String {
    let state = filing.state
    var lines = [
      Terminal.bold(TextTable.plain(state.title, atMost: 90)),
      "\(filing.kind.title) \(state.id.text), version \(state.version), \(filing.status)",
    ]
    for field in ["channel", "receipt", "reference", "sha256", "supersedes", "notification"] {
      if let text = state.text(field) { lines.append("  \(field): \(TextTable.plain(text))") }
    }
    if !filing.triggers.isEmpty { lines.append(clocks(filing)) }
    if let rule = filing.rule {
      lines.append(
        "may be sent from \(rule.alarmDay.iso): six months from \(rule.start.iso) (\(rule.citation?.text ?? ""))"
      )
    }
    if let problem = filing.problem { lines.append(problem.warning) }
    if !filing.items.isEmpty {
      lines.append(
        TextTable.text(
          ["standing", "asked by", "what", "where", "given, or how"],
          filing.items.map { item in
            [
              item.standing.rawValue, item.asker.rawValue, item.title,
              item.citations.first?.text ?? "", TextTable.plain(item.note, atMost: 100),
            ]
          }, empty: ""))
    }
    if !filing.changes.isEmpty {
      lines.append(filing.isSent ? "changed since submission:" : "changed since the review:")
      lines += filing.changes.map { "  " + TextTable.plain($0.words, atMost: 200) }
    }
    for rebuttal in filing.rebuttals {
      lines.append("arguments: \(rebuttal.id.text), \(rebuttal.status ?? "")")
    }
    return lines.joined(separator: "\n")
  }
}
