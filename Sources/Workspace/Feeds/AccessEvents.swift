internal import Duties
package import Ground
internal import Sealing

/// An entry of the access journal as others are told of it: who, when, what, and how it was decided; nothing of content.
package struct AccessEvent: Sendable {
  /// Its place in the access log.
  package let index: Int
  /// Who, when, which event.
  package let envelope: Envelope
  /// What was asked, where it was a decision.
  package let act: String?
  /// Of which records, as far as they are named; its own where it was no decision.
  package let records: [String]
  /// Of how many more of which kind.
  package let more: [String]
  /// In which requests it was decided.
  package let requests: [String]
  /// Whether it was allowed; nil where it was no decision.
  package let isAllowed: Bool?
}

extension OpenWorkspace {
  /// Where the forwarding of the access journal stands; begun at the first entry when it was never asked for.
  ///
  /// - Throws: `store.*`, `workspace.not-allowed`.
  package func forwarding() async throws(Problem) -> (receiver: RecordID, outbox: Outbox) {
    guard let receiver = RecordID("forwarding/access") else {
      preconditionFailure("the name is plain")
    }
    let id = OpenWorkspace.outboxID(of: receiver)
    if let state = try await programState(id) { return (receiver, Outbox(state)) }
    let begun = try await acting(as: .system).record(
      RecordCommand(
        .outbox, id,
        Change(
          "outbox-begun", set: [("receiver", .string("forwarding/access")), ("cursor", .int(0))],
          effective: .day(surroundings.today))))
    return (receiver, Outbox(begun))
  }

  /// Entries of the access journal from one on.
  ///
  /// - Throws: `store.*`, `sealing.*`.
  package func accessEvents(
    from index: Int, limit: Int
  ) async throws(Problem) -> [AccessEvent] {
    var events: [AccessEvent] = []
    for entry in try await store.entries(.access, from: index, limit: limit) {
      let envelope = try Envelope(entry: entry.entry)
      var facts: JSON?
      if envelope.record.kind == RecordKind.accessDecision.name, let sealed = entry.content {
        facts = try await withKeys { () async throws(Problem) in
          try await store.record(envelope.record)?.key.map { wrapped throws(Problem) in
            try Sealed.opened(sealed, of: envelope, key: try keys.unwrap(wrapped))
          }
        }?["set"]
      }
      events.append(AccessEvent(entry.index, envelope, facts))
    }
    return events
  }
}

extension AccessEvent {
  /// An entry with what was decided, where it is a decision.
  package init(_ index: Int, _ envelope: Envelope, _ facts: JSON?) {
    self.index = index
    self.envelope = envelope
    act = facts?["act"]?.text
    isAllowed = (facts?["answer"]?.text).map { $0 == "allowed" }
    let named = AccessEvent.texts(facts, "record", "records")
    records = named.isEmpty ? [envelope.record.text] : named
    more = AccessEvent.texts(facts, nil, "counts")
    // Where several requests were decided together, each stands with the number of its records.
    requests = AccessEvent.texts(facts, "request", "requests").map { request in
      String(request.prefix { $0 != " " })
    }
  }

  /// What stands in a field for one and in one for several.
  private static func texts(_ facts: JSON?, _ one: String?, _ several: String) -> [String] {
    let single = one.flatMap { facts?[$0]?.text }
    return (single.map { [$0] } ?? []) + (facts?[several]?.texts ?? [])
  }
}
