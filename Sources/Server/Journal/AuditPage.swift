internal import Documents
internal import Ground
internal import Journal
internal import Workspace

/// An audit under way, or what it found and what it does not prove.
struct AuditPage {
  let visit: Visit
  let audit: Audits.Audit

  static func endpoints(_ audits: Audits) -> [Endpoint] {
    [
      .post("/journal/audits") { visit in
        try await visit.workspace.authorise(.verify)
        return .see("/journal/audits/" + audits.begin(visit.workspace).id)
      },
      .get("/journal/audits/{id}") { visit in
        .page(AuditPage(visit: visit, audit: try await found(visit, audits)).body)
      },
      .get("/journal/audits/{id}/progress") { visit in
        let audit = try await found(visit, audits)
        return Reply(
          .json(
            .object([
              ("done", .int(audit.done)), ("total", .int(audit.total)),
              ("ended", .bool(audit.result != nil)),
            ])))
      },
    ]
  }

  private static func found(
    _ visit: Visit, _ audits: Audits
  ) async throws(Problem) -> Audits.Audit {
    try await visit.workspace.authorise(.verify)
    guard let audit = audits.audit(visit.part("id")) else {
      throw Problem(
        "server.no-such-page", what: "this audit is not known any more",
        why: "audits are kept while the server runs, and only the last ones",
        mend: "begin another on the page of the journal")
    }
    return audit
  }

  var body: HTML {
    let content: HTML =
      switch audit.result {
      case nil: running
      case .failure(let problem): RefusalPage.box(problem)
      case .success(let report): self.report(report)
      }
    return Frame(
      title: "Audit", visit: visit, section: "/journal",
      eyebrow: "<a href=\"/journal\">Journal</a> · begun \(Parts.moment(audit.begun))"
    ).around(content)
  }

  private var running: HTML {
    """
    <p>Every entry, content and evidence file is read, and every hash is computed again.</p>
    <p><progress max="\(max(1, audit.total))" value="\(audit.done)" aria-label="How far the audit is" \
    data-at="/journal/audits/\(audit.id)/progress"></progress></p>
    <p><span data-steps role="status">\(audit.done) of \(audit.total) steps</span> · \
    <a href="/journal/audits/\(audit.id)">Look again</a></p>

    """
  }

  private func report(_ report: WorkspaceReport) -> HTML {
    let counts = report.counts
    let answer: Answer = report.isOK ? .yes : .no
    let word: HTML = report.isOK ? "Verified" : "Not as it should be"
    let findings = report.findings.map { finding -> [HTML] in
      [Component.code(finding.code), "\(finding.file)", "\(finding.what)"]
    }
    return """
      <section class="verdict \(report.isOK ? "no" : "yes")" aria-labelledby="result">
      <h2 id="result">The journal and everything it binds to</h2>
      <p class="word">\(Component.icon(answer))\(word)</p>
      \(Parts.facts([
        ("entries", "\(counts.entries)"), ("records", "\(counts.records)"),
        ("contents", "\(counts.contents)"), ("erased", "\(counts.erasedContents)"),
        ("evidence files", "\(counts.files)"),
      ]))</section>
      \(Component.section("findings", "What is wrong", Component.table(
        "Findings", [.init("Code"), .init("Where"), .init("What")], findings)))\
      \(Component.section("not-proven", "What this does not prove", Component.list(
        report.notProven.map { "\($0)" })))
      """
  }
}
