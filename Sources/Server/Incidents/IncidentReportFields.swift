internal import Documents
internal import Duties
internal import Ground
internal import RuleFile
internal import Rulebook
internal import Workspace

/// The ten fields of the Commission's template beside the law: what would be sent, what is due in this type of report,
/// what is said to be unknown, what is left out, and the provision that asks for each.
struct IncidentReportFields {
  let visit: Visit
  let filing: Filing

  private var incident: RecordID? { filing.state.text("incident").flatMap { RecordID($0) } }

  var html: HTML {
    guard let parts = filing.shown?["parts"], case .array(let all) = parts else { return "" }
    let unknown = (filing.shown?["unknown"] ?? .null).texts
    let said: HTML =
      unknown.isEmpty
      ? ""
      : "<p><strong>Listed as not known yet:</strong> \(IncidentPages.titles(unknown))</p>\n"
    return Component.section(
      "fields", "The ten fields, beside the law",
      "\(said)<div class=\"law-beside\">\n\(all.map(field))\(submitter)</div>\n\(redactions)\(caution)"
    )
  }

  private func field(_ part: JSON) -> HTML {
    let number = part["number"]?.count ?? 0
    let item = filing.items.first { $0.id == "part-\(number)" }
    return row(
      part["title"]?.text ?? "", item, "<p class=\"words\">\(part["text"]?.text ?? "")</p>",
      ["template/serious-incident/\(number)", "cop/safety/9.2/\(number)"],
      change: number == 4 ? "" : change)
  }

  private func row(
    _ title: String, _ item: PackageItem?, _ text: HTML, _ rules: [String], change: HTML
  ) -> HTML {
    let standing: HTML = item.map { "\(FilingCompleteness.standing($0)) " } ?? ""
    let note: HTML =
      item.map {
        // What is missing is told by its place being empty, with the way to fill it below.
        $0.standing == .undetermined || $0.standing == .optional
          ? "<p class=\"note\">\(Component.prose($0.note))</p>\n" : ""
      }
      ?? ""
    let cited = rules.compactMap { rule -> HTML? in
      WhyAsked(visit).law.citation(rule).map { "\(Parts.rule(rule, $0)) \(Parts.force($0.force))" }
    }
    return """
      <div class="field"><div><h3>\(title)</h3>
      <p>\(standing)</p>\(text)\(note)\(change)</div>
      <div class="why"><p>\(HTML.joined(cited, by: "<br>"))</p>\(WhyAsked(visit).html(rules))</div></div>

      """
  }

  private var change: HTML {
    guard filing.status == "draft", let incident else { return "" }
    return
      "<p>\(Parts.link(IncidentPages.path(incident) + "/description", "Change what is told"))</p>\n"
  }

  /// The tenth field: who submits it.
  private var submitter: HTML {
    let members = filing.shown?["submitter"]?.members ?? []
    let given = members.compactMap { name, value -> (String, HTML)? in
      value.text.map { (name.replacing("_", with: " "), "\($0)" as HTML) }
    }
    let text = given.isEmpty ? "<p class=\"words\">Nobody is named yet.</p>" : Parts.facts(given)
    let here: HTML =
      filing.status == "draft"
      ? "<p>\(Parts.link(ProcedurePages.path(filing.state.id) + "/draft#capacity", "Fill it in"))</p>\n"
      : ""
    return row(
      "10. Who submits it", filing.items.first { $0.id == "part-10" }, text,
      ["template/serious-incident/10"], change: here)
  }

  private var redactions: HTML {
    guard case .array(let items)? = filing.state.fields["redactions"], !items.isEmpty else {
      return ""
    }
    let lines = items.map { item -> HTML in
      let name = item["field"]?.text ?? ""
      let title = RecordKind.incident.field(name)?.title ?? name
      return "\(Typography.sentence(title)): left out because of \(item["basis"]?.text ?? "")"
    }
    return "<h3>Left out</h3>\n\(Component.list(lines))"
  }

  private var caution: HTML {
    filing.shown?["caution"]?.text.map { "<p class=\"note\">\($0)</p>\n" } ?? ""
  }
}
