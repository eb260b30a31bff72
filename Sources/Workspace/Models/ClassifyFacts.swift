public import Duties
public import Ground
internal import RuleFile

extension OpenWorkspace {
  /// The classification of a model whose facts somebody states; nothing is kept.
  ///
  /// - Parameter facts: a model file as an object.
  /// - Throws: the problems of the facts; `workspace.log-in-facts`.
  public func opinion(on facts: JSON, day: Day? = nil) throws(Problem) -> Opinion {
    try OpenWorkspace.refuseLogs(facts)
    let law = surroundings.law(day ?? surroundings.today)
    return try OpinionWriter.write(try ModelFile(facts, name: "facts").dossier, law: law)
  }

  /// Registers a model and its runs from such facts, all together or nothing.
  ///
  /// - Throws: as `opinion`; `workspace.name-taken`; `duties.*`.
  public func registerModel(
    facts: JSON, effective: Day? = nil
  ) async throws(Problem) -> (model: RecordState, runs: [RecordState]) {
    try OpenWorkspace.refuseLogs(facts)
    let node = RuleNode(facts, file: "facts")
    _ = try ModelFile(facts, name: "facts")
    return try await registerModel(node, effective: effective)
  }

  /// A log is named by its path, and whoever asks from elsewhere must not have files of this machine read.
  private static func refuseLogs(_ facts: JSON) throws(Problem) {
    guard case .array(let runs)? = facts["runs"] else { return }
    for (index, run) in runs.enumerated() where run["log"] != nil {
      throw Problem(
        "workspace.log-in-facts", what: "run \(index + 1) names a log",
        why: "a name of a file is of no use to another machine",
        mend: "send the log itself, or state its compute", places: [Place("/runs/\(index)/log")])
    }
  }
}
