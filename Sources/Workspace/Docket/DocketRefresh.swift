internal import Duties
internal import Ground
internal import Rulebook

/// Brings the docket up to date with records that changed: only what depends on them is computed.
struct DocketRefresh {
  private let workspace: OpenWorkspace
  private var keeper: DocketKeeper { workspace.shared.docket }

  init(_ workspace: OpenWorkspace) { self.workspace = workspace }

  /// Takes in that some records changed, or are gone.
  func take(_ changed: Set<RecordID>) async throws(Problem) {
    guard let law = keeper.change({ $0.law }) else { return }
    let models = changed.filter { $0.kind == RecordKind.model.name }
    let judged = try await workspace.judged(models.sorted(), by: law)
    let (moved, sights) = apply(judged, of: models)
    var touched = changed.filter { id in
      OpenWorkspace.docketKinds.contains { $0.name == id.kind } && !models.contains(id)
    }
    touched.formUnion(try await assigned(changed))
    touched.formUnion(try await workspace.incidents(after: changed))
    touched.formUnion(moved)
    for kind in OpenWorkspace.docketKinds {
      for model in moved {
        touched.formUnion(
          workspace.shared.summaries.read(kind.name) { $0.members(of: model) } ?? [])
      }
    }
    for classes in sights { try await refresh(classes, touched, models: moved) }
  }

  /// Keeps what was judged anew; gives the models of which other deadlines may follow.
  private func apply(
    _ judged: [RecordID: DocketKeeper.KeptModel], of models: Set<RecordID>
  ) -> (moved: Set<RecordID>, sights: [ClassSet]) {
    keeper.change { kept in
      var moved: Set<RecordID> = []
      for id in models {
        let (before, now) = (kept.models[id], judged[id])
        if before?.version != now?.version || before?.standing != now?.standing {
          moved.insert(id)
        }
        kept.models[id] = now
      }
      return (moved, Array(kept.dockets.keys))
    } ?? ([], [])
  }

  /// The records whose deadlines somebody looks after, before and after their assignments changed.
  private func assigned(_ changed: Set<RecordID>) async throws(Problem) -> Set<RecordID> {
    var records: Set<RecordID> = []
    for id in changed where id.kind == RecordKind.assignment.name {
      let now = try await workspace.opened(id)
      let before = keeper.change { kept in
        let before = kept.assignments[id]
        kept.assignments[id] = now
        return before
      }
      for state in [before ?? nil, now] {
        if let state, let record = DocketRefresh.record(of: state) { records.insert(record) }
      }
    }
    return records
  }

  /// The record that an assignment is about.
  private static func record(of assignment: RecordState) -> RecordID? {
    assignment.text("deadline").flatMap { RecordID(String($0.prefix { $0 != ":" })) }
  }

  private func refresh(
    _ classes: ClassSet, _ touched: Set<RecordID>, models: Set<RecordID>
  ) async throws(Problem) {
    guard var taken = keeper.change({ kept in Taken(&kept, classes) }) ?? nil else { return }
    let provider = try await workspace.everyState(.provider)
      .first { classes.contains($0.confidentiality) }
    var records = touched
    var isPortfolioOther = false
    for id in models {
      let model = try await workspace.opened(id)
      let share = model.flatMap { model in
        classes.contains(model.confidentiality)
          ? taken.clock.share(of: model, taken.models[id]?.standing) : nil
      }
      let isOther = keeper.change { $0.dockets[classes]?.count(share, of: id) ?? false }
      if isOther == true { isPortfolioOther = true }
    }
    if isPortfolioOther {
      for kind in OpenWorkspace.docketKinds {
        records.formUnion(workspace.shared.summaries.read(kind.name) { $0.ids } ?? [])
      }
    }
    taken.sum = keeper.change { $0.dockets[classes]?.sum }.flatMap { $0 } ?? PortfolioShares()
    var deadlines: [RecordID: [Deadline]] = [:]
    for id in records {
      deadlines[id] = try await found(id, classes, provider, &taken)
    }
    let (clock, new) = (taken.clock, deadlines)
    _ = keeper.change { kept in
      kept.dockets[classes]?.clock = clock
      kept.dockets[classes]?.replace(new)
    }
  }

  /// What is needed to compute, taken out of the docket of a sight.
  private struct Taken {
    var clock: DocketClock
    let models: [RecordID: DocketKeeper.KeptModel]
    let assignments: [RecordID: [RecordState]]
    var sum = PortfolioShares()

    init?(_ kept: inout DocketKeeper.Kept, _ classes: ClassSet) {
      guard let clock = kept.dockets[classes]?.clock else { return nil }
      kept.dockets[classes]?.clock = nil
      self.clock = clock
      models = kept.models
      assignments = Dictionary(
        grouping: kept.assignments.values.filter { DocketRefresh.record(of: $0) != nil }
      ) { DocketRefresh.record(of: $0) }.reduce(into: [:]) { all, pair in
        if let record = pair.key { all[record] = pair.value }
      }
    }
  }

  /// The deadlines of one record now; none when it is gone or not to be read.
  private func found(
    _ id: RecordID, _ classes: ClassSet, _ provider: RecordState?, _ taken: inout Taken
  ) async throws(Problem) -> [Deadline] {
    guard let state = try await workspace.opened(id), classes.contains(state.confidentiality)
    else { return [] }
    if id.kind == RecordKind.provider.name, id != provider?.id { return [] }
    var related = DocketRecords(provider: provider, assignments: taken.assignments[id] ?? [])
    let name =
      id.kind == RecordKind.model.name ? id : state.text("model").flatMap { RecordID($0) }
    if let name, let model = try await workspace.opened(name),
      classes.contains(model.confidentiality)
    {
      related.models[name] = model
      related.standings[name] = taken.models[name]?.standing
    }
    let incidents = try await workspace.docketIncidents(state, classes)
    (related.holders, related.settled) = (incidents.holders, incidents.settled)
    taken.clock.relate(related, portfolio: taken.sum)
    return taken.clock.deadlines(of: state)
  }
}
