public import Ground

/// A record as the events so far have made it.
public struct RecordState: Sendable, Equatable {
  /// Its name.
  public let id: RecordID
  /// Its newest version, from 1.
  public var version: Int
  /// Its fields; a field that was never set, or was unset, is absent.
  public var fields: [String: JSON]
  /// For each event that happened, when it last was true; of a plan, the day that was planned last.
  public var happened: [String: Effective]
  /// For each event that happened more than once, when it was true before, oldest first: the first and the last 31.
  public var earlier: [String: [Effective]] = [:]
  /// Where it stands, in the words of its kind.
  public var status: String?
  /// For each field, and for `@status`, the day from which it holds, where an event after the beginning set it.
  public var since: [String: Day]
  /// Who may read it.
  public var confidentiality: Confidentiality
  /// Who began it.
  public var author: String
  /// When it was begun, as written.
  public var begun: Instant
  /// When it was last changed, as written.
  public var changed: Instant

  /// The text of a field.
  public func text(_ field: String) -> String? {
    guard case .string(let text) = fields[field] else { return nil }
    return text
  }

  /// The texts of a list field; a single text is a list of one.
  public func texts(_ field: String) -> [String] {
    switch fields[field] {
    case .string(let text): [text]
    case .array(let values):
      values.compactMap { value in
        guard case .string(let text) = value else { return nil }
        return text
      }
    default: []
    }
  }

  /// The name that a person knows it by.
  public var title: String { text("name") ?? text("title") ?? id.text }

  /// The key of the status among the days of fields; a run has a field `status` of its own.
  private static let statusKey = "@status"
  /// Most earlier times of one event that are kept with the state, the first of all among them.
  private static let mostEarlier = 32

  /// Every time that an event was true, oldest first; of a plan, every day that was planned, in the order of planning.
  public func times(_ event: String) -> [Effective] {
    guard let last = happened[event] else { return [] }
    return (earlier[event] ?? []) + [last]
  }

  /// The day since which the status holds, where an event after the beginning set it.
  public var statusSince: Day? { since[RecordState.statusKey] }

  /// Who wrote it: whoever began it, and whoever changed what it says since.
  public var authors: Set<String> { Set(texts("written_by") + [author]) }

  /// The day on which an event last was true.
  public func day(_ event: String) -> Day? { happened[event]?.day }

  /// The state after an event; nil as the state before is a record's beginning.
  ///
  /// The content is `{"set": {field: value or null}, "reason": text, "corrects": true, "was": time}`. A field holds the
  /// value that is true from the latest day; of two from the same day, the one written later. What a record began with
  /// gives way to any later entry: it was registered with what was known then, whatever happened before that day. An event
  /// that corrects replaces the day of the same event before; any other moves it forward only. One that names the time it
  /// corrects replaces that one and leaves the others; what it sets was decided with all of them in sight, and holds. A
  /// plan replaces the plan before, whichever day is earlier, and what it sets holds from the day on which it was written.
  public static func applying(
    _ event: Envelope, content: JSON?, status: String?, isPlan: Bool = false,
    to before: RecordState?
  ) -> RecordState {
    var state =
      before
      ?? RecordState(
        id: event.record, version: 0, fields: [:], happened: [:], status: nil, since: [:],
        confidentiality: event.confidentiality, author: event.actor.id, begun: event.recorded,
        changed: event.recorded)
    state.version = event.version
    state.changed = event.recorded
    state.confidentiality = event.confidentiality
    let corrects = content?["corrects"] == .bool(true)
    let was = corrects ? content?["was"]?.text.flatMap { Effective($0) } : nil
    let wrong = corrects ? (was ?? state.happened[event.event])?.day : nil
    state.note(event.effective, of: event.event, corrects: corrects, was: was, isPlan: isPlan)
    let day = event.firstDay(isPlan: isPlan)
    let isBeginning = before == nil
    if let status,
      state.takes(
        statusKey, from: day, isBeginning,
        not: state.status == status ? wrong : nil)
    {
      state.status = status
    }
    if case .object(let members)? = content?["set"] {
      if isBeginning { state.fields.reserveCapacity(members.count) }
      for (name, value) in members
      where state.takes(name, from: day, isBeginning, not: wrong, holds: was != nil) {
        if case .null = value { state.fields[name] = nil } else { state.fields[name] = value }
      }
    }
    return state
  }

  /// Puts a time of an event in its place among the others, after those of the same day; a plan comes last.
  private mutating func note(
    _ effective: Effective, of event: String, corrects: Bool, was: Effective?, isPlan: Bool
  ) {
    guard happened[event] != nil else {
      happened[event] = effective
      return
    }
    var times = times(event)
    if corrects, let wrong = was.map({ times.lastIndex(of: $0) }) ?? times.indices.last {
      times.remove(at: wrong)
    }
    let place =
      isPlan ? times.count : times.lastIndex { $0.day <= effective.day }.map { $0 + 1 } ?? 0
    times.insert(effective, at: place)
    happened[event] = times.popLast()
    // Bounded, because a record may change thousands of times; the whole history is in the journal. The first is never
    // forgotten: periods run from when something was known, not from when it was last repeated.
    let first = times.prefix(1)
    earlier[event] =
      times.isEmpty ? nil : first + times.dropFirst().suffix(RecordState.mostEarlier - 1)
  }

  /// Whether a value that holds from a day replaces the one there is; notes the day if so.
  ///
  /// What holds from a day that is being corrected does not stand in the way, and nothing does where it holds anyway.
  private mutating func takes(
    _ name: String, from day: Day, _ isBeginning: Bool, not wrong: Day?, holds: Bool = false
  ) -> Bool {
    guard !isBeginning else { return true }
    if let known = since[name], day < known, known != wrong { return holds }
    since[name] = day
    return true
  }

  init(
    id: RecordID, version: Int, fields: [String: JSON], happened: [String: Effective],
    status: String?, since: [String: Day], confidentiality: Confidentiality, author: String,
    begun: Instant, changed: Instant
  ) {
    self.id = id
    self.version = version
    self.fields = fields
    self.happened = happened
    self.status = status
    self.since = since
    self.confidentiality = confidentiality
    self.author = author
    self.begun = begun
    self.changed = changed
  }

  /// Equal when they are written alike.
  public static func == (left: RecordState, right: RecordState) -> Bool { left.json == right.json }
}

extension Envelope {
  /// The day from which what an event says holds: a plan for later holds from when it was made.
  public func firstDay(isPlan: Bool) -> Day {
    isPlan ? min(effective.day, recorded.day) : effective.day
  }
}
