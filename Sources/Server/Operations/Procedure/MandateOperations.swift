internal import Duties
internal import Ground
internal import Workspace

/// The mandates of authorised representatives, from draft over signature to the report of their end.
enum MandateOperations {
  static let all: [APIOperation] = [draft, step]

  private static let answer = APIOperation.Answer(
    status: 201, about: "The mandate as it then stands.", content: .json(.named("Mandate")),
    fields: ["ETag", "Location"])

  private static let draft = APIOperation(
    id: "draftMandate", method: .post, path: "mandates", tag: FilingOperations.tag,
    summary: "Begin the mandate of an authorised representative under Article 54.",
    about: "It is asked of providers outside the Union only; others are refused.",
    body: .json(.object([.needed("set", FilingOperations.written(.mandate))])), answer: answer
  ) { call in
    .record(
      try await call.workspace.draftMandate((call["set"] ?? .null).members), call, status: 201)
  }

  private enum Step: String, CaseIterable {
    case change, sign, end, report
    case giveUp = "give-up"
  }

  private static let step = APIOperation(
    id: "stepMandate", method: .post, path: "mandates/{key}/steps", tag: FilingOperations.tag,
    summary: "Take a step: change the draft, note signature, end or report of the end, give up.",
    about: "end needs ended_by and a reason, give-up a reason.",
    parameters: [.key()],
    body: .json(
      .object([
        .needed("step", .choice(Step.allCases.map(\.rawValue))),
        .open("set", FilingOperations.written(.mandate), "for change"),
        .open("on", .effective, "when it happened; today where it is left out"),
        .open("ended_by", .choice(["provider", "representative"]), "for end"),
        .open("reason", .text(atMost: 10_000)),
      ])), answer: answer, needsVersion: true
  ) { call in
    let mandate = try await call.current(.mandate)
    return .record(
      try await take(Step(rawValue: call["step"]?.text ?? "") ?? .change, of: mandate, call), call,
      status: 201)
  }

  private static func take(
    _ step: Step, of mandate: RecordState, _ call: APICall
  ) async throws(Problem) -> RecordState {
    let (workspace, reason) = (call.workspace, call["reason"]?.text)
    let on = call.effective("on")
    switch step {
    case .change:
      return try await workspace.changeMandate(
        mandate, set: (call["set"] ?? .null).members, reason: reason)
    case .sign: return try await workspace.signMandate(mandate, on: on)
    case .end:
      return try await workspace.endMandate(
        mandate, by: call["ended_by"]?.text ?? "", on: on, reason: reason ?? "")
    case .report: return try await workspace.reportMandateEnd(mandate, on: on.day)
    case .giveUp: return try await workspace.giveUpMandate(mandate, reason: reason ?? "")
    }
  }
}
