internal import Documents
internal import Ground
internal import RuleFile
internal import Rulebook
internal import Workspace

/// The law as dated rules: a list as of a day, and one rule with what belongs beside it.
struct LawPage {
  let visit: Visit
  let day: Day

  static let endpoints: [Endpoint] = [
    .get("/law") { visit in .page(try LawPage(visit).list) },
    .get("/law/divergences") { visit in .page(try LawPage(visit).divergences) },
    .get("/law/**") { visit in .page(try LawPage(visit).rule) },
  ]

  init(_ visit: Visit) throws(Problem) {
    self.visit = visit
    let text = visit.query.text("day")
    guard let day = text.map({ Day(iso: $0) }) ?? visit.today else {
      let typed = text?.prefix(40) ?? ""
      throw Problem(
        "server.bad-day", what: "“\(typed)” is not a day",
        why: "days are written YYYY-MM-DD", mend: "for example \(visit.today.iso)")
    }
    self.day = day
  }

  private var law: Law { visit.workspace.surroundings.law(day) }

  private var choices: HTML {
    """
    <form method="get" action="/law" class="choices">
    <label>Words <input type="search" name="q" value="\(visit.query.text("q") ?? "")"></label>
    <label>As of <input type="date" name="day" value="\(day.iso)"></label>
    <button>Show</button> <a href="/law/divergences">Pages that say otherwise</a></form>

    """
  }

  var list: HTML {
    let words = (visit.query.text("q") ?? "").split(separator: " ").map(String.init)
    let found =
      words.isEmpty ? ListRules(law: law).provisions : ListRules.search(words, law: law)
    let table =
      found.isEmpty
      ? Parts.empty("No rule of that day holds these words.")
      : Component.table(
        "\(found.count) rules as of \(day.words)",
        [.init("Rule"), .init("Citation"), .init("Force"), .init("From")],
        found.map { provision in
          [
            Parts.link("/law/\(provision.rule.id)?day=\(day.iso)", provision.rule.title),
            "\(provision.citation.text)", Parts.force(provision.rule.force),
            Component.day(provision.version.from),
          ]
        })
    return Frame(title: "The law", visit: visit, section: "/law").around("\(choices)\(table)")
  }

  var divergences: HTML {
    let law = law
    let items = law.divergences.map { divergence -> HTML in
      """
      <section class="divergence"><h2>\(divergence.source.publisher): \(divergence.source.title)</h2>
      <dl><dt>It says</dt><dd>\(Component.prose(divergence.says))</dd>
      <dt>The primary text</dt><dd>\(Component.prose(divergence.primary)) (\(divergence.cite))</dd></dl>
      <p class="note">\(divergence.confidence.rawValue)\(divergence.note.map { "; " + $0 } ?? "")</p></section>

      """
    }
    return Frame(
      title: "Pages that say otherwise", visit: visit, section: "/law",
      eyebrow: "<a href=\"/law\">The law</a>"
    ).around("\(items)")
  }

  var rule: HTML {
    get throws(Problem) {
      let answer = try ShowRule(String(visit.path.dropFirst("/law/".count)), law: law)
      let content =
        answer.provision.map { provision($0) }
        ?? Parts.empty(
          "It does not apply on \(Component.day(day)).")
      let versions = answer.rule.versions.map { version -> HTML in
        "from \(Component.day(version.from)): \(version.cite)\(version.repealed ? ", repealed" : "")"
      }
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
        \(Component.section("others", "Pages that say otherwise", Component.list(others)))\
        \(Component.section("versions", "Versions", Component.list(versions)))
        """)
    }
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
          "\(threshold.quantity) \(threshold.comparison.rawValue) \(Component.prose(threshold.value)) \(threshold.unit)"
        ))
    }
    let link: HTML =
      provision.citation.link.flatMap { Link($0) }.map {
        "<p><a href=\"\($0)\" rel=\"noreferrer\">The source</a></p>\n"
      } ?? ""
    let related = rule.related.map { Parts.link("/law/" + $0, $0) }
    let beside: HTML =
      related.isEmpty ? "" : "<p>Related: \(HTML.joined(related, by: ", "))</p>\n"
    return """
      <p class="rule">\(Component.prose(provision.version.text))</p>
      \(Parts.facts(facts))\(link)\(beside)
      """
  }
}
