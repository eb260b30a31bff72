import Ground
import RuleFile
import Rulebook
import Workspace

/// How the law commands speak on a terminal.
enum RuleText {
  static func provision(_ answer: ShowRule) -> String {
    var lines: [String] = []
    let rule = answer.rule
    lines.append(Terminal.bold(rule.title) + "  " + rule.id)
    guard let provision = answer.provision else {
      let first = rule.versions.first?.from.iso ?? ""
      lines.append("Does not apply on \(answer.day.iso); its first version applies from \(first).")
      return lines.joined(separator: "\n")
    }
    let citation = provision.citation
    lines.append(citation.text + " · " + citation.force.rawValue + " · " + confidence(rule))
    lines.append(validity(provision))
    lines.append("")
    lines.append(wrapped(provision.version.text))
    if let period = provision.version.period {
      lines.append("")
      lines.append("Period:     \(period.words), \(period.kind.rawValue), from: \(period.starts)")
    }
    if let threshold = provision.version.threshold {
      lines.append("")
      lines.append(
        "Threshold:  \(threshold.quantity) \(threshold.comparison.rawValue) "
          + "\(threshold.value) \(threshold.unit)")
    }
    for (label, text) in [
      ("Due", rule.deadline), ("Evidence", rule.evidence), ("Exempt", rule.exemption),
      ("Note", provision.version.note),
    ] {
      guard let text else { continue }
      lines.append("")
      lines.append(wrapped(label + ": " + text))
    }
    if !answer.official.isEmpty {
      lines.append("")
      lines.append(Terminal.bold("Official wording (imported by you)"))
      lines += answer.official.map { wrapped($0, indent: "  ") }
    }
    if !answer.divergences.isEmpty {
      lines.append("")
      lines.append(Terminal.bold("Pages that say otherwise"))
      lines += answer.divergences.map {
        wrapped("\($0.source.publisher): \($0.says)", indent: "  ")
      }
    }
    if !rule.related.isEmpty {
      lines.append("")
      lines.append("Related:    " + rule.related.joined(separator: ", "))
    }
    if let link = citation.link { lines.append("Link:       " + link) }
    if let staleness = answer.staleness { lines += ["", wrapped("Caution: " + staleness)] }
    return lines.joined(separator: "\n")
  }

  private static func confidence(_ rule: Rule) -> String {
    rule.confidence == .unverified
      ? Terminal.styled("UNVERIFIED", "33") + ", checked \(rule.checked.iso)"
      : "\(rule.confidence.rawValue), checked \(rule.checked.iso)"
  }

  private static func validity(_ provision: Provision) -> String {
    let until = provision.until.map { " until before \($0.iso)" } ?? ""
    let document = provision.document.map { " · " + $0.number } ?? ""
    return "In this form from \(provision.version.from.iso)\(until)\(document)"
  }

  static func list(_ found: [Provision], law: Law) -> String {
    var lines = found.map { provision in
      let mark = provision.rule.confidence == .unverified ? " (unverified)" : ""
      return pad(provision.rule.id, 34) + " " + pad(provision.rule.force.rawValue, 10) + " "
        + provision.rule.title + mark
    }
    lines.append("")
    lines.append("\(found.count) rules as of \(law.day.iso).")
    if let staleness = law.staleness { lines.append("Caution: " + staleness) }
    return lines.joined(separator: "\n")
  }

  static func periods(_ found: [Provision]) -> String {
    found.map { provision in
      let words = provision.version.period.map { $0.words + ", " + $0.kind.rawValue } ?? ""
      return pad(provision.rule.id, 34) + " " + pad(words, 26) + " "
        + pad(provision.rule.force.rawValue, 10) + " " + provision.rule.title
    }.joined(separator: "\n")
  }

  static func due(_ count: CountPeriod) -> String {
    var lines: [String] = []
    if let provision = count.provision {
      let house = count.ownPeriod == nil ? "" : ", shortened by house rules"
      lines.append(Terminal.bold(provision.rule.title) + "  " + provision.citation.marked + house)
    }
    let due = count.due
    lines.append("\(count.period.words), \(due.kind.rawValue), from \(count.event.rfc3339)")
    lines.append("")
    lines.append(
      "  plain calendar        \(due.plain.rfc3339)   last day \(due.plainLastDay.weekday.name) \(due.plainLastDay.iso)"
    )
    lines.append(
      "  Regulation 1182/71    \(due.regulation.rfc3339)   last day \(due.regulationLastDay.weekday.name) \(due.regulationLastDay.iso)"
    )
    lines.append(
      "  \(Terminal.bold("alarm"))                 \(due.alarm.rfc3339)   \(due.alarmDay.weekday.name) \(due.alarmDay.iso)"
    )
    lines.append("")
    lines += count.basis.map { wrapped("- " + $0, indent: "  ") }
    if let staleness = count.staleness { lines.append(wrapped("Caution: " + staleness)) }
    return lines.joined(separator: "\n")
  }

  static func timeline(_ dates: [TimelineEntry], law: Law) -> String {
    dates.map { entry in
      let passed = entry.day <= law.day ? "·" : "→"
      let mark =
        entry.provision.rule.confidence == .primary
        ? "" : " (\(entry.provision.rule.confidence.rawValue))"
      return "\(passed) \(entry.day.iso)  \(entry.provision.rule.title)  ["
        + entry.provision.citation.text + mark + "]"
    }.joined(separator: "\n")
  }

  static func divergence(_ divergence: Divergence, law: Law) -> String {
    let document = law.document(divergence.document)?.short ?? divergence.document
    var lines = [
      Terminal.bold(divergence.id),
      wrapped(
        "\(divergence.source.publisher), “\(divergence.source.title)”, \(divergence.source.dated)",
        indent: "  "),
      wrapped("says:    " + divergence.says, indent: "  "),
      wrapped("primary: " + divergence.primary, indent: "  "),
      "  source:  \(divergence.cite) \(document) · \(divergence.confidence.rawValue)",
    ]
    if let note = divergence.note { lines.append(wrapped("note:    " + note, indent: "  ")) }
    return lines.joined(separator: "\n") + "\n"
  }

  static func overlay(_ overlay: Overlay) -> String {
    var lines = ["\(overlay.name): the overlay can be used."]
    lines += overlay.changes.map { "  " + $0 }
    return lines.joined(separator: "\n")
  }

  /// Breaks at 96 columns.
  static func wrapped(_ text: String, indent: String = "") -> String {
    var lines: [String] = []
    var line = indent
    for word in text.split(separator: " ") {
      if line.count + word.count + 1 > 96, line.count > indent.count {
        lines.append(line)
        line = indent
      }
      line += (line.count > indent.count ? " " : "") + word
    }
    return (lines + [line]).joined(separator: "\n")
  }

  static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
