internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// Something that is done on the page of an incident, as the last part of an address.
enum IncidentStep: String, CaseIterable, Sendable {
  case answers, dates, outcome, merge, bundle, closure, reopening, reports, steps

  /// The section of the page where it stands.
  var section: String {
    switch self {
    case .answers: "test"
    case .dates: "dates"
    case .outcome, .merge, .bundle, .closure, .reopening: "outcome"
    case .reports: "reports"
    case .steps: "measures"
    }
  }
}

/// Takes the steps of an incident from its page; the use cases decide who may.
enum IncidentStepReply {
  /// Takes a step, or shows the page again with what stands in the way.
  static func take(_ step: IncidentStep, _ visit: Visit) async throws(Problem) -> Reply {
    let state = try await visit.workspace.needed(try IncidentPages.id(visit))
    do {
      let result = try await done(step, state, visit)
      return .see(result ?? IncidentPages.path(state.id) + "#" + step.section)
    } catch {
      var page = try await IncidentPage(visit)
      (page.problem, page.step) = (error, step)
      return .page(page.body, status: RefusalPage.status(error))
    }
  }

  /// Does it; gives another page to go to.
  private static func done(
    _ step: IncidentStep, _ state: RecordState, _ visit: Visit
  ) async throws(Problem) -> String? {
    let (workspace, form) = (visit.workspace, visit.form)
    let reason = form.text("reason")
    let version = form.text("version").flatMap { Int($0) }
    switch step {
    case .answers:
      let at = try moment("known", visit)
      _ = try await workspace.answerTriage(
        state, changedAnswers(state, form), on: at?.at, reason: reason, expectedVersion: version)
    case .dates: try await date(state, visit, version)
    case .outcome:
      guard let outcome = form.text("outcome").flatMap({ IncidentOutcome(rawValue: $0) }) else {
        throw missing("what it is considered", "outcome", "the reason belongs to an outcome")
      }
      _ = try await workspace.considerIncident(
        state, outcome, reason: reason ?? "", on: try moment("considered", visit)?.at,
        expectedVersion: version)
    case .merge:
      _ = try await workspace.mergeIncident(
        state, into: try await other(visit), reason: reason ?? "", expectedVersion: version)
    case .bundle:
      _ = try await workspace.bundleIncident(
        state, with: try await other(visit), reason: reason ?? "", expectedVersion: version)
    case .closure:
      _ = try await workspace.closeIncident(state, reason: reason ?? "", expectedVersion: version)
    case .reopening:
      _ = try await workspace.record(
        RecordCommand(
          .incident, state.id,
          Change(
            "incident-reopened", effective: .moment(workspace.surroundings.now()), reason: reason),
          expectedVersion: version))
    case .reports:
      guard let type = form.text("type").flatMap({ ReportType(rawValue: $0) }) else {
        throw missing("which report", "type", "there are three, in an order")
      }
      return ProcedurePages.path(try await workspace.draftIncidentReport(on: state, type).id)
    case .steps: try await stepOfPaper(state, visit)
    }
    return nil
  }

  private static func missing(_ what: String, _ name: String, _ why: String) -> Problem {
    Problem(
      "server.bad-step", what: "it is not said: \(what)", why: why,
      mend: "choose it, then send the form again", places: [Place(name)])
  }

  private static func moment(
    _ prefix: String, _ visit: Visit
  ) throws(Problem) -> (at: Effective, asWritten: String)? {
    try MomentInput(form: visit.form, prefix: prefix, label: "").read()
  }

  /// The answers that say something else than the record.
  private static func changedAnswers(_ state: RecordState, _ form: Form) -> [(String, String)] {
    IncidentTestSection.names.compactMap { name in
      guard let answer = form.text("q-" + name),
        answer != IncidentTestSection.recorded(name, state)
      else { return nil }
      return (name, answer)
    }
  }

  private static func date(
    _ state: RecordState, _ visit: Visit, _ version: Int?
  ) async throws(Problem) {
    guard let event = visit.form.text("event"), IncidentDateSection.written.contains(event) else {
      throw missing("what the date is of", "event", "each date stands by itself")
    }
    guard let at = try moment("at", visit) else {
      throw missing("when it was", "at-day", "a date without a day starts no clock")
    }
    _ = try await visit.workspace.dateIncident(
      state, event, at: at.at, asWritten: at.asWritten,
      shownBy: (try RecordKind.incident.field("shown_by")?.value(
        of: visit.form.text("shown_by") ?? "")
        ?? .null).texts,
      correcting: visit.form.text("reason"), expectedVersion: version)
  }

  private static func other(_ visit: Visit) async throws(Problem) -> RecordState {
    guard let id = visit.form.text("into").flatMap({ RecordID($0) }), id.kind == "incident" else {
      throw missing("which other incident", "into", "its deadlines will hold for both")
    }
    return try await visit.workspace.needed(id)
  }

  private static func stepOfPaper(_ state: RecordState, _ visit: Visit) async throws(Problem) {
    guard let id = visit.form.text("paper").flatMap({ RecordID($0) }),
      let kind = [RecordKind.nonReport, .measure, .otherReport].first(where: { $0.name == id.kind })
    else { throw missing("which paper", "paper", "a step belongs to one") }
    let paper = try await visit.workspace.needed(id)
    guard paper.text("incident") == state.id.text,
      let event = kind.event(visit.form.text("event") ?? "")
    else { throw missing("which step", "event", "each kind of paper has its own") }
    _ = try await visit.workspace.record(
      RecordCommand(
        kind, id,
        Change(
          event.name, effective: .moment(visit.workspace.surroundings.now()),
          reason: visit.form.text("reason")),
        expectedVersion: visit.form.text("version").flatMap { Int($0) }))
  }
}
