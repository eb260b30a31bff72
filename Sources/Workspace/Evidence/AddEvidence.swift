public import Duties
internal import FoundationEssentials
public import Ground
internal import Sealing

/// A file that shows that something was done, with what is to be known of it.
public struct NewEvidence: Sendable {
  /// The file, or what was sent.
  public let source: ByteSource
  /// What it shows.
  public var title: String
  /// Its name, where that is not the last part of the path.
  public var name: String?
  /// The day from which it shows it; nil is today.
  public var effective: Day?
  /// The evidence that it replaces.
  public var replaces: RecordID?
  /// Why it replaces it.
  public var reason: String?
  /// Who may read it.
  public var confidentiality: Confidentiality?
  /// The SHA-256 that whoever sends it counted, where they did: another file is refused.
  public var sha256: String?
  /// Further fields of the record: `expires`, `edition`, `reviewer`, `review_by`, `duties`, `model`, `media_type`.
  public var fields: [(String, JSON)] = []

  /// The incident it belongs to.
  var incident: String? { fields.last { $0.0 == "incident" }?.1.text }

  /// The model it belongs to.
  var model: RecordID? { fields.last { $0.0 == "model" }?.1.text.flatMap { RecordID($0) } }

  /// A file with what it shows.
  public init(_ source: ByteSource, title: String) {
    self.source = source
    self.title = title
  }

  /// A file by its path, with what it shows; `-` is standard input.
  public init(file: String, title: String) { self.init(ByteSource(path: file), title: title) }
}

/// What came of adding a file.
public struct AddedEvidence: Sendable {
  /// The record of the file.
  public let state: RecordState
  /// False when a file of the same content was there already, of the same incident where one was named: then nothing was
  /// added.
  public let isNew: Bool
}

extension OpenWorkspace {
  /// Adds a file: seals it under its record's key while it is read, makes it durable, then records it.
  ///
  /// A crash before the record is durable leaves a file without a record, which `sweepEvidence` finds.
  /// - Parameter progress: hears how many bytes of the file have been read.
  /// - Throws: `duties.*`, `ground.file-*`, `workspace.not-allowed`, `workspace.not-written`,
  ///   `workspace.evidence-not-as-sent`, `store.*`.
  public func addEvidence(
    _ evidence: NewEvidence, progress: ((Int) -> Void)? = nil
  ) async throws(Problem) -> AddedEvidence {
    try await addEvidence(evidence, evenIfKnown: false, progress: progress)
  }

  /// The same; whoever looked for the content already does not have all evidence opened for it.
  func addEvidence(
    _ evidence: NewEvidence, evenIfKnown: Bool, progress: ((Int) -> Void)? = nil
  ) async throws(Problem) -> AddedEvidence {
    let (kind, id, key) = (RecordKind.evidence, newID(.evidence), SecretKey())
    var change = change(for: evidence)
    let actor = try await authorise(
      .write(kind), id, evidence.confidentiality ?? kind.confidentiality,
      belongingTo: evidence.model)
    // What is wrong with the description is told before a large file is read.
    var trial = change
    trial.set += [("sha256", .string("-")), ("bytes", .int(0)), ("stored", .string("-"))]
    _ = try kind.decide(trial, on: nil, actor: actor, today: surroundings.today)
    if let replaced = evidence.replaces { try await checkReplaceable(replaced, evidence.reason) }

    let writer = try folder.files.begin()
    let sealed = try EvidenceFile.seal(
      evidence.source, of: id, key: key, into: writer, progress: progress)
    if let counted = evidence.sha256, counted != sealed.plain.hex {
      throw Problem(
        "workspace.evidence-not-as-sent",
        what: "the file that arrived is not the one that was sent",
        why: "its SHA-256 is \(sealed.plain.hex), and \(counted.prefix(64)) was counted before",
        mend: "send it again")
    }
    if !evenIfKnown, let known = try await self.evidence(ofDigest: sealed.plain.hex, evidence) {
      return AddedEvidence(state: known, isNew: false)
    }
    shared.beginAdding(sealed.sealed.hex)
    defer { shared.endAdding(sealed.sealed.hex) }
    let name = try folder.files.keep(writer, sealed.sealed)
    change.set += [
      ("sha256", .string(sealed.plain.hex)), ("bytes", .int(sealed.bytes)),
      ("stored", .string(name)),
    ]
    change.set.removeAll { if case .null = $0.1 { true } else { false } }
    var command = RecordCommand(kind, id, change)
    command.key = key
    do {
      let states = try await record([command] + replacement(by: id, evidence))
      return AddedEvidence(state: states[0], isNew: true)
    } catch {
      if OpenWorkspace.wasNotWritten(error) { try folder.files.destroy(name) }
      throw error
    }
  }

  /// Adds the file of a model, and gives its record, also when it was there before.
  ///
  /// - Throws: as `addEvidence`.
  public func addEvidence(
    file: String, title: String, model: RecordID
  ) async throws(Problem) -> RecordState {
    var evidence = NewEvidence(file: file, title: title)
    evidence.fields = [("model", .string(model.text))]
    return try await addEvidence(evidence).state
  }

  /// The change that begins the record, as far as it is known before the file was read.
  private func change(for evidence: NewEvidence) -> Change {
    let last =
      evidence.source.name.split(separator: "/").last.map(String.init) ?? evidence.source.name
    var set: [(String, JSON)] = [
      ("title", .string(evidence.title)), ("file", .string(evidence.name ?? last)),
    ]
    set += evidence.fields
    if let replaced = evidence.replaces { set.append(("replaces", .string(replaced.text))) }
    return Change(
      "evidence-added", set: set, effective: .day(evidence.effective ?? surroundings.today),
      confidentiality: evidence.confidentiality)
  }

  private func replacement(by id: RecordID, _ evidence: NewEvidence) -> [RecordCommand] {
    guard let replaced = evidence.replaces else { return [] }
    return [
      RecordCommand(
        .evidence, replaced,
        Change(
          "evidence-replaced", effective: .day(evidence.effective ?? surroundings.today),
          reason: evidence.reason))
    ]
  }

  private func checkReplaceable(_ id: RecordID, _ reason: String?) async throws(Problem) {
    let before = try await needed(id)
    let actor = try await authorise(.write(.evidence), id, before.confidentiality)
    _ = try RecordKind.evidence.decide(
      Change("evidence-replaced", effective: .day(surroundings.today), reason: reason),
      on: before, actor: actor, today: surroundings.today)
  }

  /// Evidence in use, of the same content, that the actor may read: what they may not read they do not learn of.
  ///
  /// What belongs to another incident does not count: each incident has its own.
  private func evidence(
    ofDigest digest: String, _ new: NewEvidence
  ) async throws(Problem) -> RecordState? {
    let incident = new.incident
    return try await states(.evidence).first {
      $0.text("sha256") == digest && $0.status == "current"
        && (incident == nil || $0.text("incident") == incident)
    }
  }

  /// Whether a problem leaves no doubt that nothing was appended.
  static func wasNotWritten(_ problem: Problem) -> Bool {
    ["duties.", "workspace.", "ground."].contains { problem.code.hasPrefix($0) }
      || ["store.full", "store.read-only", "store.busy", "store.version-conflict"]
        .contains(problem.code)
  }
}
