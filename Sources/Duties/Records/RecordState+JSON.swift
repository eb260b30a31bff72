public import Ground

extension RecordState {
  /// The text of `json`, written without making it: every change caches one.
  public var compactBytes: [UInt8] {
    var text = JSONWriter(capacity: 1024)
    text.begin()
    text.member("author", author)
    text.member("begun", begun.utc)
    text.member("changed", changed.utc)
    text.member("class", confidentiality.rawValue)
    RecordState.write(earlier, as: "earlier", to: &text) { JSON($0.map(\.text)) }
    RecordState.write(fields, as: "fields", to: &text) { $0 }
    RecordState.write(happened, as: "happened", to: &text) { .string($0.text) }
    text.member("id", id.text)
    RecordState.write(since, as: "since", to: &text) { .string($0.iso) }
    text.member("status", JSON(status))
    text.member("version", version)
    text.end()
    return text.bytes
  }

  private static func write<Value>(
    _ values: [String: Value], as name: String, to text: inout JSONWriter,
    _ json: (Value) -> JSON
  ) {
    text.name(name)
    text.begin()
    // Most of them are empty or hold one value.
    if values.count < 2 {
      for (name, value) in values { text.member(name, json(value)) }
    } else {
      for (name, value) in values.sorted(by: { $0.key < $1.key }) {
        text.member(name, json(value))
      }
    }
    text.end()
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
}
