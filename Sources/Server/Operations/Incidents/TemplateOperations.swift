internal import Duties
internal import Ground
internal import Sealing
internal import Workspace

/// The provider's own forms of its reports, as programs keep them.
enum TemplateOperations {
  static let all: [APIOperation] = [make, withdraw, file, example]

  private static let tag = RecordKind.reportTemplate.title
  private static let record = APIOperation.Answer(
    status: 201, about: "The template as it then stands.",
    content: .json(.named(RecordShape.name(.reportTemplate))), fields: ["ETag", "Location"])

  private static let title = Shape.Member.needed("title", .text(atLeast: 1, atMost: 1000))

  private static let make = APIOperation(
    id: "makeReportTemplate", method: .post, path: "report-templates", tag: tag,
    summary: "Take a template into use; the newest of a form counts.",
    about:
      "Either text, Markdown with named fields between double braces, or styles, a DOCX in base64 whose styles are taken.",
    body: .json(
      .any([
        .object([
          title, .needed("text", .text(atLeast: 1, atMost: ReportTemplate.largestStyles)),
        ]), .object([title, .needed("styles", .word(.base64))]),
      ])), answer: record
  ) { call in
    let bytes =
      call["styles"]?.text.flatMap(Base64.bytes) ?? Array((call["text"]?.text ?? "").utf8)
    let state = try await call.workspace.addTemplate(call["title"]?.text ?? "", bytes)
    return .record(state, call, status: 201)
  }

  private static let withdraw = APIOperation(
    id: "withdrawReportTemplate", method: .post, path: "report-templates/{key}/withdrawal",
    tag: tag, summary: "Take a template out of use; reports that were sent stay as they are.",
    parameters: [.key()], answer: record
  ) { call in
    let state = try await call.workspace.needed(try call.id(.reportTemplate))
    return .record(try await call.workspace.withdrawTemplate(state), call, status: 201)
  }

  private static let file = APIOperation(
    id: "getReportTemplateFile", method: .get, path: "report-templates/{key}/file", tag: tag,
    summary: "The file of a template, as it was taken in.", parameters: [.key()],
    answer: .init(about: "Markdown, or a DOCX.", content: .bytes("application/octet-stream"))
  ) { call in
    let state = try await call.workspace.needed(try call.id(.reportTemplate))
    let file = try call.workspace.templateFile(state)
    return .bytes(
      file.bytes, type: "application/octet-stream",
      name: "report-template-\(state.id.key).\(file.ending)")
  }

  private static let example = APIOperation(
    id: "getReportTemplateExample", method: .get, path: "report-templates/example.md", tag: tag,
    summary: "A template to begin with: every named field, nothing filled in.",
    answer: .init(about: "Markdown.", content: .bytes("text/markdown; charset=utf-8"))
  ) { _ in
    .bytes(
      Array(TemplateExample.text.utf8), type: "text/markdown; charset=utf-8",
      name: "report-template-example.md")
  }
}
