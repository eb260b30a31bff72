public import Ground
public import Journal

extension OpenWorkspace {
  /// Trusts a witness: from now on each checkpoint is shown to it, and its signature is kept with it.
  ///
  /// - Returns: The workspace that knows the witness.
  /// - Throws: `journal.bad-key`, `workspace.bad-witness-key`, `workspace.bad-witness-address`,
  ///   `workspace.not-allowed`, `workspace.not-written`, `store.*`.
  public func trustWitness(_ key: VerifierKey, at url: String) async throws(Problem)
    -> OpenWorkspace
  {
    try await authorise(.handleKeys)
    guard key.type == .cosignature else {
      throw Problem(
        "workspace.bad-witness-key", what: "“\(key.name)” is not the key of a witness",
        why: "a witness signs with a key of type 4, a log with one of type 1",
        mend: "copy the key that systemic witness show prints")
    }
    let address = try WitnessAddress(url)
    var description = description
    if !description.witnesses.contains(key.text) { description.witnesses.append(key.text) }
    description.witnessURLs[key.text] = address.text
    // Noted first: a witness that is trusted without a word in the log would be found by verify.
    try await noteOperation(
      "witness-trusted", "witness “\(key.name)” trusted", place: address.text,
      detail: .object([("key", .string(key.text)), ("url", .string(address.text))]))
    try description.write(to: folder)
    return OpenWorkspace(
      folder: folder, description: description, store: store, keys: keys,
      surroundings: surroundings, who: who)
  }
}
