internal import Ground

extension Clock {
  /// Every clock of the docket, in the order of the texts; retention follows from the kinds of records.
  public static let all: [Clock] = statute + code + house + ownDates + incidents

  /// What the Regulation itself dates.
  static let statute: [Clock] = procedure + placing + transition

  private static let procedure: [Clock] = [
    Clock(
      "ai-act/52/1", of: "model", "Notify the Commission without delay",
      start: .earliest([
        .event("threshold-met", field: "met_on"),
        .event("threshold-known", field: "known_since"),
        .event("capabilities-found", field: "capabilities_met_on"),
        .event("capabilities-expected", field: "capabilities_known_since"),
      ]),
      ends: [.event("commission-notified", field: "notification_sent")], owner: .compliance,
      source: "Regulation (EU) 2024/1689, Art. 52(1); Guidelines C(2025) 7719, ¶ 29 and 112"
    ).with {
      $0.legacy = .transition
      $0.isListedWithoutStart = true
      $0.needs = [.presumed]
    },
    Clock(
      "ai-act/52/5", of: "model", "A reassessment of the designation may be requested",
      start: .earliest([.event("designated", field: "designated_on")]), ends: [], owner: .counsel,
      source: "Regulation (EU) 2024/1689, Art. 52(5), first to third sentences"
    ).with {
      $0.needs = [.designatedOnCriteria]
      $0.supersededBy = "designation-maintained"
    },
    Clock(
      "ai-act/52/5/maintained", of: "model", "A further reassessment may be requested",
      start: .latest([.event("designation-maintained")], fromPlacement: false), ends: [],
      owner: .counsel, source: "Regulation (EU) 2024/1689, Art. 52(5), last sentence"
    ).with { $0.needs = [.designatedOnCriteria] },
  ]

  private static let transition: [Clock] = [
    Clock(
      "ai-act/111/3", of: "model", "End of the transition for a model placed earlier",
      start: .transition, length: .fixedDay, ends: [.event("transition-completed")],
      owner: .compliance, source: "Regulation (EU) 2024/1689, Art. 111(3)")
  ]

  /// What must be there when a model is placed on the market.
  private static let placing: [Clock] = [
    placed(
      "ai-act/53/1/a", "Draw up the technical documentation", .event("documentation-drawn-up"),
      .compliance, "Regulation (EU) 2024/1689, Art. 53(1)(a), Annex XI"),
    placed(
      "ai-act/53/1/b", "Make the information for downstream providers available",
      .event("downstream-information-provided"), .compliance,
      "Regulation (EU) 2024/1689, Art. 53(1)(b), Annex XII"),
    placed(
      "ai-act/53/1/c", "Put the copyright policy in place", .provider("copyright-policy-adopted"),
      .counsel, "Regulation (EU) 2024/1689, Art. 53(1)(c)"),
    placed(
      "ai-act/53/1/d", "Publish the summary of training content", .event("summary-published"),
      .compliance, "Regulation (EU) 2024/1689, Art. 53(1)(d)"),
    placed(
      "ai-act/54/1", "Appoint an authorised representative in the Union",
      .provider("representative-appointed", field: "authorised_representative"), .counsel,
      "Regulation (EU) 2024/1689, Art. 54(1)", length: .beforeThatDay),
  ]

  private static func placed(
    _ rule: String, _ title: String, _ end: Fact, _ owner: Role, _ source: String,
    length: Length = .thatDay
  ) -> Clock {
    Clock(
      rule, of: "model", title, start: .placement, length: length, ends: [end], owner: owner,
      source: source
    ).with {
      $0.legacy = .transition
      $0.isListedWithoutStart = true
      $0.needs = [.placed]
    }
  }
}
