public import Duties
public import Ground

/// Two days: when something was true, and by when it was written.
public struct AsOf: Sendable, Hashable {
  /// Events that were true by the end of this day; nil takes all.
  public var effective: Day?
  /// Events that were written by the end of this day; nil takes all.
  public var known: Day?

  /// As things stand now.
  public static let now = AsOf()

  /// The days.
  public init(effective: Day? = nil, known: Day? = nil) {
    self.effective = effective
    self.known = known
  }

  /// The events that are seen, in the order in which they were written.
  ///
  /// What was known on a day is what had been written before the first entry after it. An event whose day was
  /// corrected counts from the corrected day.
  func seen(_ events: [RecordedEvent]) -> [RecordedEvent] {
    let written =
      known.map { day in events.prefix { $0.envelope.recorded.day <= day } } ?? events[...]
    guard let effective else { return Array(written) }
    var times: [String: [(at: Effective, day: Day, places: [Int])]] = [:]
    for (place, event) in written.enumerated() {
      let day = event.envelope.firstDay(isPlan: event.isPlan)
      var others = times[event.envelope.event] ?? []
      var places = [place]
      if event.corrects,
        let wrong = event.was.map({ was in others.lastIndex { $0.at == was } })
          ?? others.indices.last
      {
        places += others.remove(at: wrong).places
      }
      let index =
        event.isPlan ? others.count : others.lastIndex { $0.day <= day }.map { $0 + 1 } ?? 0
      others.insert((event.envelope.effective, day, places), at: index)
      times[event.envelope.event] = others
    }
    let seen = times.values.joined().filter { $0.day <= effective }.flatMap(\.places)
    return seen.sorted().map { written[$0] }
  }
}

/// One event of a record's history, with its content for those who may read it.
public struct RecordedEvent: Sendable {
  /// Where it stands in its log.
  public let index: Int
  /// Who, when, which event.
  public let envelope: Envelope
  /// What it says; nil when it was erased.
  public let content: JSON?

  /// Whether it corrects the day of the same event before.
  public var corrects: Bool { content?["corrects"] == .bool(true) }

  /// The time that it corrects, where it names one of several.
  public var was: Effective? { corrects ? content?["was"]?.text.flatMap { Effective($0) } : nil }

  /// Whether it is a plan.
  var isPlan: Bool {
    RecordKind.named(envelope.record.kind)?.event(envelope.event)?.mayBePlanned ?? false
  }

  /// The user of the operating system where the local operator acted; nil for people, and when it was erased.
  public var user: String? { content?["user"]?.text }
}

extension OpenWorkspace {
  /// The events of a record, oldest first.
  ///
  /// - Throws: `workspace.unknown-record`, `workspace.not-allowed`, `ground.not-an-entry`,
  ///   `workspace.content-differs`.
  public func history(_ id: RecordID) async throws(Problem) -> [RecordedEvent] {
    guard try await store.record(id) != nil else {
      _ = try await needed(id)
      return []
    }
    let entries = try await store.history(id)
    let newest = try entries.last.map { entry throws(Problem) in try Envelope(entry: entry.entry) }
    try await authorise(.read, id, newest?.confidentiality ?? .internal)
    let key = try await withKeys { () async throws(Problem) in
      try await store.record(id)?.key.map { wrapped throws(Problem) in try keys.unwrap(wrapped) }
    }
    var events: [RecordedEvent] = []
    for entry in entries {
      let envelope = try Envelope(entry: entry.entry)
      var content: JSON?
      if let key, let sealed = entry.content {
        content = try Sealed.opened(sealed, of: envelope, key: key).shown
      }
      events.append(RecordedEvent(index: entry.index, envelope: envelope, content: content))
    }
    return events
  }

  /// A record as it stood, or as it was known, on a day; nil before it began, and when it was erased.
  public func state(_ id: RecordID, _ asOf: AsOf) async throws(Problem) -> RecordState? {
    if asOf == .now { return try await state(id) }
    guard let kind = RecordKind.named(id.kind), try await store.record(id)?.key != nil else {
      return nil
    }
    var state: RecordState?
    for event in asOf.seen(try await history(id)) {
      guard state != nil || event.envelope.version == 1 else { return nil }
      state = kind.applying(event.envelope, content: event.content, to: state)
    }
    return state
  }

  /// All records of a kind as they stood, or as they were known, on a day.
  public func states(_ kind: RecordKind, _ asOf: AsOf) async throws(Problem) -> [RecordState] {
    let now = try await states(kind)
    if asOf == .now { return now }
    var states: [RecordState] = []
    for record in now {
      if let state = try await state(record.id, asOf) { states.append(state) }
    }
    return states
  }
}

extension JSON {
  /// The content of an event without what proves who somebody is.
  var shown: JSON {
    guard case .object(let members) = self else { return self }
    return .object(
      members.filter { $0.0 != "request" }.map { name, value in
        guard name == "set", case .object(let fields) = value else { return (name, value) }
        return (name, .object(fields.filter { !RecordKind.hiddenFields.contains($0.0) }))
      })
  }
}
