public import Compute
public import Duties
public import Ground
internal import Rulebook

/// What the rules of a day say of a model by its ledger, as lists show it.
public struct ModelFigures: Sendable {
  /// Cumulative compute; nil when it is unknown.
  public let cumulative: FLOP?
  /// Whether it is a general-purpose AI model; nil where that does not arise.
  public let isGeneralPurpose: Answer?
  /// Whether it has systemic risk.
  public let isSystemic: Answer
  /// The day on which the ledger passes the threshold.
  public let crossing: Day?

  init(_ opinion: Opinion) {
    cumulative = opinion.classification.cumulative
    isGeneralPurpose = opinion.questions.first { $0.id == "general-purpose" }?.answer
    isSystemic = opinion.verdict.isSystemic
    crossing = opinion.forecast?.crossing
  }
}

/// A model in a list.
public struct ModelRow: Sendable {
  /// What stands in every list.
  public let summary: RecordSummary
  /// What the rules say; nil when `obstacle` says why not.
  public let figures: ModelFigures?
  /// Why there are no figures.
  public let obstacle: Obstacle?

  /// Why a model has no figures.
  public enum Obstacle: Sendable {
    /// Its facts cannot be read.
    case unreadableFacts
    /// The actor may not read all of its runs: a sum from which one was left out would be another figure.
    case hiddenRuns
  }
}

/// A part of the models.
public struct ModelList: Sendable {
  /// The rows asked for.
  public let rows: [ModelRow]
  /// How many models fit in all.
  public let total: Int
  /// The statuses that occur.
  public let statuses: [String]
}

extension OpenWorkspace {
  /// A part of the models that the actor may read, with what the rules of today say of each.
  ///
  /// What an inspector is shown is noted: models, the runs behind their figures, and the provider.
  /// - Throws: `store.*`, `sealing.*`.
  public func modelList(
    _ question: ListQuestion = ListQuestion(.model)
  ) async throws(Problem) -> ModelList {
    let who = try await current()
    let list = try await list(question, for: who)
    try await keepDocket(for: nil)
    let sight = Sight(
      who, .trainingRun, today: surroundings.today, shared.summaries)
    let ids = list.rows.map(\.id)
    let runs = runs(of: ids, sight)
    let figures = shared.docket.figures(of: ids)
    var rows: [ModelRow] = []
    var read = ids
    for (place, summary) in list.rows.enumerated() {
      let own = runs?[place] ?? []
      let areShown = own.allSatisfy { sight.reads($0) }
      let known = areShown ? figures[place] : nil
      if areShown { read += own.map(\.id) }
      rows.append(
        ModelRow(
          summary: summary, figures: known,
          obstacle: !areShown ? .hiddenRuns : known == nil ? .unreadableFacts : nil))
    }
    try await noteSeen(read, by: who)
    return ModelList(rows: rows, total: list.total, statuses: list.statuses)
  }

  /// The runs of models; nil where all may be read by somebody whose readings are not noted.
  private func runs(of models: [RecordID], _ sight: Sight) -> [[RecordSummary]]? {
    shared.summaries.read(RecordKind.trainingRun.name) { table in
      if sight.readsAll(of: table), !sight.who.isBounded { return nil }
      return models.map { table.members(of: $0).compactMap { table[$0] } }
    } ?? nil
  }
}
