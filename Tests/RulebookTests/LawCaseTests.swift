import Ground
import RuleFile
import Rulebook
import Testing

@Suite("The law answers the cases")
struct LawCaseTests {
  @Test("The cases are written as they should be, and none is there twice")
  func written() {
    #expect(LawCase.all.problems == [])
    #expect(LawCase.questions.count >= 150 && LawCase.ends.count >= 75)
    var seen: Set<String> = []
    let twice = LawCase.all.cases.filter { entry in
      let identity = [
        entry.ask ?? "", entry.day?.iso ?? "", "\(entry.wanted.sorted { $0.key < $1.key })",
      ]
      return !seen.insert(identity.joined(separator: "|")).inserted
    }
    #expect(twice.map(\.testDescription) == [])
  }

  @Test("A question as of a day has the answer of that day", arguments: LawCase.questions)
  func asOf(entry: LawCase) throws {
    let law = Law.at(try #require(entry.day))
    let ask = try #require(entry.ask)
    let id = try #require(law.resolve(ask))
    let provision = law.provision(id)
    guard entry.wanted["exists"] != "no" else {
      #expect(provision == nil)
      return
    }
    let found = try #require(provision)
    let version = found.version
    let facts: [String: String?] = [
      "exists": "yes", "document": version.document, "cite": version.cite,
      "until": found.until?.iso, "force": found.rule.force.rawValue,
      "period": version.period?.words, "kind": version.period?.kind.rawValue,
      "counting": version.period?.counting.rawValue,
      "repeats": version.period.map { $0.repeats ? "yes" : "no" },
      "threshold": version.threshold.map { "\($0.comparison.rawValue) \($0.value) \($0.unit)" },
      "fixed-day": version.day?.iso,
    ]
    for (key, value) in entry.wanted { #expect(facts[key] == value, "\(key)") }
    for phrase in entry.says { #expect(version.text.contains(phrase)) }
    for phrase in entry.silent { #expect(!version.text.contains(phrase)) }
  }

  @Test("A period ends on the day that Regulation 1182/71 gives", arguments: LawCase.ends)
  func end(entry: LawCase) throws {
    let law = Law.at(Law.checked)
    let period = try #require(entry.period(law))
    let event = try #require(Instant(entry.wanted["from"] ?? ""))
    let calendar = try #require(law.calendar(entry.wanted["calendar"] ?? "commission"))
    let due = DueDate.count(period, from: event, calendar: calendar)
    let facts: [String: String] = [
      "plain": due.plainLastDay.iso, "regulation": due.regulationLastDay.iso,
      "alarm": due.alarmDay.iso, "plain-end": due.plain.rfc3339,
      "regulation-end": due.regulation.rfc3339, "status": due.calendarStatus.rawValue,
      "kind": due.kind.rawValue,
    ]
    for (key, value) in entry.wanted {
      if let fact = facts[key] { #expect(fact == value, "\(key)") }
    }
    #expect(entry.wanted["plain"] != nil && entry.wanted["regulation"] != nil)
    #expect(due.basis.allSatisfy { $0.hasSuffix(".") })
  }

  @Test("Every version of every period and threshold has a case that names it")
  func complete() {
    let asked = Set(LawCase.questions.map { ($0.ask ?? "") + "@" + ($0.day?.iso ?? "") })
    let counted = Set(LawCase.ends.compactMap { $0.wanted["rule"] })
    var without: [String] = []
    for rule in Law.at(Law.checked).rules {
      for version in rule.versions where version.period != nil || version.threshold != nil {
        let key = rule.id + "@" + version.from.iso
        if !asked.contains(key) { without.append(key) }
      }
      if rule.versions.contains(where: { $0.period != nil }), !counted.contains(rule.id) {
        without.append(rule.id + " has no end")
      }
    }
    #expect(without == [])
  }
}
