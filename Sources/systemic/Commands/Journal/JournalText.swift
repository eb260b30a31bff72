import Ground
import Journal
import Workspace

/// Reports and entries of the journal as a terminal shows them.
enum JournalText {
  /// The report on a workspace.
  static func report(_ report: WorkspaceReport, of path: String) -> String {
    var lines = [Terminal.bold("workspace \(path)")]
    for log in report.logs {
      lines.append(
        "  \(log.log.rawValue): \(count(log.size, "entry", "entries")), root \(log.root ?? "unknown")"
      )
      lines.append(
        "    " + count(log.checkpoints, "checkpoint", "checkpoints")
          + ", signed to \(log.signedSize)"
          + ", witnessed to \(log.witnessedSize)")
    }
    lines.append("checked: " + checked(report.counts))
    lines += findings(report.findings, report.omitted)
    if !report.notes.isEmpty { lines += ["", "Worth knowing:"] + report.notes.map { "  " + $0 } }
    return (lines + notProven(report.notProven)).joined(separator: "\n")
  }

  /// The report on an exported log.
  static func report(_ report: VerificationReport, of name: String?) -> String {
    var lines = [
      Terminal.bold(
        "exported log " + (report.origin ?? name ?? "without a checkpoint that names it"))
    ]
    if let size = report.size, let root = report.root {
      lines.append("  \(count(size, "entry", "entries")), root \(root)")
    }
    for signature in report.cosignatures {
      lines.append(
        "  witnessed by \(signature.key.name)" + (signature.time.map { " at \($0.utc)" } ?? ""))
    }
    lines += findings(report.findings, report.omitted)
    return (lines + notProven(report.notProven)).joined(separator: "\n")
  }

  private static func findings(_ findings: [Finding], _ omitted: Int) -> [String] {
    guard !findings.isEmpty else { return [Terminal.styled("nothing was found", "32")] }
    var lines = [Terminal.styled(count(findings.count + omitted, "finding", "findings"), "31")]
    for finding in findings {
      let place = finding.entry.map { ", entry \($0)" } ?? ""
      lines.append(
        "  \(Terminal.bold(finding.code))  \(TextTable.plain(finding.file, atMost: 200))\(place)")
      lines.append("    " + TextTable.plain(finding.what, atMost: 2_000))
      if let expected = finding.expected {
        lines.append("    expected: " + TextTable.plain(expected, atMost: 400))
      }
      if let actual = finding.actual {
        lines.append("    actual:   " + TextTable.plain(actual, atMost: 400))
      }
    }
    if omitted > 0 { lines.append("  and \(omitted) more") }
    return lines
  }

  private static func notProven(_ sentences: [String]) -> [String] {
    ["", "What this does not prove:"] + sentences.map { "  - " + $0 }
  }

  private static func checked(_ counts: WorkspaceReport.Counts) -> String {
    var parts = [
      count(counts.entries, "entry hashed", "entries hashed"),
      count(counts.nodes, "stored hash compared", "stored hashes compared"),
      count(counts.checkpoints, "signed checkpoint", "signed checkpoints"),
      count(counts.records, "record folded", "records folded"),
      count(counts.contents, "content opened", "contents opened"),
    ]
    if counts.erasedContents > 0 {
      parts.append(count(counts.erasedContents, "content erased", "contents erased"))
    }
    if counts.closedContents > 0 {
      parts.append(count(counts.closedContents, "content not opened", "contents not opened"))
    }
    parts.append(
      count(counts.files, "evidence file", "evidence files") + " (\(counts.bytes) bytes)")
    if counts.retained > 0 {
      parts.append(count(counts.retained, "head that was kept", "heads that were kept"))
    }
    return parts.joined(separator: ", ")
  }

  /// Entries of a log.
  static func lines(_ lines: [ReadJournal.Line], people: PeopleNames) -> String {
    let table = TextTable.text(
      ["entry", "recorded", "true", "event", "record", "version", "by", "role"],
      lines.map { line in
        let envelope = line.envelope
        return [
          String(line.index), envelope.recorded.utc, envelope.effective.text, envelope.event,
          envelope.record.text, String(envelope.version),
          TextTable.plain(people.name(envelope.actor.id)), envelope.actor.role.rawValue,
        ]
      }, empty: "no entries")
    let contents = lines.compactMap { line -> String? in
      switch line.content {
      case .notAsked: nil
      case .notAllowed: "\(line.index): not for this person"
      case .erased: "\(line.index): erased"
      case .shown(let json): "\(line.index): " + TextTable.plain(json.compact, atMost: 2_000)
      }
    }
    return contents.isEmpty ? table : table + "\n\n" + contents.joined(separator: "\n")
  }

  static func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
  }
}
