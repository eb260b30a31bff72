public import Duties
public import Ground
internal import Rulebook

/// What of the docket is asked for.
public struct DocketQuestion: Sendable, Hashable {
  /// Only what is overdue.
  public var isOverdueOnly = false
  /// Also what was met, what opens later and until when records are kept.
  public var includesClosed = false
  /// Of one record only.
  public var record: RecordID?
  /// Of one person or role only.
  public var owner: String?
  /// The day on which it is read; nil is today.
  public var day: Day?
  /// Only what is decided: nothing that waits for facts.
  public var isDecidedOnly = false
  /// Only what stands there; what is closed needs `includesClosed` too.
  public var status: Deadline.Status?
  /// Only what waits for facts.
  public var isUndeterminedOnly = false

  /// Everything that is open.
  public init() {}

  /// Whether a deadline is asked for, whatever its record.
  func takes(_ deadline: Deadline) -> Bool {
    if isDecidedOnly, deadline.status == .undetermined { return false }
    if isUndeterminedOnly, deadline.status != .undetermined { return false }
    if let status, deadline.status != status { return false }
    if isOverdueOnly { return deadline.status == .overdue }
    if let owner, deadline.assignedTo != owner && deadline.owner.rawValue != owner { return false }
    return includesClosed || !deadline.isClosed && deadline.status != .opensLater
  }
}

/// A part of the docket, with figures over all of what was asked for.
public struct DocketPart: Sendable {
  /// The deadlines asked for.
  public let deadlines: [Deadline]
  /// How many there are in all.
  public let total: Int
  /// How many of them are overdue.
  public let overdue: Int
  /// How many wait for facts.
  public let undetermined: Int

  init(_ all: [Deadline], from start: Int, atMost limit: Int) {
    let first = min(max(0, start), all.count)
    deadlines = Array(all[first..<(first + min(max(0, limit), all.count - first))])
    total = all.count
    overdue = all.count { $0.status == .overdue }
    undetermined = all.count { $0.status == .undetermined }
  }
}

extension OpenWorkspace {
  /// The deadlines of every record that the actor may read, from records, rules and calendar; what is shown is noted.
  ///
  /// - Throws: `workspace.*`, `sealing.*`, `store.*`.
  public func docket(_ question: DocketQuestion = DocketQuestion()) async throws(Problem)
    -> [Deadline]
  {
    if let classes = try await keptSight(question),
      let deadlines = shared.docket.deadlines(classes, question)
    {
      try await noteShown(deadlines.map(\.record))
      return deadlines
    }
    return try await computedDocket(question)
  }

  /// A part of the docket, with figures over all of what was asked for.
  ///
  /// - Throws: `workspace.*`, `sealing.*`, `store.*`.
  public func docket(
    _ question: DocketQuestion, from start: Int, atMost limit: Int
  ) async throws(Problem) -> DocketPart {
    if let classes = try await keptSight(question),
      let part = shared.docket.part(classes, question, from: start, atMost: limit)
    {
      try await noteShown(part.deadlines.map(\.record))
      return part
    }
    return DocketPart(try await computedDocket(question), from: start, atMost: limit)
  }

  /// The sight by which a question is answered from memory; nil where it has to be computed: for another day, for who
  /// reads a scope, and in a process that keeps no docket.
  private func keptSight(_ question: DocketQuestion) async throws(Problem) -> ClassSet? {
    guard shared.summaries.isKept, question.day == nil || question.day == surroundings.today,
      let classes = try await docketSight(of: try await current())
    else { return nil }
    try await keepDocket(for: classes)
    return classes
  }

  /// The same, computed anew.
  func computedDocket(
    _ question: DocketQuestion = DocketQuestion()
  ) async throws(Problem) -> [Deadline] {
    let day = question.day ?? surroundings.today
    let law = surroundings.law(day)
    let provider = try await provider()
    let models = try await states(.model)
    // While the others are read.
    async let standings = judgedStandings(of: models, law: law)
    var records: [RecordState] = []
    for kind in OpenWorkspace.docketKinds {
      if kind === RecordKind.model {
        records += models
      } else if kind === RecordKind.provider {
        records += provider.map { [$0] } ?? []
      } else {
        records += try await states(kind)
      }
    }
    var related = DocketRecords(
      provider: provider, models: models, standings: try await standings.get(),
      assignments: try await everyState(.assignment))
    let incidents = DocketIncidents(records, decisions: try await everyState(.nonReport))
    (related.holders, related.settled) = (incidents.holders, incidents.settled)
    let clock = DocketClock(law: law, today: day, related: related)
    if let record = question.record { records = records.filter { $0.id == record } }
    return await clock.deadlines(ofMany: records) { question.takes($0) }
  }

  private func judgedStandings(
    of models: [RecordState], law: Law
  ) async -> Result<[RecordID: ModelStanding], Problem> {
    do throws(Problem) {
      let provider = try await everyState(.provider).first
      return .success(try await standings(of: models, provider: provider, law: law))
    } catch { return .failure(error) }
  }

  /// Of fewer models the runs are looked up one by one.
  private static let fewModels = 100

  /// What the ledger and the facts of each model say of it; a model whose facts cannot be read stays undetermined.
  private func standings(
    of models: [RecordState], provider: RecordState?, law: Law
  ) async throws(Problem) -> [RecordID: ModelStanding] {
    // All runs, also those that the actor may not read: a sum without them would be another figure, and only the
    // deadlines that follow from it are shown.
    let areFew = shared.summaries.isKept && models.count < OpenWorkspace.fewModels
    let all =
      areFew
      ? [:]
      : Dictionary(grouping: try await everyState(.trainingRun).inLedgerOrder) {
        $0.text("model") ?? ""
      }
    var standings: [RecordID: ModelStanding] = [:]
    for model in models {
      let runs =
        areFew
        ? try await members(.trainingRun, of: model.id).inLedgerOrder : all[model.id.text] ?? []
      let ledger = ComputeLedger(
        model: model, runs: runs, version: 0,
        document: ModelDocument.json(model, runs: runs, provider: provider))
      guard let opinion = try? ledger.opinion(law) else { continue }
      standings[model.id] = ModelStanding(opinion)
    }
    return standings
  }
}

extension ModelStanding {
  /// What an opinion says.
  init(_ opinion: Opinion) {
    let general = opinion.questions.first { $0.id == "general-purpose" }?.answer
    let open = opinion.questions.first { $0.id == "open-source" }?.answer
    self.init(
      isGeneralPurpose: general ?? .undetermined(["general_purpose"]),
      isSystemic: opinion.verdict.isSystemic,
      isOpenSource: open ?? .undetermined(["open_source_conditions"]),
      // Not asked where nobody else's model was modified: whoever made it is its provider.
      isProvider: opinion.classification.isModifierProvider ?? .yes,
      thresholdMet: opinion.forecast?.crossing, thresholdKnown: opinion.forecast?.known)
  }
}
