internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// The mandates of authorised representatives: list, draft, signature and end.
struct MandatePage {
  let visit: Visit
  /// The mandate; nil for a new one.
  var state: RecordState?
  var problem: Problem?

  static let endpoints: [Endpoint] = [
    .get("/mandates") { visit in .page(try await list(visit)) },
    .get("/mandates/new") { visit in .page(MandatePage(visit: visit).form) },
    .post("/mandates/new") { visit in
      try await MandatePage(visit: visit).answer { page in
        page.form
      } step: {
        workspace, page async throws(Problem) in
        try await workspace.draftMandate(
          try DraftFields(visit: visit, kind: .mandate, state: nil).changed())
      }
    },
    .get("/mandates/{key}") { visit in .page(try await MandatePage(found: visit).body) },
    .get("/mandates/{key}/draft") { visit in .page(try await MandatePage(found: visit).form) },
    step("draft") { workspace, mandate, visit async throws(Problem) in
      try await workspace.changeMandate(
        mandate, set: try DraftFields(visit: visit, kind: .mandate, state: mandate).changed())
    },
    step("signatures") { workspace, mandate, visit async throws(Problem) in
      try await workspace.signMandate(mandate, on: try FilingStepReply.day(visit))
    },
    step("ends") { workspace, mandate, visit async throws(Problem) in
      try await workspace.endMandate(
        mandate, by: visit.form.text("ended_by") ?? "", on: try FilingStepReply.day(visit),
        reason: visit.form.text("reason") ?? "")
    },
    step("reports") { workspace, mandate, visit async throws(Problem) in
      try await workspace.reportMandateEnd(mandate, on: try FilingStepReply.day(visit).day)
    },
    step("abandonments") { workspace, mandate, visit async throws(Problem) in
      try await workspace.giveUpMandate(mandate, reason: visit.form.text("reason") ?? "")
    },
  ]

  private init(visit: Visit) { self.visit = visit }

  private init(found visit: Visit) async throws(Problem) {
    self.visit = visit
    state = try await visit.workspace.needed(try RecordPage.id("mandate", visit.part("key")))
  }

  private static func step(
    _ name: String,
    _ step:
      @escaping @Sendable (OpenWorkspace, RecordState, Visit) async throws(Problem) ->
      RecordState
  ) -> Endpoint {
    .post("/mandates/{key}/" + name) { visit in
      let page = try await MandatePage(found: visit)
      return try await page.answer {
        name == "draft" ? $0.form : $0.body
      } step: {
        workspace, page async throws(Problem) in
        guard let state = page.state else { throw MandatePage.gone }
        return try await step(workspace, state, visit)
      }
    }
  }

  private static let gone = Problem(
    "server.no-such-page", what: "there is no such mandate", why: "the address was mistyped",
    mend: "choose one from the list")

  /// Takes a step and goes to the mandate, or shows the page again with what stands in the way.
  private func answer(
    _ again: (MandatePage) -> HTML,
    step: (OpenWorkspace, MandatePage) async throws(Problem) -> RecordState
  ) async throws(Problem) -> Reply {
    do {
      let state = try await step(visit.workspace, self)
      return .see(ProcedurePages.path(state.id))
    } catch {
      var page = self
      page.problem = error
      return .page(again(page), status: RefusalPage.status(error))
    }
  }

  private static func list(_ visit: Visit) async throws(Problem) -> HTML {
    let mandates = try await visit.workspace.states(.mandate)
    let provider = try await visit.workspace.provider()
    let asked: HTML =
      switch provider?.fields["established_in_union"] {
      case .bool(true)?: "None is asked: the provider is established in the Union."
      case .bool(false)?:
        "One is asked, before a model is placed on the Union market: the provider is established outside the Union."
      default:
        "Whether one is asked depends on a missing fact: whether the provider is established in the Union."
      }
    let table =
      mandates.isEmpty
      ? Parts.empty("No mandate is on the record.")
      : Component.table(
        "\(mandates.count) on the record",
        [.init("Representative"), .init("Member State"), .init("Stands at"), .init("Signed")],
        mandates.map { state in
          [
            Parts.link(ProcedurePages.path(state.id), state.title),
            "\(state.text("established_in") ?? "")", "\(state.status ?? "")",
            state.happened["mandate-signed"].map { Parts.effective($0) } ?? "—",
          ]
        })
    return Frame(
      title: "Mandates", visit: visit, section: "/notifications",
      eyebrow: "<a href=\"/notifications\">Procedure</a>"
    ).around(
      """
      <p>\(asked)</p>\(WhyAsked(visit).html(["ai-act/54/1", "ai-act/54/3"]))\(table)\
      <p class="actions"><a class="button" href="/mandates/new">Draft a mandate</a></p>

      """)
  }

  private var form: HTML {
    let path = state.map { ProcedurePages.path($0.id) + "/draft" } ?? "/mandates/new"
    return Frame(
      title: state.map { "Draft: " + $0.title } ?? "New mandate", visit: visit,
      section: "/notifications", eyebrow: "<a href=\"/mandates\">Mandates</a>"
    ).around(
      """
      \(problem.map(RefusalPage.box) ?? "")<form method="post" action="\(path)" class="record">\(Frame.key(visit))
      \(DraftFields(visit: visit, kind: .mandate, state: state).html)<p class="wide"><button>Keep the draft</button></p>
      </form>

      """)
  }

  private var body: HTML {
    guard let state else { return form }
    let facts = RecordKind.mandate.fields.compactMap { field -> (String, HTML)? in
      state.fields[field.name].map { (field.title, Parts.value($0)) }
    }
    let signed = state.happened["mandate-signed"].map { ("signed", Parts.effective($0)) }
    let missing = MandateTask.missing(in: state).map { "\(Typography.sentence($0.words))" as HTML }
    let lacks: HTML =
      missing.isEmpty || state.status != "draft"
      ? "" : "<p>It does not hold yet:</p>\(Component.list(missing))"
    return Frame(
      title: state.title, visit: visit, section: "/notifications",
      eyebrow: "<a href=\"/mandates\">Mandates</a> · \(state.status ?? "")"
    ).around(
      """
      \(problem.map(RefusalPage.box) ?? "")\(Parts.facts([("status", "\(state.status ?? "")")] + (signed.map { [$0] } ?? []) + facts))\
      \(lacks)\(actions(state))\
      <p><a href="/records/\(state.id.text)">All that is kept of it, its history and its proof</a></p>

      """)
  }

  private func actions(_ state: RecordState) -> HTML {
    let path = ProcedurePages.path(state.id)
    switch state.status {
    case "draft":
      return """
        <p class="actions"><a class="button" href="\(path)/draft">Fill in the draft</a></p>
        \(step(path + "/signatures", "Note that it was signed", ["on"]))\
        \(step(path + "/abandonments", "Give it up", ["reason"]))
        """
    case "in force": return step(path + "/ends", "Note its end", ["on", "ended_by", "reason"])
    case "ended" where state.text("office_informed") == nil:
      return """
        \(step(path + "/reports", "Note that the AI Office was informed", ["on"]))\
        \(WhyAsked(visit).html(["ai-act/54/5"]))
        """
    default: return ""
    }
  }

  private func step(_ path: String, _ button: String, _ fields: [String]) -> HTML {
    let parts = fields.map { name -> HTML in
      let id = path.split(separator: "/").last.map(String.init) ?? ""
      switch name {
      case "ended_by":
        return """
          <p><label for="\(id)-ended_by">Who ended it</label><select id="\(id)-ended_by" name="ended_by" required>
          <option value="">choose</option><option value="provider">the provider</option>
          <option value="representative">the representative</option></select></p>

          """
      case "reason":
        return """
          <p><label for="\(id)-reason">Why (a reason is due)</label>
          <input id="\(id)-reason" name="reason" required></p>

          """
      default:
        return """
          <p><label for="\(id)-on">When</label><input id="\(id)-on" name="on" placeholder="\(visit.today.iso)"></p>

          """
      }
    }
    return """
      <form method="post" action="\(path)" class="record">\(Frame.key(visit))
      \(parts)<p class="wide"><button>\(button)</button></p></form>

      """
  }
}
