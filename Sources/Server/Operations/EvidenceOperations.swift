internal import Duties
internal import Ground
internal import Hummingbird
internal import NIOCore
internal import Workspace

/// Evidence: files in, files out, reviews.
enum EvidenceOperations {
  /// Most bytes of a file.
  private static let mostFile = 1 << 30

  static let all: [APIOperation] = [add, file, review, withdraw]

  private static let shape = Shape.named("Evidence")

  private static let add = APIOperation(
    id: "addEvidence", method: .post, path: "evidence", tag: RecordKind.evidence.title,
    summary: "Add a file: it is sealed and recorded under its digest.",
    about:
      "The body is the file. A file of the same content is not added twice: then 201 gives the one there is.",
    parameters: [
      .query("title", .text(atLeast: 1, atMost: 1000), "What it shows.", required: true),
      .query("file", .text(atLeast: 1, atMost: 255), "Its name.", required: true),
      .query("media_type", .text(atLeast: 1, atMost: 200), "Its media type."),
      .query("model", .word(.record("model")), "The model it belongs to."),
      .query("expires", .word(.day), "The last day on which it shows it."),
      .query("edition", .text(atLeast: 1, atMost: 100), "Its edition."),
      .query("review_by", .word(.day), "The day of its next review."),
      .query("reviewer", .word(.record("person")), "Who reviews it."),
      .query("duties", .text(atLeast: 1, atMost: 2000), "Rules that it answers, with ; between."),
      .query("effective", .word(.day), "From when it shows it; today where it is left out."),
      .query("replaces", .word(.record("evidence")), "The evidence it replaces."),
      .query("reason", .text(atLeast: 1, atMost: 2000), "Why it replaces it."),
      .query("class", RecordShape.classes, "Who may read it."),
    ], body: .file(atMost: mostFile),
    answer: .init(
      status: 201, about: "Its record.", content: .json(shape), fields: ["ETag", "Location"])
  ) { call in
    // Asked before a large file is taken.
    try await call.workspace.authorise(
      .write(.evidence), nil, .internal,
      belongingTo: call.text("model").flatMap { RecordID($0) })
    let file = try await call.file()
    var evidence = NewEvidence(file, title: call.text("title") ?? "")
    evidence.name = call.text("file")
    evidence.effective = call.day("effective")
    evidence.replaces = call.text("replaces").flatMap { RecordID($0) }
    evidence.reason = call.text("reason")
    evidence.confidentiality = call.text("class").flatMap { Confidentiality(rawValue: $0) }
    for name in ["media_type", "model", "expires", "edition", "review_by", "reviewer"] {
      if let value = call.text(name) { evidence.fields.append((name, .string(value))) }
    }
    if let duties = call.text("duties") {
      evidence.fields.append(
        ("duties", try RecordKind.evidence.field("duties")?.value(of: duties) ?? .null))
    }
    return .record(try await call.workspace.addEvidence(evidence).state, call, status: 201)
  }

  private static let file = APIOperation(
    id: "getEvidenceFile", method: .get, path: "evidence/{key}/file",
    tag: RecordKind.evidence.title,
    summary: "The file itself, proven to be the one that was added.",
    parameters: [.key()],
    answer: .init(about: "The file.", content: .bytes("application/octet-stream"))
  ) { call in
    let id = try call.id(.evidence)
    let state = try await call.workspace.needed(id)
    // Proven before the first byte goes out, since bytes cannot be called back.
    try await call.workspace.proveEvidence(id)
    let length = state.fields["bytes"]?.count
    let workspace = call.workspace
    var reply = APIReply(
      status: 200,
      body: .stream(type: "application/octet-stream", length: length) { writer in
        var reading = try await workspace.openEvidence(id)
        while let piece = try reading.next() { try await writer.write(ByteBuffer(bytes: piece)) }
      })
    reply.fields.append(("content-disposition", "attachment; filename=\"\(name(state))\""))
    return reply
  }

  /// The name of the file, with plain characters only: the field of a header is no place for others.
  private static func name(_ state: RecordState) -> String {
    let plain = (state.text("file") ?? "").unicodeScalars.prefix(120).map { scalar -> Character in
      let isPlain =
        scalar.isASCII
        && (scalar.properties.isAlphabetic || "0123456789.-_ ".unicodeScalars.contains(scalar))
      return isPlain ? Character(scalar) : "_"
    }
    return plain.isEmpty ? state.id.key : String(plain)
  }

  private static let review = APIOperation(
    id: "reviewEvidence", method: .post, path: "evidence/{key}/reviews",
    tag: RecordKind.evidence.title, summary: "Say that it still shows what it says.",
    parameters: [.key()],
    body: .json(
      .object([
        .open("reviewed", .word(.day), "the day of the review"),
        .open("next", .word(.day), "the day of the next one"),
        .open("expires", .word(.day), "a new last day"), .open("remark", .text(atMost: 2000)),
      ])),
    answer: .init(
      status: 201, about: "Its record.", content: .json(shape), fields: ["ETag", "Location"])
  ) { call in
    func day(_ name: String) -> Day? { call[name]?.text.flatMap { Day(iso: $0) } }
    return .record(
      try await call.workspace.reviewEvidence(
        try call.id(.evidence), reviewed: day("reviewed"), next: day("next"),
        expires: day("expires"), remark: call["remark"]?.text), call, status: 201)
  }

  private static let withdraw = APIOperation(
    id: "withdrawEvidence", method: .post, path: "evidence/{key}/withdrawal",
    tag: RecordKind.evidence.title,
    summary: "Say that it shows nothing any more; the file is kept.",
    parameters: [.key()],
    body: .json(.object([.needed("reason", .text(atLeast: 1, atMost: 2000))])),
    answer: .init(
      status: 201, about: "Its record.", content: .json(shape), fields: ["ETag", "Location"])
  ) { call in
    .record(
      try await call.workspace.withdrawEvidence(
        try call.id(.evidence), reason: call["reason"]?.text), call, status: 201)
  }
}
