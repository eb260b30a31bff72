public import Ground
public import Rulebook

/// What is sent beside a notification, or later: arguments, and requests for reassessment.
public enum FilingPackage {
  /// The arguments of a provider.
  public static func rebuttal(_ state: RecordState, model: RecordState, law: Law) -> JSON {
    let parts: [(String, String, String)] = [
      ("arguments", "Arguments", "ai-act/52/2"),
      ("capabilities", "Capabilities reached or expected", "guidelines/34"),
      ("distance", "Distance from the threshold", "guidelines/38"),
      ("further", "Further information", "guidelines/34/further"),
      ("mitigations", "Mitigations, for the picture only: no ground", "guidelines/39"),
    ]
    return .object(
      head("rebuttal", "Arguments under Article 52(2) of Regulation (EU) 2024/1689", model, law)
        + [
          ("notification", JSON(state.text("notification"))),
          (
            "parts",
            .array(
              parts.compactMap { field, title, rule in
                state.text(field).map { text in
                  .object([
                    ("title", .string(title)), ("text", .string(text)),
                    ("basis", JSON(law.citation(rule)?.text)),
                  ])
                }
              })
          ), ("caution", .string(RebuttalRule.caution)),
          ("evidence", JSON(state.texts("evidence"))),
        ])
  }

  /// A request for reassessment.
  public static func reassessment(
    _ state: RecordState, reasons: [NewReason], rule: ReassessmentRule, model: RecordState, law: Law
  ) -> JSON {
    .object(
      head(
        "reassessment", "Request for reassessment under Article 52(5) of Regulation (EU) 2024/1689",
        model, law)
        + [
          ("designated_on", .string(rule.designated.iso)),
          ("period_runs_from", .string(rule.start.iso)),
          ("may_be_sent_from", .string(rule.alarmDay.iso)),
          (
            "parts",
            .array(
              reasons.map { reason in
                .object([
                  ("title", .string(reason.reason)), ("text", .string(reason.detail)),
                  ("basis", .string("new since " + reason.since.iso)),
                ])
              })
          ), ("evidence", JSON(state.texts("evidence"))),
        ])
  }

  private static func head(
    _ kind: String, _ title: String, _ model: RecordState, _ law: Law
  ) -> [(String, JSON)] {
    [
      ("kind", .string(kind)), ("title", .string(title)), ("as_of", .string(law.day.iso)),
      ("model", .object([("name", .string(model.title)), ("record", .string(model.id.text))])),
    ]
  }
}
