import ArgumentParser
import Duties
import Ground
import Workspace

/// `systemic erase`.
struct EraseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase", abstract: "Erase records lawfully: asked by one person, done by another.",
    discussion: """
      Content, keys and files are destroyed; the entries stay, and every proof still verifies. Nothing goes while a rule
      or a hold keeps it: the refusal is recorded with its ground. To take a person out of records that have to be kept,
      erase the record of the person.

      Examples:
        systemic erase person/… --reason "left in 2024" --basis "GDPR Art. 17(1)(a)"
        systemic erase --approve erasure/… --as counsel
      """)
  @Argument(help: "The records to erase, by id.")
  var records: [String] = []
  @Option(help: "Why.")
  var reason: String?
  @Option(help: "The legal basis, such as \"GDPR Art. 17(1)(a)\".")
  var basis: String?
  @Option(help: "Approve and do this erasure; for counsel or compliance, not for who asked.")
  var approve: String?
  @Option(help: "Refuse this erasure, with --reason.")
  var refuse: String?
  @Flag(help: "Finish what a crash cut short.")
  var finish = false
  @Flag(help: "List the erasures.")
  var list = false
  @OptionGroup var options: WorkspaceOptions

  func validate() throws {
    let asked = [!records.isEmpty, approve != nil, refuse != nil, finish, list]
    guard asked.count(where: { $0 }) == 1 else {
      throw ValidationError("Name records, or one of --approve, --refuse, --finish, --list.")
    }
    guard records.isEmpty || basis != nil else {
      throw ValidationError("An erasure needs its legal basis: --basis \"GDPR Art. 17(1)(…)\".")
    }
  }

  func run() async throws {
    let records = try records.map(Words.id)
    let (approved, refused) = (try approve.map(Words.id), try refuse.map(Words.id))
    try await options.open(list ? .read : .write) { workspace in
      if let approved {
        try await EraseText.approve(approved, in: workspace)
      } else if let refused {
        let state = try await workspace.refuseErasure(refused, reason: reason)
        Terminal.say("\(state.id.text) is refused")
      } else if finish {
        let wasUnfinished = workspace.hasUnfinishedEpoch
        try await workspace.finishErasures(thoroughly: true)
        Terminal.say(wasUnfinished ? "finished" : "there was nothing to finish")
      } else if list {
        Terminal.say(EraseText.list(try await workspace.states(.erasure)))
      } else {
        let (state, refusals) = try await workspace.requestErasure(
          of: records, reason: reason, basis: basis ?? "")
        Terminal.say("asked: \(state.id.text); another person approves it:")
        Terminal.say("  systemic erase --approve \(state.id.text) --as NAME")
        for refusal in refusals {
          Terminal.warn("today it would be refused: \(refusal.record.text): \(refusal.why)")
        }
      }
    }
  }
}

/// Erasures as a terminal shows them.
enum EraseText {
  static func list(_ erasures: [RecordState]) -> String {
    TextTable.text(
      ["id", "status", "asked", "basis", "records"],
      erasures.map { erasure in
        [
          erasure.id.text, erasure.status ?? "", erasure.day("erasure-requested")?.iso ?? "",
          TextTable.plain(erasure.text("basis") ?? ""),
          TextTable.plain(erasure.texts("records").joined(separator: ", "), atMost: 200),
        ]
      }, empty: "nothing was ever erased")
  }

  static func approve(_ id: RecordID, in workspace: OpenWorkspace) async throws {
    let report = try await workspace.approveErasure(id)
    Terminal.say(
      "erased \(TextTable.count(report.erased.count, "record")) and \(TextTable.count(report.files, "file"))"
    )
    for record in report.erased { Terminal.say("  \(record.text)") }
    Terminal.say("key epoch \(report.epoch) has begun; the key of the one before is destroyed")
    for line in report.advice { Terminal.say("  to do: \(line)") }
    if let pending = report.pending {
      Terminal.warn(pending.terminal)
      throw ExitCode(1)
    }
  }
}

/// `systemic retention`.
struct RetentionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retention", abstract: "Until when records are kept, and why.")
  @Argument(help: "A record, by id; default all that some rule keeps.")
  var record: String?
  @Option(help: "text or json.")
  var format = ListFormat.text
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let record = try record.map(Words.id)
    try await options.open(.read) { workspace in
      let kept = try await workspace.retention(of: record.map { [$0] })
      switch format {
      case .json: Terminal.say(JSON.array(kept.map(\.json)).pretty)
      case .text where record != nil: for one in kept { Terminal.say(RetentionText.whole(one)) }
      case .text: Terminal.say(RetentionText.list(kept))
      }
    }
  }
}

/// Retention as a terminal shows it.
enum RetentionText {
  static func list(_ kept: [KeptUntil]) -> String {
    TextTable.text(
      ["id", "name", "kept", "by"],
      kept.map { one in
        [
          one.state.id.text, TextTable.plain(one.state.title, atMost: 40),
          TextTable.plain(one.words, atMost: 90),
          one.rules.compactMap(\.ruleID).joined(separator: ", "),
        ]
      }, empty: "no record that a rule keeps")
  }

  static func whole(_ kept: KeptUntil) -> String {
    var lines = [Terminal.bold(TextTable.plain(kept.state.title)) + " \(kept.state.id.text)"]
    lines.append(kept.words)
    for hold in kept.holds {
      lines.append("  held by \(hold.id.text): \(hold.text("basis") ?? "")")
    }
    for rule in kept.rules {
      let day =
        rule.alarmDay.map { "may be erased from \($0.iso)" }
        ?? "undetermined: \(rule.missing.joined(separator: ", ")) unknown"
      lines.append("  \(rule.citation?.text ?? rule.ruleID ?? ""): \(day)")
      for reason in rule.basis { lines.append("    \(reason)") }
    }
    return (lines + kept.retention.cautions.map { "  caution: \($0)" }).joined(separator: "\n")
  }
}
