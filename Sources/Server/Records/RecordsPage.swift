internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// The registers: the kinds of records, and a new record of a kind.
enum RecordsPage {
  static let endpoints: [Endpoint] = [
    .get("/records") { visit in .page(kinds(visit)) },
    .page("/records/{kind}") { visit in try await RegisterPage(visit).body },
    .get("/records/{kind}/table.csv") { visit in
      let page = try await RegisterPage(visit, isWhole: true)
      return Reply(
        .bytes(try page.csv, type: "text/csv; charset=utf-8", name: page.kind.name + ".csv"))
    },
    .post("/records/{kind}/changes") { visit in try await BulkChange.answer(visit) },
    .get("/records/{kind}/new") { visit in
      let kind = try RecordPage.kind(visit.part("kind"))
      return .page(try await form(visit, kind).withChoices().page("New \(kind.title)"))
    },
    .post("/records/{kind}/new") { visit in
      let kind = try RecordPage.kind(visit.part("kind"))
      return try await form(visit, kind).begin("New \(kind.title)") { "/records/" + $0.text }
    },
  ]

  /// Kinds that begin by a step of their own.
  private static let notByForm: Set<String> = [
    "evidence", "erasure", "opinion", "assignment",
  ]

  /// Whether a record of the kind begins with a form.
  static func hasForm(_ kind: RecordKind) -> Bool {
    kind.log == .regulatory && !kind.isComposed && !notByForm.contains(kind.name)
  }

  private static func form(_ visit: Visit, _ kind: RecordKind) throws(Problem) -> RecordForm {
    guard let event = kind.events.first(where: \.begins), hasForm(kind) else {
      throw Problem(
        "server.not-by-form", what: "\(kind.titled) does not begin with a form",
        why: "it is made by a step of its own", mend: "systemic --help lists the commands")
    }
    return RecordForm(visit: visit, kind: kind, event: event.name)
  }

  private static let sentences: [String: String] = [
    "provider": "Whose records these are.",
    "model": "General-purpose AI models, with every fact and what happened to them.",
    "model-version": "Versions as they were released.",
    "training-run": "The lines of the compute ledgers.",
    "opinion": "Classifications as they were drafted and filed.",
    "notification":
      "What was told to the Commission under Art. 52(1), from the draft to its acknowledgement.",
    "rebuttal": "Why a model exceptionally presents no systemic risk; sent with its notification.",
    "reassessment": "Why a designation should be assessed anew (Art. 52(5)).",
    "mandate": "Who represents a provider from outside the Union (Art. 54).",
    "evidence": "Files that show that something was done.",
    "downstream-request": "What downstream providers asked for.",
    "assignment": "Who looks after which deadline.",
    "hold": "Orders that nothing of a record is erased.",
    "erasure": "What was erased, on what basis, by whom approved.",
    "comment": "What was said about records.",
    "person": "Who may act, and in which roles.",
    "session": "Who was signed in from where.",
    "token": "How programs of a person get in; the secret is never kept.",
    "access": "Decisions on access.",
    "sign-in": "What the workspace asks of everybody who signs in.",
    "emergency": "Access past the usual ways, with its reason and its end.",
    "calendar-link": "Addresses at which a calendar program reads a person's deadlines.",
    "operation": "What the program did with keys, copies and proofs.",
    "incident": "Incidents, near misses and hazards, from the first report to closing.",
    "incident-report":
      "Reports to the AI Office on incidents, from the draft to the acknowledgement.",
    "non-report": "Why an incident was not reported, confirmed by a second person.",
    "corrective-measure": "What is done because of an incident, and what else follows from it.",
    "other-report": "Reports of the same event under other law.",
    "report-template": "The provider’s own forms of its reports.",
    "names": "That names were given once.",
    "webhook": "Which programs are told what happens.",
    "outbox": "How far each of them was told.",
    "connector": "Which ticket systems, pagers and chats are told of incidents.",
    "ticket": "What each of them keeps of which incident.",
    "reminder": "Which mail was sent to whom.",
    "view": "Ways to look at lists that people keep.",
  ]

  private static func kinds(_ visit: Visit) -> HTML {
    func table(_ log: LogName, _ title: String) -> HTML {
      Component.section(
        log.rawValue, title,
        Component.table(
          "Kinds of records", [.init("Kind"), .init("What it holds")],
          RecordKind.all.filter { $0.log == log }.map { kind in
            [
              Parts.link("/records/" + kind.name, Typography.sentence(kind.title)),
              "\(sentences[kind.name] ?? "")",
            ]
          }))
    }
    return Frame(title: "Records", visit: visit, section: "/records").around(
      """
      <ul class="views" aria-label="Elsewhere"><li><a href="/search">Search all records</a></li>
      <li><a href="/comments">Questions to you</a></li></ul>
      \(table(.regulatory, "What the law asks for"))\(table(.access, "Who was let in"))\
      \(table(.operational, "What the program did"))
      """)
  }
}
