internal import Compute
public import Duties
public import Ground
internal import RuleFile
internal import Rulebook
internal import Workspace

/// An opinion for programs; its schema is `docs/schemas/opinion.schema.json`.
public enum OpinionJSON {
  /// All members, those of a table row first.
  public static func json(_ opinion: Opinion) -> JSON {
    let row = opinion.classification.members(row: nil, duties: opinion.duties)
    return .object(row + frame(opinion) + reasons(opinion) + compute(opinion) + rest(opinion))
  }

  private static func frame(_ opinion: Opinion) -> [(String, JSON)] {
    [
      ("as_of", .string(opinion.day.iso)), ("law_checked", .string(opinion.lawChecked.iso)),
      ("caution", JSON(opinion.staleness)),
      (
        "verdict",
        .object([
          ("systemic", .string(opinion.verdict.isSystemic.word)),
          ("missing", JSON(opinion.verdict.isSystemic.missing)),
          ("sentence", .string(opinion.verdict.sentence)),
          ("next", JSON(opinion.verdict.next?.text)),
          ("exit_status", .int(Int(opinion.verdict.exitStatus))),
        ])
      ),
      ("summary", OpinionSummary(opinion).summary),
      ("compliance_report", OpinionSummary(opinion).complianceReport),
    ]
  }

  private static func reasons(_ opinion: Opinion) -> [(String, JSON)] {
    [
      (
        "facts",
        .array(
          opinion.facts.map {
            .object([
              ("id", .string($0.id)), ("value", .string($0.value)), ("source", .string($0.source)),
            ])
          })
      ),
      ("questions", .array(opinion.questions.map(question))),
    ]
  }

  private static func question(_ question: Opinion.Question) -> JSON {
    .object([
      ("id", .string(question.id)), ("title", .string(question.title)),
      ("answer", JSON(question.answer?.word)), ("missing", JSON(question.answer?.missing ?? [])),
      ("reasoning", .array(question.reasoning.map(statement))),
      ("divergences", JSON(question.divergences.map(\.id))),
    ])
  }

  private static func statement(_ statement: Opinion.Statement) -> JSON {
    .object([
      ("text", .string(statement.text)), ("citations", .array(statement.citations.map(\.json))),
    ])
  }

  private static func compute(_ opinion: Opinion) -> [(String, JSON)] {
    [
      ("ledger", .array(opinion.ledger.map(line))),
      (
        "lineage",
        .array(
          opinion.parts.map {
            .object([
              ("id", .string($0.id)), ("flop", JSON($0.flop?.digits)),
              ("source", .string($0.source)),
            ])
          })
      ),
      ("reconciliation", .array(opinion.reconciliations.map(\.json))),
      ("forecast", opinion.forecast.map(forecast) ?? .null),
    ]
  }

  private static func line(_ line: Opinion.LedgerLine) -> JSON {
    .object([
      ("id", .string(line.id)), ("activity", .string(line.activity)),
      ("status", .string(line.status)), ("start", JSON(line.start?.iso)),
      ("end", JSON(line.end?.iso)), ("estimate", line.estimate?.json ?? .null),
      ("counts_as_training", .string(line.counts.training.rawValue)),
      ("counts_as_cumulative", .string(line.counts.cumulative.rawValue)),
      ("reason", .string(line.reason)), ("citation", line.citation?.json ?? .null),
      ("missing", JSON(line.missing)),
    ])
  }

  private static func forecast(_ forecast: Opinion.Forecast) -> JSON {
    .object([
      ("crossing", JSON(forecast.crossing?.iso)), ("known", JSON(forecast.known?.iso)),
      ("basis", JSON(forecast.basis)),
      (
        "steps",
        .array(
          forecast.steps.map {
            .object([
              ("day", .string($0.day.iso)), ("flop", .string($0.flop.digits)),
              ("run", .string($0.run)),
            ])
          })
      ),
    ])
  }

  private static func clock(_ clock: Opinion.Clock) -> JSON {
    let due = clock.due
    return .object([
      ("rule", .string(clock.rule)), ("trigger", .string(clock.trigger)),
      ("start", .string(clock.start.iso)), ("kind", .string(due.kind.rawValue)),
      ("plain", .string(due.plain.rfc3339)),
      ("regulation_1182_71", .string(due.regulation.rfc3339)),
      ("alarm", .string(due.alarm.rfc3339)), ("plain_last_day", .string(due.plainLastDay.iso)),
      ("regulation_1182_71_last_day", .string(due.regulationLastDay.iso)),
      ("alarm_last_day", .string(due.alarmDay.iso)), ("governs", .bool(clock.governs)),
      ("basis", JSON(due.basis)), ("calendar", .string(due.calendar)),
      ("calendar_status", .string(due.calendarStatus.rawValue)),
      ("citation", clock.citation.json),
    ])
  }

  private static func comparable(_ model: ComparableModel) -> JSON {
    .object([
      ("name", .string(model.name)), ("organisation", .string(model.organisation)),
      ("published", .string(model.published)), ("flop", .string(model.flop.digits)),
      ("confidence", .string(model.confidence)), ("method", .string(model.method)),
      ("link", .string(model.link)), ("attribution", .string(ComparableModel.attribution)),
    ])
  }

  private static func rest(_ opinion: Opinion) -> [(String, JSON)] {
    let law = Law.at(opinion.day)
    let shown = opinion.questions.flatMap(\.divergences) + opinion.divergences
    var seen: Set<String> = []
    let divergences = shown.filter { seen.insert($0.id).inserted }
    return [
      ("clocks", .array(opinion.clocks.map(clock))),
      ("comparable_models", .array(opinion.comparables.map(comparable))),
      ("divergences", .array(divergences.map { $0.json(law) })),
      ("what_would_change", .array(opinion.changes.map(statement))),
      ("estimates", .array(opinion.classification.figures.complete.map(\.json))),
    ]
  }
}
