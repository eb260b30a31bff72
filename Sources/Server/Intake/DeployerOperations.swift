internal import Duties
internal import Ground
internal import Workspace

/// What a deployer does with a token of its own: report, and see where its reports stand.
enum DeployerOperations {
  static let all: [APIOperation] = [report, standing]

  private static let report = APIOperation(
    id: "reportAsDeployer", method: .post, path: "deployer/incidents", tag: IntakeOperations.tag,
    summary: "Report an incident as a deployer, with the moment at which it became known.",
    about: """
      For tokens with the scope report, and for nobody else; who reports is the name of the token. House practice counts \
      the 72 hours of a contract from that moment.
      """,
    body: .json(
      .object(
        IntakeOperations.members(.deployer) + [
          .needed("aware", Shape.effective, "when the deployer became aware of it")
        ])),
    answer: .init(
      status: 201, about: "It was received; its key is for asking where it stands.",
      content: .json(
        .object([
          .needed("received", Shape.effective), .needed("code", .orNull(.text())),
          .needed("key", .word(.key)),
        ]))), isForDeployers: true, takesKey: true
  ) { call in
    guard case .token(let token) = call.proof, let text = call["aware"]?.text,
      let aware = Effective(text)
    else { throw Problem.otherToken }
    let receipt = try await call.workspace.receive(
      try IntakeOperations.sent(call), aware: aware, asWritten: text, from: token,
      as: call.request)
    return IntakeOperations.reply(receipt, more: [("key", .string(receipt.incident.key))])
  }

  private static let standing = APIOperation(
    id: "getOwnReport", method: .get, path: "deployer/incidents/{key}", tag: IntakeOperations.tag,
    summary: "Where a report stands that was made with this token, or with one that it replaces.",
    parameters: [.key()],
    answer: .init(about: "Where it stands.", content: .json(IntakeOperations.standing)),
    isForDeployers: true
  ) { call in
    guard case .token(let token) = call.proof else { throw Problem.otherToken }
    return .json(
      IntakeOperations.json(
        try await call.workspace.ownReport(try call.id(.incident), of: token)))
  }
}
