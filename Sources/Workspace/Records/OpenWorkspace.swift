public import Duties
public import Ground
internal import Sealing

/// A workspace with its store, its keys and whoever acts: the only way by which records change.
///
/// All of it is constant, and it is handed on many times in every change: a class, so that this copies nothing.
public final class OpenWorkspace: Sendable {
  /// Where it lies.
  public let folder: WorkspaceFolder
  /// Its origin and public keys.
  public let description: WorkspaceDescription
  /// Where the journal and the records are kept.
  public let store: any RecordStore
  /// Its keys as they are now.
  public var keys: KeyRing { shared.keys }
  /// Time, law and user.
  public let surroundings: Surroundings
  /// Who acts.
  public let who: SignedIn
  /// What all who act in it share.
  let shared: SharedParts
  /// What was allowed in the request that is being answered; nil outside of requests.
  let notes: AccessNotes?

  /// A workspace with its parts, for one actor.
  public convenience init(
    folder: WorkspaceFolder, description: WorkspaceDescription, store: any RecordStore,
    keys: KeyRing, surroundings: Surroundings, who: SignedIn
  ) {
    self.init(
      folder: folder, description: description, store: store, shared: SharedParts(keys: keys),
      surroundings: surroundings, who: who, notes: nil)
  }

  private init(
    folder: WorkspaceFolder, description: WorkspaceDescription, store: any RecordStore,
    shared: SharedParts, surroundings: Surroundings, who: SignedIn, notes: AccessNotes?
  ) {
    self.folder = folder
    self.description = description
    self.store = store
    self.shared = shared
    self.surroundings = surroundings
    self.who = who
    self.notes = notes
  }

  /// The same workspace for another actor.
  ///
  /// - Parameter notes: Collects what is allowed, until `writeNotes`.
  public func acting(as who: SignedIn, noting notes: AccessNotes? = nil) -> OpenWorkspace {
    OpenWorkspace(
      folder: folder, description: description, store: store, shared: shared,
      surroundings: surroundings, who: who, notes: notes)
  }
}

/// What to do to one record: a new one when `id` is nil.
public struct RecordCommand: Sendable {
  /// The kind of record.
  public var kind: RecordKind
  /// The record; nil begins one under a random key.
  public var id: RecordID?
  /// What happens.
  public var change: Change
  /// The version on which the person decided; nil takes the newest.
  public var expectedVersion: Int?
  /// The law by which it was decided, when it is a decision.
  public var law: String?
  /// The size of its log on which it was decided; nil where it rests on its own record only.
  var decidedAt: Int?
  /// Whether its name was made up a moment ago, so that there is nothing to read.
  var isNamedHere = false
  /// Whether a use case made it that looked at the other records on which it depends.
  var isComposed = false
  /// Whether it may mark its record as a sample, which no rule asks to keep.
  var isOfSample = false
  /// The key of a new record under which a file was sealed before; nil takes a new one.
  var key: SecretKey?

  /// A command.
  public init(
    _ kind: RecordKind, _ id: RecordID? = nil, _ change: Change, expectedVersion: Int? = nil,
    law: String? = nil
  ) {
    self.kind = kind
    self.id = id
    self.change = change
    self.expectedVersion = expectedVersion
    self.law = law
  }
}

extension OpenWorkspace {
  /// Most attempts when others change the same record at the same time.
  static let attempts = 64

  /// Does one thing to one record.
  ///
  /// - Returns: the record as it then stands, when it is durable.
  public func record(
    _ command: RecordCommand, idempotencyKey: String? = nil
  ) async throws(Problem) -> RecordState {
    try await record([command], idempotencyKey: idempotencyKey)[0]
  }

  /// Does several things together or none of them; a later command sees what an earlier one did.
  ///
  /// - Throws: what `RecordKind.decide` throws, `workspace.not-allowed`, `workspace.unknown-record`,
  ///   `store.version-conflict`, `store.*`.
  public func record(
    _ commands: [RecordCommand], idempotencyKey: String? = nil
  ) async throws(Problem) -> [RecordState] {
    // A key is that of one actor: nobody is answered with what somebody else asked.
    let key = idempotencyKey.map { "\(who.id)|\($0)" }
    if let key, let done = try await done(key, commands.count) { return done }
    let named = named(commands)
    let (receipts, states, reclassed) = try await repeating(commands) { () async throws(Problem) in
      var batch = Batch(workspace: self, commands: named.count)
      for command in named { try await batch.add(command) }
      try await batch.takePapersAlong()
      try await batch.takeCommentsAlong()
      let receipts =
        key == nil
        ? try await append(batch) : try await store.append(batch.drafts, idempotencyKey: key)
      return (receipts, batch.results, batch.reclassed)
    }
    if key == nil { shared.summaries.hand(receipts, states) }
    let written = named.indices.filter { named[$0].kind.followsIncident }.map { states[$0] }
    try await alignClasses(reclassed.map(\.id), written)
    // What came along with the commands is nobody's answer.
    guard key == nil else { return try await self.states(at: receipts.prefix(named.count)) }
    var results = Array(states.prefix(named.count))
    for index in results.indices where named[index].kind.hasHiddenFields {
      results[index] = results[index].shown
    }
    return results
  }

  /// Appends what was decided, and in the same transaction what the request was let do: the disk is waited for once.
  private func append(_ batch: Batch) async throws(Problem) -> [Receipt] {
    guard let remark = takeRemark() else {
      return try await store.append(batch.drafts, idempotencyKey: nil)
    }
    do { return try await store.append(batch.drafts, saying: remark) } catch {
      notes?.putBack(remark.lines)
      throw error
    }
  }

  /// Commands with a name for each new record.
  func named(_ commands: [RecordCommand]) -> [RecordCommand] {
    var named = commands
    for index in named.indices where named[index].id == nil {
      named[index].id = newID(named[index].kind)
      named[index].isNamedHere = true
    }
    return named
  }

  /// Decides and appends; again when others changed the same records meanwhile.
  func repeating<Result>(
    _ commands: [RecordCommand], _ change: () async throws(Problem) -> Result
  ) async throws(Problem) -> Result {
    var attempt = 1
    while true {
      do { return try await shared.changing(change) } catch {
        // Somebody else was quicker: decide anew on what the record is now, unless the person named a version.
        let mayRepeat =
          error.code == "store.version-conflict"
          && !commands.contains { $0.expectedVersion != nil }
          || takesNewEpoch(after: error)
        guard mayRepeat, attempt < OpenWorkspace.attempts else { throw error }
        attempt += 1
        await Task.yield()
      }
    }
  }

  /// What an earlier request under a key made, as it stands now; nil when there was none.
  ///
  /// Asked with a draft that no record can take: the store gives the first receipts, or refuses it and writes nothing.
  private func done(_ key: String, _ count: Int) async throws(Problem) -> [RecordState]? {
    let probe = Draft(
      log: .operational, record: newID(.operation), version: 0, entry: [])
    do {
      return try await states(
        at: try await store.append([probe], idempotencyKey: key).prefix(count))
    } catch {
      guard error.code == "store.version-conflict" else { throw error }
      return nil
    }
  }

  /// The records to which entries belong, which the actor has written.
  private func states(at receipts: ArraySlice<Receipt>) async throws(Problem) -> [RecordState] {
    var states: [RecordState] = []
    for receipt in receipts {
      let entries = try await store.entries(receipt.log, from: receipt.index, limit: 1)
      guard let id = entries.first?.record else { continue }
      // Without asking whether the actor may read it: they are told what they wrote.
      let state = try await store.record(id).flatMap { stored throws(Problem) in
        try keys.state(stored)
      }
      if let state { states.append(state.shown) } else { states.append(try await needed(id)) }
    }
    return states
  }

  /// A name that tells nothing of what it names: 12 letters and digits, see `KeyRun`.
  func newID(_ kind: RecordKind) -> RecordID {
    guard let id = RecordID(kind.name + "/" + shared.newKey()) else {
      preconditionFailure("kinds and random keys are plain")
    }
    return id
  }

  /// A record as it stands; nil when there is none, and when it was erased.
  ///
  /// - Throws: `workspace.not-allowed`, `sealing.not-opened`, `workspace.no-epoch-key`.
  public func state(_ id: RecordID) async throws(Problem) -> RecordState? {
    let found = try await withKeys { () async throws(Problem) in
      try await store.record(id).flatMap { stored throws(Problem) in try keys.state(stored) }
    }
    guard let state = found else { return nil }
    try await authorise(.read, state.id, state.confidentiality)
    return state.shown
  }

  /// A record that must exist.
  ///
  /// - Throws: `workspace.unknown-record`, and as `state`.
  public func needed(_ id: RecordID) async throws(Problem) -> RecordState {
    if let state = try await state(id) { return state }
    let isErased = try await store.record(id) != nil
    throw Problem(
      "workspace.unknown-record",
      what: isErased ? "\(id.text) was erased" : "there is no \(id.text)",
      why: isErased
        ? "its content was destroyed; the journal still proves that it was there"
        : "the name was never given in this workspace",
      mend: "look for it with: systemic search WORDS")
  }

  /// All records of a kind that the actor may read, in the order of their names; that they were read is noted.
  public func states(_ kind: RecordKind) async throws(Problem) -> [RecordState] {
    let today = surroundings.today
    let who = try await current()
    var states: [RecordState] = []
    if let few = try await fewStates(kind, for: who) {
      states = few
    } else {
      try await eachPage(of: kind) { page in
        states += page.lazy.filter { who.mayRead($0.id, $0.confidentiality, today: today) }
      }
    }
    try await noteSeen(states.map(\.id), by: who)
    return kind.hasHiddenFields ? states.map(\.shown) : states
  }

  /// All records of a kind, for the program's own questions: who somebody is, what is held, what is due.
  func everyState(_ kind: RecordKind) async throws(Problem) -> [RecordState] {
    if let few = try await fewStates(kind) { return few }
    var states: [RecordState] = []
    try await eachPage(of: kind) { states += $0 }
    return states
  }

  /// Opens all records of a kind, some thousand at once, in the order of their names.
  func eachPage(
    of kind: RecordKind, atOnce: Int = OpenWorkspace.page, _ body: ([RecordState]) -> Void
  ) async throws(Problem) {
    var after: RecordID?
    var ahead: Task<[StoredRecord]?, Never>?
    while true {
      let last = after
      var read = ahead
      let page = try await withKeys { () async throws(Problem) in
        // What cannot be opened with these keys is read again.
        let known = await read?.value
        read = nil
        let page: [StoredRecord] =
          if let known { known } else {
            try await store.records(kind: kind.name, after: last, limit: atOnce)
          }
        let next = page.count == atOnce ? page.last?.id : nil
        // While this one is opened.
        ahead = next.map { next in
          Task { [store] in
            try? await store.records(kind: kind.name, after: next, limit: atOnce)
          }
        }
        return (states: try await opened(page), next: next)
      }
      body(page.states)
      guard let next = page.next else { return }
      after = next
    }
  }

  /// Whether another process began a key epoch, whose key lies in the folder now.
  func takesNewEpoch(after problem: Problem) -> Bool {
    guard problem.code == "store.epoch-ended", let ring = try? KeyRing(folder) else { return false }
    // Another caller who was refused together with this one may have taken it already.
    _ = shared.take(ring)
    return true
  }

  /// Reads and opens; once more with the keys in the folder when an epoch ended between reading and opening.
  func withKeys<Result>(
    _ body: () async throws(Problem) -> Result
  ) async throws(Problem) -> Result {
    let epochs = Set(keys.epochs.keys)
    do { return try await body() } catch {
      guard error.code == "workspace.no-epoch-key" else { throw error }
      // In this process the keys are the new ones already; another process leaves them in the folder.
      let isNewer =
        Set(keys.epochs.keys) != epochs || (try? KeyRing(folder)).map(shared.take) ?? false
      guard isNewer else { throw error }
      return try await body()
    }
  }

  /// Records read at once.
  static let page = 4096

  /// Opens many records on both cores; leaves out what was erased.
  private func opened(_ page: [StoredRecord]) async throws(Problem) -> [RecordState] {
    let keys = keys
    @Sendable func open(_ part: ArraySlice<StoredRecord>) -> Result<[RecordState], Problem> {
      Result { () throws(Problem) in
        var states: [RecordState] = []
        states.reserveCapacity(part.count)
        for stored in part {
          if let state = try keys.state(stored) { states.append(state) }
        }
        return states
      }
    }
    let half = page.count / 2
    guard half > 128 else { return try open(page[...]).get() }
    async let first = Task { open(page[..<half]) }.value
    let second = open(page[half...])
    return try await first.get() + second.get()
  }
}

extension KeyRing {
  /// The state of a stored record; nil when it was erased.
  func state(_ stored: StoredRecord) throws(Problem) -> RecordState? {
    guard let sealed = stored.state, let key = stored.key else { return nil }
    return try Sealed.state(sealed, of: stored.id, version: stored.version, key: try unwrap(key))
  }
}

extension RecordState {
  /// Without what proves who somebody is: it is compared here and shown to nobody.
  var shown: RecordState {
    guard fields.keys.contains(where: RecordKind.hiddenFields.contains) else { return self }
    var state = self
    for name in RecordKind.hiddenFields { state.fields[name] = nil }
    return state
  }
}
