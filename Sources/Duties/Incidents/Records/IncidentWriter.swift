internal import Ground
internal import RuleFile
internal import Rulebook

/// Writes the package of a report on an incident: what the records hold, what is unknown, and nothing else.
struct IncidentWriter {
  let sources: IncidentSources

  private var incident: RecordState { sources.incident }
  private var law: Law { sources.law }

  var json: JSON {
    .object([
      ("kind", .string(RecordKind.incidentReport.name)),
      (
        "title",
        .string(
          "\(sources.type.title) report on a serious incident, Article 55(1)(c) of Regulation (EU) 2024/1689"
        )
      ),
      ("type", .string(sources.type.rawValue)), ("as_of", .string(law.day.iso)),
      (
        "basis",
        .array(
          ["ai-act/55/1/c", "cop/safety/9.2", "cop/safety/9.3"].compactMap {
            law.citation($0)?.json
          })
      ),
      (
        "incident",
        .object([
          ("title", .string(incident.title)), ("record", .string(incident.id.text)),
          ("considered", JSON(IncidentRecord.outcome(incident)?.words)),
        ])
      ),
      (
        "model",
        .object([
          ("name", .string(sources.model.title)), ("record", .string(sources.model.id.text)),
        ])
      ),
      ("provider", JSON(sources.provider?.title)),
      ("dates", .array(sources.dates.filter { !$0.isCorrected }.map(\.json))),
      ("categories", .array(categories)), ("causal_link", .string(facts.linkWord)),
      ("parts", .array(parts)), ("unknown", JSON(sources.unknown)), ("submitter", submitter),
      ("measures", .array(sources.measures.map(measure))),
      ("other_reports", .array(sources.others.map(other))),
      ("bundled", .array(sources.bundled.map { .string($0.title) })),
      ("authorities", JSON(["AI Office"] + sources.report.texts("authorities"))),
      ("national_part", JSON(sources.report.text("national_part"))),
      ("remarks", JSON(sources.report.text("remarks"))), ("next_report", .string(next)),
      ("caution", .string(IncidentWriter.caution)),
    ])
  }

  /// Source: Code of Practice, Safety and Security, recital (j).
  private static let caution =
    "Reporting an incident does not admit that a duty was breached. The report states what is known on its day, to the "
    + "best of the provider's knowledge; what is not known is named."

  private var facts: IncidentFacts { IncidentRecord.facts(incident) }

  /// Categories that are not excluded, with the law behind them.
  private var categories: [JSON] {
    let learned = IncidentRecord.times(incident).learned
    return IncidentCategory.byUrgency.compactMap { category in
      let answer = facts.harm(category)
      guard answer != .no else { return nil }
      return .object([
        ("category", .string(category.rawValue)), ("title", .string(category.title)),
        ("answer", .string(answer.word)),
        ("known_since", JSON(learned[category]?.day.iso)),
        ("citation", JSON(law.citation(category.rule)?.text)),
      ])
    }
  }

  private var parts: [JSON] {
    let model = IncidentPackage.Part(
      number: 4, title: "Model involved", fields: [], due: [])
    let all = (IncidentPackage.parts + [model]).sorted { $0.number < $1.number }
    return all.map { part in
      let texts = part.fields.compactMap(told)
      let text = part.number == 4 ? sources.model.title : texts.joined(separator: "\n\n")
      let isDue = part.due.contains(sources.type)
      // Only what somebody said to be unknown is called so; the rest was not written down.
      let isUnknown = part.fields.contains(where: sources.unknown.contains)
      let silence =
        isUnknown ? "Not known yet." : isDue ? "Not stated." : "Not due in this report."
      return .object([
        ("number", .int(part.number)), ("title", .string("\(part.number). \(part.title)")),
        ("text", .string(text.isEmpty ? silence : text)), ("given", .bool(!text.isEmpty)),
        (
          "basis", .string(part.rules.compactMap { law.citation($0)?.text }.joined(separator: "; "))
        ),
      ])
    }
  }

  /// What a field tells, or why it is left out.
  private func told(_ field: String) -> String? {
    guard let text = incident.text(field) else { return nil }
    if let basis = sources.redactions[field] { return "[left out: \(basis)]" }
    let lead = [
      "began": "Start: ", "ended": "End: ", "factors": "Contributing factors: ",
      "failed_mitigations": "Mitigations that failed or were circumvented: ",
    ]
    return (lead[field] ?? "") + text
  }

  private var submitter: JSON {
    .object(
      ["capacity", "organisation", "first_name", "last_name", "email", "phone"].map {
        ($0, JSON(sources.report.text($0)))
      })
  }

  private func measure(_ state: RecordState) -> JSON {
    .object([
      ("title", .string(state.title)), ("status", JSON(state.status)),
      ("due", JSON(state.text("due"))), ("verification", JSON(state.text("verification"))),
    ])
  }

  private func other(_ state: RecordState) -> JSON {
    .object([
      ("title", .string(state.title)), ("regime", JSON(state.text("regime"))),
      ("authority", JSON(state.text("authority"))), ("status", JSON(state.status)),
      ("reference", JSON(state.text("reference"))),
    ])
  }

  private var next: String {
    switch sources.type {
    case .final: return "None, unless another category of harm becomes known."
    case .initial, .intermediate:
      let words = ["intermediate", "final"].map { name in
        law.provision("cop/safety/9.3/" + name)?.version.period?.words
          ?? "the period of Measure 9.3"
      }
      return
        "An intermediate report \(words[0]) after this one at the latest, unless the incident is resolved "
        + "before; a final report within \(words[1]) of its resolution (Measure 9.3)."
    }
  }
}
