internal import Duties
internal import Ground

extension RecordKind {
  /// Kinds whose records tell of an incident, and are for nobody who may not read it.
  static let followingIncident: [RecordKind] = [
    .incidentReport, .nonReport, .measure, .otherReport, .ticket, .evidence,
  ]

  /// Whether records of the kind are for nobody who may not read their incident.
  var followsIncident: Bool { RecordKind.followingIncident.contains { $0 === self } }

  /// The event by which a record takes over the class of the one that it is about.
  var reclassing: RecordEvent? { events.first { $0.name.hasSuffix("-reclassed") } }

  /// The class that a record gets when its incident gets another one; nil where it keeps its own.
  ///
  /// It is never for more people than the incident. When that is opened, what had its class is opened with it; evidence
  /// is not: a file may hold more than the incident tells, and may belong to something else too.
  func following(_ own: Confidentiality, of incident: Reclassed) -> Confidentiality? {
    if own < incident.to { return incident.to }
    let isAlike = own == incident.from && self !== RecordKind.evidence
    return isAlike && incident.to < own ? incident.to : nil
  }
}

extension Batch {
  /// Gives reports, decisions, measures, tickets and evidence the class of their incident in the same transaction.
  mutating func takePapersAlong() async throws(Problem) {
    for incident in reclassed where incident.id.kind == RecordKind.incident.name {
      for kind in RecordKind.followingIncident {
        for paper in try await workspace.followers(kind, of: incident.id) {
          let own = try await before(paper.id, isNew: false, key: nil).state?.confidentiality
          guard let own, let to = kind.following(own, of: incident) else { continue }
          let change = Reclassed(
            id: paper.id, from: own, to: to, by: incident.by, request: incident.request)
          try await reclass(paper.id, kind, to: to, as: incident)
          reclassed.append(change)
        }
      }
    }
  }

  /// The class of the incident that a command names, where its record is for nobody who may not read that.
  func classOfIncident(_ command: RecordCommand) async throws(Problem) -> Confidentiality? {
    guard command.kind.followsIncident,
      let id = command.change.set.last(where: { $0.0 == "incident" })?.1.text
        .flatMap({ RecordID($0) })
    else { return nil }
    if let state = results.last(where: { $0.id == id }) { return state.confidentiality }
    return try await workspace.opened(id)?.confidentiality
  }
}

extension OpenWorkspace {
  /// The records of a kind that belong to an incident, whoever acts.
  func followers(
    _ kind: RecordKind, of incident: RecordID
  ) async throws(Problem) -> [RecordState] {
    guard shared.summaries.isKept, kind.isSummarised else {
      return try await everyState(kind).filter { $0.text("incident") == incident.text }
    }
    try await summarise([kind])
    let ids = shared.summaries.read(kind.name) { $0.members(of: incident) } ?? []
    return try await opened(ids.sorted())
  }

  /// Aligns what was written about an incident while somebody else changed its class.
  ///
  /// - Parameters:
  ///   - changed: incidents whose class changed, and whatever came along with them.
  ///   - written: records that were written, of kinds that follow an incident.
  func alignClasses(_ changed: [RecordID], _ written: [RecordState]) async throws(Problem) {
    var incidents = Set(changed.filter { $0.kind == RecordKind.incident.name })
    for state in written {
      guard let id = state.text("incident").flatMap({ RecordID($0) }), !incidents.contains(id),
        let incident = try await opened(id), state.confidentiality < incident.confidentiality
      else { continue }
      incidents.insert(id)
    }
    for id in incidents.sorted() { try await alignPapers(of: id) }
    try await alignComments(on: changed)
  }

  private func alignPapers(of id: RecordID) async throws(Problem) {
    guard let incident = try await opened(id) else { return }
    let reclassed = Reclassed(
      id: id, from: incident.confidentiality, to: incident.confidentiality,
      by: Actor(id: SignedIn.system.id, role: .system))
    var isOpen = false
    for kind in RecordKind.followingIncident where !isOpen {
      isOpen = try await followers(kind, of: id).contains {
        kind.following($0.confidentiality, of: reclassed) != nil
      }
    }
    guard isOpen else { return }
    let (receipts, results) = try await repeating([]) { () async throws(Problem) in
      var batch = Batch(workspace: self)
      batch.reclassed = [reclassed]
      try await batch.takePapersAlong()
      batch.reclassed.removeFirst()
      try await batch.takeCommentsAlong()
      guard !batch.drafts.isEmpty else { return ([Receipt](), [RecordState]()) }
      return (try await store.append(batch.drafts, idempotencyKey: nil), batch.results)
    }
    shared.summaries.hand(receipts, results)
  }
}
