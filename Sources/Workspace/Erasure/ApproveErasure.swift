public import Duties
public import Ground

/// What an erasure did, and which copies it could not reach.
public struct ErasureReport: Sendable {
  /// The erasure as it is recorded.
  public let state: RecordState
  /// The records whose contents and keys are gone.
  public let erased: [RecordID]
  /// How many sealed files were destroyed.
  public let files: Int
  /// The key epoch that has begun.
  public let epoch: Int
  /// Backups that still hold keys wrapped under epochs before.
  public let backups: [KnownBackup]
  /// Recovery files that can still open them.
  public let recoveryFiles: [KnownRecoveryFile]
  /// What is left to do in the store: a reader still keeps erased bytes in its log.
  public let pending: Problem?

  /// What people should do now, a sentence each.
  public var advice: [String] {
    var lines = backups.map {
      "the backup at \($0.place) still holds wrapped keys of epoch "
        + $0.epochs.map(String.init).joined(separator: ", ")
        + ": refresh it (systemic backup --refresh DIR) or discard it"
    }
    lines += recoveryFiles.map {
      "recovery file \($0.number) (\($0.place)) can open such backups: destroy it"
    }
    lines.append("no recovery file opens the keys of today: systemic key export FILE")
    return lines
  }
}

extension OpenWorkspace {
  /// Approves an erasure and does it: contents, keys and sealed files go, and a new key epoch begins, so that no backup
  /// made before opens with the keys of today what was erased.
  ///
  /// Refused, and recorded as refused, while a hold or a rule keeps one of the records.
  /// - Throws: `workspace.erasure-refused`, `workspace.erasure-settled`, `workspace.erasure-under-way`,
  ///   `workspace.not-allowed`, `duties.same-person`, `workspace.not-written`, `store.*`.
  public func approveErasure(_ id: RecordID) async throws(Problem) -> ErasureReport {
    try await approveErasure(id) { _ in }
  }

  /// The same; `reaching` hears each step when it is durable.
  func approveErasure(
    _ id: RecordID, reaching: (ErasureStep) throws(Problem) -> Void
  ) async throws(Problem) -> ErasureReport {
    let actor = try await authorise(.erase)
    let request = try await openErasure(id)
    _ = try RecordKind.erasure.decide(
      Change("erasure-done", effective: .day(surroundings.today)), on: request, actor: actor,
      today: surroundings.today)
    try await finishErasures()
    let records = request.texts("records").compactMap { RecordID($0) }
    try shared.beginErasing(Set(records))
    defer { shared.endErasing() }
    // Changes and holds that began before are appended by now; later ones are turned away.
    await shared.turn()
    let states = try await standing(records)
    try await refuse(states, request)
    try await beginEpoch()
    try reaching(.epochBegun)
    return try await erase(states, request, reaching: reaching)
  }

  /// The records that were not erased before.
  private func standing(_ records: [RecordID]) async throws(Problem) -> [RecordState] {
    var states: [RecordState] = []
    for id in records {
      let state = try await withKeys { () async throws(Problem) in
        try await store.record(id).flatMap { stored throws(Problem) in try keys.state(stored) }
      }
      if let state { states.append(state) }
    }
    return states
  }

  /// Records the refusal and throws it, when there is a reason to refuse.
  private func refuse(_ states: [RecordState], _ request: RecordState) async throws(Problem) {
    let refusals = try await keptUntil(states).compactMap {
      ErasureRefusal($0, today: surroundings.today)
    }
    guard !refusals.isEmpty else { return }
    let problem = ErasureRefusal.problem(refusals, request.id)
    _ = try await record(
      RecordCommand(
        .erasure, request.id,
        Change(
          "erasure-refused", set: [("refusals", .array(refusals.map(\.json)))],
          effective: .day(surroundings.today), reason: problem.why + ". " + problem.what),
        law: surroundings.law(surroundings.today).digest))
    throw problem
  }

  private func erase(
    _ states: [RecordState], _ request: RecordState,
    reaching: (ErasureStep) throws(Problem) -> Void
  ) async throws(Problem) -> ErasureReport {
    let files = states.filter { $0.id.kind == RecordKind.evidence.name }.compactMap {
      $0.text("stored")
    }
    let epoch = keys.epoch
    let copies = try await knownCopies().older(than: epoch)
    let change = Change(
      "erasure-done",
      set: [
        ("files", JSON(files)), ("epoch", .int(epoch)),
        ("backups", .array(copies.backups.map(\.json))),
        ("recovery", .array(copies.recoveryFiles.map(\.json))),
      ], effective: .day(surroundings.today))
    let (state, pending) = try await shared.changing { () async throws(Problem) in
      var batch = Batch(workspace: self)
      try await batch.add(RecordCommand(.erasure, request.id, change))
      let pending = try await appended(states.map(\.id), batch.drafts)
      return (batch.results[0], pending)
    }
    try reaching(.contentsErased)
    try destroy(files, reaching: reaching)
    try await finishEpochs(reaching: reaching)
    return ErasureReport(
      state: state, erased: states.map(\.id), files: files.count, epoch: epoch,
      backups: copies.backups, recoveryFiles: copies.recoveryFiles, pending: pending)
  }

  /// Erases in the store; gives the problem of an erasure that is recorded and waits for a reader.
  private func appended(
    _ records: [RecordID], _ drafts: [Draft]
  ) async throws(Problem) -> Problem? {
    do {
      _ = try await store.erase(records, recording: drafts)
      return nil
    } catch {
      guard error.code == "store.erasure-pending" else { throw error }
      return error
    }
  }

  private func destroy(
    _ files: [String], reaching: (ErasureStep) throws(Problem) -> Void
  ) throws(Problem) {
    for name in files where folder.files.has(name) {
      try folder.files.destroy(name)
      try reaching(.fileDestroyed)
    }
  }

  /// Finishes what a crash cut short: sealed files of records that were erased, keys to wrap anew, keys to destroy.
  ///
  /// Does nothing when nothing is left; may be called at every opening for writing, by whoever opens.
  /// - Parameter thoroughly: looks at every erasure even when no key of an epoch before is left.
  /// - Throws: `workspace.not-written`, `workspace.rewrap-incomplete`, `store.*`.
  public func finishErasures(thoroughly: Bool = false) async throws(Problem) {
    guard hasUnfinishedEpoch || thoroughly else { return }
    for erasure in try await everyState(.erasure) where erasure.status == "done" {
      try destroy(erasure.texts("files")) { _ in }
    }
    try await finishEpochs()
  }
}
