import Duties
import Ground
import Rulebook
import TestSupport
import Testing

@Suite("Whether an incident is serious")
struct IncidentFactsTests {
  /// Facts from words such as `death:yes, causal_link:no`.
  static func facts(_ text: String) throws -> IncidentFacts {
    var facts = IncidentFacts()
    for pair in text.split(separator: ",") {
      let parts = pair.split(separator: ":").map { String($0.filter { $0 != " " }) }
      try facts.take(parts[0], .string(parts[1]))
    }
    return facts
  }

  @Test(
    "a category follows from its questions, in three values",
    arguments: [
      ("", IncidentCategory.death, "undetermined"), ("death:yes", .death, "yes"),
      ("death:no", .death, "no"), ("death:unknown", .death, "undetermined"),
      ("health_harmed:yes", .health, "undetermined"), ("health_serious:no", .health, "no"),
      ("health_harmed:yes, health_serious:yes", .health, "yes"),
      (
        "infrastructure_disrupted:yes, infrastructure_critical:yes, infrastructure_serious:yes",
        .infrastructure, "undetermined"
      ),
      ("infrastructure_irreversible:no", .infrastructure, "no"),
      (
        "infrastructure_disrupted:yes, infrastructure_critical:yes, infrastructure_serious:yes, "
          + "infrastructure_irreversible:yes", .infrastructure, "yes"
      ),
      ("rights:yes", .rights, "yes"),
      ("property_serious_harm:no", .propertyEnvironment, "undetermined"),
      ("environment_serious_harm:yes", .propertyEnvironment, "yes"),
      ("property_serious_harm:no, environment_serious_harm:no", .propertyEnvironment, "no"),
      ("weights_exfiltrated:yes", .cyberBreach, "yes"),
      ("model_breached:yes", .cyberBreach, "undetermined"),
      ("weights_exfiltrated:no, breach_serious:no", .cyberBreach, "no"),
      ("others_breached:yes, breach_serious:yes", .cyberBreach, "yes"),
      ("infrastructure:yes", .infrastructure, "yes"), ("cyber_breach:no", .cyberBreach, "no"),
      // Yes as a whole and no by a question: open, so that the clock stays in sight.
      ("infrastructure:yes, infrastructure_irreversible:no", .infrastructure, "undetermined"),
      ("health:yes, health_serious:no", .health, "undetermined"),
      ("health:no, health_serious:no", .health, "no"),
      ("cyber_breach:yes, weights_exfiltrated:no, breach_serious:no", .cyberBreach, "undetermined"),
      ("health:no, health_harmed:yes, health_serious:yes", .health, "yes"),
      ("property_environment:yes", .propertyEnvironment, "yes"),
      ("Cyber-Breach:YES", .cyberBreach, "yes"),
    ])
  func category(text: String, category: IncidentCategory, expected: String) throws {
    #expect(try IncidentFactsTests.facts(text).harm(category).word == expected)
  }

  @Test(
    "harm without a link to the model is not settled, and an excluded link settles it",
    arguments: [
      ("", "undetermined"), ("death:yes", "undetermined"), ("death:yes, causal_link:yes", "yes"),
      ("death:yes, causal_link:suspected", "yes"), ("death:yes, causal_link_suspected:yes", "yes"),
      ("death:yes, causal_link:open, causal_link_suspected:no", "undetermined"),
      ("death:yes, causal_link:excluded, cyber_breach:no", "no"),
      ("death:yes, causal_link:excluded", "undetermined"),
      ("death:yes, model_involved:no, cyber_breach:no", "no"),
      ("weights_exfiltrated:yes", "yes"), ("model_breached:yes, breach_serious:yes", "yes"),
      (
        "others_breached:yes, breach_serious:yes, model_breached:no, weights_exfiltrated:no",
        "undetermined"
      ),
      ("others_breached:yes, breach_serious:yes, causal_link:established", "yes"),
      (
        "death:no, health:no, infrastructure:no, rights:no, property_environment:no, cyber_breach:no",
        "no"
      ),
      (
        "death:no, health:no, infrastructure:no, rights:no, property_environment:no", "undetermined"
      ),
      ("death:yes, causal_link:no, causal_link_suspected:yes", "yes"),
      // A suspicion that was named stays, in whatever order the answers come.
      ("death:yes, causal_link:suspected, causal_link_suspected:unknown", "yes"),
      ("death:yes, causal_link_suspected:unknown, causal_link:suspected", "yes"),
      ("model_involved:no, causal_link:suspected, causal_link_suspected:unknown, death:yes", "yes"),
      ("death:yes, causal_link:suspected, causal_link_suspected:no", "yes"),
      ("death:yes, causal_link_suspected:no, causal_link:suspected", "yes"),
      (
        "cyber_breach:yes, breach_serious:no, weights_exfiltrated:no, causal_link:no",
        "undetermined"
      ),
    ])
  func serious(text: String, expected: String) throws {
    #expect(try IncidentFactsTests.facts(text).serious.word == expected)
  }

  static let allNo =
    "death:no, health:no, infrastructure:no, rights:no, property_environment:no, cyber_breach:no"

  @Test(
    "a report turns out to be an incident, a near miss, a hazard or none of them",
    arguments: [
      ("death:yes, causal_link:yes", IncidentStatus.incident), ("death:yes", .incident),
      ("health_harmed:yes", .incident), ("", nil), (allNo, nil),
      (allNo + ", event_happened:yes, could_have_been_serious:yes", .nearMiss),
      (allNo + ", event_happened:no, could_have_been_serious:yes", .hazard),
      (allNo + ", event_happened:no, could_have_been_serious:no", .notAnIncident),
      (allNo + ", event_happened:yes, could_have_been_serious:no", .incident),
      ("causal_link:no, cyber_breach:no", .notAnIncident),
      // A harm that the model did not cause may be one of an own high-risk system.
      ("death:yes, causal_link:no, cyber_breach:no", nil),
      ("death:yes, causal_link:no, cyber_breach:no, high_risk_system:no", .notAnIncident),
      ("death:yes, causal_link:no, cyber_breach:no, high_risk_system:yes", .incident),
      ("causal_link:no, cyber_breach:no, high_risk_system:yes", nil),
    ] as [(String, IncidentStatus?)])
  func status(text: String, expected: IncidentStatus?) throws {
    #expect(try IncidentFactsTests.facts(text).status == expected)
  }

  @Test("answers that contradict each other are told")
  func contradictions() throws {
    for text in [
      "causal_link:no, causal_link_suspected:yes", "model_involved:no, causal_link:yes",
      "infrastructure:yes, infrastructure_irreversible:no",
      "cyber_breach:no, weights_exfiltrated:yes", "health:yes, health_serious:no",
      "causal_link:suspected, causal_link_suspected:no",
    ] {
      #expect(try IncidentFactsTests.facts(text).contradictions.count == 1, "\(text)")
    }
    #expect(try IncidentFactsTests.facts("death:yes, causal_link:yes").contradictions.isEmpty)
  }

  private func times(_ first: String, _ second: String, days: Set<IncidentMoment>) throws
    -> IncidentTimes
  {
    var times = IncidentTimes()
    times[.occurred] = Instant(first)
    times[.awareOfInvolvement] = Instant(second)
    for moment in days { times.knowDayOnly(of: moment) }
    return times
  }

  @Test(
    "a day without an hour may be any hour of it; dates that cannot all be true are told in words")
  func dates() throws {
    let (evening, midnight) = ("2026-05-20T18:00:00+02:00", "2026-05-20T00:00:00+02:00")
    #expect(
      try times(evening, midnight, days: [.awareOfInvolvement]).contradictions.isEmpty,
      "known on the day on which it happened")
    #expect(try times(midnight, midnight, days: [.occurred]).contradictions.isEmpty)
    let said = try times(evening, midnight, days: []).contradictions
    #expect(
      said == [
        "the provider became aware of the involvement of its model on 2026-05-20 at 00:00 in Brussels, "
          + "before the incident occurred on 2026-05-20 at 18:00 in Brussels"
      ])
    let late = try times(
      "2026-05-21T00:00:00+02:00", midnight, days: [.occurred, .awareOfInvolvement])
    #expect(late.contradictions.first?.contains("on 2026-05-20, before") == true)
  }

  @Test("what is missing begins with the shortest time, with what words suggest, or with the link")
  func missing() throws {
    #expect(IncidentFacts().missing().first == .infrastructureDisrupted)
    #expect(IncidentFacts().missing(suggested: [.death]).first == .death)
    #expect(try IncidentFactsTests.facts("death:yes").missing().first == .modelInvolved)
    #expect(try IncidentFactsTests.facts(IncidentFactsTests.allNo).missing().isEmpty)
  }

  @Test(
    "an answer is taken as people and programs write it",
    arguments: [
      (JSON.bool(true), true), (.bool(false), false), (.string("Yes"), true),
      (.string(" NO "), false),
      (.string("y"), true), (.string("TRUE"), true), (.int(1), true), (.int(0), false),
      (.string("n/a"), nil), (.string("N/A"), nil), (.string("-"), nil), (.string("Unknown"), nil),
      (.string("not known"), nil), (.string(""), nil), (.null, nil),
    ] as [(JSON, Bool?)])
  func written(value: JSON, expected: Bool?) throws {
    for name in ["death", "Death", " DEATH "] {
      var facts = IncidentFacts()
      try facts.take(name, value)
      #expect(facts[.death] == expected)
    }
    var facts = IncidentFacts()
    for name in ["causalLink", "Causal link", "causal-link"] {
      try facts.take(name, .string("Established"))
      #expect(facts[.causalLink] == true)
      facts[.causalLink] = nil
    }
  }

  @Test("the order of answers changes nothing, and of two to one question the cautious one counts")
  func order() {
    let answers = ["yes", "no", "unknown", "suspected"]
    property(cases: 500) { random in
      var pairs = (0..<random.int(2...6)).map { _ in
        (random.pick(IncidentQuestion.allCases).rawValue, random.pick(answers))
      }
      pairs += [("causal_link", random.pick(answers)), ("causalLink", random.pick(answers))]
      pairs = pairs.filter { $0.1 != "suspected" || $0.0.lowercased().hasSuffix("link") }
      func facts() -> IncidentFacts? {
        try? IncidentFactsTests.facts(pairs.map { $0.0 + ":" + $0.1 }.joined(separator: ","))
      }
      guard let first = facts() else { return "\(pairs) cannot be read" }
      pairs.shuffle(using: &random)
      return facts() == first ? nil : "\(pairs) in another order"
    }
    for (pair, expected) in [
      ("death:yes, Death:no", true), ("Death:no, death:yes", true),
      ("death:no, DEATH:unknown", false),
    ] {
      #expect((try? IncidentFactsTests.facts(pair))?[.death] == expected, "\(pair)")
    }
  }

  @Test("an answer that is none, and a question that is none, are refused")
  func refused() {
    var facts = IncidentFacts()
    for value in [JSON.string("maybe"), .int(2), .array([]), .string("established")] {
      #expect(
        throws: Problem("duties.not-an-answer", what: "", places: [Place("facts", label: "death")])
      ) {
        try facts.take("death", value)
      }
    }
    #expect(
      throws: Problem("duties.unknown-question", what: "", places: [Place("facts", label: "x")])
    ) {
      try facts.take("x", .string("yes"))
    }
    #expect(facts == IncidentFacts())
  }

  /// Some facts, and one question that they leave open.
  private static func some(_ random: inout SplitMix64) -> (IncidentFacts, IncidentQuestion?) {
    var facts = IncidentFacts()
    for question in IncidentQuestion.allCases where random.int(0...2) > 0 {
      facts[question] = random.pick([true, false])
    }
    let open = IncidentQuestion.allCases.filter { facts[$0] == nil }
    return (facts, open.isEmpty ? nil : random.pick(open))
  }

  @Test("adding a fact never turns yes into undetermined, and decides a category for good")
  func monotone() {
    property(cases: 2000) { random in
      let (before, open) = IncidentFactsTests.some(&random)
      guard let open else { return nil }
      var after = before
      after[open] = random.pick([true, false])
      if before.serious == .yes, after.serious != .yes { return "\(before) with \(open)" }
      // A later suspicion reopens what was excluded, and is told as a contradiction.
      if before.serious == .no, !after.serious.isDecided, after.contradictions.isEmpty {
        return "\(before) with \(open)"
      }
      for category in IncidentCategory.allCases where before.harm(category).isDecided {
        if after.harm(category) != before.harm(category) { return "\(category) with \(open)" }
      }
      return nil
    }
  }

  @Test("a question that is missing is open, and an answer to all of them decides")
  func missingDecides() {
    property(cases: 1000) { random in
      var (facts, _) = IncidentFactsTests.some(&random)
      let missing = facts.missing()
      if let known = missing.first(where: { facts[$0] != nil }) { return "\(known) is known" }
      for question in missing { facts[question] = random.pick([true, false]) }
      return facts.serious.isDecided || !facts.missing().isEmpty ? nil : "nothing to ask: \(facts)"
    }
  }

  @Test(
    "every question has its row, its rules, and a category or group",
    arguments: IncidentQuestion.allCases)
  func table(question: IncidentQuestion) {
    let law = Law.at(Law.checked)
    #expect(question.words.hasSuffix("?") || question.words.contains("? "))
    #expect(question.citations(law).count == question.rules.count && !question.rules.isEmpty)
    #expect(
      question.category != nil || ["all", "system", "status", "score"].contains(question.group))
  }

  @Test("the score is a range that facts narrow, within its parts")
  func score() throws {
    property(cases: 500) { random in
      let (before, open) = IncidentFactsTests.some(&random)
      let wide = IncidentScore(before).points
      guard wide.lowerBound >= 0, wide.upperBound <= 24 else { return "\(wide)" }
      guard let open, open != .causalLink, open != .causalLinkSuspected, open != .modelInvolved
      else { return nil }
      var after = before
      after[open] = random.pick([true, false])
      let narrow = IncidentScore(after).points
      return wide.contains(narrow.lowerBound) && wide.contains(narrow.upperBound)
        ? nil : "\(wide) became \(narrow) with \(open)"
    }
    let full = try IncidentFactsTests.facts(
      "death:yes, causal_link:yes, many_affected:yes, vulnerable_persons:yes, spreading:yes")
    #expect(IncidentScore(full).points == 24...24)
  }
}
