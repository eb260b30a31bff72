internal import Duties
internal import Ground
internal import Sealing
internal import Workspace

/// What programs of strangers ask: a challenge, a report, where it stands, something to add.
enum IntakeOperations {
  static let all: [APIOperation] = [
    challenge, report("reportPublicly", .public), report("reportInConfidence", .whistleblower),
    status, message,
  ]

  static let tag = "incidents from outside"
  private static let told = Shape.text(atLeast: 1, atMost: PublicReport.mostTold)
  private static let line = Shape.text(atLeast: 1, atMost: PublicReport.mostAnswer)
  private static let code = Shape.text(atLeast: 1, atMost: 200)

  private static let challenge = APIOperation(
    id: "getIntakeChallenge", method: .get, path: "public/challenge", tag: tag,
    summary: "Work that goes with one report, against floods.",
    about: """
      A proof is a text for which the SHA-256 of challenge, colon and proof begins with so many zero bits. It is good \
      for one report, until the moment that is given.
      """,
    answer: .init(
      about: "The challenge.",
      content: .json(
        .object([
          .needed("challenge", .text()), .needed("bits", .count(0...28)),
          .needed("until", .word(.moment)),
        ]))), refusals: [404], isForEverybody: true
  ) { call in
    try call.api.intake.checkOpen()
    let asked = call.api.intake.work(now: call.workspace.surroundings.now())
    return .json(
      .object([
        ("challenge", .string(asked.text)), ("bits", .int(asked.bits)),
        ("until", .string(asked.until.utc)),
      ]))
  }

  /// The members of a report, as strangers and deployers send it.
  static func members(_ channel: IntakeChannel) -> [Shape.Member] {
    let contact = Shape.Member.open("contact", line, "how whoever reports can be reached")
    return [
      .needed("what", told, "what happened"),
      .open("when", line, "when, in the words of whoever reports"),
      .open("harm", told, "who or what was harmed"),
      .open("model", line, "the model, as whoever reports names it"),
    ] + (channel == .whistleblower ? [] : [contact]) + [
      .open(
        "file",
        .object([
          .needed("name", .text(atLeast: 1, atMost: 200)),
          .needed("content", .text(atMost: API.mostBody), "its bytes in Base64"),
        ]), "a file that shows it; larger ones are sent by the page")
    ]
  }

  static let receipt = Shape.object([
    .needed("received", Shape.effective),
    .needed(
      "code", .orNull(.text()),
      "by which to ask about it; null where a request is repeated after the keys have changed"),
  ])

  private static func report(_ id: String, _ channel: IntakeChannel) -> APIOperation {
    let isConfidential = channel == .whistleblower
    return APIOperation(
      id: id, method: .post,
      path: isConfidential ? "public/confidential-incidents" : "public/incidents", tag: tag,
      summary: isConfidential
        ? "Report an incident without saying who you are."
        : "Report an incident, without an account.",
      about: "The code is shown this once; only its digest is kept.",
      body: .json(
        .object(
          members(channel) + [
            .needed("challenge", .text(atLeast: 1, atMost: 200), "a challenge of ours"),
            .needed("proof", .text(atLeast: 1, atMost: 64), "the proof of work for it"),
          ])),
      answer: .init(status: 201, about: "It was received.", content: .json(receipt)),
      isForEverybody: true, takesKey: !isConfidential
    ) { call in
      let intake = call.api.intake
      try intake.checkOpen(channel)
      let told = digest(of: call)
      let (challenge, proof) = (call["challenge"]?.text ?? "", call["proof"]?.text ?? "")
      let request = call.request.map { $0.key + "\n" + told }
      let now = call.workspace.surroundings.now()
      // The file comes last: nothing of it is decoded before the proof was looked at, or written before it is used up.
      try intake.check(challenge, proof, request: request, now: now)
      var report = words(call)
      try report.check()
      let file = try sentFile(call)
      try intake.admit(challenge, proof, from: call.address, request: request, now: now)
      report.file = try file.map { file throws(Problem) in try kept(file, call) }
      return reply(
        try await call.workspace.receive(
          report, by: channel,
          as: call.request.map { NamedRequest(key: $0.key, digest: told) }))
    }
  }

  static func reply(_ receipt: IntakeReceipt, more: [(String, JSON)] = []) -> APIReply {
    .json(
      .object(
        [("received", .string(receipt.received.text)), ("code", JSON(receipt.code?.text))] + more),
      status: 201)
  }

  /// What is reported, with its file.
  static func sent(_ call: APICall) throws(Problem) -> PublicReport {
    var report = words(call)
    report.file = try sentFile(call).map { file throws(Problem) in try kept(file, call) }
    return report
  }

  private static func words(_ call: APICall) -> PublicReport {
    var report = PublicReport(what: call["what"]?.text ?? "")
    report.when = call["when"]?.text
    report.harm = call["harm"]?.text
    report.model = call["model"]?.text
    report.contact = call["contact"]?.text
    return report
  }

  /// The file, in memory.
  private static func sentFile(_ call: APICall) throws(Problem) -> (name: String, bytes: [UInt8])? {
    guard let file = call["file"] else { return nil }
    guard let bytes = Base64.bytes(file["content"]?.text ?? ""), !bytes.isEmpty,
      bytes.count <= call.api.intake.mostFile
    else {
      throw Problem(
        "server.bad-file", what: "the file cannot be taken",
        why:
          "it comes in Base64, is not empty, and has at most \(call.api.intake.mostFile >> 20) MiB",
        mend: "correct it, or leave it out", places: [Place("/file/content")])
    }
    try call.api.intake.checkSpace(call.workspace.folder)
    return (file["name"]?.text ?? "file", bytes)
  }

  private static func kept(
    _ file: (name: String, bytes: [UInt8]), _ call: APICall
  ) throws(Problem) -> PublicReport.File {
    let scratch = try ScratchWriter(in: call.workspace.folder)
    try scratch.write(file.bytes)
    return PublicReport.File(try scratch.finish().source(file.name), name: file.name)
  }

  /// A digest of what is reported: a repeated request may show another proof.
  private static func digest(of call: APICall) -> String {
    let told = call.body.members.filter { !["challenge", "proof"].contains($0.0) }
    return Digest(of: JSON.object(told).compact.utf8).hex
  }

  /// Where a report stands.
  static let standing = Shape.object([
    .needed("received", Shape.effective),
    .needed("state", .choice(TrackedReport.Stage.allCases.map(\.rawValue))),
  ])

  static func json(_ report: TrackedReport) -> JSON {
    .object([
      ("received", .string(report.received.text)), ("state", .string(report.stage.rawValue)),
    ])
  }

  private static let status = APIOperation(
    id: "getReportStatus", method: .post, path: "public/status", tag: tag,
    summary: "Where a report stands, by its code.",
    about: "It is sent, so that the code stands in no address.",
    body: .json(.object([.needed("code", code)])),
    answer: .init(about: "Where it stands.", content: .json(standing)), isForEverybody: true
  ) { call in
    try call.api.intake.checkOpen()
    let now = call.workspace.surroundings.now()
    return try await call.api.intake.lookUp(from: call.address, now: now) {
      () async throws(Problem) in
      .json(json(try await call.workspace.trackedReport(call["code"]?.text ?? "")))
    }
  }

  private static let message = APIOperation(
    id: "addReportMessage", method: .post, path: "public/messages", tag: tag,
    summary: "Add something to a report, by its code.",
    body: .json(
      .object([
        .needed("code", code),
        .needed("text", .text(atLeast: 1, atMost: OpenWorkspace.mostComment)),
      ])), answer: .init(status: 204, about: "It was added.", content: .none), isForEverybody: true
  ) { call in
    try call.api.intake.checkOpen()
    let (intake, now) = (call.api.intake, call.workspace.surroundings.now())
    try await intake.lookUp(from: call.address, now: now) { () async throws(Problem) in
      try await intake.add(
        call["text"]?.text ?? "", to: call["code"]?.text ?? "", in: call.workspace, now: now)
    }
    return APIReply(status: 204, body: .none)
  }
}
