internal import Documents
internal import Duties
internal import Ground
internal import RuleFile
internal import Rulebook
internal import Workspace

/// One rule as of a day, with its other versions, the official wording where it was imported, and pages that differ.
struct RulePage {
  let visit: Visit
  let day: Day
  let answer: ShowRule
  /// Files that show that it was followed.
  let evidence: Int

  static let endpoints: [Endpoint] = [
    .get("/law/**") { visit in .page(try await RulePage(visit).body) }
  ]

  init(_ visit: Visit) async throws(Problem) {
    self.visit = visit
    let day = try DocketView.day("day", visit) ?? visit.today
    self.day = day
    let answer = try ShowRule(
      String(visit.path.dropFirst("/law/".count)), law: visit.workspace.surroundings.law(day))
    self.answer = answer
    evidence = try await visit.workspace.states(.evidence).count {
      $0.status == "current" && $0.texts("duties").contains(answer.rule.id)
    }
  }

  private var law: Law { visit.workspace.surroundings.law(day) }

  var body: HTML {
    let content =
      answer.provision.map { provision($0) }
      ?? "<p class=\"caution\">It does not apply on \(Component.day(day)).</p>\n"
    let others = answer.divergences.map { divergence -> HTML in
      """
      \(divergence.source.publisher) says: \(Component.prose(divergence.says))<br>
      <strong>The primary text:</strong> \(Component.prose(divergence.primary)) (\(divergence.cite))
      """
    }
    let official = answer.official.map { "<blockquote>\($0)</blockquote>\n" as HTML }
    return Frame(
      title: answer.rule.title, visit: visit, section: "/law",
      eyebrow: "<a href=\"/law?day=\(day.iso)\">The law</a> · as of \(Component.day(day))"
    ).around(
      """
      \(content)\(Component.section("official", "Official wording, imported by you", .joined(official)))\
      \(shown)\(Component.section("others", "Pages that say otherwise", Component.list(others)))\
      \(Component.section("versions", "Versions", versions))
      """)
  }

  private func provision(_ provision: Provision) -> HTML {
    let rule = provision.rule
    var facts: [(String, HTML)] = [
      ("citation", "\(provision.citation.text)"), ("force", Parts.force(rule.force)),
      ("confidence", "\(rule.confidence.rawValue)"),
      ("valid from", Component.day(provision.version.from)),
      ("last compared with its source", Component.day(rule.checked)),
    ]
    if let until = provision.until { facts.append(("until", Component.day(until))) }
    if let period = provision.version.period {
      facts.append(("period", "\(period.words), from: \(period.starts)"))
    }
    if let threshold = provision.version.threshold {
      facts.append(
        (
          "threshold",
          """
          \(threshold.quantity) \(threshold.comparison.rawValue) \(Component.prose(threshold.value)) \(threshold.unit)
          """
        ))
    }
    let link: HTML =
      provision.citation.link.flatMap { Link($0) }.map {
        "<p><a href=\"\($0)\" rel=\"noreferrer\">The source</a></p>\n"
      } ?? ""
    let related = rule.related.map { id in Parts.link("/law/" + id, law.citation(id)?.text ?? id) }
    let beside: HTML =
      related.isEmpty ? "" : "<p>Related: \(HTML.joined(related, by: ", "))</p>\n"
    return """
      <p class="rule">\(Component.prose(provision.version.text))</p>
      \(Parts.facts(facts))\(link)\(beside)
      """
  }

  /// What this workspace has to show for it.
  private var shown: HTML {
    let id = answer.rule.id
    let asked = answer.rule.evidence.map { "<p>What shows it: \($0).</p>\n" as HTML } ?? ""
    return Component.section(
      "shown", "Evidence",
      """
      \(asked)<p><a href="/evidence?rule=\(id)">\(evidence) files in use answer it</a> · \
      <a href="/evidence/new?duties=\(id)">Add one</a></p>

      """)
  }

  /// All versions with their texts, so that two can be compared.
  private var versions: HTML {
    let versions = answer.rule.versions
    let rows = versions.enumerated().map { index, version -> [HTML] in
      let stands = answer.provision?.version.from == version.from
      let until = versions.dropFirst(index + 1).first?.from
      return [
        """
        <a href="?day=\(version.from.iso)">\(version.from.words)</a>\(stands ? "<span class=\"note\">stands on this day</span>" : "" as HTML)
        """,
        until.map { Component.day($0) } ?? "open", "\(version.cite)",
        version.repealed ? "repealed" : Component.prose(version.text),
      ]
    }
    return Component.table(
      "\(versions.count) versions",
      [.init("From"), .init("Until"), .init("Source"), .init("What it says")],
      rows)
  }
}
