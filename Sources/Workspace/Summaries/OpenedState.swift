public import Duties
public import Ground
internal import Sealing

extension OpenWorkspace {
  /// Kinds of at most so many records are looked up one by one instead of being read through.
  private static let fewRecords = 512

  /// A record as it stands, whoever acts, opened once for each of its versions.
  ///
  /// Where summaries are kept nothing is read from the disk as long as the record has not changed.
  func opened(_ id: RecordID) async throws(Problem) -> RecordState? {
    try await opened([id]).first
  }

  private func openedNow(_ id: RecordID) async throws(Problem) -> RecordState? {
    let summaries = shared.summaries
    if summaries.isKept, let kind = RecordKind.named(id.kind), kind.isSummarised {
      // A kind that was let go since is asked of the store.
      if let known = summaries.read(kind.name, { $0[id]?.version ?? 0 }) {
        if known == 0 { return nil }
        if let state = summaries.opened.state(id, version: known) { return state }
      }
    }
    return try await withKeys { () async throws(Problem) in
      guard let stored = try await store.record(id), let sealed = stored.state, stored.key != nil
      else { return nil }
      if let state = summaries.opened.state(id, version: stored.version) { return state }
      guard let state = try keys.state(stored) else { return nil }
      summaries.opened.keep(state, bytes: sealed.count)
      return state
    }
  }

  /// The records of these names, in their order, without those that are gone.
  func opened(_ ids: [RecordID]) async throws(Problem) -> [RecordState] {
    if shared.summaries.isKept {
      try await summarise(
        Set(ids.map(\.kind)).compactMap { RecordKind.named($0) }.filter(\.isSummarised))
    }
    var states: [RecordState] = []
    states.reserveCapacity(ids.count)
    for id in ids {
      if let state = try await openedNow(id) { states.append(state) }
    }
    return states
  }

  /// All records of a kind where these are few and summaries are kept; nil elsewhere.
  func fewStates(_ kind: RecordKind) async throws(Problem) -> [RecordState]? {
    guard shared.summaries.isKept, kind.isSummarised else { return nil }
    try await summarise([kind])
    let ids = shared.summaries.read(kind.name) { table in
      table.count <= OpenWorkspace.fewRecords ? table.ids : nil
    }
    guard let ids, let ids else { return nil }
    return try await opened(ids)
  }

  /// The records of a kind that somebody may read, where these are few and summaries are kept; nil elsewhere.
  func fewStates(
    _ kind: RecordKind, for who: SignedIn
  ) async throws(Problem) -> [RecordState]? {
    guard shared.summaries.isKept, kind.isSummarised else { return nil }
    try await summarise([kind])
    let sight = Sight(who, kind, today: surroundings.today, shared.summaries)
    guard let table = shared.summaries.read(kind.name, { $0 }) else { return nil }
    if table.count > OpenWorkspace.fewRecords, sight.readsAll(of: table) { return nil }
    let ids = table.ids { sight.reads($0) }
    guard ids.count <= OpenWorkspace.fewRecords else { return nil }
    return try await opened(ids).filter {
      who.mayRead($0.id, $0.confidentiality, today: surroundings.today)
    }
  }

  /// Whether any record of a kind is called so, whoever acts.
  func hasTitle(_ title: String, _ kind: RecordKind) async throws(Problem) -> Bool {
    guard shared.summaries.isKept else {
      return try await everyState(kind).contains { $0.title == title }
    }
    try await summarise([kind])
    return shared.summaries.read(kind.name) { table in
      table.all(.id).contains { $0.title == title }
    } ?? false
  }

  /// The records of a kind that belong to an incident, were merged into it or are reported with it, as far as the actor
  /// may read them.
  func belonging(_ kind: RecordKind, to incident: RecordID) async throws(Problem) -> [RecordState] {
    guard shared.summaries.isKept, kind.isSummarised else {
      return try await states(kind).filter { RecordSummary($0).incident == incident }
    }
    try await summarise([kind])
    let ids = shared.summaries.read(kind.name) { $0.members(of: incident) } ?? []
    let who = try await current()
    let found = try await opened(ids.sorted()).filter {
      who.mayRead($0.id, $0.confidentiality, today: surroundings.today)
    }
    try await noteShown(found.map(\.id))
    return found
  }

  /// The newest incidents of a model, as far as the actor may read them.
  public func newestIncidents(of model: RecordID, atMost limit: Int) async throws(Problem)
    -> [RecordState]
  {
    let kind = RecordKind.incident
    guard shared.summaries.isKept, kind.isSummarised else {
      return Array(
        try await states(kind).filter { $0.text("model") == model.text }
          .sorted { $0.changed > $1.changed }.prefix(limit))
    }
    try await summarise([kind])
    let ids = shared.summaries.read(kind.name) { $0.members(of: model).suffix(limit) } ?? []
    let who = try await current()
    let found = try await opened(ids.reversed()).filter {
      who.mayRead($0.id, $0.confidentiality, today: surroundings.today)
    }
    try await noteShown(found.map(\.id))
    return found
  }

  /// The records of a kind that belong to a model, whoever acts.
  func members(_ kind: RecordKind, of model: RecordID) async throws(Problem) -> [RecordState] {
    guard shared.summaries.isKept else {
      return try await everyState(kind).filter { $0.text("model") == model.text }
    }
    try await summarise([kind])
    let ids = shared.summaries.read(kind.name) { $0.members(of: model) } ?? []
    return try await opened(ids.sorted())
  }
}

extension SummaryTable {
  /// The names of all records, in their order.
  var ids: [RecordID] { ids { _ in true } }

  /// The names of the records that the body takes, in their order.
  func ids(where takes: (RecordSummary) -> Bool) -> [RecordID] {
    all(.id).filter(takes).map(\.id)
  }
}
