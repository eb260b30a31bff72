internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// The deadlines of one person for their calendar program: days under neutral titles, behind an address that only they know.
///
/// A calendar service keeps what it fetches, and a secret in an address lands in logs: nothing is told but when something is due.
enum CalendarFeed {
  /// Most deadlines of a file, the earliest first.
  static let most = 2000
  /// How long an event that was cancelled stays in the file, in days.
  static let cancelledDays = 60

  static let endpoints: [Endpoint] = [
    .get("/calendar/{file}", for: .everybody) { visit in
      let file = visit.part("file")
      guard file.hasSuffix(".ics"),
        let (who, link) = try await visit.workspace.calendarReader(String(file.dropLast(4)))
      else { throw ended }
      let workspace = visit.workspace.acting(as: who)
      var reply = Reply(
        .bytes(
          try await edition(workspace, link), type: "text/calendar; charset=utf-8",
          name: "deadlines.ics"))
      reply.fields.append(("cache-control", "private, max-age=900"))
      return reply
    }
  ]

  private static let ended = Problem(
    "server.no-such-page", what: "there is no calendar here",
    why: "the address was mistyped, or it has ended",
    mend: "make a new one on the page of your account")

  /// The file as it is now.
  ///
  /// What was published last lies in a private file, from which sequences go on. Without it they begin at the minutes since the
  /// address was made, which is never less than before.
  private static func edition(
    _ workspace: OpenWorkspace, _ link: RecordState
  ) async throws(Problem) -> [UInt8] {
    let folder = workspace.folder.path + "/calendars"
    let path = folder + "/" + link.id.key + ".ics"
    let now = workspace.surroundings.now()
    var before: [ICSMemory] = []
    if let bytes = try? TextFile.bytes(path) {
      before = (try? ICSReader.memory(of: bytes, file: path)) ?? []
    }
    let oldest = now.day.adding(days: -cancelledDays).iso.filter { $0 != "-" }
    before.removeAll { $0.isCancelled && $0.modified < oldest }
    var writer = ICSWriter(now: now)
    writer.isBare = true
    writer.firstSequence = max(0, min((now.seconds - link.begun.seconds) / 60, 999_999_999))
    let written = writer.write(
      Array(try await workspace.docket().prefix(most)), previous: before)
    if written.memory != before {
      try PrivateFile.makeFolder(folder)
      try PrivateFile.write(written.bytes, to: path)
    }
    return written.bytes
  }
}
