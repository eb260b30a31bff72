internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// Takes the steps of a filing from its page, and gives its package.
enum FilingStepReply {
  /// What begins a filing.
  static let beginnings: [Endpoint] = [
    .post("/models/{key}/notifications") { visit in
      let model = try await model(visit)
      return .see(ProcedurePages.path(try await visit.workspace.draftNotification(on: model).id))
    },
    .post("/models/{key}/reassessments") { visit in
      let model = try await model(visit)
      return .see(ProcedurePages.path(try await visit.workspace.draftReassessment(on: model).id))
    },
    .post("/notifications/{key}/rebuttals") { visit in
      let filing = try await filing(visit, .notification)
      return .see(ProcedurePages.path(try await visit.workspace.draftRebuttal(with: filing).id))
    },
  ]

  private static func model(_ visit: Visit) async throws(Problem) -> RecordState {
    try await visit.workspace.needed(try RecordPage.id("model", visit.part("key")))
  }

  private static func filing(_ visit: Visit, _ kind: RecordKind) async throws(Problem)
    -> RecordState
  {
    try await visit.workspace.needed(try RecordPage.id(kind.name, visit.part("key")))
  }

  /// Takes a step, or shows the page again with what stands in the way.
  static func take(_ step: FilingStep, _ kind: RecordKind, _ visit: Visit) async throws(Problem)
    -> Reply
  {
    let state = try await filing(visit, kind)
    do {
      try checkVersion(state, visit)
      let result = try await done(step, state, visit)
      return .see(ProcedurePages.path(result.id))
    } catch {
      let page = try await FilingPage(visit, kind, problem: error)
      return .page(page.body, status: RefusalPage.status(error))
    }
  }

  /// Refuses a step that was decided on an older version.
  private static func checkVersion(_ state: RecordState, _ visit: Visit) throws(Problem) {
    guard let version = visit.form.text("version").flatMap({ Int($0) }), version != state.version
    else { return }
    throw Problem(
      "store.version-conflict", what: "\(state.title) has changed since it was read",
      why: "it is at version \(state.version), not \(version)", mend: "read it again, then decide")
  }

  private static func done(
    _ step: FilingStep, _ state: RecordState, _ visit: Visit
  ) async throws(Problem) -> RecordState {
    let workspace = visit.workspace
    let reason = visit.form.text("reason") ?? ""
    switch step {
    case .reviews: return try await workspace.sendForReview(state)
    case .returns: return try await workspace.returnFiling(state, reason: reason)
    case .approvals:
      return try await workspace.approveFiling(state, reason: visit.form.text("reason"))
    case .withdrawals: return try await workspace.withdrawApproval(state, reason: reason)
    case .abandonments: return try await workspace.giveUpFiling(state, reason: reason)
    case .acknowledgements:
      return try await workspace.acknowledgeFiling(
        state, reference: visit.form.text("reference"), on: try day(visit))
    case .submissions: return try await workspace.submitFiling(state, try submission(visit))
    case .corrections:
      return try await workspace.correctSubmission(state, try submission(visit), reason: reason)
    case .successors:
      let model = try await workspace.needed(
        try RecordPage.id("model", String((state.text("model") ?? "").dropFirst("model/".count))))
      return try await workspace.draftNotification(on: model, supersedes: state)
    case .decisions: return try await decided(state, visit)
    }
  }

  private static func submission(_ visit: Visit) throws(Problem) -> Submission {
    Submission(
      on: try day(visit), channel: visit.form.text("channel") ?? "",
      receipt: visit.form.text("receipt"), digest: visit.form.text("sha256"),
      form: visit.form.text("sent_form"))
  }

  private static func decided(_ state: RecordState, _ visit: Visit) async throws(Problem)
    -> RecordState
  {
    let reference = visit.form.text("reference")
    let day = try day(visit)
    switch visit.form.text("decision") {
    case "accepted":
      return try await visit.workspace.decideRebuttal(
        state, accepted: true, on: day, reference: reference)
    case "rejected":
      return try await visit.workspace.decideRebuttal(
        state, accepted: false, on: day, reference: reference)
    case "maintained":
      return try await visit.workspace.decideReassessment(
        state, maintained: true, on: day, reference: reference)
    case "ended":
      return try await visit.workspace.decideReassessment(
        state, maintained: false, on: day, reference: reference)
    default:
      throw noDecision
    }
  }

  static let noDecision = Problem(
    "server.no-decision", what: "the decision is missing", why: "its outcome has effects",
    mend: "choose what the Commission decided")

  /// The day or moment of a form; today when it was left empty.
  static func day(_ visit: Visit) throws(Problem) -> Effective {
    let text = visit.form.text("on") ?? visit.today.iso
    guard let effective = Effective(text) else {
      throw Problem(
        "server.bad-day", what: "“\(text.prefix(40))” is not a day",
        why: "days are written YYYY-MM-DD, moments with their offset",
        mend: "for example \(visit.today.iso)")
    }
    return effective
  }

  /// The package as a file: as it was reviewed, else as it would be today.
  static func package(_ visit: Visit, _ kind: RecordKind) async throws(Problem) -> Reply {
    let filing = try await visit.workspace.filing(
      try RecordPage.id(kind.name, visit.part("key")))
    guard let document = filing.document else {
      throw filing.problem ?? FilingStepReply.noSuchForm
    }
    switch visit.part("form") {
    case "json": return Reply(.text(document.json, type: "application/json"))
    case "md":
      let forms = try await visit.workspace.reportForms(kind.name)
      return Reply(.text(try document.markdown(forms), type: "text/markdown; charset=utf-8"))
    case "html":
      var reply = Reply(.text(document.html, type: "text/html; charset=utf-8"))
      reply.fields.append(("content-security-policy", OpinionDocument.policy))
      return reply
    default: throw noSuchForm
    }
  }

  private static let noSuchForm = Problem(
    "server.no-such-page", what: "there is no such page",
    why: "a package is given as json, md or html", mend: "go back to the filing")
}

extension Filing {
  /// The document of the package that counts; nil while it cannot be made.
  var document: NotificationDocument? {
    shown.map {
      NotificationDocument(
        package: $0, sha256: reviewed == nil ? nil : state.text("sha256"), status: status)
    }
  }
}
