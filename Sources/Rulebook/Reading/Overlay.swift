public import Ground
public import RuleFile

/// An organisation's own rules: they add duties, switch house rules on, and shorten periods; nothing else.
public struct Overlay: Sendable {
  /// Whose rules these are.
  public let name: String
  /// Own rules, and shipped house rules that it switches on or changes.
  public let rules: [Rule]
  /// The file as it was read: what decisions keep, so that they can be asked again by the rules of then.
  public private(set) var text = ""
  private let periods: [String: PeriodRule]

  /// Reads an overlay file against the shipped law.
  ///
  /// - Returns: the overlay, or every problem found with file and line.
  public static func read(_ text: String, file: String) -> Result<Overlay, ProblemList> {
    let node: RuleNode
    do {
      node = try RuleNode.read(text, file: file)
    } catch {
      return .failure(ProblemList([error]))
    }
    var reader = OverlayReader(law: Law.at(Law.checked))
    var overlay = reader.read(node)
    overlay.text = text
    return reader.problems.isEmpty ? .success(overlay) : .failure(ProblemList(reader.problems))
  }

  init(name: String, rules: [Rule], periods: [String: PeriodRule]) {
    self.name = name
    self.rules = rules
    self.periods = periods
  }

  /// Whether a house rule is switched on.
  public func isOn(_ id: String) -> Bool { rules.first { $0.id == id }?.isOn ?? false }

  /// What it changes, a line each.
  public var changes: [String] {
    rules.map { rule in
      let period = rule.versions.last?.period.map { ", " + $0.words } ?? ""
      return (rule.isOn == false ? "off: " : "on:  ") + rule.id + period
    } + periods.sorted { $0.key < $1.key }.map { "shortened: \($0.key) to \($0.value.words)" }
  }

  /// Whether it shortens the period of a rule.
  public func shortens(_ id: String) -> Bool { periods[id] != nil }

  func applied(to rule: Rule) -> Rule {
    guard let period = periods[rule.id] else { return rule }
    var changed = rule
    for index in changed.versions.indices where changed.versions[index].period != nil {
      changed.versions[index].period = period
      changed.versions[index].note =
        "Shortened by the house rules of \(name). " + (changed.versions[index].note ?? "")
    }
    return changed
  }
}

/// Several problems at once.
public struct ProblemList: Error, Sendable {
  /// The problems, in the order of the file.
  public let problems: [Problem]

  /// A list of problems.
  public init(_ problems: [Problem]) { self.problems = problems }
}

/// Reads an overlay and refuses what would remove or lengthen.
struct OverlayReader {
  let law: Law
  var problems: [Problem] = []

  init(law: Law) { self.law = law }

  mutating func read(_ node: RuleNode) -> Overlay {
    var fields = Fields(node, "an overlay")
    let name = fields.needed("overlay")
    let checked = fields.day("checked") ?? Law.checked
    var rules: [Rule] = []
    var periods: [String: PeriodRule] = [:]
    for item in fields.list("switch") { if let rule = switched(item) { rules.append(rule) } }
    for item in fields.list("shorten") {
      if let (id, period) = shortened(item) { periods[id] = period }
    }
    var places: [String: Place] = [:]
    for item in fields.list("rules") {
      guard let rule = own(item, checked) else { continue }
      if places[rule.id] != nil { duplicate(rule.id, item.place) }
      rules.append(rule)
      places[rule.id] = item.place
    }
    for rule in rules { if let place = places[rule.id] { checkReferences(rule, places, place) } }
    fields.finish()
    problems += fields.problems
    let circles = LawCheck.circles(rules) { places[$0] }
    problems += circles
    problems = Array(problems.prefix(Fields.mostProblems))
    return Overlay(name: name, rules: rules, periods: periods)
  }

  private mutating func switched(_ node: RuleNode) -> Rule? {
    var fields = Fields(node, "a switch")
    let id = fields.needed("rule")
    let isOn = fields.flag("on")
    let period = fields.node("period").flatMap { PeriodRule.read($0, into: &problems) }
    fields.finish()
    problems += fields.problems
    guard var rule = law.rule(id) else {
      unknown(id, fields.place(of: "rule"))
      return nil
    }
    guard rule.force == .house else {
      refuse(
        "rulebook.overlay-not-house", "\(id) is not a house rule",
        "only house rules can be switched; the law applies as it stands",
        "to be stricter, shorten its period under `shorten:`", fields.place(of: "rule"))
      return nil
    }
    rule.isOn = isOn ?? true
    if let period {
      for index in rule.versions.indices { rule.versions[index].period = period }
    }
    return rule
  }

  private mutating func shortened(_ node: RuleNode) -> (String, PeriodRule)? {
    var fields = Fields(node, "a shortened period")
    let spelling = fields.needed("rule")
    let amount = fields.integer("amount") ?? 0
    let unit = fields.choice("unit", of: PeriodRule.Unit.self)
    _ = fields.needed("reason")
    for key in ["amount", "unit"] where fields.text(key) == nil { _ = fields.needed(key) }
    let place = fields.place(of: "rule")
    let amountPlace = fields.place(of: "amount")
    fields.finish()
    problems += fields.problems
    guard fields.problems.isEmpty, let unit else { return nil }
    guard let id = law.resolve(spelling), let rule = law.rule(id) else {
      unknown(spelling, place)
      return nil
    }
    guard let old = rule.versions.compactMap(\.period).last else {
      refuse(
        "rulebook.overlay-no-period", "\(id) sets no period",
        "an overlay can shorten periods; a threshold changes only with a new release",
        "`systemic law rules` lists the rules with a period", place)
      return nil
    }
    guard old.kind == .deadline else {
      refuse(
        "rulebook.overlay-not-deadline", "\(id) is not a deadline",
        "shortening a not-before date or a period counted backwards would loosen it",
        "add a house rule of your own instead", place)
      return nil
    }
    var period = old
    period.amount = amount
    period.unit = unit
    guard amount > 0, period.longestHours <= old.shortestHours else {
      refuse(
        "rulebook.overlay-lengthens",
        "\(period.words) may end later than the \(old.words) of \(id)",
        "an overlay can shorten a period, never lengthen it",
        "choose a period that is never longer than \(old.words)", amountPlace)
      return nil
    }
    return (id, period)
  }

  private mutating func own(_ node: RuleNode, _ checked: Day) -> Rule? {
    guard let rule = Rule.read(node, checked: checked, into: &problems) else { return nil }
    if rule.force != .house || !rule.id.hasPrefix("house/") {
      refuse(
        "rulebook.overlay-not-house", "\(rule.id) claims to be more than a house rule",
        "an organisation cannot make statute, guideline or code, nor change a threshold of the law",
        "give it an id that begins with house/ and `force: house`", node.place)
      return nil
    }
    if law.rule(rule.id) != nil {
      duplicate(rule.id, node.place)
      return nil
    }
    return rule
  }

  private mutating func checkReferences(_ rule: Rule, _ own: [String: Place], _ place: Place) {
    let references =
      rule.related + rule.exceptions.map(\.cite) + (rule.when?.references ?? [])
      + rule.exceptions.flatMap(\.when.references)
    for id in references where law.rule(id) == nil && own[id] == nil { unknown(id, place) }
  }

  private mutating func duplicate(_ id: String, _ place: Place) {
    refuse(
      "rulebook.overlay-duplicate", "\(id) is the id of another rule",
      "it would be unclear which one holds",
      "use `switch:` to change a shipped house rule, or choose another id", place)
  }

  private mutating func unknown(_ id: String, _ place: Place) {
    refuse(
      "rulebook.unknown-rule", "there is no rule \"\(id)\" here",
      "an overlay can refer only to rules that exist",
      "`systemic law rules` lists those with a period, `systemic law list` all", place)
  }

  private mutating func refuse(
    _ code: String, _ what: String, _ why: String, _ mend: String, _ place: Place
  ) {
    problems.append(Problem(code, what: what, why: why, mend: mend, places: [place]))
  }
}

extension PeriodRule {
  /// The least it can last, in hours.
  var shortestHours: Int { amount * hours(least: true) }
  /// The most it can last, in hours; a week off is reckoned with for working days.
  var longestHours: Int {
    unit == .workingDays ? (amount + amount / 5 * 2 + 2 + 10) * 24 : amount * hours(least: false)
  }

  private func hours(least: Bool) -> Int {
    switch unit {
    case .hours: 1
    case .days, .workingDays: 24
    case .weeks: 168
    case .months: least ? 28 * 24 : 31 * 24
    case .years: least ? 365 * 24 : 366 * 24
    }
  }
}
