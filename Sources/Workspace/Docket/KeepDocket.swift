internal import Duties
internal import Ground
internal import Rulebook

extension OpenWorkspace {
  /// Kinds whose records have deadlines, in the order of the names of their records.
  static let docketKinds: [RecordKind] = [
    .model, .provider, .evidence, .downstreamRequest, .hold, .incident, .measure, .otherReport,
  ].sorted { $0.name + "/" < $1.name + "/" }

  /// Kinds on which deadlines depend.
  static let docketSources = docketKinds + [.trainingRun, .assignment, .nonReport]

  private static let docketSourceNames = Set(docketSources.map(\.name))

  /// Whether a deadline may depend on records of a kind.
  static func docketDepends(on kind: String) -> Bool { docketSourceNames.contains(kind) }

  /// The sight by which a docket is kept: all, or some classes; nil for who reads a scope, or kinds differently.
  func docketSight(of who: SignedIn) async throws(Problem) -> ClassSet? {
    guard !who.isBounded else { return nil }
    try await summarise(OpenWorkspace.docketKinds)
    let today = surroundings.today
    var classes: ClassSet?
    var readsAll = true
    for kind in OpenWorkspace.docketKinds {
      let sight = Sight(who, kind, today: today, shared.summaries)
      guard classes == nil || classes == sight.classes else { return nil }
      classes = sight.classes
      readsAll =
        readsAll && shared.summaries.read(kind.name) { sight.readsAll(of: $0) } ?? false
    }
    return readsAll ? .all : classes
  }

  /// Brings figures and docket of today up to date for whoever reads certain classes; nil asks for figures only.
  func keepDocket(for classes: ClassSet?) async throws(Problem) {
    try await summarise(OpenWorkspace.docketSources)
    let (docket, summaries) = (shared.docket, shared.summaries)
    func isCurrent() -> Bool {
      docket.holds(surroundings.today, classes) && !summaries.hasNewsForDocket
    }
    guard !isCurrent() else { return }
    try await docket.turn.taking { () async throws(Problem) in
      guard !isCurrent() else { return }
      do throws(Problem) {
        try await refresh(for: classes)
      } catch {
        // What was half changed is computed anew.
        docket.take(nil)
        summaries.resetDocket()
        throw error
      }
    }
  }

  private func refresh(for classes: ClassSet?) async throws(Problem) {
    let (docket, today) = (shared.docket, surroundings.today)
    let changed = shared.summaries.changedForDocket()
    let isProviderChanged = changed?.contains { $0.kind == RecordKind.provider.name } ?? true
    if docket.day != today || isProviderChanged {
      var kept = DocketKeeper.Kept(day: today, law: surroundings.law(today))
      let ids = shared.summaries.read(RecordKind.model.name) { $0.ids } ?? []
      kept.models = try await judged(ids, by: kept.law)
      for state in try await everyState(.assignment) { kept.assignments[state.id] = state }
      docket.take(kept)
    } else if let changed, !changed.isEmpty {
      try await DocketRefresh(self).take(changed)
    }
    guard let classes, !docket.holds(today, classes) else { return }
    try await beginDocket(classes)
  }

  /// The docket of a sight, computed from the beginning.
  private func beginDocket(_ classes: ClassSet) async throws(Problem) {
    guard let kept = shared.docket.change({ $0 }) else { return }
    func seen(_ kind: RecordKind) async throws(Problem) -> [RecordState] {
      try await everyState(kind).filter { classes.contains($0.confidentiality) }
    }
    let provider = try await seen(.provider).first
    let models = try await seen(.model)
    let names = Set(models.map(\.id))
    let standings = kept.models.compactMapValues(\.standing).filter { names.contains($0.key) }
    var records: [RecordState] = models
    for kind in OpenWorkspace.docketKinds where kind !== RecordKind.model {
      let found = try await seen(kind)
      records += kind === RecordKind.provider ? Array(found.prefix(1)) : found
    }
    var related = DocketRecords(
      provider: provider, models: models, standings: standings,
      assignments: Array(kept.assignments.values))
    let incidents = DocketIncidents(records, decisions: try await everyState(.nonReport))
    (related.holders, related.settled) = (incidents.holders, incidents.settled)
    let clock = DocketClock(law: kept.law, today: kept.day, related: related)
    var shares: [RecordID: PortfolioShare] = [:]
    for model in models { shares[model.id] = clock.share(of: model, standings[model.id]) }
    let deadlines = await clock.deadlines(ofMany: records) { _ in true }
    let docket = KeptDocket(deadlines, clock: clock, shares: shares)
    _ = shared.docket.change { $0.dockets[classes] = docket }
  }

  /// What the ledgers of models say, on both cores.
  func judged(
    _ models: [RecordID], by law: Law
  ) async throws(Problem) -> [RecordID: DocketKeeper.KeptModel] {
    let provider = try await everyState(.provider).first
    let half = models.count / 2
    async let first = judgement(models[..<half], provider, law)
    let second = await judgement(models[half...], provider, law)
    return try await first.get().merging(try second.get()) { $1 }
  }

  private func judgement(
    _ models: ArraySlice<RecordID>, _ provider: RecordState?, _ law: Law
  ) async -> Result<[RecordID: DocketKeeper.KeptModel], Problem> {
    do throws(Problem) {
      var judged: [RecordID: DocketKeeper.KeptModel] = [:]
      for id in models {
        guard let model = try await opened(id) else { continue }
        // All runs, also those that somebody may not read: a sum without them would be another figure, and only the
        // deadlines that follow from it are shown to everybody.
        let runs = try await members(.trainingRun, of: id).inLedgerOrder
        let opinion = try? ComputeLedger(
          model: model, runs: runs, version: 0,
          document: ModelDocument.json(model, runs: runs, provider: provider)
        ).opinion(law)
        judged[id] = DocketKeeper.KeptModel(
          version: model.version, figures: opinion.map { ModelFigures($0) },
          standing: opinion.map { ModelStanding($0) })
      }
      return .success(judged)
    } catch { return .failure(error) }
  }
}

extension ClassSet {
  /// All classes.
  static let all = ClassSet(Confidentiality.allCases)
}
