extension IncidentDeadlineTests {
  static let startsOfDays: [Case] = [
    // Friday night in London is Saturday in Brussels; one second earlier it is Friday.
    Case(
      "infrastructure:yes, causal_link:yes", "aware=2026-11-20T23:30:00Z", "infrastructure",
      "2026-11-23", "2026-11-24"),
    Case(
      "infrastructure:yes, causal_link:yes", "aware=2026-11-20T22:59:59Z", "infrastructure",
      "2026-11-22", "2026-11-24"),
    Case(
      "infrastructure:yes, causal_link:yes", "aware=2026-11-20T23:00:00Z", "infrastructure",
      "2026-11-23", "2026-11-24"),
    // New Year's Eve in London is New Year in Brussels.
    Case(
      "cyber_breach:yes, causal_link:yes", "aware=2026-12-31T23:30:00Z", "cyber", "2027-01-06",
      "2027-01-06"),
    Case(
      "cyber_breach:yes, causal_link:yes", "aware=2026-12-31T22:30:00Z", "cyber", "2027-01-05",
      "2027-01-05"),
    // The date line: an evening in California, a morning on Kiritimati.
    Case(
      "death:yes, causal_link:yes", "aware=2026-06-30T23:30:00-07:00", "death", "2026-07-11",
      "2026-07-13"),
    Case(
      "death:yes, causal_link:yes", "aware=2026-07-01T09:00:00+14:00", "death", "2026-07-10",
      "2026-07-10"),
    // The nights in which the clocks change.
    Case(
      "infrastructure:yes, causal_link:yes", "aware=2026-10-24T23:30:00Z", "infrastructure",
      "2026-10-27", "2026-10-27"),
    Case(
      "infrastructure:yes, causal_link:yes", "aware=2026-03-28T23:30:00Z", "infrastructure",
      "2026-03-31", "2026-03-31"),
    Case(
      "infrastructure:yes, causal_link:yes", "aware=2026-03-28T22:30:00Z", "infrastructure",
      "2026-03-30", "2026-03-31"),
    // A day alone, and the last second of a Sunday.
    Case("health:yes, causal_link:yes", "aware=2026-11-21", "harm", "2026-12-06", "2026-12-07"),
    Case(
      "infrastructure:yes, causal_link:yes", "aware=2026-11-22T23:59:59", "infrastructure",
      "2026-11-24", "2026-11-24"),
  ]

  static let holidays: [Case] = [
    // Over the closed days of the turn of the year.
    Case(
      "infrastructure:yes, causal_link:yes", "aware=2026-12-24T10:00", "infrastructure",
      "2026-12-26", "2027-01-05"),
    Case("weights_exfiltrated:yes", "aware=2026-12-24T10:00", "cyber", "2026-12-29", "2027-01-05"),
    Case(
      "death:yes, causal_link:yes", "aware=2026-12-24T10:00", "death", "2027-01-03", "2027-01-05"),
    Case(
      "rights:yes, causal_link:yes", "aware=2026-12-24T10:00", "harm", "2027-01-08", "2027-01-08"),
    Case(
      "infrastructure:yes, causal_link:yes", "aware=2026-12-22T08:00", "infrastructure",
      "2026-12-24", "2027-01-04"),
    Case(
      "death:yes, causal_link:yes", "aware=2026-12-22T08:00", "death", "2027-01-01", "2027-01-04"),
    // Maundy Thursday, Good Friday and Easter Monday 2026: 2, 3 and 6 April.
    Case(
      "infrastructure:yes, causal_link:yes", "aware=2026-04-01T09:00", "infrastructure",
      "2026-04-03", "2026-04-08"),
    Case(
      "cyber_breach:yes, causal_link:yes", "aware=2026-04-01T09:00", "cyber", "2026-04-06",
      "2026-04-08"),
    Case(
      "death:yes, causal_link:yes", "aware=2026-04-01T09:00", "death", "2026-04-11", "2026-04-13"),
    // Ascension 2026 (14 May) with its Friday; Whit Monday 2026 (25 May).
    Case(
      "infrastructure:yes, causal_link:yes", "aware=2026-05-12T09:00", "infrastructure",
      "2026-05-14", "2026-05-18"),
    Case(
      "infrastructure:yes, causal_link:yes", "aware=2026-05-21T18:00", "infrastructure",
      "2026-05-23", "2026-05-26"),
    // Ascension 2027 (6 May) with its Friday, and Whit Monday 2027 (17 May).
    Case(
      "infrastructure:yes, causal_link:yes", "aware=2027-05-05", "infrastructure", "2027-05-07",
      "2027-05-11"),
    Case("death:yes, causal_link:yes", "aware=2027-05-05", "death", "2027-05-15", "2027-05-18"),
    // Single days: 1 May, 21 July, All Saints and All Souls.
    Case(
      "infrastructure:yes, causal_link:yes", "aware=2026-04-29T10:00", "infrastructure",
      "2026-05-01", "2026-05-04"),
    Case(
      "infrastructure:yes, causal_link:yes", "aware=2026-07-19T10:00", "infrastructure",
      "2026-07-21", "2026-07-22"),
    Case(
      "infrastructure:yes, causal_link:yes", "aware=2026-10-30T17:00", "infrastructure",
      "2026-11-01", "2026-11-04"),
    // The end of February, in a common year and a leap year.
    Case(
      "infrastructure:yes, causal_link:yes", "aware=2027-02-26T12:00", "infrastructure",
      "2027-02-28", "2027-03-02"),
    Case(
      "infrastructure:yes, causal_link:yes", "aware=2028-02-27T10:00", "infrastructure",
      "2028-02-29", "2028-02-29"),
    Case(
      "cyber_breach:yes, causal_link:yes", "aware=2028-02-28T23:30:00Z", "cyber", "2028-03-05",
      "2028-03-06"),
  ]

  static let categories: [Case] = [
    // The strictest of several categories governs; what is open or excluded does not.
    Case(
      "death:yes, rights:yes, causal_link:yes", "aware=2026-11-20", "death", "2026-11-30",
      "2026-11-30"),
    Case(
      "death:yes, cyber_breach:yes, health:yes, causal_link:suspected", "aware=2026-11-20", "cyber",
      "2026-11-25", "2026-11-25"),
    Case(
      "infrastructure:unknown, death:yes, causal_link:yes", "aware=2026-11-20", "death",
      "2026-11-30", "2026-11-30"),
    Case(
      "infrastructure_disrupted:yes, infrastructure_critical:yes, infrastructure_serious:yes, infrastructure_irreversible:no, rights:yes, causal_link:yes",
      "aware=2026-11-20", "harm", "2026-12-05", "2026-12-07"),
    // An open link lets a known harm run; an excluded one does not, but a breach of the model itself needs none.
    Case("death:yes", "aware=2026-11-20", "death", "2026-11-30", "2026-11-30"),
    Case("death:yes, causal_link:no", "aware=2026-11-20", nil, "", ""),
    Case(
      "death:yes, causal_link:no, weights_exfiltrated:yes", "aware=2026-11-20", "cyber",
      "2026-11-25", "2026-11-25"),
    Case(
      "model_breached:yes, breach_serious:yes, causal_link:no", "aware=2026-11-20", "cyber",
      "2026-11-25", "2026-11-25"),
    // Nothing is known, or nothing of it happened.
    Case("", "aware=2026-11-20", nil, "", ""),
    Case(
      "death:no, health:no, infrastructure:no, rights:no, property_environment:no, cyber_breach:no",
      "aware=2026-11-20", nil, "", ""),
    // Article 55 applies from 2 August 2025; the Code was published on 10 July 2025.
    Case("death:yes, causal_link:yes", "aware=2025-07-20", nil, "", ""),
    Case("death:yes, causal_link:yes", "aware=2025-08-01T21:59:59Z", nil, "", ""),
    Case(
      "death:yes, causal_link:yes", "aware=2025-08-01T22:00:00Z", "death", "2025-08-12",
      "2025-08-12"),
    // Without awareness no initial report is dated, whatever else is; the final one is, from the resolution.
    Case(
      "death:yes, causal_link:yes", "occurred=2026-11-18, first_report=2026-11-19", nil, "", ""),
    Case(
      "death:yes, causal_link:yes",
      "occurred=2026-11-18, first_report=2026-11-19, resolved=2026-12-01", "final", "2027-01-30",
      "2027-02-01"),
    Case("death:yes", "resolved=2026-12-01", "final", "2027-01-30", "2027-02-01"),
    Case("causal_link:yes", "resolved=2026-12-01", nil, "", ""),
    // Of a harm that the model did not cause no report on the model is due, dated or not.
    Case("health:yes, causal_link:no", "aware=2026-11-20, resolved=2026-11-01", nil, "", ""),
    Case(
      "cyber_breach:yes, causal_link:no", "resolved=2026-12-01", "final", "2027-01-30", "2027-02-01"
    ),
  ]

  static let reports: [Case] = [
    // Before the initial report a resolution changes nothing; behind it the next report governs.
    Case(
      "death:yes, causal_link:yes", "aware=2026-11-20, resolved=2026-11-22", "death", "2026-11-30",
      "2026-11-30"),
    Case(
      "death:yes, causal_link:yes", "aware=2026-11-20, initial=2026-11-24T09:00", "intermediate",
      "2026-12-22", "2026-12-22"),
    Case(
      "death:yes, causal_link:yes",
      "aware=2026-11-20, initial=2026-11-24, intermediate=2026-12-22T23:30:00Z", "intermediate",
      "2027-01-20", "2027-01-20"),
    Case(
      "death:yes, causal_link:yes", "aware=2026-11-20, initial=2026-11-24, resolved=2026-12-01",
      "final", "2027-01-30", "2027-02-01"),
    Case(
      "death:yes, causal_link:yes",
      "aware=2026-11-20, initial=2026-11-24, resolved=2026-12-31T23:30:00Z", "intermediate",
      "2026-12-22", "2026-12-22"),
    Case(
      "death:yes, causal_link:yes",
      "aware=2026-11-20, initial=2026-11-24, resolved=2026-12-01, final=2027-01-15", nil, "", ""),
    Case(
      "rights:yes, causal_link:yes", "aware=2027-12-01, initial=2027-12-10, resolved=2027-12-31",
      "final", "2028-02-29", "2028-02-29"),
    // A death learned on the sixth day; learned only behind the initial report; told in an intermediate report.
    Case(
      "health:yes, death:yes, causal_link:yes", "aware=2026-11-02, learned/death=2026-11-08",
      "death", "2026-11-12", "2026-11-12"),
    Case(
      "health:yes, death:yes, causal_link:yes",
      "aware=2026-11-02, initial=2026-11-05, learned/death=2026-11-08", "death", "2026-11-12",
      "2026-11-12"),
    Case(
      "health:yes, death:yes, causal_link:yes",
      "aware=2026-11-02, initial=2026-11-05, learned/death=2026-11-08, intermediate=2026-11-09",
      "intermediate", "2026-12-07", "2026-12-07"),
    // Learned only behind the final report: its clock runs, and ends with the report that tells of it.
    Case(
      "health:yes, death:yes, causal_link:yes",
      "aware=2026-01-05, initial=2026-01-10, resolved=2026-01-20, final=2026-02-01, learned/death=2026-10-01",
      "death", "2026-01-15", "2026-01-15"),
    Case(
      "health:yes, death:yes, causal_link:yes",
      "aware=2026-01-05, initial=2026-01-10, resolved=2026-01-20, final=2026-02-01, "
        + "learned/death=2026-10-01, intermediate=2026-10-02", nil, "", ""),
  ]
}
