internal import Ground

extension Clock {
  /// What the Code of Practice dates, for those who signed it.
  static let code: [Clock] = framework + modelReport + measures

  private static let measures: [Clock] = [
    Clock(
      "cop/safety/app-4.3/1", of: "provider", "Check the authorisations for parameters",
      start: .latest([.provider("authorisations-checked")], fromPlacement: false),
      ends: [.provider("authorisations-checked")], repeats: true, owner: .security,
      source: "Code of Practice, Safety and Security, Appendix 4.3, point (1)(a)"
    ).with { $0.isListedWithoutStart = true },
    Clock(
      "cop/transparency/1.2", of: "downstream-request", "Answer a downstream provider",
      start: .each(.event("request-received"), after: nil), ends: [.event("request-answered")],
      voids: [.event("request-refused")], owner: .compliance,
      source: "Code of Practice, Transparency, Measure 1.2"),
  ]

  private static let framework: [Clock] = [
    Clock(
      "cop/safety/1.1/after-notification", of: "model", "Have the Framework confirmed",
      start: .earliest([.event("commission-notified", field: "notification_sent")]),
      ends: [.provider("framework-confirmed")], owner: .safety,
      source: "Code of Practice, Safety and Security, Measure 1.1, last paragraph"
    ).with {
      $0.legacy = .dropped
      $0.group = "framework-confirmed"
      $0.needs = [.notGivenUp]
    },
    Clock(
      "cop/safety/1.1/before-market", of: "model",
      "Have the Framework confirmed before placing on the market", start: .placement,
      ends: [.provider("framework-confirmed")], owner: .safety,
      source: "Code of Practice, Safety and Security, Measure 1.1, last paragraph"
    ).with {
      $0.legacy = .dropped
      $0.group = "framework-confirmed"
      $0.isListedWithoutStart = true
      $0.needs = [.placed]
    },
    Clock(
      "cop/safety/1.3", of: "model", "Assess the Framework",
      start: .latest([.provider("framework-assessed")], fromPlacement: true),
      ends: [.provider("framework-assessed")], repeats: true, owner: .safety,
      source: "Code of Practice, Safety and Security, Measure 1.3, second paragraph"
    ).with {
      $0.needs = [.onMarket]
    },
    Clock(
      "cop/safety/1.4", of: "provider", "Give the AI Office access to the Framework",
      start: .each(.provider("framework-confirmed"), after: nil),
      ends: [.provider("framework-provided")], repeats: true, owner: .compliance,
      source: "Code of Practice, Safety and Security, Measure 1.4"),
  ]

  private static let modelReport: [Clock] = [
    Clock(
      "cop/safety/7.7", of: "model", "Give the AI Office access to the Model Report",
      start: .placement, length: .thatDay, ends: [.event("model-report-provided")], owner: .safety,
      source: "Code of Practice, Safety and Security, Commitment 7, Measure 7.7, first paragraph"
    ).with {
      $0.legacy = .dropped
      $0.isListedWithoutStart = true
      $0.needs = [.placed]
      $0.delay = "cop/safety/7.7/delay"
    },
    Clock(
      "cop/safety/7.6", of: "model", "Bring the Model Report up to date",
      start: .latest(
        [.event("model-report-provided"), .event("model-report-update-excepted")],
        fromPlacement: false),
      ends: [.event("model-report-provided"), .event("model-report-update-excepted")],
      repeats: true, owner: .safety,
      source: "Code of Practice, Safety and Security, Measure 7.6, third paragraph"
    ).with { $0.needs = [.onMarket, .mostCapable] },
    Clock(
      "cop/safety/7.7/update", of: "model",
      "Give the AI Office access to the update of the Model Report",
      start: .each(.event("model-report-confirmed"), after: "model-report-provided"),
      ends: [.event("model-report-provided")], repeats: true, owner: .compliance,
      source: "Code of Practice, Safety and Security, Measure 7.7, first paragraph"
    ).with { $0.delay = "cop/safety/7.7/delay" },
  ]

  /// Rhythms that the provider switched on in its house rules.
  static let house: [Clock] = [
    rhythm("house/quarterly-testing", "Test the model", "testing-completed", .safety),
    rhythm("house/board-report", "Report to the board", "board-informed", .compliance),
    rhythm("house/annual-review", "Review the classification", "records-reviewed", .compliance),
  ]

  private static func rhythm(
    _ rule: String, _ title: String, _ event: String, _ owner: Role
  ) -> Clock {
    Clock(
      rule, of: "provider", title,
      start: .latest([.provider(event)], fromPlacement: false), ends: [.provider(event)],
      repeats: true, owner: owner, source: "House practice; no primary source"
    ).with { $0.isListedWithoutStart = true }
  }

  /// Dates that the provider set itself on its evidence; no legal text asks for them.
  static let ownDates: [Clock] = [
    Clock(
      nil, key: "expires", of: "evidence", "Evidence expires", start: .field("expires"),
      length: .thatDay, ends: [.event("evidence-replaced")], voids: [.event("evidence-withdrawn")],
      owner: .compliance, source: "the provider's own date on the evidence"
    ).with { $0.endsAlso = "a later day in “expires”" },
    Clock(
      nil, key: "review", of: "evidence", "Review the evidence", start: .field("review_by"),
      length: .thatDay, ends: [.event("evidence-reviewed")],
      voids: [.event("evidence-replaced"), .event("evidence-withdrawn")], owner: .compliance,
      source: "the provider's own date on the evidence"
    ).with {
      $0.endsAlso = "a later day in “review_by”"
      $0.endsFromDueDay = true
    },
  ]

  /// Until when the records of a kind are kept: one clock for each rule that asks for it.
  static func retention(of kind: RecordKind) -> [Clock] {
    kind.retention.map { keeping in
      let isOwn = kind.event(keeping.from) != nil
      return Clock(
        keeping.rule, key: "keep/" + keeping.rule, of: kind.name,
        "May be erased, if no hold and no other rule keeps it",
        start: .latest(
          [isOwn ? .event(keeping.from) : .model(keeping.from)], fromPlacement: false),
        ends: [], owner: .compliance, source: "the retention of its kind of record"
      ).with {
        $0.isRetention = true
        $0.isListedWithoutStart = true
      }
    }
  }
}
