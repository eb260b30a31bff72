internal import Duties
internal import Ground

/// What the deadlines of incidents ask of other records.
struct DocketIncidents {
  /// Incidents into which others were merged or with which they are reported.
  var holders: [RecordID: RecordState] = [:]
  /// Incidents of which a second person confirmed that no report is owed.
  var settled: Set<RecordID> = []

  init() {}

  /// Among many records at once.
  init(_ records: [RecordState], decisions: [RecordState]) {
    let names = Set(records.compactMap { IncidentRecord.holder($0) })
    for state in records where names.contains(state.id) { holders[state.id] = state }
    settled = DocketIncidents.settled(decisions)
  }

  /// The incidents that confirmed decisions are about.
  static func settled(_ decisions: [RecordState]) -> Set<RecordID> {
    Set(
      decisions.filter { $0.status == "confirmed" }
        .compactMap { $0.text("incident").flatMap { RecordID($0) } })
  }
}

extension OpenWorkspace {
  /// The same of one incident, from memory.
  func docketIncidents(
    _ incident: RecordState, _ classes: ClassSet
  ) async throws(Problem) -> DocketIncidents {
    var found = DocketIncidents()
    guard incident.id.kind == RecordKind.incident.name else { return found }
    var next = IncidentRecord.holder(incident)
    while let name = next, found.holders[name] == nil, let holder = try await opened(name),
      classes.contains(holder.confidentiality)
    {
      found.holders[name] = holder
      next = IncidentRecord.holder(holder)
    }
    let ids =
      shared.summaries.read(RecordKind.nonReport.name) { $0.members(of: incident.id) } ?? []
    found.settled = DocketIncidents.settled(try await opened(ids))
    return found
  }

  /// The incidents whose deadlines may follow from records that changed.
  func incidents(after changed: Set<RecordID>) async throws(Problem) -> Set<RecordID> {
    var incidents: Set<RecordID> = []
    func read(_ body: (SummaryTable) -> [RecordID]) -> [RecordID] {
      shared.summaries.read(RecordKind.incident.name, body) ?? []
    }
    for id in changed {
      switch id.kind {
      case RecordKind.incident.name:
        // Over however many they were moved into each other.
        var found = read { $0.members(of: id) }
        while let next = found.popLast() {
          guard incidents.insert(next).inserted else { continue }
          found += read { $0.members(of: next) }
        }
      case RecordKind.nonReport.name:
        if let decision = try await opened(id) {
          incidents.formUnion(decision.text("incident").flatMap { RecordID($0) }.map { [$0] } ?? [])
        } else {
          // It was erased: what it was about stands nowhere any more.
          incidents.formUnion(read { Array($0.ids) })
        }
      default: break
      }
    }
    return incidents
  }
}
