public import Duties
public import Ground

extension OpenWorkspace {
  /// The sample models and their runs that are on the record, those put away included.
  public func samples() async throws(Problem) -> [RecordState] {
    try await (states(.model) + states(.trainingRun)).filter(\.isSample)
  }

  /// Puts made-up models with their runs on the record, each marked as a sample in its name and in a field that never changes.
  ///
  /// - Throws: `workspace.samples-there` while samples are in use; `workspace.not-allowed`.
  public func loadSamples() async throws(Problem) -> [RecordState] {
    let today = surroundings.today
    let free = UniqueName(.model) { workspace async throws(Problem) in
      guard try await workspace.everyState(.model).allSatisfy({ !$0.isSample || $0.isPutAway })
      else {
        throw Problem(
          "workspace.samples-there", what: "the samples are on the record already",
          why: "twice the same names would be mixed up", mend: "put them away first")
      }
    }
    var commands: [RecordCommand] = []
    for sample in [SampleModel.planned(today), .below(today), .modification(today)] {
      let model = newID(.model)
      let mark: [(String, JSON)] = [("sample", .bool(true))]
      commands.append(
        RecordCommand(
          .model, model,
          Change("model-registered", set: sample.facts + mark, effective: .day(today))))
      for (position, run) in sample.runs.enumerated() {
        let own: [(String, JSON)] = [
          ("model", .string(model.text)), ("position", .int(position)),
        ]
        commands.append(
          RecordCommand(
            .trainingRun, nil,
            Change("run-recorded", set: run + own + mark, effective: .day(today))))
      }
      for event in sample.events {
        commands.append(
          RecordCommand(
            .model, model,
            Change(event.name, effective: .day(today.adding(days: -event.daysAgo)))))
      }
    }
    for index in commands.indices { commands[index].isOfSample = true }
    return try await record(commands, naming: free)
  }

  /// Ends the samples: models are given up and runs struck out, so that nothing is due for them.
  ///
  /// They stay readable until an erasure, which two people decide, destroys their contents; the journal keeps that there
  /// were records, who made them and when.
  /// - Throws: `workspace.no-samples`, `workspace.not-allowed`.
  public func putSamplesAway() async throws(Problem) {
    let used = try await samples().filter { !$0.isPutAway }
    guard !used.isEmpty else {
      throw Problem(
        "workspace.no-samples", what: "there is no sample in use",
        why: "none was loaded, or all were put away", mend: "nothing is left to do")
    }
    let commands = used.map { state in
      RecordCommand(
        state.id.kind == RecordKind.model.name ? .model : .trainingRun, state.id,
        Change(
          state.id.kind == RecordKind.model.name ? "model-abandoned" : "run-struck",
          effective: .day(surroundings.today), reason: "a sample, no longer needed"),
        expectedVersion: state.version)
    }
    _ = try await record(commands)
  }

  /// Asks that the samples that were put away be erased, with the opinions drafted on them; another person approves it.
  ///
  /// - Returns: the request, and what would be refused today.
  /// - Throws: `workspace.no-samples`, and as `requestErasure`.
  public func requestErasureOfSamples() async throws(Problem) -> (
    state: RecordState, refusals: [ErasureRefusal]
  ) {
    let away = try await samples().filter(\.isPutAway)
    guard !away.isEmpty else {
      throw Problem(
        "workspace.no-samples", what: "no sample was put away",
        why: "what is in use is not erased", mend: "put the samples away first")
    }
    let models = Set(away.map(\.id.text))
    let opinions = try await states(.opinion).filter { models.contains($0.text("model") ?? "") }
    return try await requestErasure(
      of: away.map(\.id) + opinions.map(\.id), reason: "samples, made up to try the program",
      basis: "no duty: what the samples say is made up and concerns nobody")
  }
}

extension RecordState {
  /// Whether it is a sample, made up to try the program.
  public var isSample: Bool { fields["sample"] == .bool(true) }

  /// Whether a model or run counts no more: given up or struck out.
  public var isPutAway: Bool { ["given up", "struck out"].contains(status) }
}
