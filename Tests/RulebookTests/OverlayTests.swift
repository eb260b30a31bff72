import Ground
import RuleFile
import Rulebook
import Testing

@Suite("An organisation's overlay")
struct OverlayTests {
  private static let own = """
    rules:
      - id: house/second-look
        kind: duty
        title: A second look at every estimate
        force: house
        confidence: unverified
        for: [provider]
        tier: any
        related: [ai-act/52/1]
        versions:
          - from: 2026-01-01
            document: house
            cite: Handbook 4
            text: Two people check every estimate.
            period: {amount: 3, unit: days, counting: plain, starts: the estimate}

    """
  private static let good =
    "overlay: Example Models\nchecked: 2026-10-01\n" + """
      switch:
        - {rule: house/early-warning, on: yes}
        - {rule: house/union-hosting, on: no}
        - {rule: house/triage, on: yes, period: {amount: 6, unit: hours, counting: plain}}
      shorten:
        - {rule: ai-act/52/1, amount: 5, unit: days, reason: the board wants to know first}
        - {rule: 'cop 9.3 harm', amount: 10, unit: days, reason: one rhythm for all}

      """ + own

  private func read(_ text: String) throws -> Overlay {
    switch Overlay.read(text, file: "house.yaml") {
    case .success(let overlay): return overlay
    case .failure(let list): throw list
    }
  }

  private func problems(_ text: String) -> [Problem] {
    switch Overlay.read(text, file: "house.yaml") {
    case .success: []
    case .failure(let list): list.problems
    }
  }

  @Test("A good one switches house rules, adds its own and shortens periods")
  func good() throws {
    let law = Law.at(Law.checked, overlay: try read(Self.good))
    let overlay = try #require(law.overlay)
    #expect(overlay.name == "Example Models")
    #expect(overlay.isOn("house/early-warning") && !overlay.isOn("house/union-hosting"))
    #expect(law.provision("ai-act/52/1")?.version.period?.words == "5 days")
    #expect(law.provision("ai-act/52/1")?.version.period?.counting == .regulation)
    #expect(law.provision("ai-act/52/1")?.version.note?.contains("Example Models") == true)
    #expect(law.provision("cop/safety/9.3/harm")?.version.period?.words == "10 days")
    #expect(law.provision("house/triage")?.version.period?.words == "6 hours")
    #expect(law.provision("house/second-look")?.version.period?.words == "3 days")
    #expect(law.ids.last == "house/second-look")
    #expect(law.resolve("house/second-look") == "house/second-look")
    #expect(overlay.changes.contains("shortened: ai-act/52/1 to 5 days"))
  }

  @Test("Without it the law is as it was")
  func untouched() throws {
    _ = try read(Self.good)
    let law = Law.at(Law.checked)
    #expect(law.provision("ai-act/52/1")?.version.period?.words == "2 weeks")
    #expect(law.provision("house/second-look") == nil)
  }

  static let refusals: [(String, String, String)] = [
    (
      "shorten:\n  - {rule: ai-act/52/1, amount: 3, unit: weeks, reason: comfort}\n",
      "rulebook.overlay-lengthens", "house.yaml:3:33"
    ),
    (
      "shorten:\n  - {rule: ai-act/52/1, amount: 10, unit: working-days, reason: comfort}\n",
      "rulebook.overlay-lengthens", "house.yaml:3:33"
    ),
    (
      "shorten:\n  - {rule: ai-act/52/1, amount: 0, unit: days, reason: haste}\n",
      "rulebook.overlay-lengthens", "house.yaml:3:33"
    ),
    (
      "shorten:\n  - {rule: ai-act/52/5, amount: 1, unit: months, reason: haste}\n",
      "rulebook.overlay-not-deadline", "house.yaml:3:12"
    ),
    (
      "shorten:\n  - {rule: cop/safety/1.1/before-market, amount: 1, unit: weeks, reason: haste}\n",
      "rulebook.overlay-not-deadline", "house.yaml:3:12"
    ),
    (
      "shorten:\n  - {rule: ai-act/51/2, amount: 1, unit: days, reason: none}\n",
      "rulebook.overlay-no-period", "house.yaml:3:12"
    ),
    (
      "shorten:\n  - {rule: ai-act/99/9, amount: 1, unit: days, reason: none}\n",
      "rulebook.unknown-rule", "house.yaml:3:12"
    ),
    (
      "shorten:\n  - {rule: ai-act/52/1, amount: 1, unit: days}\n", "rulefile.missing-key",
      "house.yaml:3:5"
    ),
    ("switch:\n  - {rule: house/nothing, on: yes}\n", "rulebook.unknown-rule", "house.yaml:3:12"),
    ("switch:\n  - {rule: ai-act/52/1, on: no}\n", "rulebook.overlay-not-house", "house.yaml:3:12"),
    ("switch:\n  - {rule: house/triage, on: maybe}\n", "rulefile.not-yes-or-no", "house.yaml:3:30"),
    ("swich:\n  - {rule: house/triage, on: yes}\n", "rulefile.unknown-key", "house.yaml:2:1"),
    ("switch:\n  - {rule: house/triage, of: yes}\n", "rulefile.unknown-key", "house.yaml:3:26"),
    ("checked: 2026-02-30\n", "rulefile.not-a-day", "house.yaml:2:10"),
    ("thresholds:\n  ai-act/51/2: 10^26\n", "rulefile.unknown-key", "house.yaml:2:1"),
    (
      own.replacingWord("house/second-look", "ai-act/51/9"), "rulebook.overlay-not-house",
      "house.yaml:3:5"
    ),
    (
      own.replacingWord("force: house", "force: statute"), "rulebook.overlay-not-house",
      "house.yaml:3:5"
    ),
    (
      own.replacingWord("house/second-look", "house/triage"), "rulebook.overlay-duplicate",
      "house.yaml:3:5"
    ),
    (own.replacingWord("[ai-act/52/1]", "[ai-act/99]"), "rulebook.unknown-rule", "house.yaml:3:5"),
    (own.replacingWord("2026-01-01", "2026-01-32"), "rulefile.not-a-day", "house.yaml:12:15"),
    (
      own.replacingWord("related: [ai-act/52/1]", "when: {rule: house/second-look}"),
      "rulefile.circle", "house.yaml:3:5"
    ),
    ("shorten: &all []\n", "rulefile.anchor-or-tag", "house.yaml:2:10"),
  ]

  @Test(
    "Whatever would loosen, misspell or run in a circle is refused with file, line and remedy",
    arguments: refusals)
  func refused(text: String, code: String, place: String) {
    let found = problems("overlay: Example Models\n" + text)
    #expect(found.first?.code == code)
    #expect(found.first?.places.first?.text == place)
    #expect(found.allSatisfy { !$0.mend.isEmpty && !$0.why.isEmpty })
  }

  @Test("An overlay without a name is refused")
  func nameless() { #expect(problems("switch: []\n").map(\.code) == ["rulefile.missing-key"]) }

  @Test("Two own rules of one id are refused")
  func twice() {
    let again = Self.own.replacingWord("rules:\n", "")
    let found = problems("overlay: X\n" + Self.own + again)
    #expect(found.map(\.code) == ["rulebook.overlay-duplicate"])
  }

  @Test("A reference to a house rule that does not exist is refused")
  func danglingHouse() {
    let text = Self.own.replacingWord("[ai-act/52/1]", "[house/does-not-exist]")
    #expect(problems("overlay: X\n" + text).map(\.code) == ["rulebook.unknown-rule"])
  }

  @Test("A condition on a rule that does not exist is refused")
  func danglingCondition() {
    let text = Self.own.replacingWord("related: [ai-act/52/1]", "when: {rule: ai-act/99}")
    #expect(problems("overlay: X\n" + text).map(\.code) == ["rulebook.unknown-rule"])
  }

  @Test("A house rule switched on with a longer period of its own is the organisation's business")
  func houseMayChange() throws {
    let text = "overlay: X\nswitch:\n  - {rule: house/triage, period: {amount: 90, unit: hours}}\n"
    let law = Law.at(Law.checked, overlay: try read(text))
    #expect(law.provision("house/triage")?.version.period?.words == "90 hours")
  }

  static let equivalents: [(Int, PeriodRule.Unit, Bool)] = [
    (14, .days, true), (15, .days, false), (2, .weeks, true), (336, .hours, true),
    (337, .hours, false), (1, .months, false), (1, .workingDays, true), (1, .years, false),
  ]

  @Test(
    "A period in another unit is accepted only when it can never be longer", arguments: equivalents)
  func units(amount: Int, unit: PeriodRule.Unit, isAccepted: Bool) {
    let text =
      "overlay: X\nshorten:\n  - {rule: '52(1)', amount: \(amount), unit: \(unit.rawValue), reason: r}\n"
    #expect(problems(text).isEmpty == isAccepted)
  }
}

extension String {
  /// The text with a word replaced, once.
  fileprivate func replacingWord(_ old: String, _ new: String) -> String {
    guard let range = firstRange(of: old) else { return self }
    return replacingCharacters(range, with: new)
  }

  private func firstRange(of word: String) -> Range<Index>? {
    indices.first { self[$0...].hasPrefix(word) }.map { $0..<index($0, offsetBy: word.count) }
  }

  private func replacingCharacters(_ range: Range<Index>, with new: String) -> String {
    String(self[..<range.lowerBound]) + new + String(self[range.upperBound...])
  }
}
