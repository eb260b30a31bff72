internal import Duties
internal import Ground

/// The sections of a report on an incident, read from its package, and its named fields for a template.
struct IncidentBlocks {
  private let package: JSON

  init(_ package: JSON) { self.package = package }

  var all: [DocumentBlock] {
    [subject, dates, categories] + parts + [submitter, measures, others, national, next]
  }

  /// What is not known yet, in words; fields of the incident by what they hold.
  private var unknown: [String] {
    (package["unknown"]?.texts ?? []).map { RecordKind.incident.field($0)?.title ?? $0 }
  }

  private func stated(_ path: String...) -> String { package.words(path) ?? "not stated" }

  private var subject: DocumentBlock {
    var block = DocumentBlock("subject", "Subject")
    block.facts = [
      ("Provider", stated("provider")), ("Model", stated("model", "name")),
      ("Incident", stated("incident", "title")), ("Considered", stated("incident", "considered")),
      ("Type of report", stated("type")),
      ("Receivers", package["authorities"]?.texts.joined(separator: ", ") ?? ""),
    ]
    let bundled = package["bundled"]?.texts ?? []
    if !bundled.isEmpty {
      block.facts.append(("Reported with it", bundled.joined(separator: ", ")))
    }
    block.paragraphs = [stated("caution")]
    return block
  }

  private var dates: DocumentBlock {
    var block = DocumentBlock("dates", "When what was known")
    block.table = (
      "Dates, as they were written", ["What", "When", "As its source has it", "Written"],
      (package["dates"]?.items ?? []).map { row in
        [
          Typography.sentence(row.words("words") ?? ""), row.words("at") ?? "",
          row.words("as_written") ?? "—", row.words("recorded") ?? "",
        ]
      }
    )
    return block
  }

  private var categories: DocumentBlock {
    var block = DocumentBlock("categories", "Categories")
    block.table = (
      "Categories that are not excluded", ["Category", "Answer", "Known since", "Basis"],
      (package["categories"]?.items ?? []).map { row in
        [
          Typography.sentence(row.words("title") ?? ""), row.words("answer") ?? "",
          row.words("known_since") ?? "—", row.words("citation") ?? "",
        ]
      }
    )
    block.paragraphs = ["Causal link: " + stated("causal_link") + "."]
    return block
  }

  private var parts: [DocumentBlock] {
    (package["parts"]?.items ?? []).map { part in
      var block = DocumentBlock("part-\(part.words("number") ?? "")", part.words("title") ?? "")
      block.paragraphs = (part.words("text") ?? "").split(separator: "\n\n").map(String.init)
      if let basis = part.words("basis"), !basis.isEmpty {
        block.paragraphs.append("Asked by: " + basis + ".")
      }
      return block
    }
  }

  private var submitter: DocumentBlock {
    var block = DocumentBlock("part-10", "10. Submitter")
    block.facts = (package["submitter"]?.members ?? []).map { name, value in
      let title = name.map { $0 == "_" ? " " : String($0) }.joined()
      return (Typography.sentence(title), value.words() ?? "not stated")
    }
    return block
  }

  private var measures: DocumentBlock {
    var block = DocumentBlock("measures", "Corrective measures")
    block.table = (
      "Measures", ["Measure", "Status", "Until", "How its effect is checked"],
      (package["measures"]?.items ?? []).map { row in
        ["title", "status", "due", "verification"].map { row.words($0) ?? "—" }
      }
    )
    return block
  }

  private var others: DocumentBlock {
    var block = DocumentBlock("other-reports", "Reports of the same event under other law")
    block.table = (
      "Reports", ["Report", "Law", "Receiver", "Status", "Reference"],
      (package["other_reports"]?.items ?? []).map { row in
        ["title", "regime", "authority", "status", "reference"].map { row.words($0) ?? "—" }
      }
    )
    return block
  }

  private var national: DocumentBlock {
    var block = DocumentBlock("national", "For national authorities only")
    block.paragraphs = [package.words("national_part")].compactMap { $0 }
    return block
  }

  private var next: DocumentBlock {
    var block = DocumentBlock("next", "Next report")
    block.paragraphs = [stated("next_report"), package.words("remarks")].compactMap { $0 }
    if !unknown.isEmpty {
      block.items = ["Not known yet: " + unknown.joined(separator: ", ")]
    }
    return block
  }

  /// The Markdown of a named field of a template.
  func field(_ name: String, status: String, sha256: String?) -> String {
    let simple = [
      "title": "title", "type": "type", "as_of": "as_of", "provider": "provider",
      "causal_link": "causal_link", "national_part": "national_part", "remarks": "remarks",
      "next_report": "next_report", "caution": "caution",
    ]
    if let path = simple[name] { return Markdown.linked(package.words(path) ?? "") }
    switch name {
    case "status": return Markdown.text(status)
    case "sha256": return Markdown.text(sha256 ?? "")
    case "model": return Markdown.text(package.words("model", "name") ?? "")
    case "incident": return Markdown.text(package.words("incident", "title") ?? "")
    case "considered": return Markdown.text(package.words("incident", "considered") ?? "")
    case "unknown": return unknown.map(Markdown.text).joined(separator: ", ")
    case "bundled", "authorities":
      return (package[name]?.texts ?? []).map(Markdown.text).joined(separator: ", ")
    case "categories": return inside(categories)
    case "dates": return inside(dates)
    case "measures": return inside(measures)
    case "other_reports": return inside(others)
    case "part-10": return inside(submitter)
    default:
      let part = (package["parts"]?.items ?? []).first {
        "part-\($0.words("number") ?? "")" == name
      }
      return (part?.words("text") ?? "").split(separator: "\n\n").map {
        Markdown.linked(String($0))
      }.joined(separator: "\n\n")
    }
  }

  /// A block without its heading.
  private func inside(_ block: DocumentBlock) -> String {
    let lines = block.markdown.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
    return String(lines.joined(separator: "\n").drop { $0.isNewline })
  }
}
