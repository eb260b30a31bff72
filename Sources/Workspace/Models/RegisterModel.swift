public import Duties
public import Ground
internal import RuleFile

extension OpenWorkspace {
  /// Registers a model and its runs from a model file, all together or nothing.
  ///
  /// The file is judged first as `classify` judges it.
  /// - Throws: the problems of the file; `workspace.name-taken`; `duties.*`.
  public func registerModel(
    file: String, effective: Day? = nil
  ) async throws(Problem) -> (model: RecordState, runs: [RecordState]) {
    let text = try TextFile.read(file)
    let node = try RuleNode.read(text, file: file)
    _ = try ModelFile(text: text, file: file)
    return try await registerModel(node, effective: effective)
  }

  /// Registers what was judged.
  func registerModel(
    _ node: RuleNode, effective: Day?
  ) async throws(Problem) -> (model: RecordState, runs: [RecordState]) {
    let (fields, runs) = try ModelDocument.fields(node)
    let free = OpenWorkspace.freeName(fields)
    let day = Effective.day(effective ?? surroundings.today)
    let model = newID(.model)
    var commands = [
      RecordCommand(.model, model, Change("model-registered", set: fields, effective: day))
    ]
    for (position, run) in runs.enumerated() {
      let own: [(String, JSON)] = [
        ("model", .string(model.text)), ("position", .int(position)),
      ]
      commands.append(
        RecordCommand(
          .trainingRun, nil, Change("run-recorded", set: run + own, effective: day)))
    }
    let states = try await record(commands, naming: free)
    return (states[0], Array(states.dropFirst()))
  }

  /// Registers a model by its facts; its name must be new.
  ///
  /// - Throws: `workspace.name-taken`, `duties.*`.
  public func recordModel(_ change: Change) async throws(Problem) -> RecordState {
    try await record(
      [RecordCommand(.model, nil, change)], naming: OpenWorkspace.freeName(change.set))[0]
  }

  /// The name among the fields of a model, which no other may bear.
  private static func freeName(_ fields: [(String, JSON)]) -> UniqueName {
    let name = fields.last { $0.0 == "name" }?.1.text ?? ""
    return UniqueName(.model) { workspace async throws(Problem) in
      // Of all models, also those that the actor may not read: two of one name would be mixed up by those who may.
      guard try await !workspace.hasTitle(name, .model) else {
        throw Problem(
          "workspace.name-taken", what: "there is a model “\(name)” already",
          why: "its records would be mixed up with the new ones",
          mend: "change it with: systemic model set “\(name)” …")
      }
    }
  }

  /// The record of a kind that a person means: by id, by key, or by its name or title.
  ///
  /// - Throws: `workspace.several-records`.
  public func record(of kind: RecordKind, named text: String) async throws(Problem) -> RecordState?
  {
    if let id = RecordID(text), id.kind == kind.name { return try await state(id) }
    if let id = RecordID(kind.name + "/" + text), let found = try await state(id) { return found }
    let found = try await states(kind).filter {
      $0.title == text && !["struck out", "removed"].contains($0.status)
    }
    guard found.count < 2 else {
      throw Problem(
        "workspace.several-records",
        what: "\(found.count) records of the kind \(kind.name) are called “\(text)”",
        why: "it is not clear which one is meant",
        mend: "name one by its id: " + found.prefix(5).map(\.id.text).joined(separator: ", "))
    }
    return found.first
  }

  /// The same, when it must exist.
  ///
  /// - Throws: `workspace.unknown-record`.
  public func needed(_ kind: RecordKind, named text: String) async throws(Problem) -> RecordState {
    if let found = try await record(of: kind, named: text) { return found }
    throw Problem(
      "workspace.unknown-record", what: "there is no \(kind.title) “\(text)”",
      why: "neither an id nor a name in this workspace says so",
      mend: "systemic record list \(kind.name)")
  }

  /// The runs of a model, in the order of its file, then of their beginning; refused when one may not be read.
  ///
  /// - Throws: `workspace.not-allowed`.
  public func runs(of model: RecordID, _ asOf: AsOf = .now) async throws(Problem) -> [RecordState] {
    // The model of a run never changes, so that the runs of now are those of any day.
    let now = try await members(.trainingRun, of: model)
    var runs: [RecordState] = []
    for run in now {
      if asOf == .now {
        try await authorise(.read, run.id, run.confidentiality)
        runs.append(run)
      } else if let run = try await state(run.id, asOf) {
        runs.append(run)
      }
    }
    return runs.inLedgerOrder
  }

  /// The provider.
  public func provider(_ asOf: AsOf = .now) async throws(Problem) -> RecordState? {
    try await states(.provider, asOf).first
  }
}

extension [RecordState] {
  /// Runs in the order of their model file, then of their beginning: the first starts from the base model.
  var inLedgerOrder: [RecordState] {
    sorted { ($0.place, $0.begun, $0.id) < ($1.place, $1.begun, $1.id) }
  }
}

extension RecordState {
  /// Where a run stood in its model file; runs that were recorded by themselves come after.
  fileprivate var place: Int {
    guard case .int(let position) = fields["position"] else { return .max }
    return position
  }
}
