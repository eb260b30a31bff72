public import Ground

/// The use case behind `key import`.
public enum BringKeys {
  /// Brings keys into a restored workspace, notes it, and finishes what the backup may have been made in the midst of.
  ///
  /// - Throws: as `KeySource.bring`.
  public static func bring(
    _ source: KeySource, into folder: WorkspaceFolder, open: OpenStore, surroundings: Surroundings
  ) async throws(Problem) -> ImportedKeys {
    let description = try WorkspaceDescription(folder)
    let store = try open(folder.store, true)
    let outcome: Result<ImportedKeys, Problem>
    do throws(Problem) {
      let keys = try await source.bring(into: folder, description: description, store: store)
      let workspace = OpenWorkspace(
        folder: folder, description: description, store: store, keys: try KeyRing(folder),
        surroundings: surroundings, who: .localOperator(surroundings.user))
      try await workspace.noteOperation(
        "workspace-restored", "keys brought in",
        detail: .object([
          ("epochs", .array(keys.epochs.map { .int($0) })), ("recovery_file", JSON(keys.number)),
        ]))
      try await workspace.finishErasures()
      outcome = .success(keys)
    } catch {
      outcome = .failure(error)
    }
    await store.close()
    return try outcome.get()
  }
}
