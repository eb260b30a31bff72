internal import Ground
internal import RuleFile

/// A case study of MITRE ATLAS.
///
/// Its texts hold markup, and prompts that were written to be followed: they are data, kept word for word.
enum ATLASCase {
  /// The case studies of a document: one, a list of them, or those of the whole collection.
  ///
  /// - Throws: `rulefile.*`, `workspace.intake-nothing`.
  static func all(_ text: String, _ file: String) throws(Problem) -> [IncomingReading] {
    let root = try RuleNode.read(text, file: file)
    let studies: [RuleNode] =
      switch root.content {
      case .list(let items): items
      case .map: root["case-studies"]?.items ?? [root]
      case .scalar, .empty: []
      }
    guard !studies.isEmpty else {
      throw Problem(
        "workspace.intake-nothing", what: "\(file) holds no case study",
        why: "a case study has an id, a name and a summary", mend: "check the file",
        places: [root.place])
    }
    return studies.map { reading($0, file) }
  }

  private static func reading(_ node: RuleNode, _ file: String) -> IncomingReading {
    guard case .map = node.content else {
      return .refused(
        Problem(
          "workspace.intake-not-object", what: "a case study must be keys with values",
          why: "each fact has a name", mend: "check the file", places: [node.place]))
    }
    return .report(report(node, file))
  }

  private static func report(_ node: RuleNode, _ file: String) -> IncomingReport {
    let number = node["id"]?.text ?? ""
    var report = IncomingReport(
      original: ObjectReader.original(node.json, number.isEmpty ? "case-study" : number),
      place: Place(file, line: node.place.line))
    report.source = IncomingFormat.atlas.source
    report.reference = number
    report.title = node["name"]?.text ?? ""
    report.narrative = IntakeText.paragraphs(
      [node["summary"]?.text ?? ""] + steps(node["procedure"]?.items ?? []))
    happened(node, &report)
    report.model = node["target"]?.text ?? ""
    report.reporter = node["reporter"]?.text ?? ""
    report.hint(.party, "actor", node["actor"]?.text ?? "")
    // An exercise is a demonstration, and has as a rule harmed nobody; the words say which it is.
    report.hint(.status, "case-study-type", node["case-study-type"]?.text ?? "")
    for step in (node["procedure"]?.items ?? []).prefix(IncomingReport.mostHints) {
      report.hint(.technique, "technique", name(step["technique"]?.text ?? ""))
    }
    for reference in (node["references"]?.items ?? []).prefix(IncomingReport.mostHints) {
      report.address(reference["url"]?.text ?? "", in: "references")
    }
    report.settle()
    return report
  }

  /// The steps in order, each with the names of its tactic and technique.
  private static func steps(_ steps: [RuleNode]) -> [String] {
    steps.enumerated().map { index, step in
      let names = [step["tactic"]?.text ?? "", step["technique"]?.text ?? ""].map(name)
      let head = names.filter { !$0.isEmpty }.joined(separator: ", ")
      return "\(index + 1). \(head): \(step["description"]?.text ?? "")"
    }
  }

  /// `{{reconnaissance.id}}` names reconnaissance.
  private static func name(_ template: String) -> String {
    guard template.hasPrefix("{{"), template.hasSuffix("}}") else { return template }
    let inner = template.dropFirst(2).dropLast(2)
    let bare = inner.hasSuffix(".id") ? inner.dropLast(3) : inner
    return String(bare).replacing("_", with: " ")
  }

  /// The date as precise as its granularity says: 2020-01-01 to the YEAR is 2020.
  private static func happened(_ node: RuleNode, _ report: inout IncomingReport) {
    let written = node["incident-date"]?.text ?? ""
    // Some tools write a date as a moment.
    let date = Instant(written) == nil ? written : String(written.prefix(10))
    let precise =
      switch node["incident-date-granularity"]?.text {
      case "YEAR": String(date.prefix(4))
      case "MONTH": String(date.prefix(7))
      default: date
      }
    report.happened(precise, in: "incident-date")
  }
}

extension RuleNode {
  /// The value of a key of a mapping.
  fileprivate subscript(_ key: String) -> RuleNode? {
    guard case .map(let members) = content else { return nil }
    return members.first { $0.key == key }?.value
  }

  fileprivate var text: String? {
    if case .scalar(let text) = content { return text }
    return nil
  }

  fileprivate var items: [RuleNode]? {
    if case .list(let items) = content { return items }
    return nil
  }

  /// The same as JSON, every scalar a text.
  fileprivate var json: JSON {
    switch content {
    case .scalar(let text): .string(text)
    case .list(let items): .array(items.map(\.json))
    case .map(let members): .object(members.map { ($0.key, $0.value.json) })
    case .empty: .null
    }
  }
}
