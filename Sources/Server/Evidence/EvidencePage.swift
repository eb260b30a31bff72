internal import Documents
internal import Duties
internal import Ground
internal import RuleFile
internal import Rulebook
internal import Workspace

/// One file: its digest, a look at it, what it answers, and what can be done about it.
struct EvidencePage {
  let visit: Visit
  let state: RecordState
  let preview: Result<EvidencePreview, Problem>
  let model: String?
  let names: PeopleNames
  var problem: Problem?

  static let endpoints: [Endpoint] = [
    .get("/evidence/{key}") { visit in .page(try await EvidencePage(visit).body) },
    .get("/evidence/{key}/file") { visit in
      let content = try await visit.workspace.evidenceContent(try id(visit))
      return Reply(
        .stream(
          count: content.count, type: "application/octet-stream",
          name: content.state.text("file") ?? "evidence", pieces: { try content.pieces() }))
    },
    .get("/evidence/{key}/preview") { visit in try await shown(visit) },
    .post("/evidence/{key}/reviews") { visit in
      try await changing(visit) { workspace, id async throws(Problem) in
        _ = try await workspace.reviewEvidence(
          id, reviewed: try day("reviewed", visit), next: try day("next", visit),
          expires: try day("expires", visit), remark: visit.form.text("remark"))
      }
    },
    .post("/evidence/{key}/withdrawal") { visit in
      try await changing(visit) { workspace, id async throws(Problem) in
        _ = try await workspace.withdrawEvidence(id, reason: visit.form.text("reason"))
      }
    },
  ]

  private static func id(_ visit: Visit) throws(Problem) -> RecordID {
    try RecordPage.id("evidence", visit.part("key"))
  }

  static func day(_ name: String, _ visit: Visit) throws(Problem) -> Day? {
    guard let text = visit.form.text(name) else { return nil }
    guard let day = Day(iso: text) else {
      throw Problem(
        "server.bad-day", what: "“\(text.prefix(40))” is not a day",
        why: "days are written YYYY-MM-DD", mend: "for example \(visit.today.iso)")
    }
    return day
  }

  private static func changing(
    _ visit: Visit, _ change: (OpenWorkspace, RecordID) async throws(Problem) -> Void
  ) async throws(Problem) -> Reply {
    let id = try id(visit)
    do {
      try await change(visit.workspace, id)
      return .see("/evidence/" + id.key)
    } catch {
      var page = try await EvidencePage(visit)
      page.problem = error
      return .page(page.body, status: RefusalPage.status(error))
    }
  }

  private static func shown(_ visit: Visit) async throws(Problem) -> Reply {
    let content = try await visit.workspace.evidenceContent(try id(visit))
    guard let type = try EvidencePreview(content).type else {
      throw Problem(
        "server.no-such-page", what: "this file is not shown by itself",
        why: "only pictures and papers are; text stands on its page", mend: "take the file along")
    }
    var reply = Reply(
      .stream(count: content.count, type: type, name: nil, pieces: { try content.pieces() }))
    reply.fields += [
      ("content-security-policy", EvidencePreview.policy), ("x-frame-options", "SAMEORIGIN"),
      ("content-disposition", "inline"),
    ]
    return reply
  }

  init(_ visit: Visit) async throws(Problem) {
    self.visit = visit
    let workspace = visit.workspace
    let id = try EvidencePage.id(visit)
    state = try await workspace.needed(id)
    do {
      preview = .success(
        try EvidencePreview(try await workspace.evidenceContent(id, isProven: false)))
    } catch {
      preview = .failure(error)
    }
    if let model = state.text("model").flatMap({ RecordID($0) }) {
      self.model = (try? await workspace.state(model))?.title
    } else {
      model = nil
    }
    names = try await PeopleNames(workspace)
  }

  var body: HTML {
    Frame(
      title: state.title, visit: visit, section: "/evidence",
      eyebrow: """
        <a href="/evidence">Evidence</a> · \(state.status ?? "current") · \(state.confidentiality.rawValue)
        """
    ).around(
      """
      \(problem.map(RefusalPage.box) ?? "")\(expired)\(file)\(look)\(meaning)\(steps)
      """)
  }

  private var expired: HTML {
    guard state.status == "current", state.isExpired(on: visit.today) else { return "" }
    return "<p class=\"caution\">It has passed the last day on which it shows what it says.</p>\n"
  }

  private var file: HTML {
    Component.section(
      "file", "The file",
      """
      \(Parts.facts([
        ("name", "\(state.text("file") ?? "")"), ("size", size),
        ("added", "\(Parts.moment(state.begun)) by \(names.name(state.author))"),
        ("SHA-256", Component.code(state.text("sha256") ?? "")),
      ]))<p class="actions"><a class="button" href="/evidence/\(state.id.key)/file">Download</a>
      <span class="note">It is decrypted and checked against its SHA-256 first.</span></p>

      """)
  }

  private var size: HTML {
    guard case .int(let bytes) = state.fields["bytes"] else { return "—" }
    return "\(Component.digits(String(bytes))) bytes"
  }

  private var look: HTML {
    let content: HTML =
      switch preview {
      case .success(let preview): preview.html(of: state.id.key, title: state.title)
      case .failure(let problem): RefusalPage.box(problem)
      }
    return Component.section("look", "What is in it", content)
  }

  private var meaning: HTML {
    let rules = state.texts("duties").map { EvidencePage.rule($0, visit) }
    var rows: [[HTML]] = [
      ["Rules that it answers", rules.isEmpty ? "none said" : .joined(rules, by: "<br>")],
      [
        "Model",
        state.text("model").flatMap { RecordID($0) }.map {
          Parts.link("/models/" + $0.key, model ?? $0.text)
        } ?? "none said",
      ],
      ["Holds until", EvidencePage.expiry(state, visit.today)],
      [
        "Reviewer",
        state.text("reviewer").flatMap { RecordID($0) }.map { "\(names.name($0.key))" }
          ?? "nobody named",
      ],
      [
        "Next review",
        state.text("review_by").flatMap { Day(iso: $0) }.map { Component.day($0) } ?? "none set",
      ],
    ]
    if let edition = state.text("edition") { rows.append(["Edition", "\(edition)"]) }
    if let before = state.text("replaces").flatMap({ RecordID($0) }) {
      rows.append(["Replaces", Parts.link("/evidence/" + before.key, before.text)])
    }
    return Component.section(
      "meaning", "What it stands for",
      """
      \(Component.table("What is known of it", [.init("Fact"), .init("Value")], rows))\
      <p><a href="/records/\(state.id.text)">History, comments and proof</a> · \
      <a href="/records/\(state.id.text)/changes/evidence-changed">Change this description</a></p>

      """)
  }

  private var steps: HTML {
    guard state.status == "current" else { return "" }
    let inputs = Inputs(form: visit.form)
    return Component.section(
      "steps", "What can be done",
      """
      <details\(problem == nil ? "" : " open" as HTML)><summary>It was reviewed</summary>
      <form method="post" action="/evidence/\(state.id.key)/reviews" class="sheet">\(Frame.key(visit))
      \(inputs.line("reviewed", "Reviewed on", type: "date", note: "Left empty, today."))\
      \(inputs.line("next", "Next review", type: "date", note: "Left empty, there is none."))\
      \(inputs.line("expires", "Holds until", type: "date", note: "Left empty, as before."))\
      \(inputs.line("remark", "What was found"))\
      <p class="wide"><button>Record the review</button></p></form></details>
      <details\(problem == nil ? "" : " open" as HTML)><summary>It shows this no longer</summary>
      <form method="post" action="/evidence/\(state.id.key)/withdrawal" class="sheet">\(Frame.key(visit))
      \(inputs.line("reason", "Why (a reason is due)", isRequired: true))\
      <p class="wide"><button>Withdraw it</button></p></form></details>
      <p><a href="/evidence/new?replaces=\(state.id.text)">Add the file that replaces it</a></p>

      """)
  }

  /// A rule by its citation, where there is one of that id.
  static func rule(_ id: String, _ visit: Visit) -> HTML {
    guard let citation = visit.workspace.surroundings.law(visit.today).citation(id) else {
      return Component.code(id)
    }
    return Parts.link("/law/" + id, citation.text)
  }

  /// The last day on which it shows what it says.
  static func expiry(_ state: RecordState, _ today: Day) -> HTML {
    guard let day = state.text("expires").flatMap({ Day(iso: $0) }) else { return "no end set" }
    let past: HTML =
      state.isExpired(on: today)
      ? "<span class=\"status overdue\"><span aria-hidden=\"true\">!</span> past</span> " : ""
    return "\(past)\(Component.day(day))"
  }
}
