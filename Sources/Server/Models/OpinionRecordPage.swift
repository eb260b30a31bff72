internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// An opinion as it was drafted and filed: word for word, with who wrote it and who approved it.
struct OpinionRecordPage {
  let visit: Visit
  let opinion: RecordState
  let model: RecordState?
  let ledgerVersion: Int?
  let history: [RecordedEvent]
  let names: PeopleNames

  static let endpoints: [Endpoint] = [
    .get("/opinions/{key}") { visit in .page(try await OpinionRecordPage(visit).body) }
  ]

  init(_ visit: Visit) async throws(Problem) {
    self.visit = visit
    let workspace = visit.workspace
    opinion = try await workspace.needed(try RecordPage.id("opinion", visit.part("key")))
    history = try await workspace.history(opinion.id)
    names = try await PeopleNames(workspace)
    let id = opinion.text("model").flatMap { RecordID($0) }
    // A model that was erased or may not be read leaves the opinion as it is.
    let known = try await workspace.states(.model).first { $0.id == id }
    model = known
    if let known {
      ledgerVersion = try await workspace.ledger(of: known.id).version
    } else {
      ledgerVersion = nil
    }
  }

  var body: HTML {
    let above: HTML =
      model.map { "\(Parts.link("/models/" + $0.id.key, $0.title)) · " } ?? ""
    return Frame(
      title: opinion.title, visit: visit, section: "/models",
      eyebrow: "\(above)Classification opinion · \(opinion.status ?? "draft")"
    ).around("\(state)\(notice)\(text)\(decision)")
  }

  private var state: HTML {
    let steps = history.map { event -> [HTML] in
      let envelope = event.envelope
      let title = RecordKind.opinion.event(envelope.event)?.title ?? envelope.event
      return [
        "\(Typography.sentence(title))", "\(names.name(envelope.actor.id))",
        "\(envelope.actor.role.rawValue)", Parts.moment(envelope.recorded),
        Parts.link("/records/\(opinion.id.text)/proofs/\(envelope.version)", "proof"),
      ]
    }
    return """
      \(moved)\(Component.table(
        "Who did what", [.init("Step"), .init("Who"), .init("As"), .init("When"), .init("In the journal")], steps))
      """
  }

  /// Said where the ledger is another one by now.
  private var moved: HTML {
    guard let now = ledgerVersion, case .int(let then)? = opinion.fields["ledger_version"],
      now != then
    else { return "" }
    return """
      <p class="caution">It rests on version \(then) of the compute ledger; the ledger is at version \(now) now.</p>

      """
  }

  private var isMine: Bool { opinion.author == visit.workspace.who.id }

  /// What is to be done with a draft, said before it is read.
  private var notice: HTML {
    guard opinion.status == "draft" else { return "" }
    return isMine
      ? """
      <p class="caution">You drafted it. Another person with the role approver, counsel or compliance reads it, and files \
      it or sends it back.</p>

      """
      : """
      <p class="caution">It waits for a second person. Read it, then <a href="#decision">decide below</a>.</p>

      """
  }

  private var decision: HTML {
    guard opinion.status == "draft", !isMine else { return "" }
    let path = "/records/\(opinion.id.text)/changes/"
    let key = Frame.key(visit)
    let version: HTML = "<input type=\"hidden\" name=\"version\" value=\"\(opinion.version)\">"
    return Component.section(
      "decision", "Your decision",
      """
      <div class="decide"><form method="post" action="\(path)opinion-filed">\(key)\(version)
      <p>You have read it, and it may be filed. It stays as it is from then on.</p>
      <p><button>Approve and file</button></p></form>
      <form method="post" action="\(path)opinion-rejected">\(key)\(version)
      <p><label for="reason">Or send it back, because</label><input id="reason" name="reason" required></p>
      <p><button class="second">Send it back</button></p></form></div>

      """)
  }

  private var text: HTML {
    guard let text = opinion.text("markdown") else { return "" }
    return """
      <article class="document" aria-label="The opinion as it was drafted">\(KeptText.html(text))</article>
      <p class="note">Digest of the law it was made with: \(Component.code(opinion.text("law") ?? "")). \
      \(Parts.link("/records/\(opinion.id.text)", "Record, history and proof")) · \
      \(Parts.link("/records/\(opinion.id.text)/text", "As plain text"))</p>
      \(DocumentFiles.links(opinion))

      """
  }
}
