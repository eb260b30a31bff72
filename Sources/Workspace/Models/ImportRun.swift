public import Compute
public import Duties
public import Ground

extension OpenWorkspace {
  /// Puts what a training log tells into the compute ledger: a new run, or a revision of one of the same name.
  ///
  /// What the log does not tell stays open; nothing is guessed. Rows that could not be read are kept as a note.
  /// - Throws: `workspace.log-without-figure`, `duties.*`.
  public func importRun(
    _ run: ImportedRun, digest: String, name: String, model: RecordState,
    more: [(String, JSON)] = [], reason: String? = nil, effective: Day? = nil
  ) async throws(Problem) -> RecordState {
    var set: [(String, JSON)] = [
      ("name", .string(name)), ("model", .string(model.id.text)),
      ("log_kind", .string(run.kind.rawValue)), ("log_digest", .string(digest)),
    ]
    try checkFigure(run, more)
    if let flop = run.flop { set.append(("flop", .string(flop.digits))) }
    if let tokens = run.tokens { set.append(("tokens", .string(String(tokens)))) }
    if let hours = run.gpuHours { set.append(("chip_hours", .string(String(hours)))) }
    set.append(("measured", ImportRunNote.json(run)))
    set = set.filter { entry in !more.contains { $0.0 == entry.0 } } + more
    let day = Effective.day(effective ?? surroundings.today)
    func known() async throws(Problem) -> RecordState? {
      try await runs(of: model.id).first { $0.title == name && $0.status != "struck out" }
    }
    func revise(_ run: RecordState) async throws(Problem) -> RecordState {
      let change = Change("run-revised", set: set, effective: day, reason: reason)
      return try await record(RecordCommand(.trainingRun, run.id, change))
    }
    if let run = try await known() { return try await revise(run) }
    do {
      let change = Change("run-recorded", set: set, effective: day, reason: reason)
      return try await recordRun(change, of: model)
    } catch {
      // Somebody else recorded a run of this name meanwhile.
      guard error.code == "workspace.name-taken", let run = try await known() else { throw error }
      return try await revise(run)
    }
  }
}

extension OpenWorkspace {
  /// Refuses a log that tells no compute where nobody states it either; asked before the log is kept as evidence.
  ///
  /// - Throws: `workspace.log-without-figure`.
  public func checkFigure(_ run: ImportedRun, _ more: [(String, JSON)]) throws(Problem) {
    guard run.flop == nil, !more.contains(where: { $0.0 == "flop" }) else { return }
    throw Problem(
      "workspace.log-without-figure", what: "\(run.file) does not tell the compute",
      why: "missing: \(run.missing.joined(separator: ", "))",
      mend: "give what is missing, such as --params 7B, or the compute itself with --set flop=…")
  }
}

/// What a log told beside the compute, as it is kept with the run.
enum ImportRunNote {
  static func json(_ run: ImportedRun) -> JSON {
    .object([
      ("file", .string(run.file)), ("method", JSON(run.method)), ("steps", JSON(run.steps)),
      ("gpus", JSON(run.gpus)),
      ("train_time_seconds", JSON(run.trainTimeSeconds.map { String($0) })),
      ("energy_mwh", JSON(run.energyMWh.map { String($0) })),
      ("utilisation", JSON(run.utilisation.map { String($0) })), ("missing", JSON(run.missing)),
      ("warnings", JSON(run.warnings)), ("unread_rows", .int(run.problemCount)),
    ])
  }
}
