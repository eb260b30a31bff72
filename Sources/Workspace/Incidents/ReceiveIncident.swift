public import Duties
public import Ground

/// A report of something that may be an incident, as it reached the provider.
public struct IncidentNotice: Sendable {
  /// What happened, in a line.
  public var title: String
  /// How it came in, one of `RecordKind.incidentChannels`.
  public var channel: String
  /// When it reached the provider; nil for now.
  public var received: Effective?
  /// Other fields of the incident.
  public var set: [(String, JSON)]
  /// Who may read it; nil for the class of incidents.
  public var confidentiality: Confidentiality?

  /// A notice.
  public init(
    title: String, channel: String = "desk", received: Effective? = nil,
    set: [(String, JSON)] = [], confidentiality: Confidentiality? = nil
  ) {
    self.title = title
    self.channel = channel
    self.received = received
    self.set = set
    self.confidentiality = confidentiality
  }

  /// The change that begins its record.
  func change(now: Instant) -> Change {
    let own: [(String, JSON)] = [("title", .string(title)), ("channel", .string(channel))]
    return Change(
      "incident-received", set: own + set, effective: received ?? .moment(now),
      confidentiality: confidentiality ?? (channel == "whistleblower" ? .restricted : nil))
  }
}

extension OpenWorkspace {
  /// Takes in a report: an incident that nobody has looked at yet, with the moment of its receipt.
  ///
  /// - Throws: `duties.*`, `workspace.not-allowed`, `store.*`.
  public func receiveIncident(
    _ notice: IncidentNotice, as request: NamedRequest? = nil
  ) async throws(Problem) -> RecordState {
    try await record(
      RecordCommand(.incident, nil, notice.change(now: surroundings.now())), as: request)
  }

  /// Answers questions of the legal test; the first answer begins the triage.
  ///
  /// - Parameter effective: since when the answers hold: when the facts behind them became known.
  /// - Throws: `duties.unknown-question`, `duties.not-an-answer`, `workspace.nothing-answered`.
  public func answerTriage(
    _ incident: RecordState, _ answers: [(String, String)], on effective: Effective? = nil,
    reason: String? = nil, expectedVersion: Int? = nil
  ) async throws(Problem) -> RecordState {
    guard !answers.isEmpty else {
      throw Problem(
        "workspace.nothing-answered", what: "no question is answered",
        why: "an entry without an answer says nothing",
        mend: "name a question and its answer: death=yes; `systemic incident questions` lists them")
    }
    var set: [(String, JSON)] = []
    for (name, answer) in answers {
      var facts = IncidentFacts()
      try facts.take(name, .string(answer))
      set.append((IncidentFacts.plain(name), .string(IncidentFacts.plain(answer))))
    }
    let at = effective ?? .moment(surroundings.now())
    var commands: [RecordCommand] = []
    if incident.status == "received" {
      commands.append(
        RecordCommand(
          .incident, incident.id, Change("triage-begun", effective: at),
          expectedVersion: expectedVersion))
    }
    commands.append(
      RecordCommand(
        .incident, incident.id,
        Change("triage-answered", set: set, effective: at, reason: reason),
        expectedVersion: commands.isEmpty ? expectedVersion : nil))
    return try await record(commands)[commands.count - 1]
  }

  /// Writes one of the dates of an incident, or corrects it.
  ///
  /// - Parameters:
  ///   - event: such as `involvement-known`.
  ///   - asWritten: the date as its source has it, with its time zone.
  ///   - shownBy: records that show it.
  /// - Throws: `duties.*`.
  public func dateIncident(
    _ incident: RecordState, _ event: String, at effective: Effective, asWritten: String? = nil,
    shownBy: [String] = [], correcting reason: String? = nil, expectedVersion: Int? = nil
  ) async throws(Problem) -> RecordState {
    let set: [(String, JSON)] = [
      ("as_written", JSON(asWritten)), ("shown_by", shownBy.isEmpty ? .null : JSON(shownBy)),
    ]
    return try await record(
      RecordCommand(
        .incident, incident.id,
        Change(event, set: set, effective: effective, reason: reason, corrects: reason != nil),
        expectedVersion: expectedVersion))
  }
}

extension OpenWorkspace {
  /// Notes what follows from an incident: a measure, a report under other law, a decision not to report.
  ///
  /// It is for whoever may read the incident.
  /// - Throws: `duties.*`.
  public func follow(
    _ incident: RecordState, _ kind: RecordKind, _ title: String, set: [(String, JSON)]
  ) async throws(Problem) -> RecordState {
    let begin = kind.events.first { $0.begins }?.name ?? ""
    let own: [(String, JSON)] = [
      ("incident", .string(incident.id.text)), ("title", .string(title)),
    ]
    return try await record(
      RecordCommand(
        kind, nil,
        Change(
          begin, set: own + set, effective: .moment(surroundings.now()),
          confidentiality: incident.confidentiality)))
  }
}
