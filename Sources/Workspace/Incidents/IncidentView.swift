public import Duties
public import Ground
public import Rulebook

/// An incident with everything that belongs to it, as whoever asks may see it.
public struct IncidentView: Sendable {
  /// The incident.
  public let state: RecordState
  /// What the legal test, all clocks and the words of the report say.
  public let assessment: IncidentAssessment
  /// Its dates as they were written, corrections beside what they correct.
  public let dates: [IncidentDate]
  /// Its deadlines on the docket, closed ones too.
  public let deadlines: [Deadline]
  /// Its reports, decisions not to report, measures and reports under other law; of each kind the oldest first.
  public let papers: [RecordState]
  /// Evidence that names it.
  public let evidence: [RecordState]
  /// Incidents that were merged into it or are reported with it.
  public let joined: [RecordState]
  /// What came from outside since it was reported, and nobody has settled.
  public let messages: IncidentMessages

  /// The papers of a kind.
  public func papers(_ kind: RecordKind) -> [RecordState] {
    papers.filter { $0.id.kind == kind.name }
  }
}

extension OpenWorkspace {
  /// Kinds of records that belong to an incident.
  static let incidentPapers: [RecordKind] = [.incidentReport, .nonReport, .measure, .otherReport]

  /// An incident with everything that belongs to it.
  ///
  /// - Throws: `workspace.unknown-record`, `workspace.not-allowed`, `store.*`.
  public func incident(_ id: RecordID) async throws(Problem) -> IncidentView {
    let state = try await needed(id)
    var papers: [RecordState] = []
    for kind in OpenWorkspace.incidentPapers {
      papers += try await belonging(kind, to: id).sorted { ($0.begun, $0.id) < ($1.begun, $1.id) }
    }
    var question = DocketQuestion()
    question.record = id
    question.includesClosed = true
    let joined = try await belonging(.incident, to: id)
    let messages = try await messages(about: id, joined: joined.map(\.id))
    return IncidentView(
      state: state,
      assessment: IncidentRecord.assessment(
        state, added: messages.suggested, law: surroundings.law(surroundings.today)),
      dates: try await incidentDates(id), deadlines: try await docket(question), papers: papers,
      evidence: try await belonging(.evidence, to: id), joined: joined,
      messages: messages)
  }

  /// The dates of an incident as they were written.
  func incidentDates(_ id: RecordID) async throws(Problem) -> [IncidentDate] {
    IncidentDate.all(try await history(id).map { ($0.envelope, $0.content) })
  }
}

extension IncidentView {
  /// The incident with its dates, the test, all clocks of both kinds and its papers.
  public func json(_ law: Law) -> JSON {
    .object(
      [
        ("incident", state.shown.json), ("dates", .array(dates.map(\.json))),
        ("deadlines", .array(deadlines.map(\.json))),
        ("papers", .array(papers.map { $0.shown.json })),
        ("evidence", JSON(evidence.map(\.id.text))), ("joined", JSON(joined.map(\.id.text))),
        ("unread_messages", JSON(messages.count)), ("messages", messages.json),
      ] + assessment.members(law))
  }
}
