internal import Documents
internal import Ground
internal import Journal
internal import Sealing
internal import Workspace

/// The journal: its heads, its newest entries, and an audit on request.
struct JournalPage {
  let visit: Visit

  static let endpoints: [Endpoint] = [
    .get("/journal") { visit in .page(try await JournalPage(visit: visit).heads()) },
    .post("/journal/audits") { visit in
      try await visit.workspace.authorise(.verify)
      let report = try await VerifyWorkspace(visit.workspace).report()
      return .page(JournalPage(visit: visit).audit(report), status: 200)
    },
  ]

  private func heads() async throws(Problem) -> HTML {
    var rows: [[HTML]] = []
    for log in LogName.allCases {
      let size = try await visit.workspace.store.head(log).size
      let newest = try await Checkpoints(visit.workspace).newest(log)
      rows.append([
        "\(log.rawValue)", "\(size)", "\(newest?.checkpoint.size ?? 0)",
        newest.map { Component.code($0.checkpoint.root.hex) } ?? "—",
      ])
    }
    return Frame(title: "Journal", visit: visit, section: "/journal").around(
      """
      \(Component.table(
        "The logs and their newest signed checkpoints",
        [.init("Log"), .figures("Entries"), .figures("Signed"), .init("Root")], rows))
      <form method="post" action="/journal/audits">\(Frame.key(visit))\
      <p><button>Verify everything</button> <span class="note">Reads every entry, content and evidence file, and \
      recomputes every hash.</span></p></form>

      """)
  }

  private func audit(_ report: WorkspaceReport) -> HTML {
    let counts = report.counts
    let word: HTML = report.isOK ? "verified" : "not as it should be"
    let findings = report.findings.map { finding -> [HTML] in
      [Component.code(finding.code), "\(finding.file)", "\(finding.what)"]
    }
    return Frame(
      title: "Audit", visit: visit, section: "/journal", eyebrow: "<a href=\"/journal\">Journal</a>"
    ).around(
      """
      <section class="verdict \(report.isOK ? "no" : "yes")"><p class="word">\(word)</p>
      \(Parts.facts([
        ("entries", "\(counts.entries)"), ("records", "\(counts.records)"),
        ("contents", "\(counts.contents)"), ("erased", "\(counts.erasedContents)"),
        ("evidence files", "\(counts.files)"),
      ]))</section>
      \(Component.section("findings", "What is wrong", Component.table(
        "Findings", [.init("Code"), .init("Where"), .init("What")], findings)))\
      \(Component.section("not-proven", "What this does not prove", Component.list(
        report.notProven.map { "\($0)" })))
      """)
  }
}
