internal import Ground

extension Clock {
  /// The clocks of an incident: the Regulation, the Code, an own high-risk system and house practice at once.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 55(1)(c), Art. 73; Code of Practice, Safety and Security, Measure 9.3.
  static let incidents: [Clock] =
    initialReports + laterReports + systemReports + incidentHouse + incidentPapers

  static let awareness = Fact.event("involvement-known")
  private static let initialSent = Fact.event("initial-report-sent")

  private static let initialReports: [Clock] = [
    ("infrastructure", DocketFacts.Name.infrastructureHarm), ("cyber", .cyberHarm),
    ("death", .deathHarm), ("harm", .otherHarm),
  ].flatMap { name, fact in
    [
      initial("cop/safety/9.3/" + name, nil, fact),
      // The Commission reads the same periods into the words without undue delay, for those who did not sign, and so for
      // those of whom it is not on record.
      initial("incident/clock", "cop/safety/9.3/" + name, fact),
    ]
  }

  private static func initial(
    _ rule: String, _ period: String?, _ harm: DocketFacts.Name
  ) -> Clock {
    let limit = period ?? rule
    return incident(
      rule, key: period.map { rule + "/" + ($0.split(separator: "/").last ?? "") },
      "Send the initial report", start: .earliest([awareness]), ends: [initialSent],
      source: "Code of Practice, Safety and Security, Measure 9.3, points (1) to (4)"
    ).with {
      $0.duty = IncidentClocks.duty
      $0.needs += [harm] + (period == nil ? [] : [.systemic, .notSignatory])
      $0.keptWithout = harm
      $0.periodOf = period
      $0.group = "initial-report"
      $0.isListedWithoutStart = true
      $0.tells = IncidentCategory.byUrgency.filter { $0.period == limit }
      $0.legacy = .noted
    }
  }

  private static let laterReports: [Clock] = [
    incident(
      "cop/safety/9.3/intermediate", "Send an intermediate report",
      start: .latest([initialSent, .event("intermediate-report-sent")], fromPlacement: false),
      ends: [initialSent, .event("intermediate-report-sent")], repeats: true,
      source: "Code of Practice, Safety and Security, Measure 9.3, second paragraph"
    ).with {
      $0.duty = IncidentClocks.duty
      $0.isVoidInTimeOnly = true
      $0.voids = [.event("incident-resolved"), .event("final-report-sent")]
      $0.needs += [.seriousIncident]
      $0.legacy = .noted
    },
    incident(
      "cop/safety/9.3/final", "Send the final report",
      start: .earliest([.event("incident-resolved")]), ends: [.event("final-report-sent")],
      source: "Code of Practice, Safety and Security, Measure 9.3, third paragraph"
    ).with {
      $0.duty = IncidentClocks.duty
      $0.needs += [.seriousIncident]
      $0.legacy = .noted
    },
  ]

  private static let systemReports: [Clock] = [
    ("ai-act/73/3", DocketFacts.Name.systemUrgent), ("ai-act/73/4", .systemDeath),
    ("ai-act/73/2", .systemHarm),
  ].map { rule, fact in
    incident(
      rule, "Report on the own high-risk system",
      start: .earliest([.event("incident-known"), .event("deployer-aware")]),
      ends: [.event("system-report-sent")], source: "Regulation (EU) 2024/1689, Art. 73(2) to (4)"
    ).with {
      $0.needs += [fact, .highRiskRules]
      $0.group = "system-report"
    }
  }

  private static let incidentHouse: [Clock] = [
    incident(
      "house/triage", "Triage the report", start: .earliest([.event("incident-received")]),
      ends: [.event("incident-considered"), initialSent],
      source: "House practice; no primary source"
    ).with {
      $0.isHouseDefault = true
      $0.isForAnyModel = true
    },
    incident(
      "house/triage-urgent", "Triage the report: infrastructure or cybersecurity",
      start: .earliest([.event("incident-received")]),
      ends: [.event("incident-considered"), initialSent],
      source: "House practice; no primary source"
    ).with {
      $0.isHouseDefault = true
      $0.isForAnyModel = true
      $0.needs += [.urgentHarm]
    },
    incident(
      "house/deployer-notice", "Notice by the deployer",
      start: .earliest([.event("deployer-aware")]),
      ends: [.event("incident-received")], source: "House practice; no primary source"
    ).with {
      $0.isHouseDefault = true
      $0.isForAnyModel = true
    },
    incident(
      "house/incident-countdown", "Send a first report by the countdown",
      start: .earliest([.event("incident-known"), .event("incident-received")]),
      ends: [initialSent], source: "House practice; no primary source"
    ).with {
      $0.isHouseDefault = true
      $0.needs += [.seriousIncident]
    },
    incident(
      "house/incident-closure", "Close the incident", start: .earliest([initialSent]),
      ends: [.event("final-report-sent")], source: "House practice; no primary source"
    ).with {
      $0.isHouseDefault = true
      $0.needs += [.seriousIncident]
    },
  ]

  /// Dates that the provider set on what follows from an incident.
  private static let incidentPapers: [Clock] = [
    Clock(
      nil, key: "due", of: RecordKind.measure.name, "Finish the measure", start: .field("due"),
      length: .thatDay, ends: [.event("measure-done")], voids: [.event("measure-dropped")],
      owner: .safety, source: "the provider's own date on the measure"),
    Clock(
      nil, key: "due", of: RecordKind.otherReport.name, "Send the report under other law",
      start: .field("due"), length: .thatDay, ends: [.event("other-report-sent")],
      voids: [.event("other-report-not-owed")], owner: .incidentLead,
      source: "the provider's own date on the report"),
  ]

  private static func incident(
    _ rule: String, key: String? = nil, _ title: String, start: Start, ends: [Fact],
    repeats: Bool = false, source: String
  ) -> Clock {
    Clock(
      rule, key: key, of: RecordKind.incident.name, title, start: start, ends: ends,
      repeats: repeats, owner: .incidentLead, source: source
    ).with {
      $0.isOfIncident = true
      $0.needs = [.notMoved]
    }
  }
}
