internal import Documents
internal import Duties
internal import Ground
internal import Journal
internal import Sealing
internal import Workspace

/// The journal: its heads, its newest entries, and an audit on request.
struct JournalPage {
  let visit: Visit
  let heads: [[HTML]]
  let entries: [[HTML]]
  let audits: [Audits.Audit]

  /// Entries shown.
  private static let most = 20

  static func endpoints(_ audits: Audits) -> [Endpoint] {
    [.get("/journal") { visit in .page(try await JournalPage(visit, audits.all).body) }]
      + AuditPage.endpoints(audits)
  }

  init(_ visit: Visit, _ audits: [Audits.Audit]) async throws(Problem) {
    self.visit = visit
    self.audits = audits
    try await visit.workspace.authorise(.verify)
    var heads: [[HTML]] = []
    for log in LogName.allCases {
      let size = try await visit.workspace.store.head(log).size
      let newest = try await Checkpoints(visit.workspace).newest(log)
      heads.append([
        "\(log.rawValue)", "\(size)", "\(newest?.checkpoint.size ?? 0)",
        newest.map { Component.code($0.checkpoint.root.hex) } ?? "none yet",
      ])
    }
    self.heads = heads
    entries = try await JournalPage.newest(visit)
  }

  /// The newest entries of the log that the law asks for, as far as whoever asks may see them.
  private static func newest(_ visit: Visit) async throws(Problem) -> [[HTML]] {
    var question = ReadJournal.Question()
    question.from = max(
      0, try await visit.workspace.store.head(.regulatory).size - JournalPage.most)
    question.limit = JournalPage.most
    let lines = try await ReadJournal(visit.workspace).lines(question)
    let names = try await PeopleNames(visit.workspace)
    return lines.reversed().map { line in
      let envelope = line.envelope
      let kind = RecordKind.named(envelope.record.kind)
      let title = kind?.event(envelope.event)?.title ?? envelope.event
      return [
        "\(line.index)", Parts.moment(envelope.recorded), "\(Typography.sentence(title))",
        Parts.link("/records/" + envelope.record.text, envelope.record.text),
        "\(names.name(envelope.actor.id))", Parts.effective(envelope.effective),
      ]
    }
  }

  var body: HTML {
    let before = audits.map { audit -> HTML in
      let said: HTML =
        switch audit.result {
        case nil: "under way"
        case .failure: "stopped"
        case .success(let report): report.isOK ? "verified" : "not as it should be"
        }
      return "<a href=\"/journal/audits/\(audit.id)\">\(Parts.moment(audit.begun))</a>: \(said)"
    }
    return Frame(title: "Journal", visit: visit, section: "/journal").around(
      """
      \(Component.table(
        "The logs and their newest signed checkpoints",
        [.init("Log"), .figures("Entries"), .figures("Signed"), .init("Root")], heads))
      <form method="post" action="/journal/audits">\(Frame.key(visit))\
      <p><button>Verify everything</button> <span class="note">Reads every entry, content and evidence file, and \
      recomputes every hash.</span></p></form>
      \(Component.section("audits", "Audits since the server began", Component.list(before)))\
      \(Component.section("entries", "Newest entries", Component.table(
        "The last \(entries.count) entries of the regulatory log",
        [.init("Entry"), .init("Written"), .init("What happened"), .init("Record"), .init("By"), .init("True")],
        entries)))
      """)
  }
}
