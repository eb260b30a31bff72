internal import Documents
internal import Duties
internal import Ground
internal import RuleFile
internal import Rulebook
internal import Workspace

/// One filing: its stages, its clocks, what it lacks, the package, and what can be done now.
struct FilingPage {
  let visit: Visit
  let kind: RecordKind
  let filing: Filing
  let history: [RecordedEvent]
  let names: PeopleNames
  let deadlines: [Deadline]
  let problem: Problem?

  init(_ visit: Visit, _ kind: RecordKind, problem: Problem? = nil) async throws(Problem) {
    self.visit = visit
    self.kind = kind
    self.problem = problem
    let id = try RecordPage.id(kind.name, visit.part("key"))
    filing = try await visit.workspace.filing(id)
    history = try await visit.workspace.history(id)
    names = try await PeopleNames(visit.workspace)
    var question = DocketQuestion()
    let incident = filing.state.text("incident").flatMap { RecordID($0) }
    question.record = incident ?? filing.model.id
    question.includesClosed = true
    deadlines = try await visit.workspace.docket(question).filter { deadline in
      let rule = deadline.ruleID ?? ""
      return incident == nil
        ? ["ai-act/52/1", "ai-act/52/5", "ai-act/52/5/maintained"].contains(rule)
        : rule.hasPrefix("cop/safety/9.3/") || rule == "incident/clock"
    }
  }

  var body: HTML {
    Frame(
      title: filing.state.title, visit: visit, section: section.path,
      eyebrow: """
        \(Parts.link(section.path, section.name)) · \(Typography.sentence(kind.title)) · \(filing.status)
        """
    ).around(
      """
      \(problem.map(RefusalPage.box) ?? "")\(cautions)\(stages)\(FilingActions(page: self).html)\(FilingCompleteness(filing: filing).html)\(fields)\
      \(package)\(clocks)\(arguments)\(others)\(record)
      """)
  }

  /// The section of the desk to which the kind of filing belongs.
  private var section: (path: String, name: String) {
    kind.name == RecordKind.incidentReport.name
      ? ("/incidents", "Incidents") : ("/notifications", "Procedure")
  }

  private var cautions: HTML {
    var html: HTML = ""
    if let problem = filing.problem { html = html + RefusalPage.box(problem) }
    if !filing.changes.isEmpty {
      let title =
        filing.isSent ? "Changed since submission" : "The records changed since the review"
      let lines = Component.list(filing.changes.map { Component.prose($0.words) })
      html =
        html
        + "<div class=\"caution\"><p><strong>\(title).</strong></p>\n\(lines)\(renewal)</div>\n"
    }
    if kind.name == RecordKind.rebuttal.name {
      html = html + "<p class=\"caution\">\(RebuttalRule.caution)</p>\n"
    }
    return html
  }

  /// The fields of a report on an incident beside the law.
  private var fields: HTML {
    kind.name == RecordKind.incidentReport.name
      ? IncidentReportFields(visit: visit, filing: filing).html : ""
  }

  /// How to go on after a change; after the submission, what it means and what it does not.
  private var renewal: HTML {
    guard filing.isSent else {
      let first =
        filing.status == "approved"
        ? "Withdraw the approval with a reason" : "Send it back with a reason"
      return """
        <p>It is neither approved nor sent as it stands. \(first), send the draft for review again, and \
        have another person approve it anew.</p>

        """
    }
    let law = visit.workspace.surroundings.law(visit.today)
    let basis = RenotificationRule(filing.model, law: law)
    return """
      <p>\(basis.words) \(Parts.rule(basis.citation?.id, basis.citation)) \(Parts.force(basis.force))</p>

      """
  }

  private var stages: HTML {
    let items = history.map { event -> HTML in
      let envelope = event.envelope
      let title = kind.event(envelope.event)?.title ?? envelope.event
      let reason: HTML =
        event.content?["reason"].flatMap {
          if case .string(let text) = $0 { text } else { nil }
        }.map { " <span class=\"note\">\($0)</span>" } ?? ""
      return """
        <strong>\(Typography.sentence(title))</strong>, \(Parts.effective(envelope.effective)), by \
        \(names.name(envelope.actor))\(reason)
        """
    }
    var facts: [(String, HTML)] = [
      ("model", Parts.link("/models/" + filing.model.id.key, filing.model.title)),
      ("stands at", "\(filing.status)"),
    ]
    for (field, title) in [
      ("channel", "sent through"), ("receipt", "receipt"), ("reference", "reference"),
      ("supersedes", "replaces"), ("notification", "goes with"), ("incident", "incident"),
    ] {
      if let text = filing.state.text(field) { facts.append((title, FilingPage.linked(text))) }
    }
    if let digest = filing.state.text("sha256"), filing.reviewed != nil {
      facts.append(("SHA-256 of the package", Component.code(digest)))
    }
    let noReceipt: HTML =
      filing.isSent && filing.state.text("receipt") == nil
      ? "<p class=\"note\">No receipt number was recorded.</p>\n" : ""
    return Component.section(
      "stages", "Stages", "\(Parts.facts(facts))\(noReceipt)\(Component.list(items))")
  }

  /// The name of a filing as a link to its page.
  private static func linked(_ text: String) -> HTML {
    guard let id = RecordID(text), let kind = RecordKind.named(id.kind) else { return "\(text)" }
    if kind.name == RecordKind.incident.name { return Parts.link(IncidentPages.path(id), text) }
    return kind.isFiled ? Parts.link(ProcedurePages.path(id), text) : "\(text)"
  }

  private var clocks: HTML {
    let triggers = filing.triggers.map { trigger -> [HTML] in
      [
        "\(Typography.sentence(trigger.kind.words))",
        trigger.day.map { Component.day($0) } ?? "<span class=\"unknown\">not on the record</span>",
        "\(trigger.source)", trigger.alarmDay.map { Component.day($0) } ?? "—",
        trigger.alarmDay.map { "\($0.sinceEpoch - visit.today.sinceEpoch)" } ?? "—",
        trigger.statutoryDay.map { Component.day($0) } ?? "—",
        trigger.governs ? "<strong>governs</strong>" : "",
      ]
    }
    let table = Component.table(
      "Both triggers of Art. 52(1): without delay, and in any event within two weeks of the earliest",
      [
        .init("Trigger"), .init("Day"), .init("Known from"), .init("Act by"), .figures("In days"),
        .init("Binding last day"), .init("Which governs"),
      ], triggers)
    let rule: HTML =
      filing.rule.map { rule in
        Parts.facts([
          ("designated", Component.day(rule.designated)),
          ("may be sent from", Component.day(rule.alarmDay)),
          ("in days", "\(rule.alarmDay.sinceEpoch - visit.today.sinceEpoch)"),
          ("basis", Parts.rule(rule.citation?.id, rule.citation)),
        ])
      } ?? ""
    let docket: HTML =
      deadlines.isEmpty
      ? ""
      : DeadlineTable.html(
        "On the docket", deadlines, today: visit.today, names: { names.name($0) })
    return Component.section("clocks", "Clocks", "\(table)\(rule)\(docket)")
  }

  private var arguments: HTML {
    guard kind.name == RecordKind.notification.name else { return "" }
    let list = Component.list(
      filing.rebuttals.map {
        """
        \(Parts.link(ProcedurePages.path($0.id), $0.title)) <span class="note">\($0.status ?? "")</span>
        """
      })
    let isOpen = ["draft", "in review", "approved"].contains(filing.status)
    let form: HTML =
      isOpen
      ? """
      <form method="post" action="\(ProcedurePages.path(filing.state.id))/rebuttals">\(Frame.key(visit))
      <p><button class="plain">Begin a file of arguments</button></p></form>
      \(WhyAsked(visit).html(["ai-act/52/2", "guidelines/39", "guidelines/40/no-suspension"]))
      """ : ""
    guard isOpen || !filing.rebuttals.isEmpty else { return "" }
    return Component.section("arguments", "Arguments under Art. 52(2)", "\(list)\(form)")
  }

  private var package: HTML {
    guard let document = filing.document else { return "" }
    let path = ProcedurePages.path(filing.state.id) + "/package/"
    let json = filing.reviewed == nil ? "as JSON" : "as JSON, the file whose SHA-256 is kept"
    let title =
      filing.reviewed == nil ? "The package as it would be today" : "The package as reviewed"
    return """
      <section id="package" aria-labelledby="package-title"><h2 id="package-title">\(title)</h2>
      <p class="actions">\(Parts.link(path + "html", "As a page")), \(Parts.link(path + "md", "as Markdown")), \
      \(Parts.link(path + "json", json))</p>
      \(DocumentFiles.links(filing.state))
      <details><summary>Show it here</summary>
      \(document.preview)</details></section>

      """
  }

  /// What pages in circulation say otherwise, beside the primary text, so that nobody acts on it.
  private var others: HTML {
    let rules = [
      "notification": "ai-act/52/1", "rebuttal": "ai-act/52/2", "reassessment": "ai-act/52/5",
    ]
    let law = visit.workspace.surroundings.law(visit.today)
    let found = law.divergences.filter { divergence in
      rules[kind.name].map { divergence.rules.contains($0) } ?? false
    }
    let lines = found.map { divergence -> HTML in
      """
      \(divergence.source.publisher) says: \(Component.prose(divergence.says))<br>
      <strong>The primary text:</strong> \(Component.prose(divergence.primary)) (\(divergence.cite))
      """
    }
    guard !lines.isEmpty else { return "" }
    return Component.section(
      "others", "Pages that say otherwise",
      """
      <details><summary>\(lines.count) statements in circulation, each beside the primary text</summary>
      \(Component.list(lines))</details>

      """)
  }

  private var record: HTML {
    Component.section(
      "record", "Record",
      """
      <p><a href="/records/\(filing.state.id.text)">All that is kept of it, its history and its proof</a></p>

      """)
  }
}
