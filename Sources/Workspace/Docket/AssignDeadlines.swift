internal import Duties
public import Ground

extension OpenWorkspace {
  /// Says who looks after a deadline.
  ///
  /// - Throws: as for several.
  public func assign(_ deadline: String, to name: String, note: String?) async throws(Problem) {
    try await assign([deadline], to: name, note: note)
  }

  /// Says who looks after several deadlines; all are assigned, or none is.
  ///
  /// - Parameter name: the name by which the person signs in.
  /// - Throws: `workspace.nothing-chosen`, `workspace.unknown-deadline`, `workspace.unknown-person`,
  ///   `workspace.not-allowed`, `store.*`.
  public func assign(_ chosen: [String], to name: String, note: String?) async throws(Problem) {
    guard !chosen.isEmpty else {
      throw Problem(
        "workspace.nothing-chosen", what: "no deadline was chosen",
        why: "somebody looks after certain deadlines", mend: "choose them in the list")
    }
    var question = DocketQuestion()
    question.includesClosed = true
    let there = Set(try await docket(question).map(\.id))
    if let missing = chosen.first(where: { !there.contains($0) }) {
      throw Problem(
        "workspace.unknown-deadline", what: "there is no deadline “\(missing.prefix(120))”",
        why: "deadlines are named by record, rule and occurrence",
        mend: "systemic docket --long shows their ids")
    }
    let person = try await neededPerson(name)
    let known = Dictionary(
      try await everyState(.assignment).map { ($0.text("deadline") ?? "", $0.id) }
    ) { first, _ in first }
    let commands = Set(chosen).sorted().map { deadline in
      RecordCommand(
        .assignment, known[deadline],
        Change(
          known[deadline] == nil ? "deadline-assigned" : "assignment-changed",
          set: [
            ("deadline", .string(deadline)), ("owner", .string(person.id.text)),
            ("note", JSON(note)),
          ], effective: .day(surroundings.today)))
    }
    _ = try await record(commands)
  }
}
