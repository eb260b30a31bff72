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

  /// The day on which an event last was true.
  public func day(_ event: String) -> Day? { happened[event]?.day }

  /// The state after an event; nil as the state before is a record's beginning.
  ///
  /// The content is `{"set": {field: value or null}, "reason": text, "corrects": true}`. A field holds the value that is
  /// true from the latest day; of two from the same day, the one written later. What a record began with gives way to
  /// any later entry: it was registered with what was known then, whatever happened before that day. An event that
  /// corrects replaces the day of the same event before; any other moves it forward only. A plan replaces the plan before,
  /// whichever day is earlier, and what it sets holds from the day on which it was written.
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
    let wrong = corrects ? state.happened[event.event]?.day : nil
    state.note(event.effective, of: event.event, corrects: corrects, isPlan: isPlan)
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
      for (name, value) in members
      where state.takes(name, from: day, isBeginning, not: wrong) {
        if case .null = value { state.fields[name] = nil } else { state.fields[name] = value }
      }
    }
    return state
  }

  /// Puts a time of an event in its place among the others, after those of the same day; a plan comes last.
  private mutating func note(
    _ effective: Effective, of event: String, corrects: Bool, isPlan: Bool
  ) {
    var times = times(event)
    if corrects { _ = times.popLast() }
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
  /// What holds from a day that is being corrected does not stand in the way.
  private mutating func takes(
    _ name: String, from day: Day, _ isBeginning: Bool, not wrong: Day?
  ) -> Bool {
    guard !isBeginning else { return true }
    if let known = since[name], day < known, known != wrong { return false }
    since[name] = day
    return true
  }

  /// As JSON with sorted members, the form that is cached and exported.
  public var json: JSON {
    .object([
      ("author", .string(author)), ("begun", .string(begun.utc)), ("changed", .string(changed.utc)),
      ("class", .string(confidentiality.rawValue)),
      (
        "earlier",
        .object(
          earlier.sorted { $0.key < $1.key }.map { ($0.key, JSON($0.value.map(\.text))) })
      ),
      ("fields", .object(fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })),
      (
        "happened",
        .object(happened.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value.text)) })
      ),
      ("id", .string(id.text)),
      ("since", .object(since.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value.iso)) })),
      ("status", JSON(status)), ("version", .int(version)),
    ])
  }

  /// Reads what `json` writes; nil for anything else.
  public init?(json: JSON) {
    guard case .object(let members) = json else { return nil }
    var id: RecordID?
    var version: Int?
    var words: (author: String?, status: String?)
    var times: (begun: Instant?, changed: Instant?)
    var confidentiality: Confidentiality?
    var fields: [(String, JSON)]?
    var happened: [String: Effective]?
    var since: [String: Day]?
    var earlier: [String: [Effective]]? = [:]
    for (name, value) in members {
      switch (name, value) {
      case ("author", .string(let text)): words.author = text
      case ("begun", .string(let text)): times.begun = Instant(text)
      case ("changed", .string(let text)): times.changed = Instant(text)
      case ("class", .string(let text)): confidentiality = Confidentiality(rawValue: text)
      case ("earlier", .object(let parts)): earlier = RecordState.read(parts, RecordState.times)
      case ("fields", .object(let parts)): fields = parts
      case ("happened", .object(let parts)):
        happened = RecordState.read(parts, RecordState.effective)
      case ("id", .string(let text)): id = RecordID(text)
      case ("since", .object(let parts)):
        since = RecordState.read(parts) { $0.text.flatMap { Day(iso: $0) } }
      case ("status", .string(let text)): words.status = text
      case ("status", .null): break
      case ("version", .int(let number)): version = number
      default: return nil
      }
    }
    guard let id, let version, let author = words.author, let begun = times.begun,
      let changed = times.changed, let confidentiality, let fields, let happened, let since,
      let earlier
    else { return nil }
    self.init(
      id: id, version: version, fields: Dictionary(fields) { $1 }, happened: happened,
      status: words.status, since: since, confidentiality: confidentiality, author: author,
      begun: begun, changed: changed)
    self.earlier = earlier
  }

  private static func read<Value>(
    _ members: [(String, JSON)], _ value: (JSON) -> Value?
  ) -> [String: Value]? {
    var values: [String: Value] = Dictionary(minimumCapacity: members.count)
    for (name, text) in members {
      guard let read = value(text) else { return nil }
      values[name] = read
    }
    return values
  }

  private static func effective(_ json: JSON) -> Effective? {
    json.text.flatMap { Effective($0) }
  }

  private static func times(_ json: JSON) -> [Effective]? {
    guard case .array(let items) = json else { return nil }
    let times = items.compactMap(effective)
    return times.count == items.count ? times : nil
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

extension JSON {
  fileprivate var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }
}
