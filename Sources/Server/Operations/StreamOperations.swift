internal import Duties
internal import Ground
internal import Hummingbird
internal import NIOCore
internal import Workspace

/// Events as they happen: changes of the journal, and how far long work is.
///
/// Source: HTML Living Standard, section 9.2 (server-sent events).
enum StreamOperations {
  static let all: [APIOperation] = [
    APIOperation(
      id: "listen", method: .get, path: "events", tag: "journal",
      summary: "Changes of the regulatory log as they happen, and how far long work of yours is.",
      about: """
        Events `change` have the index of the entry as their id: whoever reconnects with Last-Event-ID misses nothing. \
        Events `progress` have none. After the changes of an \
        incident its open deadlines follow as events `deadline`: record, rule, last day, standing; no title, no text. It ends with the session or the token; lines with a colon only keep it open.
        """,
      parameters: [
        .query(
          "after", .count(-1...Int(Int32.max)),
          "The last entry that is known; where it is left out, what is written from now on."),
        .query("seconds", .count(1...3600), "When the stream ends; 3600 where it is left out."),
      ],
      answer: .init(
        about: "Server-sent events.", content: .text("text/event-stream; charset=utf-8"))
    ) { call in try await listen(call) }
  ]

  private static func listen(_ call: APICall) async throws(Problem) -> APIReply {
    let newest = try await call.workspace.store.head(.regulatory).size - 1
    let from = call.lastEvent.flatMap { Int($0) } ?? call.count("after") ?? newest
    let person = call.workspace.who.id
    guard call.api.progress.enter(person) else {
      throw Problem(
        "server.too-many-streams", what: "you listen too often already",
        why: "one person listens at most \(ProgressBoard.mostStreams) times",
        mend: "close another stream first")
    }
    let pass = StreamPass(board: call.api.progress, person: person)
    return APIReply(
      status: 200,
      body: .stream(type: "text/event-stream; charset=utf-8", length: nil) { writer in
        var stream = ChangeStream(call: call, last: max(-1, from), pass: pass)
        try await stream.run(&writer)
      })
  }
}

/// A place among those who listen, given back with the last reference to it.
final class StreamPass: Sendable {
  private let board: ProgressBoard
  private let person: String

  init(board: ProgressBoard, person: String) {
    self.board = board
    self.person = person
  }

  deinit { board.leave(person) }
}

/// One stream of events.
private struct ChangeStream {
  let call: APICall
  var last: Int
  let pass: StreamPass
  private var said: [ProgressBoard.Work] = []
  /// Seconds between looks at progress, and at whether whoever listens may still.
  private static let pulseSeconds = 1
  /// Pulses after which an empty line keeps proxies from closing the stream.
  private static let quietPulses = 15

  init(call: APICall, last: Int, pass: StreamPass) {
    self.call = call
    self.last = last
    self.pass = pass
  }

  @concurrent mutating func run(_ writer: inout any ResponseBodyWriter) async throws {
    try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
    var quiet = 0
    let pulses = call.count("seconds") ?? 3600
    for pulse in 1...pulses {
      // Asked anew: a stream ends with the access of its person.
      guard let workspace = try await current() else { return }
      let text = try await news(workspace) + progress()
      quiet = text.isEmpty ? quiet + 1 : 0
      if !text.isEmpty {
        try await writer.write(ByteBuffer(string: text))
      } else if quiet % ChangeStream.quietPulses == 0 {
        try await writer.write(ByteBuffer(string: ":\n\n"))
      }
      if pulse < pulses { try await waitForNews() }
    }
  }

  /// The workspace, acting as whoever listens as they stand now; nil when they may not any more.
  private func current() async throws(Problem) -> OpenWorkspace? {
    switch call.proof {
    case .nothing: return nil
    case .session(let session):
      guard let secret = call.secret, let now = try await call.api.workspace.session(secret),
        now.id == session.id
      else { return nil }
      return call.api.workspace.acting(as: now.who)
    case .token(let token):
      guard let secret = call.secret, let now = try await call.api.workspace.token(secret),
        now.id == token.id
      else { return nil }
      return call.api.workspace.acting(as: now.who)
    }
  }

  private mutating func news(_ workspace: OpenWorkspace) async throws(Problem) -> String {
    let found = try await workspace.changes(in: .regulatory, after: last, limit: 500)
    last = found.last
    let changes = found.lines.map { line in
      "event: change\nid: \(line.index)\ndata: \(line.json.compact)\n\n"
    }.joined()
    let incidents = Set(
      found.lines.map(\.envelope.record).filter { $0.kind == RecordKind.incident.name })
    var deadlines = ""
    for incident in incidents.sorted() { deadlines += try await clocks(of: incident, workspace) }
    return changes + deadlines
  }

  /// What is due of an incident that changed, without its title: whoever listens shows it somewhere else.
  private func clocks(
    of incident: RecordID, _ workspace: OpenWorkspace
  ) async throws(Problem) -> String {
    var question = DocketQuestion()
    question.record = incident
    return try await workspace.docket(question).map { deadline in
      let data = JSON.object([
        ("record", .string(incident.text)), ("id", .string(deadline.id)),
        ("rule", JSON(deadline.ruleID)), ("last_day", JSON(deadline.alarmDay?.iso)),
        ("until", JSON(deadline.moments?.alarm.utc)), ("status", .string(deadline.status.rawValue)),
      ])
      return "event: deadline\ndata: \(data.compact)\n\n"
    }.joined()
  }

  private mutating func progress() -> String {
    let work = call.api.progress.work(of: call.workspace.who.id)
    defer { said = work }
    return work.filter { !said.contains($0) }.map { work in
      let data = JSON.object([
        ("work", .string(work.name)), ("number", .int(work.number)), ("done", .int(work.done)),
        ("total", .int(work.total)),
      ])
      return "event: progress\ndata: \(data.compact)\n\n"
    }.joined()
  }

  /// Until the log grows, but not longer than a pulse.
  private func waitForNews() async throws {
    let (store, size) = (call.api.workspace.store, last + 1)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { _ = try await store.grown(.regulatory, beyond: size) }
      group.addTask { try await Task.sleep(for: .seconds(ChangeStream.pulseSeconds)) }
      _ = try await group.next()
      group.cancelAll()
    }
  }
}
