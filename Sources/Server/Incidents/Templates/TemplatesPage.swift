internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// The provider's own forms of its reports: which are in use, adding one, taking one out of use.
struct TemplatesPage {
  let visit: Visit
  var problem: Problem?

  static let path = "/incidents/templates"

  static let endpoints: [Endpoint] = [
    .get(path) { visit in .page(try await TemplatesPage(visit: visit).body()) },
    .upload(path) { visit in
      do throws(Problem) {
        guard let file = visit.file else { throw TemplatesPage.noFile }
        _ = try await visit.workspace.addTemplate(
          visit.form.text("title") ?? file.name, from: file.scratch.source(file.name))
        return .see(path)
      } catch {
        let page = TemplatesPage(visit: visit, problem: error)
        return .page(try await page.body(), status: RefusalPage.status(error))
      }
    },
    .get(path + "/example.md") { _ in
      Reply(
        .bytes(
          Array(TemplateExample.text.utf8), type: "text/markdown; charset=utf-8",
          name: "report-template-example.md"))
    },
    .get(path + "/{key}/file") { visit in
      let template = try await visit.workspace.needed(try id(visit))
      let file = try visit.workspace.templateFile(template)
      return Reply(
        .bytes(
          file.bytes, type: "application/octet-stream",
          name: "report-template-\(template.id.key).\(file.ending)"))
    },
    .post(path + "/{key}/withdrawal") { visit in
      let template = try await visit.workspace.needed(try id(visit))
      do throws(Problem) {
        _ = try await visit.workspace.withdrawTemplate(template)
        return .see(path)
      } catch {
        let page = TemplatesPage(visit: visit, problem: error)
        return .page(try await page.body(), status: RefusalPage.status(error))
      }
    },
  ]

  private static func id(_ visit: Visit) throws(Problem) -> RecordID {
    try RecordPage.id(RecordKind.reportTemplate.name, visit.part("key"))
  }

  private static let noFile = Problem(
    "server.no-file", what: "no file was chosen", why: "a template is a file",
    mend: "choose a Markdown file or a DOCX", places: [Place("file")])

  private func body() async throws(Problem) -> HTML {
    let templates = try await visit.workspace.states(.reportTemplate)
      .sorted { ($1.begun, $1.id) < ($0.begun, $0.id) }
    let names = try await PeopleNames(visit.workspace)
    return Frame(title: "Report templates", visit: visit, section: "/incidents").around(
      """
      \(IncidentPages.views(visit))\(problem.map(RefusalPage.box) ?? "")<p>Reports to the AI Office have the form of this \
      program, unless you have one of your own: Markdown with named fields, or a word-processor file whose styles are taken \
      over. The newest of each that is in use counts. Reports that were sent stay as they are.</p>
      \(table(templates, names))<h2>Add one, or replace the one in use</h2>
      \(form)\(fields)
      """)
  }

  private func table(_ templates: [RecordState], _ names: PeopleNames) -> HTML {
    guard !templates.isEmpty else {
      return Parts.empty(
        "No template of your own is in use: reports have the form of this program.")
    }
    let counts = Set(
      ReportTemplate.Form.allCases.compactMap { form in
        templates.first { $0.status == "in use" && $0.text("form") == form.rawValue }?.id
      })
    let rows = templates.map { template -> [HTML] in
      let path = "\(TemplatesPage.path)/\(template.id.key)"
      let isInUse = template.status == "in use"
      let standing: HTML =
        counts.contains(template.id)
        ? "<strong>in use</strong>"
        : isInUse ? "in use after the newer one is withdrawn" : "\(template.status ?? "")"
      let withdraw: HTML =
        isInUse
        ? """
        <form method="post" action="\(path)/withdrawal">\(Frame.key(visit))<button class="plain">Take it out of use\
        <span class="hidden">: \(template.title)</span></button></form>
        """ : "—"
      return [
        Parts.link("/records/" + template.id.text, template.title),
        template.text("form") == ReportTemplate.Form.styles.rawValue
          ? "styles of a DOCX" : "Markdown with named fields",
        standing, "\(Parts.moment(template.begun)), by \(names.name(template.author))",
        "<a href=\"\(path)/file\" download>Download<span class=\"hidden\"> \(template.title)</span></a>",
        withdraw,
      ]
    }
    return Component.table(
      "Templates, the newest first",
      [
        .init("Name"), .init("What it is"), .init("Stands"), .init("Added"), .init("File"),
        .init("Do"),
      ], rows)
  }

  private var form: HTML {
    let isWrong = problem?.places.contains { $0.file == "file" || $0.file == "template" } == true
    let wrong: HTML = isWrong ? " aria-invalid=\"true\"" : ""
    let again: HTML =
      problem == nil
      ? ""
      : "<p class=\"caution\">Nothing was kept. Choose the file again: a browser does not send it a second time by itself.</p>\n"
    return """
      \(again)<form method="post" action="\(TemplatesPage.path)" enctype="multipart/form-data" class="sheet">\
      \(Frame.key(visit))
      \(Inputs(form: visit.form).line("title", "Its name", note: "Left empty, the name of the file."))\
      <p><label for="file">The file</label>
      <input id="file" name="file" type="file" accept=".md,.markdown,.txt,.docx" required\(wrong) aria-describedby="file-note">\
      <span class="note" id="file-note">Markdown in UTF-8, or a DOCX; at most \(ReportTemplate.largestStyles >> 10) KiB.</span></p>
      <p class="wide"><button>Take it into use</button></p></form>

      """
  }

  private var fields: HTML {
    let names = ReportTemplate.fields.map { Component.code("{{\($0)}}") }
    return """
      <h2>What a template may name</h2>
      <p>\(HTML.joined(names, by: ", ")). <code>part-1</code> to <code>part-10</code> are the ten fields of the \
      Commission’s template. A name that there is not is refused, with its line.</p>
      <p class="actions"><a class="button" href="\(TemplatesPage.path)/example.md" download>Download an example</a></p>

      """
  }
}
