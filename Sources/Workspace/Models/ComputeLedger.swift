public import Duties
public import Ground
internal import Rulebook

/// The compute ledger of a model as it stood on a day: its runs, and the number of the version.
public struct ComputeLedger: Sendable {
  /// The model.
  public let model: RecordState
  /// Its runs, those struck out included.
  public let runs: [RecordState]
  /// The version: every recording, revision and striking out of a run makes a new one.
  public let version: Int
  /// The model file that the records amount to.
  public let document: JSON
}

extension OpenWorkspace {
  /// The ledger of a model, with all its runs: a sum from which one was left out would be another figure.
  ///
  /// - Throws: `workspace.unknown-record`, `workspace.not-yet` when the model had not begun, `workspace.not-allowed`
  ///   when a run may not be read.
  public func ledger(
    of model: RecordID, _ asOf: AsOf = .now
  ) async throws(Problem) -> ComputeLedger {
    guard let state = try await state(model, asOf) else {
      _ = try await needed(model)
      throw Problem(
        "workspace.not-yet", what: "\(model.text) had not begun then",
        why: "its first event is later, or was written later", mend: "ask for a later day")
    }
    let runs = try await runs(of: model, asOf)
    return ComputeLedger(
      model: state, runs: runs, version: runs.reduce(0) { $0 + $1.version },
      document: ModelDocument.json(state, runs: runs, provider: try await provider(asOf)))
  }

  /// The classification of a model from its records, by the law of a day.
  ///
  /// - Throws: the problems of the facts, each with the field.
  public func opinion(
    on ledger: ComputeLedger, day: Day? = nil
  ) throws(Problem) -> Opinion {
    try ledger.opinion(surroundings.law(day ?? surroundings.today))
  }
}

extension ComputeLedger {
  /// The classification by a law, which remembers what it has read: one law for many ledgers.
  func opinion(_ law: Law) throws(Problem) -> Opinion {
    try OpinionWriter.write(try ModelFile(document, name: model.title).dossier, law: law)
  }
}
