public import Duties
public import Ground
internal import Sealing

/// A receiver of messages to be registered.
public struct NewWebhook: Sendable {
  /// What it is for.
  public var title: String
  /// Where messages are posted, checked by whoever sends them.
  public var url: String
  /// `kind.event`, `kind.*` or `*`.
  public var events: [String]
  /// Whether messages say what was set, as far as the owner may read it.
  public var isFull: Bool

  /// A receiver.
  public init(title: String, url: String, events: [String], isFull: Bool = false) {
    self.title = title
    self.url = url
    self.events = events
    self.isFull = isFull
  }
}

extension OpenWorkspace {
  /// Hours for which the secret before a new one signs too.
  public static let secretOverlapHours = 24

  /// Registers a receiver; it is told what happens from now on.
  ///
  /// - Returns: its record and its secret, shown once.
  /// - Throws: `workspace.unknown-event`, `workspace.no-owner`, `workspace.not-allowed`.
  public func addWebhook(
    _ hook: NewWebhook
  ) async throws(Problem) -> (state: RecordState, secret: String) {
    try await authorise(.write(.webhook))
    let secret = WebhookSecret()
    let set = try fields(of: hook) + [("signing", .string(secret.text))]
    let state = try await record(
      RecordCommand(
        .webhook, nil,
        Change("webhook-made", set: set, effective: .day(surroundings.today))))
    let size = try await store.head(.regulatory).size
    _ = try await acting(as: .system).record(
      RecordCommand(
        .outbox, OpenWorkspace.outboxID(of: state.id),
        Change(
          "outbox-begun",
          set: [("receiver", .string(state.id.text)), ("cursor", .int(size))],
          effective: .day(surroundings.today))))
    return (state.shown, secret.text)
  }

  /// Changes where messages go and which; whoever does it is the owner from then on, so that nobody is told through another's
  /// rights.
  ///
  /// - Throws: as `addWebhook`, `workspace.unknown-record`.
  public func changeWebhook(_ id: RecordID, _ hook: NewWebhook) async throws(Problem) {
    try await change(id, "webhook-changed", try fields(of: hook))
  }

  /// Gives a receiver a new secret; for a day both sign.
  ///
  /// - Returns: the secret, shown once.
  /// - Throws: `workspace.unknown-record`, `workspace.not-allowed`.
  public func renewWebhookSecret(_ id: RecordID) async throws(Problem) -> String {
    try await authorise(.write(.webhook), id)
    guard let before = try await programState(id)?.text("signing") else {
      _ = try await needed(id)
      return ""
    }
    let secret = WebhookSecret()
    let until = Instant(
      seconds: surroundings.now().seconds + OpenWorkspace.secretOverlapHours * 3600)
    try await change(
      id, "webhook-secret-rotated",
      [
        ("signing", .string(secret.text)), ("signing_before", .string(before)),
        ("signing_until", .string(until.utc)),
      ])
    return secret.text
  }

  /// Switches a receiver on, which goes on where it stopped, or off.
  ///
  /// - Throws: `workspace.unknown-record`, `workspace.not-allowed`.
  public func setWebhook(_ id: RecordID, isOn: Bool, notice: String? = nil) async throws(Problem) {
    try await authorise(.write(.webhook), id)
    if isOn {
      try await settle(id) {
        $0.attempts = 0; $0.due = nil
      }
      try await change(id, "webhook-enabled", [])
    } else {
      try await change(id, "webhook-disabled", notice.map { [("notice", .string($0))] } ?? [])
    }
  }

  /// Ends a receiver; its secrets are no longer kept with it.
  ///
  /// - Throws: `workspace.unknown-record`, `workspace.not-allowed`.
  public func removeWebhook(_ id: RecordID) async throws(Problem) {
    try await change(
      id, "webhook-removed",
      [("signing", .null), ("signing_before", .null), ("signing_until", .null)])
  }

  /// The receivers that were not removed, by title.
  ///
  /// - Throws: `workspace.not-allowed`, `store.*`.
  public func webhooks() async throws(Problem) -> [RecordState] {
    try await authorise(.write(.webhook))
    return try await everyState(.webhook).filter { $0.status != "removed" }
      .sorted { ($0.title, $0.id) < ($1.title, $1.id) }
      .map { state in
        // Whoever may change the address may see it; the secrets nobody sees again.
        var shown = state.shown
        shown.fields["url"] = state.fields["url"]
        return shown
      }
  }

  private func change(
    _ id: RecordID, _ event: String, _ set: [(String, JSON)]
  ) async throws(Problem) {
    _ = try await record(
      RecordCommand(
        .webhook, id, Change(event, set: set, effective: .day(surroundings.today))))
  }

  private func fields(of hook: NewWebhook) throws(Problem) -> [(String, JSON)] {
    let isPerson = !Actor.unproven.contains(who.id)
    guard isPerson || !hook.isFull else {
      throw Problem(
        "workspace.no-owner", what: "full messages need an owner who signed in",
        why: "they say what their owner may read", mend: "sign in with --as NAME, or send thin ones"
      )
    }
    guard !hook.events.isEmpty else { throw OpenWorkspace.unknownEvent("") }
    for pattern in hook.events where !WebhookPattern.isKnown(pattern) {
      throw OpenWorkspace.unknownEvent(pattern)
    }
    return [
      ("title", .string(hook.title)), ("url", .string(hook.url)), ("events", JSON(hook.events)),
      ("payload", .string(hook.isFull ? "full" : "thin")),
      ("owner", isPerson ? .string("person/" + who.id) : .null),
    ]
  }

  private static func unknownEvent(_ pattern: String) -> Problem {
    Problem(
      "workspace.unknown-event", what: "“\(pattern.prefix(80))” names no event of a record",
      why: "a misspelt one would never come",
      mend: "write kind.event, such as opinion.opinion-filed, kind.* for all of a kind, or *",
      places: [Place("events")])
  }
}

/// Which events a receiver is told of.
enum WebhookPattern {
  static func isKnown(_ pattern: String) -> Bool {
    if pattern == "*" { return true }
    let parts = pattern.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2, let kind = RecordKind.named(parts[0]), kind.log == .regulatory else {
      return false
    }
    return parts[1] == "*" || kind.event(parts[1]) != nil
  }

  static func matches(_ patterns: [String], _ envelope: Envelope) -> Bool {
    let kind = envelope.record.kind
    return patterns.contains { $0 == "*" || $0 == kind + ".*" || $0 == kind + "." + envelope.event }
  }
}
