internal import Ground

/// A report or vulnerability of AVID.
enum AVIDObject {
  static func isOne(_ json: JSON) -> Bool { json["data_type"]?.text == "AVID" }

  static func report(_ json: JSON, _ file: String, line: Int?) -> IncomingReport {
    let metadata = json["metadata"] ?? .null
    let number = metadata["vuln_id"]?.text ?? metadata["report_id"]?.text ?? ""
    var report = IncomingReport(
      original: ObjectReader.original(json, number.isEmpty ? "avid" : number),
      place: Place(file, line: line))
    report.source = IncomingFormat.avid.source
    report.reference = number
    if number.isEmpty {
      report.note(
        "workspace.intake-reference", "the object has neither vuln_id nor report_id",
        "check it in the database", at: "metadata")
    }
    let problem = json["problemtype"] ?? .null
    report.title = description(problem["description"])
    report.narrative = description(json["description"])
    for name in ["classof", "type"] { report.hint(.other, name, problem[name]?.text ?? "") }
    affects(json["affects"] ?? .null, &report)
    impact(json["impact"] ?? .null, &report)
    report.reporter = credits(json["credit"])
    // AVID tells when something was reported to it or published, and not when it happened.
    for name in ["reported_date", "published_date", "last_modified_date"] {
      report.hint(.date, name, json[name]?.text ?? "")
    }
    if case .array(let references)? = json["references"] {
      for reference in references.prefix(IncomingReport.mostHints) {
        report.address(reference["url"]?.text ?? "", in: "references")
      }
    }
    report.settle()
    return report
  }

  /// A text that stands alone, with its language, or in several languages: English where there is one.
  private static func description(_ json: JSON?) -> String {
    switch json {
    case .string(let text): return text
    case .object: return json?["value"]?.text ?? ""
    case .array(let items):
      let english = items.first { $0["lang"]?.text?.hasPrefix("en") == true }
      return (english ?? items.first)?["value"]?.text ?? ""
    default: return ""
    }
  }

  private static func affects(_ json: JSON, _ report: inout IncomingReport) {
    for name in ["developer", "deployer"] {
      report.hint(.party, name, ObjectReader.texts(json[name]).joined(separator: "; "))
    }
    guard case .array(let artifacts)? = json["artifacts"] else { return }
    let named = artifacts.prefix(IncomingReport.mostHints).compactMap { artifact in
      artifact["name"]?.text.map { (artifact["type"]?.text ?? "", $0) }
    }
    report.model = named.map(\.1).joined(separator: "; ")
    for (type, name) in named { report.hint(.other, "artifact " + type, name) }
  }

  private static func impact(_ json: JSON, _ report: inout IncomingReport) {
    let avid = json["avid"] ?? .null
    for (name, about) in [
      ("risk_domain", IncomingHint.About.category), ("sep_view", .category),
      ("lifecycle_view", .other),
    ] {
      report.hint(about, name, ObjectReader.texts(avid[name]).joined(separator: "; "))
    }
    let cvss = json["cvss"] ?? .null
    for name in ["baseSeverity", "vectorString"] {
      report.hint(.severity, name, cvss[name]?.text ?? "")
    }
  }

  private static func credits(_ json: JSON?) -> String {
    guard case .array(let people)? = json else { return json?.text ?? "" }
    return people.prefix(20).compactMap { $0.text ?? $0["value"]?.text ?? $0["name"]?.text }
      .joined(separator: "; ")
  }
}
