internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// Opinions and packages as files: to be read, printed, or sent on.
enum DocumentOperations {
  static let all: [APIOperation] =
    [classification("html", "text/html; charset=utf-8", OpinionDocument.html)]
    + [classification("md", "text/markdown; charset=utf-8", OpinionDocument.markdown)]
    + OfficeDocument.Form.allCases.map { office(.opinion, "document", "classification", $0) }
    + [RecordKind.notification, .rebuttal, .reassessment, .incidentReport].flatMap { kind in
      [
        package(kind, "json", "application/json") { document, _ in document.json },
        package(kind, "md", "text/markdown; charset=utf-8") { try $0.markdown($1) },
        package(kind, "html", "text/html; charset=utf-8") { document, _ in document.html },
      ] + OfficeDocument.Form.allCases.map { office(kind, "package", FilingOperations.tag, $0) }
    }

  private static func classification(
    _ ending: String, _ type: String, _ write: @escaping @Sendable (Opinion) -> String
  ) -> APIOperation {
    APIOperation(
      id: "getClassification" + ending.capitalised, method: .get,
      path: "models/{key}/classification." + ending, tag: "classification",
      summary: "The classification of a model as a document.", parameters: [.key(), .day],
      answer: .init(about: "The document.", content: .bytes(type)), refusals: [422]
    ) { call in
      let id = try call.id(.model)
      let ledger = try await call.workspace.ledger(of: id, AsOf(effective: call.day()))
      let opinion = try call.workspace.opinion(on: ledger, day: call.day())
      return text(write(opinion), type, "classification-\(id.key).\(ending)")
    }
  }

  private static func package(
    _ kind: RecordKind, _ ending: String, _ type: String,
    _ write: @escaping @Sendable (NotificationDocument, ReportForms) throws -> String
  ) -> APIOperation {
    APIOperation(
      id: "get\(APIKinds.word(kind.name))Package" + ending.capitalised, method: .get,
      path: APIKinds.many(kind) + "/{key}/package." + ending, tag: FilingOperations.tag,
      summary: "The package as a file: as it was reviewed, else as it would be today.",
      about: ending == "json" ? "Its SHA-256 is what is approved and kept." : "",
      parameters: [.key()],
      answer: .init(about: "The package.", content: .bytes(type)), refusals: [422]
    ) { call in
      let id = try call.id(kind)
      let filing = try await call.workspace.filing(id)
      guard let document = filing.document else {
        throw filing.problem ?? DocumentFiles.nothing
      }
      let forms = try await call.workspace.reportForms(id.kind)
      return text(try write(document, forms), type, "\(id.kind)-\(id.key).\(ending)")
    }
  }

  private static func office(
    _ kind: RecordKind, _ name: String, _ tag: String, _ form: OfficeDocument.Form
  ) -> APIOperation {
    let word = APIKinds.word(kind.name) + (name == "package" ? "Package" : "")
    return APIOperation(
      id: "get" + word + form.rawValue.capitalised, method: .get,
      path: APIKinds.many(kind) + "/{key}/\(name)." + form.rawValue, tag: tag,
      summary: "The document for a word processor or for paper, as it was kept.",
      about: "Few are made at once; 503 says when to ask again.", parameters: [.key()],
      answer: .init(about: "The document.", content: .bytes(form.mediaType)), refusals: [422]
    ) { call in
      let state = try await call.workspace.needed(try call.id(kind))
      return .bytes(
        try await DocumentFiles.file(form, of: state, call.workspace, call.api.turns),
        type: form.mediaType, name: "\(state.id.kind)-\(state.id.key).\(form.rawValue)")
    }
  }

  private static func text(_ text: String, _ type: String, _ name: String) -> APIReply {
    var reply = APIReply.bytes(Array(text.utf8), type: type, name: name)
    if type.hasPrefix("text/html") {
      reply.fields.append(("content-security-policy", OpinionDocument.policy))
    }
    return reply
  }
}
