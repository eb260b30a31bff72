internal import Duties
public import Ground
internal import Sealing

/// How far a receiver has been told.
public struct Outbox: Sendable, Equatable {
  /// Most attempts that are remembered here; all of them stand in the history of its record.
  public static let mostDeliveries = 25
  /// The first entry of the regulatory log that is not settled.
  public var cursor: Int
  /// Attempts for that entry so far.
  public var attempts: Int
  /// When the next attempt is due; nil for at once.
  public var due: Instant?
  /// The latest attempts, the oldest first.
  public var deliveries: [Delivery]

  init(_ state: RecordState) {
    cursor = state.fields["cursor"]?.count ?? 0
    attempts = state.fields["attempts"]?.count ?? 0
    due = state.text("due").flatMap { Instant($0) }
    if case .array(let items) = state.fields["deliveries"] {
      deliveries = items.compactMap { Delivery(json: $0) }
    } else {
      deliveries = []
    }
  }

  var fields: [(String, JSON)] {
    [
      ("cursor", .int(cursor)), ("attempts", .int(attempts)), ("due", JSON(due?.utc)),
      (
        "deliveries",
        .array(deliveries.suffix(Outbox.mostDeliveries).map(\.json))
      ),
    ]
  }
}

/// One attempt to deliver a message.
public struct Delivery: Sendable, Equatable {
  /// The message's id.
  public let message: String
  /// Its entry in the regulatory log; nil for a test.
  public let index: Int?
  /// Its type.
  public let type: String
  /// When it was tried.
  public let at: Instant
  /// The status that came back, or the code of what went wrong.
  public let result: String
  /// Whether it was taken.
  public let isDone: Bool

  /// An attempt.
  public init(
    message: String, index: Int?, type: String, at: Instant, result: String, isDone: Bool
  ) {
    self.message = message
    self.index = index
    self.type = type
    self.at = at
    self.result = result
    self.isDone = isDone
  }

  init?(json: JSON) {
    guard let message = json["message"]?.text, let type = json["type"]?.text,
      let at = json["at"]?.text.flatMap({ Instant($0) }), let result = json["result"]?.text
    else { return nil }
    self.init(
      message: message, index: json["index"]?.count, type: type, at: at, result: result,
      isDone: json["done"] == .bool(true))
  }

  var json: JSON {
    .object([
      ("message", .string(message)), ("index", JSON(index)), ("type", .string(type)),
      ("at", .string(at.utc)), ("result", .string(result)), ("done", .bool(isDone)),
    ])
  }
}

/// Something that happened, for a receiver.
public struct Announcement: Sendable {
  /// Its entry in the regulatory log.
  public let index: Int
  /// Who, when, which record, which event.
  public let envelope: Envelope
  /// What was set; nil for thin messages, where the owner may not read it, and when it was erased.
  public let content: JSON?

  /// The type of its message.
  public var type: String { envelope.record.kind + "." + envelope.event }
}

extension OpenWorkspace {
  /// Most entries that are looked through at once.
  static let outboxPage = 512

  /// The receivers that are switched on, with their secrets: for the program that sends.
  package func receivers() async throws(Problem) -> [Receiver] {
    var receivers: [Receiver] = []
    for state in try await everyState(.webhook) where state.status == "on" {
      receivers.append(try Receiver(state))
    }
    return receivers
  }

  /// A receiver with its secrets, also one that is switched off.
  package func receiver(_ id: RecordID) async throws(Problem) -> Receiver {
    try await authorise(.write(.webhook), id)
    guard let state = try await programState(id), state.status != "removed" else {
      _ = try await needed(id)
      throw Problem(
        "workspace.unknown-record", what: "\(id.text) was removed",
        why: "nothing is sent to it any more", mend: "make a new webhook")
    }
    return try Receiver(state)
  }

  /// How far a receiver has been told.
  ///
  /// - Throws: `workspace.unknown-record`.
  public func outbox(of hook: RecordID) async throws(Problem) -> Outbox {
    Outbox(try await outboxState(of: hook))
  }

  /// Settles what was delivered, tried or passed over; the newest state is changed, whoever else wrote meanwhile.
  ///
  /// - Throws: `workspace.unknown-record`, `store.*`.
  package func settle(
    _ hook: RecordID, _ change: (inout Outbox) -> Void
  ) async throws(Problem) {
    for attempt in 1... {
      let state = try await outboxState(of: hook)
      let before = Outbox(state)
      var after = before
      change(&after)
      after.cursor = max(after.cursor, before.cursor)
      guard after != before else { return }
      do {
        _ = try await acting(as: .system).record(
          RecordCommand(
            .outbox, state.id,
            Change("messages-settled", set: after.fields, effective: .day(surroundings.today)),
            expectedVersion: state.version))
        return
      } catch {
        guard error.code == "store.version-conflict", attempt < 8 else { throw error }
      }
    }
  }

  /// The first thing from an entry on that a receiver is told of, and the entry after all that was looked through.
  package func nextAnnouncement(
    for receiver: Receiver, from index: Int
  ) async throws(Problem) -> (found: Announcement?, next: Int) {
    var next = index
    while true {
      let page = try await store.entries(.regulatory, from: next, limit: OpenWorkspace.outboxPage)
      for entry in page {
        next = entry.index + 1
        let envelope = try Envelope(entry: entry.entry)
        guard WebhookPattern.matches(receiver.events, envelope) else { continue }
        return (try await announcement(entry, envelope, for: receiver), next)
      }
      guard page.count == OpenWorkspace.outboxPage else { return (nil, next) }
    }
  }

  private func announcement(
    _ entry: StoredEntry, _ envelope: Envelope, for receiver: Receiver
  ) async throws(Problem) -> Announcement {
    var content: JSON?
    if receiver.isFull, try await mayTell(envelope, receiver.owner), let sealed = entry.content {
      let key = try await withKeys { () async throws(Problem) in
        try await store.record(envelope.record)?.key.map { wrapped throws(Problem) in
          try keys.unwrap(wrapped)
        }
      }
      content = try key.map { key throws(Problem) in
        try Sealed.opened(sealed, of: envelope, key: key).shown
      }?["set"]
    }
    return Announcement(index: entry.index, envelope: envelope, content: content)
  }

  /// Whether the owner, as they stand now, may read the record.
  private func mayTell(_ envelope: Envelope, _ owner: RecordID?) async throws(Problem) -> Bool {
    guard let owner, let person = try await programState(owner), person.status == "active" else {
      return false
    }
    let class_ =
      try await programState(envelope.record)?.confidentiality ?? envelope.confidentiality
    return SignedIn(person).mayRead(
      envelope.record, max(class_, envelope.confidentiality), today: surroundings.today)
  }

  private func outboxState(of hook: RecordID) async throws(Problem) -> RecordState {
    let id = OpenWorkspace.outboxID(of: hook)
    if let state = try await programState(id) { return state }
    throw Problem(
      "workspace.unknown-record", what: "there is no \(id.text)",
      why: "each webhook has an outbox", mend: "make the webhook anew")
  }

  static func outboxID(of hook: RecordID) -> RecordID {
    guard let id = RecordID("outbox/" + hook.key) else {
      preconditionFailure("keys are plain")
    }
    return id
  }
}

/// A receiver with what signs its messages.
package struct Receiver: Sendable {
  package let id: RecordID
  package let title: String
  package let url: String
  package let events: [String]
  package let isFull: Bool
  let owner: RecordID?
  private let secrets: [(secret: WebhookSecret, until: Instant?)]

  /// - Throws: `workspace.bad-state`.
  init(_ state: RecordState) throws(Problem) {
    id = state.id
    title = state.title
    url = state.text("url") ?? ""
    events = state.texts("events")
    isFull = state.text("payload") == "full"
    owner = state.text("owner").flatMap { RecordID($0) }
    guard let secret = state.text("signing").flatMap({ WebhookSecret($0) }) else {
      throw Problem(
        "workspace.bad-state", what: "\(state.id.text) has no secret",
        why: "its messages could not be signed", mend: "renew it: systemic webhook secret")
    }
    var secrets: [(secret: WebhookSecret, until: Instant?)] = [(secret, nil)]
    if let before = state.text("signing_before").flatMap({ WebhookSecret($0) }),
      let until = state.text("signing_until").flatMap({ Instant($0) })
    {
      secrets.append((before, until))
    }
    self.secrets = secrets
  }

  /// The signatures of a message: of the secret, and of the one before it while both sign.
  package func signatures(id: String, now: Instant, body: [UInt8]) -> String {
    secrets.filter { $0.until.map { now < $0 } ?? true }
      .map { $0.secret.signature(id: id, timestamp: now.seconds, body: body) }
      .joined(separator: " ")
  }

  /// The id of the message about an entry: the same in every attempt, another for every receiver.
  package func message(_ index: Int) -> String {
    "msg_" + Digest(of: "\(id.text)|\(index)".utf8).hex.prefix(26)
  }
}
