internal import Compute
internal import Ground

/// The sections of what is sent, read from the package; what the package does not hold is said to be missing.
struct FilingBlocks {
  private let package: JSON

  init(_ package: JSON) { self.package = package }

  var all: [DocumentBlock] {
    let blocks: [DocumentBlock] =
      switch package.words("kind") {
      case "notification":
        [provider, model, requirement, triggers, compute, approach, approximations, designation]
          + [further, evidence]
      case "incident-report": IncidentBlocks(package).all
      default: [subject] + parts + [evidenceNames]
      }
    return blocks.filter { !$0.isEmpty }
  }

  private static let missing = "not stated"

  private func stated(_ path: String...) -> String { package.words(path) ?? FilingBlocks.missing }

  private var provider: DocumentBlock {
    var block = DocumentBlock("provider", "Provider")
    block.facts = [
      ("Name", stated("provider", "name")),
      ("Established in the Union", stated("provider", "established_in_union")),
      ("Address", stated("provider", "address")), ("Contact", stated("provider", "contact")),
      ("Authorised representative", representative),
    ]
    return block
  }

  private var representative: String {
    guard let json = package["provider"]?["authorised_representative"] else { return "not stated" }
    if case .string(let text) = json { return text }
    let parts = ["name", "established_in", "address", "contact"].compactMap { json.words($0) }
    let signed = json.words("mandate_signed").map { ["mandate signed on " + $0] } ?? []
    return parts.isEmpty ? FilingBlocks.missing : (parts + signed).joined(separator: ", ")
  }

  private var model: DocumentBlock {
    var block = DocumentBlock("model", "Model")
    let day = package["model"]?["placing_on_the_market"].flatMap { placing in
      placing.words("day").map { "\($0), \(placing.words("state") ?? "")" }
    }
    block.facts = [
      ("Name", stated("model", "name")), ("Version", stated("model", "version")),
      ("Generates", package["model"]?["generates"]?.texts.joined(separator: ", ") ?? ""),
      ("Placing on the Union market", day ?? FilingBlocks.missing),
    ]
    for (name, key) in [
      ("Original model", "original_model"), ("Withdrawn on", "withdrawn"),
    ] {
      if let text = package.words("model", key) { block.facts.append((name, text)) }
    }
    if let digest = package["model"]?["version_record"]?.words("weights_sha256") {
      block.facts.append(("SHA-256 of the weights of that version", digest))
    }
    return block
  }

  private var requirement: DocumentBlock {
    var block = DocumentBlock("requirement", "Requirement that is met or will be met")
    block.paragraphs = [
      Typography.sentence(stated("requirement", "words")) + ".",
      stated("requirement", "classification"),
    ]
    if let assessment = package.words("requirement", "assessment") {
      block.paragraphs.append("How it was assessed: " + assessment)
    }
    let citations = package["requirement"]?["citations"]?.items ?? []
    let basis = citations.compactMap { $0.words("citation") }.joined(separator: "; ")
    block.paragraphs.append("Basis: " + basis + ".")
    return block
  }

  private var triggers: DocumentBlock {
    var block = DocumentBlock("triggers", "Since when")
    let rows = (package["triggers"]?.items ?? []).map { trigger in
      [
        Typography.sentence(trigger.words("words") ?? ""),
        trigger.words("day") ?? "not on the record",
        trigger.words("source") ?? "", trigger.words("binding_last_day") ?? "—",
        trigger["governs"] == .bool(true) ? "governs" : "",
      ]
    }
    block.table = (
      "Both triggers of Art. 52(1); the earliest governs",
      ["Trigger", "Day", "Known from", "Two weeks end", "Which governs"], rows
    )
    return block
  }

  private var compute: DocumentBlock {
    var block = DocumentBlock("compute", "Compute")
    guard package["compute"] != .null, package["compute"] != nil else {
      block.paragraphs = ["The cumulative training compute is not known."]
      return block
    }
    block.facts = [
      ("Cumulative training compute", stated("compute", "stated")),
      ("Exact figure", stated("compute", "exact") + " FLOP"),
      ("Version of the compute ledger", stated("compute", "ledger_version")),
    ]
    let rows = (package["compute"]?["parts"]?.items ?? []).map { part in
      [
        part.words("id") ?? "", part.words("flop") ?? "unknown",
        OpinionWords.source(part.words("source") ?? ""),
      ]
    }
    block.table = ("What it is made of", ["Part", "FLOP", "Method"], rows)
    return block
  }

  private var approach: DocumentBlock {
    var block = DocumentBlock("approach", "How the compute was estimated")
    if let text = package.words("approach", "description") { block.paragraphs = [text] }
    let rows = (package["approach"]?["lines"]?.items ?? []).map { line -> [String] in
      let estimate = line["estimate"]
      let method = estimate?.words("method").map { OpinionWords.source($0) } ?? "unknown"
      let inputs = (estimate?["inputs"]?.members ?? []).map { "\($0.0) \($0.1.plain)" }
      return [
        line.words("line") ?? "", line.words("activity") ?? "", line.words("counts") ?? "",
        method, inputs.joined(separator: ", "),
        estimate?.words("flop_2_significant_figures") ?? "unknown",
      ]
    }
    block.table = (
      "Lines of the compute ledger",
      ["Line", "Activity", "Counts", "Method", "Inputs", "FLOP"], rows
    )
    return block
  }

  private var approximations: DocumentBlock {
    var block = DocumentBlock("approximations", "Approximations")
    if let text = package.words("approximations", "description") { block.paragraphs = [text] }
    block.items =
      (package["approximations"]?["assumptions"]?.texts ?? []).map { OpinionWords.assumption($0) }
      + (package["approximations"]?["forecast"]?.texts ?? [])
    if block.isEmpty { block.paragraphs = ["No approximations are stated."] }
    return block
  }

  private var designation: DocumentBlock {
    var block = DocumentBlock("designation", "Designation by the Commission")
    guard let json = package["designation"], json != .null else { return block }
    block.facts = [
      ("On", json.words("on") ?? FilingBlocks.missing),
      ("Under Article", json.words("under") ?? FilingBlocks.missing),
    ]
    return block
  }

  private var further: DocumentBlock {
    var block = DocumentBlock("further", "Further information, given voluntarily")
    let titles = [
      ("intended_purpose", "Intended purpose and ways of use"),
      ("data_provenance", "Where the training data comes from"),
      ("documentation", "Documents and model cards"), ("capabilities", "Capabilities"),
    ]
    block.facts = titles.compactMap { key, title in
      package.words("further", key).map { (title, $0) }
    }
    return block
  }

  private var evidence: DocumentBlock {
    var block = DocumentBlock("evidence", "Evidence")
    let rows = (package["evidence"]?.items ?? []).map { item in
      [item.words("title") ?? "", item.words("sha256") ?? "—", item.words("record") ?? ""]
    }
    block.table = ("Records that show it", ["What", "SHA-256", "Record"], rows)
    return block
  }

  private var subject: DocumentBlock {
    var block = DocumentBlock("subject", "Subject")
    block.facts = [("Model", stated("model", "name"))]
    for (key, title) in [
      ("designated_on", "Designated on"), ("period_runs_from", "Six months run from"),
      ("may_be_sent_from", "May be sent from"),
    ] {
      if let text = package.words(key) { block.facts.append((title, text)) }
    }
    if let caution = package.words("caution") { block.paragraphs = [caution] }
    return block
  }

  private var parts: [DocumentBlock] {
    (package["parts"]?.items ?? []).enumerated().map { index, part in
      var block = DocumentBlock("part-\(index + 1)", part.words("title") ?? "")
      block.paragraphs = [part.words("text") ?? ""]
      if let basis = part.words("basis") { block.paragraphs.append("Basis: " + basis + ".") }
      return block
    }
  }

  private var evidenceNames: DocumentBlock {
    var block = DocumentBlock("evidence", "Evidence")
    block.items = package["evidence"]?.texts ?? []
    return block
  }
}

extension JSON {
  /// The text at a path of members; nil where there is none.
  func words(_ path: String...) -> String? { words(path) }

  func words(_ path: [String]) -> String? {
    var value: JSON? = self
    for step in path { value = value?[step] }
    switch value {
    case .string(let text)?: return text
    case .int(let number)?: return String(number)
    default: return nil
    }
  }

  /// A scalar without quotes.
  var plain: String { words() ?? compact }
}
