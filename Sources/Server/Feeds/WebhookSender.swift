public import Ground
internal import Outbound
public import Workspace

/// Sends what happened to the receivers that asked for it, in the order of the journal.
///
/// The journal is the outbox: a receiver has a place in it, which moves on when a message was taken, so that nothing is lost when
/// the receiver or this program is down. A message that was taken just before this program ended may come again under the same id.
/// Source: Standard Webhooks 1.0.
public struct WebhookSender: Sendable {
  /// Most messages to one receiver in one round, so that others have their turn.
  static let mostInRound = 50
  /// Entries that are passed over before the place is written down again.
  static let mostPassedOver = 1000

  typealias Post = @Sendable (OutboundRequest) async throws(Problem) -> OutboundAnswer

  let workspace: OpenWorkspace
  let base: String
  let post: Post

  /// A sender over a workspace.
  public init(_ workspace: OpenWorkspace, _ configuration: Configuration) {
    let courier = Courier(
      Courier.Limits(
        seconds: configuration.number("webhooks.seconds"), mostBytes: 1 << 16,
        allowsPrivate: configuration.isOn("webhooks.allow_private"),
        trust: configuration.text("webhooks.trust")))
    self.init(workspace, base: configuration.text("address") ?? "") {
      (request) async throws(Problem) in try await courier.send(request)
    }
  }

  init(_ workspace: OpenWorkspace, base: String, post: @escaping Post) {
    self.workspace = workspace
    self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
    self.post = post
  }

  /// One round: whatever is due to any receiver, up to a bound.
  ///
  /// - Returns: whether something may be left to do at once.
  /// - Throws: `store.*`, `sealing.*`.
  @discardableResult
  public func round() async throws(Problem) -> Bool {
    let program = WebhookSender(workspace.acting(as: .system), base: base, post: post)
    var isMore = false
    for receiver in try await program.workspace.receivers()
    where try await program.deliver(to: receiver) {
      isMore = true
    }
    return isMore
  }

  /// A message that tells nothing, to try an address.
  ///
  /// - Throws: `workspace.unknown-record`, `workspace.not-allowed`.
  public func test(_ hook: RecordID) async throws(Problem) -> Delivery {
    let receiver = try await workspace.receiver(hook)
    let now = workspace.surroundings.now()
    let body = JSON.object([
      ("type", .string("webhook.test")), ("timestamp", .string(now.utc)),
      ("data", .object([("webhook", .string(hook.text))])),
    ]).compactBytes
    let outbox = try await workspace.outbox(of: hook)
    let id = receiver.message(-1 - outbox.deliveries.count - now.seconds)
    let delivery = await attempt(receiver, id: id, type: "webhook.test", index: nil, body).delivery
    try await workspace.settle(hook) { $0.deliveries.append(delivery) }
    return delivery
  }

  /// Sends what stands at an entry again, once, under the same id.
  ///
  /// - Throws: `workspace.unknown-record`, `workspace.not-allowed`, `server.no-such-message`.
  public func redeliver(_ hook: RecordID, _ index: Int) async throws(Problem) -> Delivery {
    let receiver = try await workspace.receiver(hook)
    guard index >= 0,
      let found = try await workspace.nextAnnouncement(for: receiver, from: index).found,
      found.index == index
    else {
      throw Problem(
        "server.no-such-message", what: "there is no message about entry \(index)",
        why: "this webhook is not told of it", mend: "choose one from its deliveries")
    }
    let delivery = await attempt(receiver, found).delivery
    try await workspace.settle(hook) { $0.deliveries.append(delivery) }
    return delivery
  }
}

extension WebhookSender {
  /// Sends what is due to one receiver.
  private func deliver(to receiver: Receiver) async throws(Problem) -> Bool {
    let outbox = try await workspace.outbox(of: receiver.id)
    if let due = outbox.due, workspace.surroundings.now() < due { return false }
    var cursor = outbox.cursor
    var done: [Delivery] = []
    var failure: Attempt?
    while done.count < WebhookSender.mostInRound, failure == nil {
      let (found, next) = try await workspace.nextAnnouncement(for: receiver, from: cursor)
      guard let found else {
        cursor = next
        break
      }
      let tried = await attempt(receiver, found)
      guard tried.delivery.isDone else {
        cursor = found.index
        failure = tried
        break
      }
      done.append(tried.delivery)
      cursor = next
    }
    let isWorthNoting =
      !done.isEmpty || failure != nil || cursor - outbox.cursor >= WebhookSender.mostPassedOver
    guard isWorthNoting else { return false }
    try await settle(receiver, cursor, done, failure, after: done.isEmpty ? outbox.attempts : 0)
    return failure == nil && done.count == WebhookSender.mostInRound
  }

  private func settle(
    _ receiver: Receiver, _ cursor: Int, _ done: [Delivery], _ failure: Attempt?, after before: Int
  ) async throws(Problem) {
    let now = workspace.surroundings.now()
    let attempts = failure == nil ? 0 : before + 1
    let due = failure.flatMap {
      Retry.next(after: attempts, now: now, asked: $0.retryAfter, key: $0.delivery.message)
    }
    try await workspace.settle(receiver.id) { outbox in
      outbox.cursor = cursor
      outbox.attempts = attempts
      outbox.due = due
      outbox.deliveries += done + (failure.map { [$0.delivery] } ?? [])
    }
    guard let failure else { return }
    if failure.delivery.result == "410" {
      try await workspace.setWebhook(
        receiver.id, isOn: false, notice: "The receiver says that it is gone (410).")
    } else if due == nil {
      try await workspace.setWebhook(
        receiver.id, isOn: false,
        notice: "\(attempts) attempts failed, the last with \(failure.delivery.result). "
          + "Switched on again, it goes on where it stopped.")
    }
  }

  private struct Attempt {
    let delivery: Delivery
    let retryAfter: String?
  }

  private func attempt(_ receiver: Receiver, _ found: Announcement) async -> Attempt {
    await attempt(
      receiver, id: receiver.message(found.index), type: found.type, index: found.index,
      body(of: found))
  }

  private func attempt(
    _ receiver: Receiver, id: String, type: String, index: Int?, _ body: [UInt8]
  ) async -> Attempt {
    let now = workspace.surroundings.now()
    func delivery(_ result: String, _ isDone: Bool) -> Delivery {
      Delivery(message: id, index: index, type: type, at: now, result: result, isDone: isDone)
    }
    do throws(Problem) {
      let request = OutboundRequest(
        .post, try WebAddress(receiver.url),
        fields: [
          ("content-type", "application/json"), ("user-agent", "Systemic"), ("webhook-id", id),
          ("webhook-timestamp", String(now.seconds)),
          ("webhook-signature", receiver.signatures(id: id, now: now, body: body)),
          ("traceparent", Trace(nil).field),
        ], body: body)
      let answer = try await post(request)
      return Attempt(
        delivery: delivery(String(answer.status), answer.isDone),
        retryAfter: answer.field("retry-after"))
    } catch {
      return Attempt(delivery: delivery(error.code, false), retryAfter: nil)
    }
  }

  /// The same bytes in every attempt, but for what was erased or is no longer for the owner.
  private func body(of found: Announcement) -> [UInt8] {
    let record = found.envelope.record
    var data: [(String, JSON)] = [
      ("record", .string(record.text)), ("kind", .string(record.kind)),
      ("version", .int(found.envelope.version)), ("event", .string(found.envelope.event)),
      ("effective", .string(found.envelope.effective.text)), ("entry", .int(found.index)),
    ]
    if !base.isEmpty { data.append(("link", .string(base + "/records/" + record.text))) }
    if let content = found.content { data.append(("set", content)) }
    return JSON.object([
      ("type", .string(found.type)), ("timestamp", .string(found.envelope.recorded.utc)),
      ("data", .object(data)),
    ]).compactBytes
  }
}
