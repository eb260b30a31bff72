public import Duties
public import Ground

extension OpenWorkspace {
  /// Records a run by hand; its name must be new within the model.
  ///
  /// - Throws: `workspace.name-taken`, `duties.*`.
  public func recordRun(_ change: Change, of model: RecordState) async throws(Problem)
    -> RecordState
  {
    let name = change.set.last { $0.0 == "name" }?.1.text ?? ""
    let free = UniqueName(.trainingRun, of: model.id) { workspace async throws(Problem) in
      guard
        try await workspace.runs(of: model.id).allSatisfy({
          $0.title != name || $0.status == "struck out"
        })
      else {
        throw Problem(
          "workspace.name-taken", what: "\(model.title) has a run “\(name)” already",
          why: "lineage names runs", mend: "revise it: systemic run revise “\(name)” …")
      }
    }
    return try await record([RecordCommand(.trainingRun, nil, change)], naming: free)[0]
  }
}
