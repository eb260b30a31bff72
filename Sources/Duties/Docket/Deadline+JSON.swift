public import Ground
public import Rulebook

extension Deadline {
  /// The documented members of a deadline in `docket.schema.json`.
  public var json: JSON {
    .object(identity + days + standing)
  }

  private var identity: [(String, JSON)] {
    [
      ("id", .string(id)), ("key", .string(stableKey)), ("record", .string(record.text)),
      ("title", .string(title)), ("neutral_title", .string(neutralTitle)),
      ("class", .string(confidentiality.rawValue)), ("kind", .string(kind.rawValue)),
      ("rule", JSON(ruleID)), ("citation", JSON(citation?.text)),
      ("force", .string(force.rawValue)), ("link", JSON(citation?.link)),
      ("linked_rules", JSON(linkedRules)), ("occurrence", .int(occurrence)),
      ("repeats", .bool(repeats)), ("shortened_by_house_rules", .bool(isShortened)),
      ("retention", .bool(isRetention)),
    ]
  }

  private var days: [(String, JSON)] {
    [
      ("start_fact", JSON(startWords)), ("start", JSON(start?.text)),
      ("plain_day", JSON(plainDay?.iso)), ("regulation_1182_71_day", JSON(regulationDay?.iso)),
      ("statutory_day", JSON(statutoryDay?.iso)), ("alarm_day", JSON(alarmDay?.iso)),
      ("plain_moment", JSON(moments?.plain.rfc3339)),
      ("regulation_1182_71_moment", JSON(moments?.regulation.rfc3339)),
      ("statutory_moment", JSON(moments?.statutory.rfc3339)),
      ("alarm_moment", JSON(moments?.alarm.rfc3339)), ("basis", JSON(basis)),
    ]
  }

  private var standing: [(String, JSON)] {
    [
      ("status", .string(status.rawValue)), ("missing", JSON(missing)),
      ("ends_with", JSON(endsWith)), ("ended", JSON(ended?.text)),
      ("governed_by", JSON(governedBy)), ("owner", .string(owner.rawValue)),
      ("assigned_to", JSON(assignedTo)),
    ]
  }
}

extension Docket {
  /// The whole docket of a day as `docket.schema.json` describes it.
  public static func json(_ deadlines: [Deadline], law: Law, today: Day) -> JSON {
    .object([
      ("as_of", .string(today.iso)), ("law_day", .string(law.day.iso)),
      ("law_checked", .string(Law.checked.iso)), ("caution", JSON(law.staleness)),
      ("time_zone", .string("Europe/Brussels")), ("deadlines", .array(deadlines.map(\.json))),
    ])
  }
}
