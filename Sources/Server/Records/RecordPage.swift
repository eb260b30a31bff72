internal import Documents
internal import Duties
internal import Ground
internal import Journal
internal import Workspace

/// One record: what it says, what can happen to it, and its history with proofs.
struct RecordPage {
  let visit: Visit
  let kind: RecordKind
  let state: RecordState
  let history: [RecordedEvent]
  let names: PeopleNames
  let asOf: AsOf
  /// What was said about it; nil where nothing is.
  var comments: Comments?

  static let endpoints: [Endpoint] = [
    .page("/records/{kind}/{key}") { visit in try await RecordPage(visit).body },
    .get("/records/{kind}/{key}/proofs/{version}") { visit in try await proof(visit) },
    .get("/records/{kind}/{key}/text") { visit in
      let state = try await visit.workspace.needed(
        try id(visit.part("kind"), visit.part("key")))
      guard let text = state.text("markdown") else { throw nothing }
      return Reply(.text(text, type: "text/plain; charset=utf-8"))
    },
  ]

  private static let nothing = Problem(
    "server.no-such-page", what: "there is no such page", why: "this record holds no document",
    mend: "go back to the record")

  /// The kind of a name in an address.
  static func kind(_ name: String) throws(Problem) -> RecordKind {
    guard let kind = RecordKind.named(name) else {
      throw Problem(
        "server.no-such-page", what: "there is no kind of record “\(name.prefix(40))”",
        why: "the address was mistyped", mend: "choose one from the list of records")
    }
    return kind
  }

  /// The record of a name in an address.
  static func id(_ kind: String, _ key: String) throws(Problem) -> RecordID {
    guard let id = RecordID(kind + "/" + key) else {
      throw Problem(
        "server.no-such-page", what: "there is no such record", why: "the address was mistyped",
        mend: "choose one from the list of records")
    }
    return id
  }

  init(_ visit: Visit) async throws(Problem) {
    self.visit = visit
    kind = try RecordPage.kind(visit.part("kind"))
    let id = try RecordPage.id(kind.name, visit.part("key"))
    asOf = AsOf(
      effective: visit.query.text("as-of").flatMap { Day(iso: $0) },
      known: visit.query.text("known").flatMap { Day(iso: $0) })
    guard let state = try await visit.workspace.state(id, asOf) else {
      _ = try await visit.workspace.needed(id)
      throw Problem(
        "workspace.not-yet", what: "\(id.text) had not begun then",
        why: "its first event is later, or was written later", mend: "ask for a later day")
    }
    self.state = state
    history = try await visit.workspace.history(id)
    names = try await PeopleNames(visit.workspace)
    if asOf == .now, kind.log == .regulatory, kind.name != RecordKind.comment.name {
      comments = try await Comments(visit, about: id, names: names)
    }
  }

  private static func proof(_ visit: Visit) async throws(Problem) -> Reply {
    let id = try id(visit.part("kind"), visit.part("key"))
    let version = Int(visit.part("version"))
    let proven = try await ProveEntry(visit.workspace).proof(of: .record(id, version: version))
    return Reply(
      .bytes(proven.proof.bytes, type: "text/plain; charset=utf-8", name: proven.fileName))
  }

  var body: HTML {
    Frame(
      title: state.title, visit: visit, section: "/records",
      eyebrow: """
        <a href="/records/\(kind.name)">\(Typography.sentence(kind.title))</a> · \(state.status ?? "on record") · \
        \(state.confidentiality.rawValue)\(state.isSample ? " \(Parts.sample)" as HTML : "")
        """
    ).around("\(summary)\(own)\(fields)\(steps)\(comments?.html ?? "")\(past)\(times)")
  }

  private var summary: HTML {
    let what: HTML =
      asOf == .now
      ? "" : "<p class=\"caution\">As it stood then. <a href=\"?\">As it is now</a></p>\n"
    return """
      \(what)\(Parts.facts([
        ("record", Component.code(state.id.text)), ("version", "\(state.version)"),
        ("begun", "\(Parts.moment(state.begun)) by \(names.name(state.author))"),
        ("changed", Parts.moment(state.changed)),
      ]))
      \(DocumentFiles.links(state))
      """
  }

  private var fields: HTML {
    let rows = kind.fields.compactMap { field -> [HTML]? in
      guard !RecordKind.hiddenFields.contains(field.name), let value = state.fields[field.name]
      else { return nil }
      return ["\(Typography.sentence(field.title))", Parts.value(value)]
    }
    return Component.section(
      "facts", "Facts",
      Component.table("What the record says", [.init("Fact"), .init("Value")], rows))
  }

  /// Where there is a page that shows more than a record.
  private var own: HTML {
    switch kind.name {
    case "model":
      "<p><a href=\"/models/\(state.id.key)\">The model with its classification</a></p>\n"
    case "incident":
      "<p>\(Parts.link(Parts.path(state.id), "The incident with its clocks, the legal test and its reports"))</p>\n"
    case "incident-report":
      "<p>\(Parts.link(Parts.path(state.id), "The report with its stages"))</p>\n"
    case "evidence": "<p><a href=\"/evidence/\(state.id.key)\">The file itself</a></p>\n"
    case "opinion":
      "<p><a href=\"/records/\(state.id.text)/text\">The opinion as it reads</a></p>\n"
    case "comment":
      state.text("about").map { "<p><a href=\"/records/\($0)\">What it is about</a></p>\n" } ?? ""
    default: ""
    }
  }

  private var steps: HTML {
    let possible = kind.events.filter {
      !$0.begins && ChangePage.isOffered($0, of: kind, on: state)
    }
    guard !possible.isEmpty, asOf == .now else { return "" }
    let links = possible.map { event -> HTML in
      Parts.link(
        "/records/\(state.id.text)/changes/\(event.name)", Typography.sentence(event.title))
    }
    return Component.section("actions", "What can happen", Component.list(links))
  }

  private var times: HTML {
    Component.section(
      "then", "As it stood, as it was known",
      """
      <form method="get" class="choices">
      <label>As it stood on <input type="date" name="as-of" value="\(asOf.effective?.iso ?? "")"></label>
      <label>As it was known on <input type="date" name="known" value="\(asOf.known?.iso ?? "")"></label>
      <button>Show</button></form>

      """)
  }

  private var past: HTML {
    let items = history.reversed().map { event -> HTML in
      let envelope = event.envelope
      let title = kind.event(envelope.event)?.title ?? envelope.event
      return """
        <li><p><strong>\(Typography.sentence(title))</strong>, true \(Parts.effective(envelope.effective))</p>
        <p class="note">version \(envelope.version), written \(Parts.moment(envelope.recorded)) by \
        \(names.name(envelope.actor)); entry \(event.index); \
        <a href="/records/\(state.id.text)/proofs/\(envelope.version)">proof</a></p>
        \(content(event))</li>

        """
    }
    return Component.section(
      "history", "History", "<ol class=\"history\" reversed>\n\(items)</ol>\n")
  }

  private func content(_ event: RecordedEvent) -> HTML {
    guard let content = event.content else { return "<p>Its content was erased.</p>" }
    var lines: [HTML] = []
    if case .string(let reason)? = content["reason"] { lines.append("reason: \(reason)") }
    if case .object(let members)? = content["set"] {
      let values = Dictionary(members) { first, _ in first }
      for field in kind.fields where !RecordKind.hiddenFields.contains(field.name) {
        guard let value = values[field.name] else { continue }
        lines.append("\(field.title): \(Parts.value(value))")
      }
    }
    return Component.list(lines)
  }
}
