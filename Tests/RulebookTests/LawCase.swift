import Ground
import RuleFile
import Rulebook
import TestSupport
import Testing

/// One case of `Cases/*.yaml`: a question to the law, with the answer that must come.
///
/// As of a day: `name, day, ask` and any of `exists, document, cite, until, force, says, silent, period, kind, counting, repeats,
/// threshold, fixed-day`. The end of a period: `name, rule` or `period, from` and `plain, regulation`, further `alarm,
/// plain-end, regulation-end, status, kind, calendar`.
struct LawCase: Sendable, CustomTestStringConvertible {
  var file: String
  var name: String
  var ask: String?
  var day: Day?
  var wanted: [String: String] = [:]
  var says: [String] = []
  var silent: [String] = []

  var testDescription: String { "\(file): \(name)" }

  private static let keys = [
    "exists", "document", "cite", "until", "force", "period", "kind", "counting", "repeats",
    "threshold", "fixed-day", "rule", "from", "plain", "regulation", "alarm", "plain-end",
    "regulation-end", "status", "calendar",
  ]

  private init(_ node: RuleNode, _ file: String, _ problems: inout [Problem]) {
    var fields = Fields(node, "a case")
    self.file = file
    name = fields.needed("name")
    ask = fields.text("ask")
    day = fields.day("day")
    for key in LawCase.keys { wanted[key] = fields.text(key) }
    says = fields.texts("says")
    silent = fields.texts("silent")
    fields.finish()
    problems += fields.problems
  }

  /// All cases of all files, and what is wrong with how they are written.
  static let all: (cases: [LawCase], problems: [String]) = {
    var cases: [LawCase] = []
    var problems: [Problem] = []
    let folder = "Tests/RulebookTests/Cases/"
    for file in Repository.files(in: folder, ending: ".yaml") {
      do {
        var fields = Fields(
          try RuleNode.read(try Repository.text(folder + file), file: file), "the file")
        cases += fields.list("cases").map { LawCase($0, file, &problems) }
        fields.finish()
        problems += fields.problems
      } catch {
        problems.append(
          error as? Problem ?? Problem("test.unreadable", what: "\(file) cannot be read"))
      }
    }
    return (cases, problems.map(\.compilerLine))
  }()

  static var questions: [LawCase] { all.cases.filter { $0.ask != nil } }
  static var ends: [LawCase] { all.cases.filter { $0.ask == nil } }

  /// The period of the case: that of a rule, or a free one such as `5 working-days`.
  func period(_ law: Law) -> PeriodRule? {
    if let rule = wanted["rule"] { return law.provision(rule)?.version.period }
    let words = (wanted["period"] ?? "").split(separator: " ").map(String.init)
    guard words.count == 2, let amount = Int(words[0]),
      let unit = PeriodRule.Unit(rawValue: words[1])
    else { return nil }
    let kind = wanted["kind"].flatMap { PeriodRule.Kind(rawValue: $0) }
    return PeriodRule(amount: amount, unit: unit, kind: kind ?? .deadline)
  }
}
