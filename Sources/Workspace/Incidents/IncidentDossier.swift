internal import Duties
public import Ground
internal import Journal
internal import Rulebook
internal import Sealing

/// What an authority asks about an incident, with what proves it: each event of its records with its opening and the
/// proof that it stands in the journal, to be checked without us.
public struct IncidentDossier: Sendable {
  /// The answers: dates, categories, reports, reasons.
  public let json: JSON
  /// Files that prove them: openings, entries, proofs, packages as they were sent.
  public let files: [(name: String, content: [UInt8])]
}

extension OpenWorkspace {
  /// The dossier of an incident, under the newest checkpoint of the journal.
  ///
  /// - Throws: `workspace.not-covered` when no checkpoint covers it yet, `workspace.not-allowed`, `store.*`.
  public func dossier(of id: RecordID) async throws(Problem) -> IncidentDossier {
    try await authorise(.verify, id)
    let view = try await incident(id)
    let records = [view.state] + view.papers + view.evidence + view.joined
    var files: [(name: String, content: [UInt8])] = []
    var entries: [JSON] = []
    var key = ""
    for record in records {
      for stored in try await store.history(record.id) {
        let proven = try await ProveEntry(self).proof(
          of: .record(record.id, version: stored.version))
        let name = "entries/\(proven.log.rawValue)-\(stored.index)"
        key = proven.key.text
        files.append((name + ".entry", proven.entry))
        files.append((name + ".tlog-proof", proven.proof.bytes))
        let envelope = try Envelope(entry: stored.entry)
        if let opening = try await opening(stored, envelope) {
          files.append((name + ".opening.json", opening))
        }
        entries.append(
          .object([
            ("record", .string(record.id.text)), ("version", .int(stored.version)),
            ("event", .string(envelope.event)), ("effective", .string(envelope.effective.text)),
            ("recorded", .string(envelope.recorded.utc)), ("file", .string(name)),
          ]))
      }
      if let package = record.text("package"), record.id.kind == RecordKind.incidentReport.name {
        files.append(("reports/\(record.id.key).json", Array(package.utf8)))
      }
    }
    files.append(("verifier-key.txt", Array((key + "\n").utf8)))
    return IncidentDossier(
      json: answers(
        view, entries, given: try await givenAnswers(id), names: try await PeopleNames(self)),
      files: files)
  }

  private func opening(
    _ stored: StoredEntry, _ envelope: Envelope
  ) async throws(Problem) -> [UInt8]? {
    guard let sealed = stored.content else { return nil }
    let opened = try await withKeys {
      () async throws(Problem) -> (salt: [UInt8], content: [UInt8])? in
      guard let wrapped = try await store.record(stored.record)?.key else { return nil }
      return try Sealed.opening(sealed, of: envelope, key: try keys.unwrap(wrapped))
    }
    return opened.map {
      JSON.object([
        ("salt", .string(Hex.text($0.salt))),
        ("content", .string(String(decoding: $0.content, as: UTF8.self))),
      ]).compactBytes
    }
  }

  /// Every answer to the legal test as it was given, the earliest first; what was changed stands beside the change.
  private func givenAnswers(_ id: RecordID) async throws(Problem) -> [JSON] {
    try await history(id).filter { $0.envelope.event == "triage-answered" }.flatMap { event in
      guard case .object(let set)? = event.content?["set"] else { return [JSON]() }
      return set.map { name, answer in
        JSON.object([
          ("question", .string(name)), ("answer", answer),
          ("since", .string(event.envelope.effective.text)),
          ("recorded", .string(event.envelope.recorded.utc)),
          ("by", .string(event.envelope.actor.id)), ("reason", event.content?["reason"] ?? .null),
        ])
      }
    }
  }

  /// The questions of an authority, answered from the records.
  private func answers(
    _ view: IncidentView, _ entries: [JSON], given: [JSON], names: PeopleNames
  ) -> JSON {
    func at(_ event: String) -> JSON { JSON(view.state.happened[event]?.text) }
    let learned = IncidentRecord.times(view.state).learned
    let law = surroundings.law(surroundings.today)
    return .object([
      ("incident", view.state.shown.json), ("made", .string(surroundings.now().utc)),
      ("first_view_formed", at("view-formed")),
      ("involvement_known", at("involvement-known")),
      ("considered", JSON(IncidentRecord.outcome(view.state)?.words)),
      ("considered_at", at("incident-considered")),
      (
        "categories",
        .array(
          view.assessment.reasons.map { category, answer, reason in
            .object([
              ("category", .string(category.rawValue)), ("title", .string(category.title)),
              ("answer", .string(answer.word)), ("known_since", JSON(learned[category]?.day.iso)),
              ("reason", .string(reason)), ("citation", JSON(law.citation(category.rule)?.text)),
            ])
          })
      ),
      ("causal_link", .string(view.assessment.facts.linkWord)), ("answers", .array(given)),
      ("not_told_yet", JSON(IncidentRecord.untold(view.state).map(\.rawValue))),
      (
        "people",
        .object(
          Set(view.dates.map(\.actor.id) + given.compactMap { $0["by"]?.text }).sorted()
            .map { ($0, .string(names.name($0))) })
      ),
      ("reports", .array(view.papers(.incidentReport).map(report))),
      ("deadlines", .array(view.deadlines.map(\.json))),
      (
        "not_reported",
        .array(
          view.papers(.nonReport).map { paper in
            .object([
              ("record", .string(paper.id.text)), ("status", JSON(paper.status)),
              ("reasons", JSON(paper.text("reasons"))),
            ])
          })
      ),
      ("dates", .array(view.dates.map(\.json))), ("entries", .array(entries)),
    ])
  }

  private func report(_ state: RecordState) -> JSON {
    .object([
      ("record", .string(state.id.text)), ("type", JSON(state.text("type"))),
      ("status", JSON(state.status)),
      ("told", JSON(IncidentPackage.told(state).map(\.rawValue))),
      ("sent", JSON(state.happened["incident-report-submitted"]?.text)),
      ("channel", JSON(state.text("channel"))), ("receipt", JSON(state.text("receipt"))),
      ("sha256", JSON(state.text("sent_sha256"))), ("sent_as", JSON(state.text("file_form"))),
      ("file_sha256", JSON(state.text("file_sha256"))), ("gaps", JSON(state.texts("gaps"))),
      ("file", .string("reports/\(state.id.key).json")),
    ])
  }
}
