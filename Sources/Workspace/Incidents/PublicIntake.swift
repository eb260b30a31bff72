internal import Duties
public import Ground
public import Sealing

/// What somebody is told whose report was taken.
public struct IntakeReceipt: Sendable {
  /// The record.
  public let incident: RecordID
  /// When it was received.
  public let received: Effective
  /// The code by which they ask about it; nil where a request is repeated so late that it cannot be made again.
  public let code: TrackingCode?
}

extension OpenWorkspace {
  /// Takes in what somebody reports who has no account: one durable transaction, with its file.
  ///
  /// It is written in the name of the channel. Of a confidential report neither contact nor name of the file is kept.
  /// - Throws: `workspace.empty-report`, `workspace.long-report`, `workspace.other-request`, `ground.file-*`,
  ///   `workspace.not-written`, `store.*`.
  public func receive(
    _ report: PublicReport, by channel: IntakeChannel, as request: NamedRequest? = nil
  ) async throws(Problem) -> IntakeReceipt {
    try await take(report, by: channel, as: request)
  }

  /// The same with what a channel adds: fields, and dates of the incident.
  func take(
    _ report: PublicReport, by channel: IntakeChannel, as request: NamedRequest?,
    set: [(String, JSON)] = [], dates: [Change] = []
  ) async throws(Problem) -> IntakeReceipt {
    try report.check()
    let intake = acting(as: channel.who)
    let id = newID(.incident)
    let code = request.map { lastingCode(for: id, $0) } ?? TrackingCode(key: id.key)
    let fields = report.fields.filter { channel != .whistleblower || $0.0 != "contact" }
    let now = surroundings.now()
    let change = IncidentNotice(
      title: report.title, channel: channel.rawValue,
      set: fields + set + [("tracking", .string(code.digest))]
    ).change(now: now)
    var command = RecordCommand(.incident, id, change)
    command.isNamedHere = true
    var commands = [command] + dates.map { RecordCommand(.incident, id, $0) }
    var kept: KeptFile?
    if let file = report.file {
      let sealed = try keep(file, of: id, channel, change.confidentiality)
      kept = sealed
      commands.append(sealed.command)
    }
    defer { if let kept { shared.endAdding(kept.name) } }
    do throws(Problem) {
      let state = try await intake.record(commands, as: request)[0]
      // A repeated request is answered with the record that there is: the file of this one belongs to nothing.
      if state.id != id, let kept { try folder.files.destroy(kept.name) }
      return IntakeReceipt(
        incident: state.id, received: state.happened["incident-received"] ?? .moment(now),
        code: try await confirmed(code, id, state.id, request))
    } catch {
      if let kept, OpenWorkspace.wasNotWritten(error) { try folder.files.destroy(kept.name) }
      throw error
    }
  }

  /// A sealed file that waits for its record.
  private struct KeptFile {
    let name: String
    let command: RecordCommand
  }

  /// Seals a file durably, with the command that begins its record.
  private func keep(
    _ file: PublicReport.File, of incident: RecordID, _ channel: IntakeChannel,
    _ confidentiality: Confidentiality?
  ) throws(Problem) -> KeptFile {
    let (id, key) = (newID(.evidence), SecretKey())
    let writer = try folder.files.begin()
    let sealed = try EvidenceFile.seal(file.source, of: id, key: key, into: writer, progress: nil)
    shared.beginAdding(sealed.sealed.hex)
    do throws(Problem) {
      let name = try folder.files.keep(writer, sealed.sealed)
      var command = RecordCommand(
        .evidence, id,
        Change(
          "evidence-added",
          set: [
            ("title", .string("sent with a report")),
            ("file", .string(channel == .whistleblower ? "a file" : file.name)),
            ("sha256", .string(sealed.plain.hex)), ("bytes", .int(sealed.bytes)),
            ("stored", .string(name)), ("incident", .string(incident.text)),
          ], effective: .day(surroundings.today), confidentiality: confidentiality))
      command.isNamedHere = true
      command.key = key
      return KeptFile(name: name, command: command)
    } catch {
      shared.endAdding(sealed.sealed.hex)
      throw error
    }
  }

  /// The code of a request that named itself: asked again, it is the same, though only its digest is kept.
  private func lastingCode(for id: RecordID, _ request: NamedRequest) -> TrackingCode {
    guard let newest = keys.epochs[keys.epoch] else { return TrackingCode(key: id.key) }
    let salt = Commitment.value(
      content: Array("systemic tracking code 1".utf8), salt: newest.bytes)
    return TrackingCode(
      key: id.key, from: Array("\(request.key)\n\(request.digest)".utf8), under: salt)
  }

  /// The code of the record that was found; nil where the keys have changed since it was made.
  private func confirmed(
    _ code: TrackingCode, _ asked: RecordID, _ found: RecordID, _ request: NamedRequest?
  ) async throws(Problem) -> TrackingCode? {
    if asked == found { return code }
    guard let request, let kept = try await opened(found)?.text("tracking") else { return nil }
    let again = lastingCode(for: found, request)
    return again.matches(digest: kept) ? again : nil
  }
}
