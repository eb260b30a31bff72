public import Duties
public import Ground

/// Until when a record is kept, and why.
public struct KeptUntil: Sendable {
  /// The record.
  public let state: RecordState
  /// The rules that ask that it be kept, each with its days and reasons.
  public let retention: Retention
  /// The holds in force on it.
  public let holds: [RecordState]
  /// Whether it is a sample, or says something of one: it documents no model, so that no rule asks to keep it.
  public var isOfSample = false

  /// The first day on which it may be erased, in words.
  public var words: String {
    if let hold = holds.first { return "held: \(hold.title)" }
    if isOfSample { return "a sample, which no rule asks to keep" }
    return switch retention.outcome {
    case .undetermined(let missing): "undetermined: \(missing.joined(separator: ", ")) unknown"
    case .from(let day): "may be erased from \(day.iso)"
    case .noRule: "no rule asks that it be kept"
    }
  }

  /// The rules that apply or may apply.
  public var rules: [Deadline] { retention.lines.filter { $0.status != .notApplicable } }

  /// As JSON.
  public var json: JSON {
    var missing: [String] = []
    if case .undetermined(let facts) = retention.outcome { missing = facts }
    return .object([
      ("record", .string(state.id.text)), ("title", .string(state.title)),
      ("erasable_from", JSON(retention.day?.iso)), ("missing", JSON(missing)),
      ("holds", JSON(holds.map(\.id.text))),
      ("rules", .array(rules.map(\.json))), ("cautions", JSON(retention.cautions)),
    ])
  }
}

extension OpenWorkspace {
  /// Until when records are kept, and why.
  ///
  /// - Parameter records: the records asked about; nil is every record of a kind that some rule asks to keep.
  /// - Throws: `workspace.unknown-record`, `workspace.not-allowed`, `store.*`.
  public func retention(of records: [RecordID]? = nil) async throws(Problem) -> [KeptUntil] {
    var states: [RecordState] = []
    if let records {
      for record in records { states.append(try await needed(record)) }
    } else {
      for kind in RecordKind.all where !kind.retention.isEmpty {
        states += try await self.states(kind)
      }
    }
    return try await keptUntil(states)
  }

  /// The same for records that are known, whoever asks.
  func keptUntil(_ states: [RecordState]) async throws(Problem) -> [KeptUntil] {
    let holds = try await holdsInForce()
    let models = try await everyState(.model)
    let samples = Set(models.filter(\.isSample).map(\.id.text))
    var clock = DocketClock(
      law: surroundings.law(surroundings.today), today: surroundings.today,
      related: DocketRecords(
        provider: try await everyState(.provider).first, models: models,
        incidentDays: try await incidentDays(of: states)))
    return states.map { state in
      KeptUntil(
        state: state, retention: clock.retention(of: state),
        holds: holds.filter { $0.holds(state) },
        isOfSample: state.isSample
          || state.id.kind == RecordKind.opinion.name
            && samples.contains(state.text("model") ?? "")
      )
    }
  }

  /// The last day of each incident that one of the records belongs to.
  private func incidentDays(of states: [RecordState]) async throws(Problem) -> [RecordID: Day] {
    guard states.contains(where: { $0.fields["incident"] != nil }) else { return [:] }
    var days: [RecordID: Day] = [:]
    for incident in try await everyState(.incident) {
      days[incident.id] = IncidentRecord.lastDay(incident)
    }
    return days
  }
}
