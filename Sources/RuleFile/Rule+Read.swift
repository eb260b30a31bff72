public import Ground

extension Rule {
  /// A quotation has at most so many words.
  public static let longestQuoteWords = 15

  /// Reads one rule of a file; problems are gathered, nil when it cannot stand.
  public static func read(
    _ node: RuleNode, checked: Day, into problems: inout [Problem]
  ) -> Rule? {
    var fields = Fields(node, "a rule")
    let id = fields.needed("id")
    checkID(id, &fields)
    let kind = fields.choice("kind", of: Kind.self)
    let title = fields.needed("title")
    let force = fields.choice("force", of: Force.self)
    let confidence = fields.choice("confidence", of: Confidence.self)
    let audience = choices("for", of: Audience.self, &fields)
    let tier = fields.choice("tier", of: Tier.self)
    for key in ["kind", "force", "confidence", "tier", "for"] where fields.node(key) == nil {
      fields.report(
        "rulefile.missing-key", "the rule \(id) has no \"\(key)\"",
        "every rule states it", "add `\(key): …`", fields.place)
    }
    var inner: [Problem] = []
    let exceptions = fields.list("exceptions").compactMap { RuleException.read($0, &inner) }
    let condition = fields.node("when").flatMap { Condition.read($0, &inner) }
    let counts = fields.node("counts").flatMap { Counts.read($0, &inner) }
    let versions = fields.list("versions").compactMap { RuleVersion.read($0, &inner) }
    fields.absorb(inner)
    checkVersions(versions, &fields)
    let quotes = fields.texts("quotes")
    checkQuotes(quotes, &fields)
    let rule = Rule(
      id: id, kind: kind ?? .provision, title: title, force: force ?? .house,
      confidence: confidence ?? .unverified, audience: audience, tier: tier ?? .any,
      evidence: fields.text("evidence"), exemption: fields.text("exemption"),
      deadline: fields.text("deadline"), related: fields.texts("related"), quotes: quotes,
      when: condition, exceptions: exceptions, aliases: fields.texts("aliases"),
      isOn: fields.flag("default"), order: fields.integer("order"),
      recipients: choices("recipients", of: Recipient.self, &fields), counts: counts,
      checked: checked, versions: versions)
    fields.finish()
    problems += fields.problems
    return fields.problems.isEmpty ? rule : nil
  }

  private static func checkID(_ id: String, _ fields: inout Fields) {
    let allowed = id.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || [0x2D, 0x2E, 0x2F].contains($0)
    }
    if !id.isEmpty, !allowed || id.hasPrefix("/") || id.hasSuffix("/") {
      fields.report(
        "rulefile.bad-id", "\"\(id)\" cannot be the id of a rule",
        "an id is a citation in lower case letters, digits, `.`, `-` and `/`",
        "write it like ai-act/52/1", fields.place(of: "id"))
    }
  }

  private static func checkVersions(_ versions: [RuleVersion], _ fields: inout Fields) {
    if versions.isEmpty {
      fields.report(
        "rulefile.no-version", "a rule has no version that can be read",
        "no rule is undated", "give `versions:` with `from`, `document`, `cite` and `text`",
        fields.place(of: "versions"))
    }
    for (earlier, later) in zip(versions, versions.dropFirst()) where earlier.from >= later.from {
      fields.report(
        "rulefile.versions-order",
        "the version from \(later.from.iso) follows one from \(earlier.from.iso)",
        "versions stand in the order in which they came to apply", "put them in order",
        fields.place(of: "versions"))
    }
  }

  private static func checkQuotes(_ quotes: [String], _ fields: inout Fields) {
    for quote in quotes where quote.split(separator: " ").count > longestQuoteWords {
      fields.report(
        "rulefile.long-quote", "a quotation has more than \(longestQuoteWords) words",
        "the rules hold no copied sentences", "quote the decisive words only",
        fields.place(of: "quotes"))
    }
  }

  private static func choices<Choice>(
    _ key: String, of type: Choice.Type, _ fields: inout Fields
  ) -> [Choice] where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    var result: [Choice] = []
    for text in fields.texts(key) {
      if let value = Choice(rawValue: text) {
        result.append(value)
      } else {
        fields.report(
          "rulefile.not-a-choice", "\"\(text)\" is not a value of \"\(key)\"",
          "the list is closed",
          "choose among \(Choice.allCases.map(\.rawValue).joined(separator: ", "))",
          fields.place(of: key))
      }
    }
    return result
  }
}

extension RuleVersion {
  static func read(_ node: RuleNode, _ problems: inout [Problem]) -> RuleVersion? {
    var fields = Fields(node, "a version")
    let from = fields.day("from")
    if fields.text("from") == nil { _ = fields.needed("from") }
    let repealed = fields.flag("repealed") ?? false
    let document = fields.needed("document")
    let cite = fields.needed("cite")
    let text = repealed ? fields.text("text") ?? "" : fields.needed("text")
    if !repealed, !text.isEmpty, !text.hasSuffix(".") {
      fields.report(
        "rulefile.no-full-stop", "the text does not end with a full stop",
        "it may have been cut off", "finish the sentence", fields.place(of: "text"))
    }
    var inner: [Problem] = []
    let period = fields.node("period").flatMap { PeriodRule.read($0, into: &inner) }
    let threshold = fields.node("threshold").flatMap { ThresholdRule.read($0, &inner) }
    fields.absorb(inner)
    let version = RuleVersion(
      from: from ?? Day(sinceEpoch: 0), document: document, cite: cite,
      anchor: fields.text("anchor"), text: text, published: fields.day("published"),
      note: fields.text("note"), period: period, threshold: threshold, day: fields.day("day"),
      repealed: repealed)
    fields.finish()
    problems += fields.problems
    return fields.problems.isEmpty ? version : nil
  }
}

extension PeriodRule {
  /// Reads a period; problems are gathered, nil when it cannot stand.
  public static func read(_ node: RuleNode, into problems: inout [Problem]) -> PeriodRule? {
    var fields = Fields(node, "a period")
    let amount = fields.integer("amount")
    let period = PeriodRule(
      amount: amount ?? 0, unit: fields.choice("unit", of: Unit.self) ?? .days,
      kind: fields.choice("kind", of: Kind.self) ?? .deadline,
      counting: fields.choice("counting", of: Counting.self) ?? .unsettled,
      starts: fields.text("starts") ?? "", repeats: fields.flag("repeats") ?? false)
    for key in ["amount", "unit"] where fields.text(key) == nil { _ = fields.needed(key) }
    if let amount, !(1...100_000).contains(amount) {
      fields.report(
        "rulefile.period", "a period of \(amount) is not possible",
        "a period has at least one unit", "write a whole number from 1", fields.place(of: "amount"))
    }
    fields.finish()
    problems += fields.problems
    return fields.problems.isEmpty ? period : nil
  }
}

extension ThresholdRule {
  static func read(_ node: RuleNode, _ problems: inout [Problem]) -> ThresholdRule? {
    var fields = Fields(node, "a threshold")
    let comparison = fields.choice("comparison", of: Comparison.self)
    if fields.text("comparison") == nil { _ = fields.needed("comparison") }
    let threshold = ThresholdRule(
      quantity: fields.needed("quantity"), value: fields.needed("value"),
      unit: fields.needed("unit"), comparison: comparison ?? .above)
    fields.finish()
    problems += fields.problems
    return fields.problems.isEmpty ? threshold : nil
  }
}

extension RuleException {
  static func read(_ node: RuleNode, _ problems: inout [Problem]) -> RuleException? {
    var fields = Fields(node, "an exception")
    let label = fields.needed("label")
    let cite = fields.needed("cite")
    var inner: [Problem] = []
    let condition = fields.node("when").flatMap { Condition.read($0, &inner) }
    fields.absorb(inner)
    if condition == nil, inner.isEmpty { _ = fields.needed("when") }
    fields.finish()
    problems += fields.problems
    guard let condition, fields.problems.isEmpty else { return nil }
    return RuleException(label: label, cite: cite, when: condition)
  }
}

extension Counts {
  static func read(_ node: RuleNode, _ problems: inout [Problem]) -> Counts? {
    var fields = Fields(node, "the counting")
    let training = fields.choice("training", of: Verdict.self)
    let cumulative = fields.choice("cumulative", of: Verdict.self)
    for key in ["training", "cumulative"] where fields.text(key) == nil { _ = fields.needed(key) }
    fields.finish()
    problems += fields.problems
    guard let training, let cumulative, fields.problems.isEmpty else { return nil }
    return Counts(training: training, cumulative: cumulative)
  }
}
