internal import Duties
public import Ground
internal import Sealing

/// Takes reports in as incidents, one after another: each once, with its original as evidence.
///
/// A report begins an incident that nobody has looked at. It is received now; no awareness is read from it, and no
/// question of the legal test is answered. What the source thinks of it stands in a comment beside the record.
public struct IntakeRun: Sendable {
  private let workspace: OpenWorkspace
  private var index = LikenessIndex()
  /// The incident of each report taken in so far, by the digest of its original.
  private var known: [String: RecordID] = [:]
  private var incidents: Set<RecordID> = []
  /// The files that incidents have, so that no file is looked for among all evidence.
  private var files: [File: RecordID] = [:]

  /// A content as the evidence of one incident: two incidents may have the same file, each as evidence of its own.
  private struct File: Hashable {
    let incident: RecordID
    let digest: String
  }

  /// Most files of one report that become evidence; further ones stand in the original.
  public static let mostFiles = 50

  /// How the title of an original begins; a file that came with another report is none.
  private static let original = "The report as it arrived"

  /// A run over a workspace, which reads the incidents that the actor may read.
  ///
  /// - Throws: `workspace.not-allowed`, `store.*`.
  public init(_ workspace: OpenWorkspace) async throws(Problem) {
    self.workspace = workspace
    for state in try await workspace.states(.incident) {
      incidents.insert(state.id)
      if state.status != "merged" { index.add(state.id.text, IncidentTrace(state)) }
    }
    for evidence in try await workspace.states(.evidence) {
      guard let digest = evidence.text("sha256"),
        let incident = evidence.text("incident").flatMap({ RecordID($0) })
      else { continue }
      if evidence.title.hasPrefix(IntakeRun.original) { known[digest] = incident }
      if evidence.status == "current" {
        files[File(incident: incident, digest: digest)] = evidence.id
      }
    }
  }

  /// What taking a report in would do; writes nothing.
  ///
  /// - Throws: `workspace.*`, `store.*`.
  public func look(at report: IncomingReport) async throws(Problem) -> TakenReport {
    if let id = known[report.digest.hex] {
      return TakenReport(
        incident: try await workspace.state(id), isNew: false, evidence: [], similar: [])
    }
    return TakenReport(
      incident: nil, isNew: true, evidence: [], similar: index.like(IncidentTrace(report)))
  }

  /// Takes a report in; when it returns, the incident and its files are durable.
  ///
  /// A report that was taken in before is found by its original, and what a crash left out then is added.
  /// - Parameter channel: one of `RecordKind.incidentChannels`.
  /// - Throws: `duties.*`, `workspace.not-allowed`, `workspace.not-written`, `store.*`.
  public mutating func take(
    _ report: IncomingReport, channel: String = "import"
  ) async throws(Problem) -> TakenReport {
    if known[report.digest.hex] != nil { return try await look(at: report) }
    let written = try await workspace.record(
      commands(report, channel), idempotencyKey: IntakeRun.key(report))
    let incident = written[0]
    var evidence: [RecordID] = []
    for file in report.attachments.prefix(IntakeRun.mostFiles) {
      evidence.append(try await keep(file, "Came with the report", incident))
    }
    // The original comes last: where it is, everything else is.
    evidence.append(try await keep(report.original, IntakeRun.original, incident))
    let trace = IncidentTrace(report)
    let similar = index.like(trace, except: incident.id.text)
    let isNew = incidents.insert(incident.id).inserted
    if isNew { index.add(incident.id.text, trace) }
    known[report.digest.hex] = incident.id
    return TakenReport(incident: incident, isNew: isNew, evidence: evidence, similar: similar)
  }

  /// The name of the request: the same report asks for the same thing.
  private static func key(_ report: IncomingReport) -> String {
    let parts = [report.source, report.reference, report.digest.hex]
    return "intake-" + Digest(of: Array(JSON(parts).compactBytes)).hex
  }

  private mutating func keep(
    _ file: IncomingFile, _ what: String, _ incident: RecordState
  ) async throws(Problem) -> RecordID {
    let kept = File(incident: incident.id, digest: Digest(of: file.bytes).hex)
    if let id = files[kept] { return id }
    var evidence = NewEvidence(
      ByteSource(file.name, from: HeldBytes(file.bytes)), title: "\(what): \(file.name)")
    evidence.confidentiality = incident.confidentiality
    evidence.fields = [
      ("incident", .string(incident.id.text)), ("media_type", .string(file.mediaType)),
    ]
    let id = try await workspace.addEvidence(evidence, evenIfKnown: true).state.id
    files[kept] = id
    return id
  }

  /// The incident, and a comment with what the source thinks of it, in one transaction.
  private func commands(_ report: IncomingReport, _ channel: String) -> [RecordCommand] {
    let id = workspace.newID(.incident)
    let notice = IncidentNotice(title: IntakeRun.title(report), channel: channel, set: set(report))
    let change = notice.change(now: workspace.surroundings.now())
    var commands = [RecordCommand(.incident, id, change)]
    let remarks = IntakeRemarks.text(report)
    if !remarks.isEmpty {
      commands.append(
        .composed(
          .comment, nil,
          Change(
            "comment-made", set: [("about", .string(id.text)), ("text", .string(remarks))],
            effective: .day(workspace.surroundings.today),
            confidentiality: change.confidentiality ?? RecordKind.incident.confidentiality)))
    }
    return commands
  }

  private static func title(_ report: IncomingReport) -> String {
    report.title.isEmpty ? "Report without words" : report.title
  }

  private func set(_ report: IncomingReport) -> [(String, JSON)] {
    let texts = [
      ("narrative", report.narrative), ("reporter", report.reporter), ("contact", report.contact),
      ("source", [report.source, report.url].filter { !$0.isEmpty }.joined(separator: ", ")),
      ("reference", report.reference), ("began", report.began?.iso ?? ""),
      ("ended", report.ended?.iso ?? ""),
    ]
    return texts.compactMap { $1.isEmpty ? nil : ($0, .string($1)) }
  }
}
