internal import Duties
internal import Ground
internal import RuleFile

/// A model file made from records, and records made from a model file: one reader judges both.
enum ModelDocument {
  /// Fields of records that say nothing to the reader of model files.
  private static let ownFields: Set<String> = [
    "name", "model", "owner", "measured", "evidence", "log_kind", "log_digest", "position",
    "sample",
  ]

  /// The model file of a model with its runs; runs that were struck out are left out.
  static func json(
    _ model: RecordState, runs: [RecordState], provider: RecordState?
  ) -> JSON {
    var members: [(String, JSON)] = [("model", .string(model.title))]
    if let provider { members.append(("provider", .string(provider.title))) }
    for field in RecordKind.model.fields where !ownFields.contains(field.name) {
      if let value = model.fields[field.name] { members.append((field.name, written(value))) }
    }
    for name in ["established_in_union", "signatory"] where model.fields[name] == nil {
      if let value = provider?.fields[name] { members.append((name, written(value))) }
    }
    for (event, key) in clockFacts where model.fields[key] == nil {
      if let day = model.day(event) { members.append((key, .string(day.iso))) }
    }
    if model.fields["released"] == nil,
      let day = model.day("placed-on-market") ?? model.day("placement-planned")
    {
      members.append(("released", .string(day.iso)))
    }
    let counted = runs.filter { $0.status != "struck out" }
    if !counted.isEmpty { members.append(("runs", .array(counted.map(run)))) }
    return .object(members)
  }

  /// Events that tell what the reader of model files asks for.
  private static let clockFacts = [
    ("threshold-met", "met_on"), ("threshold-known", "known_since"),
    ("capabilities-found", "capabilities_met_on"),
    ("capabilities-expected", "capabilities_known_since"),
    ("commission-notified", "notification_sent"), ("designated", "designated_on"),
  ]

  private static func run(_ state: RecordState) -> JSON {
    var members: [(String, JSON)] = [("id", .string(state.title))]
    for field in RecordKind.trainingRun.fields where !ownFields.contains(field.name) {
      if let value = state.fields[field.name] { members.append((field.name, written(value))) }
    }
    return .object(members)
  }

  /// Model files say yes and no.
  private static func written(_ value: JSON) -> JSON {
    switch value {
    case .bool(let answer): .string(answer ? "yes" : "no")
    default: value
    }
  }

  /// The fields of a model and of its runs as a model file states them.
  ///
  /// - Throws: `duties.bad-field`, `workspace.log-in-model-file`.
  static func fields(
    _ node: RuleNode
  ) throws(Problem) -> (model: [(String, JSON)], runs: [[(String, JSON)]]) {
    var model: [(String, JSON)] = []
    var runs: [[(String, JSON)]] = []
    guard case .map(let members) = node.content else { return ([], []) }
    for member in members {
      switch member.key {
      case "model": model.append(("name", json(member.value)))
      case "provider": continue
      case "runs":
        guard case .list(let items) = member.value.content else { continue }
        for item in items { runs.append(try run(item)) }
      default:
        if let value = try value(member, of: .model) { model.append((member.key, value)) }
      }
    }
    return (model, runs)
  }

  private static func run(_ node: RuleNode) throws(Problem) -> [(String, JSON)] {
    guard case .map(let members) = node.content else { return [] }
    var fields: [(String, JSON)] = []
    for member in members {
      if member.key == "id" {
        fields.append(("name", json(member.value)))
      } else if member.key == "log" {
        throw Problem(
          "workspace.log-in-model-file", what: "a run of this file names a log",
          why: "the ledger keeps what the log told, and the log itself as evidence",
          mend: "leave `log` out here and import it: systemic run import LOG --model …",
          places: [member.place])
      } else if let value = try value(member, of: .trainingRun) {
        fields.append((member.key, value))
      }
    }
    return fields
  }

  private static func value(
    _ member: RuleNode.Member, of kind: RecordKind
  ) throws(Problem) -> JSON? {
    guard let field = kind.field(member.key) else { return nil }
    switch member.value.content {
    case .empty: return nil
    case .scalar(let text):
      return field.form == .list ? .array([.string(text)]) : try field.value(of: text)
    case .list, .map: return json(member.value)
    }
  }

  private static func json(_ node: RuleNode) -> JSON {
    switch node.content {
    case .empty: .null
    case .scalar(let text): .string(text)
    case .list(let items): .array(items.map(json))
    case .map(let members): .object(members.map { ($0.key, json($0.value)) })
    }
  }
}
