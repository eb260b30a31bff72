public import Ground
internal import Sealing

extension OpenWorkspace {
  /// Begins a new key epoch: its key is durable before anything is wrapped under it.
  ///
  /// As long as the key of an epoch before is there too, the turn is not finished; `finishEpochs` may go on at any time,
  /// also after a crash.
  /// - Throws: `workspace.not-written`, `store.*`.
  func beginEpoch() async throws(Problem) {
    let (epoch, key) = (keys.epoch + 1, SecretKey())
    try PrivateFile.write(Hex.text(key.bytes), to: folder.epochKey(epoch))
    await shared.turn { $0.epochs[epoch] = key }
    try await noteOperation(
      "key-epoch-begun", "key epoch \(epoch) begun", detail: .object([("epoch", .int(epoch))]))
  }

  /// Whether an epoch was begun and the keys of those before are still there.
  public var hasUnfinishedEpoch: Bool { keys.epochs.count > 1 || !keys.spoiled.isEmpty }

  /// Refuses what would carry the keys of an epoch that is about to end.
  ///
  /// - Throws: `workspace.erasure-unfinished`.
  func checkFinished() throws(Problem) {
    guard hasUnfinishedEpoch else { return }
    throw Problem(
      "workspace.erasure-unfinished", what: "an erasure was cut short, or is under way",
      why: "the keys of the epoch before are still there, and must not be copied",
      mend: "finish it: systemic erase --finish", places: [Place(folder.keys)])
  }

  /// Begins a new key epoch without an erasure: when somebody may have seen the key, or from time to time.
  ///
  /// - Throws: `workspace.not-allowed`, `workspace.not-written`, `store.*`.
  public func rotateEpoch() async throws(Problem) -> Int {
    try await authorise(.handleKeys)
    try await finishErasures()
    try await beginEpoch()
    try await finishEpochs()
    return keys.epoch
  }

  /// Wraps the keys of all records under the newest epoch, then destroys the keys of those before.
  ///
  /// - Throws: `workspace.rewrap-incomplete`, `workspace.not-written`, `sealing.not-unwrapped`, `store.*`.
  func finishEpochs(
    reaching: (ErasureStep) throws(Problem) -> Void = { _ in }
  ) async throws(Problem) {
    guard hasUnfinishedEpoch else { return }
    // Changes that began with the keys before are appended by then, and found by what follows.
    await shared.turn()
    try await rewrapAll(reaching: reaching)
    let newest = keys.epoch
    try await checkWrapped(under: newest)
    try reaching(.keysRewrapped)
    for epoch in keys.spoiled.union(keys.epochs.keys).sorted() where epoch < newest {
      try PrivateFile.destroy(folder.epochKey(epoch))
      await shared.turn {
        $0.epochs[epoch] = nil
        $0.spoiled.remove(epoch)
      }
      try reaching(.epochDestroyed)
    }
  }

  private func rewrapAll(
    reaching: (ErasureStep) throws(Problem) -> Void
  ) async throws(Problem) {
    let ring = keys
    var after: RecordID?
    while true {
      let page = try await store.records(kind: nil, after: after, limit: OpenWorkspace.page)
      var wrapped: [RecordID: WrappedKey] = [:]
      for record in page {
        // What is wrapped under a key that is not here stays closed, as it was.
        guard let key = record.key, key.epoch != ring.epoch, ring.epochs[key.epoch] != nil else {
          continue
        }
        wrapped[record.id] = try ring.wrap(try ring.unwrap(key))
      }
      if !wrapped.isEmpty {
        try await store.rewrap(wrapped)
        try reaching(.pageRewrapped)
      }
      guard page.count == OpenWorkspace.page else { break }
      after = page.last?.id
    }
  }

  /// Looks once more before keys are destroyed: nothing may need them.
  private func checkWrapped(under newest: Int) async throws(Problem) {
    let used = try await store.epochs()
    for epoch in keys.spoiled where used[epoch] != nil { throw KeyRing.bad(folder.epochKey(epoch)) }
    for (epoch, count) in used where epoch < newest {
      guard keys.epochs[epoch] == nil else {
        throw Problem(
          "workspace.rewrap-incomplete",
          what: "\(count) records are still wrapped under epoch \(epoch)",
          why: "its key is destroyed only when nothing needs it",
          mend: "do it again: systemic erase --finish")
      }
    }
  }
}

extension RecordStore {
  /// How many records are wrapped under each epoch.
  func epochs() async throws(Problem) -> [Int: Int] {
    var counts: [Int: Int] = [:]
    var after: RecordID?
    while true {
      let page = try await records(kind: nil, after: after, limit: OpenWorkspace.page)
      for record in page { if let key = record.key { counts[key.epoch, default: 0] += 1 } }
      guard page.count == OpenWorkspace.page else { return counts }
      after = page.last?.id
    }
  }
}

extension WorkspaceFolder {
  /// The file of an epoch's key.
  func epochKey(_ epoch: Int) -> String { keys + "/epoch-\(epoch).key" }
}
