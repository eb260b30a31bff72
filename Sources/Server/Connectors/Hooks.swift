internal import Duties
internal import Ground
internal import Workspace

/// Where other systems tell of their tickets.
enum Hooks {
  static func endpoints(_ desk: Desk) -> [Endpoint] {
    let base = ConnectorRounds(desk.workspace, desk.configuration).base
    return [
      .hook("/hooks/{key}") { visit in
        do throws(Problem) { return try await answer(visit, base) } catch {
          let status = error.code == "server.not-signed" ? 401 : RefusalPage.status(error)
          return Reply(
            status: status,
            .json(.object([("code", .string(error.code)), ("what", .string(error.what))])))
        }
      }
    ]
  }

  private static func answer(_ visit: Visit, _ base: String) async throws(Problem) -> Reply {
    let program = visit.workspace.acting(as: .system)
    guard let id = RecordID("connector/" + visit.part("key")),
      let connector = try? await program.connector(id)
    else { throw HookSignature.refusal }
    try HookSignature.check(
      connector, visit.fields, visit.body, now: visit.workspace.surroundings.now())
    guard let ticket = try connector.reader.message(visit.body) else { return said("ignored") }
    switch try await program.take(ticket, from: connector, base: base) {
    case .began(let incident): return said("began", Correlation(incident, id))
    case .noted(let incident, _): return said("noted", Correlation(incident, id))
    case .ignored: return said("ignored")
    }
  }

  /// The correlation lets the other side name the incident in the messages that follow.
  private static func said(_ word: String, _ correlation: Correlation? = nil) -> Reply {
    Reply(
      status: 200,
      .json(.object([("taken", .string(word)), ("correlation", JSON(correlation?.text))])))
  }
}
