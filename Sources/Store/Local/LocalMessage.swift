internal import Ground
internal import Sealing

/// What a command asks of the process that holds the store: the writing half of `RecordStore`, as JSON.
enum LocalMessage {
  case append([Draft], key: String?)
  case erase([RecordID], [Draft])
  case keep(StoredCheckpoint, LogName)
  case rewrap([RecordID: WrappedKey])
  case cache([StoredRecord])

  /// Largest message in bytes.
  static let largest = 64 << 20

  var json: JSON {
    switch self {
    case .append(let drafts, let key):
      .object([
        ("do", .string("append")), ("drafts", .array(drafts.map(\.json))), ("key", JSON(key)),
      ])
    case .erase(let records, let drafts):
      .object([
        ("do", .string("erase")), ("records", JSON(records.map(\.text))),
        ("drafts", .array(drafts.map(\.json))),
      ])
    case .keep(let checkpoint, let log):
      .object([
        ("do", .string("keep")), ("log", .string(log.rawValue)), ("size", .int(checkpoint.size)),
        ("note", .string(Hex.text(checkpoint.note))),
      ])
    case .rewrap(let keys):
      .object([
        ("do", .string("rewrap")),
        ("keys", .object(keys.map { ($0.key.text, $0.value.json) })),
      ])
    case .cache(let states):
      .object([("do", .string("cache")), ("states", .array(states.map(\.json)))])
    }
  }

  /// Reads a message; nil for anything else.
  init?(_ json: JSON) {
    let drafts = json.items("drafts").map(Draft.init)
    switch json.text("do") {
    case "append":
      guard drafts.allSatisfy({ $0 != nil }) else { return nil }
      self = .append(drafts.compactMap { $0 }, key: json.text("key"))
    case "erase":
      let records = json.items("records").map { $0.text.flatMap { RecordID($0) } }
      guard drafts.allSatisfy({ $0 != nil }), records.allSatisfy({ $0 != nil }) else { return nil }
      self = .erase(records.compactMap { $0 }, drafts.compactMap { $0 })
    case "keep":
      guard let log = json.text("log").flatMap({ LogName(rawValue: $0) }),
        let note = json.text("note").flatMap({ Hex.bytes($0) }), case .int(let size) = json["size"]
      else { return nil }
      self = .keep(StoredCheckpoint(size: size, note: note), log)
    case "rewrap":
      guard case .object(let members) = json["keys"] else { return nil }
      var keys: [RecordID: WrappedKey] = [:]
      for (name, value) in members {
        guard let id = RecordID(name), let key = WrappedKey(value) else { return nil }
        keys[id] = key
      }
      self = .rewrap(keys)
    case "cache":
      let states = json.items("states").map(StoredRecord.init)
      guard states.allSatisfy({ $0 != nil }) else { return nil }
      self = .cache(states.compactMap { $0 })
    default: return nil
    }
  }
}

/// What the process answers.
enum LocalAnswer {
  case receipts([Receipt])
  case problem(Problem)

  var json: JSON {
    switch self {
    case .receipts(let receipts):
      .object([
        (
          "receipts",
          .array(
            receipts.map {
              .object([("log", .string($0.log.rawValue)), ("index", .int($0.index))])
            })
        )
      ])
    case .problem(let problem):
      .object([
        ("code", .string(problem.code)), ("what", .string(problem.what)),
        ("why", .string(problem.why)), ("mend", .string(problem.mend)),
      ])
    }
  }

  init?(_ json: JSON) {
    if let code = json.text("code") {
      self = .problem(
        Problem(
          code, what: json.text("what") ?? "", why: json.text("why") ?? "",
          mend: json.text("mend") ?? ""))
      return
    }
    guard json["receipts"] != nil else { return nil }
    var receipts: [Receipt] = []
    for item in json.items("receipts") {
      guard let log = item.text("log").flatMap({ LogName(rawValue: $0) }),
        case .int(let index) = item["index"]
      else { return nil }
      receipts.append(Receipt(log: log, index: index))
    }
    self = .receipts(receipts)
  }
}

extension Draft {
  fileprivate var json: JSON {
    .object([
      ("log", .string(log.rawValue)), ("record", .string(record.text)), ("version", .int(version)),
      ("entry", .string(Hex.text(entry))), ("content", JSON(content.map { Hex.text($0) })),
      ("state", JSON(state.map { Hex.text($0) })), ("wrapped", key?.json ?? .null),
      ("decided_at", decidedAt.map { .int($0) } ?? .null),
    ])
  }

  fileprivate init?(_ json: JSON) {
    guard let log = json.text("log").flatMap({ LogName(rawValue: $0) }),
      let record = json.text("record").flatMap({ RecordID($0) }),
      case .int(let version) = json["version"],
      let entry = json.text("entry").flatMap({ Hex.bytes($0) })
    else { return nil }
    self.init(
      log: log, record: record, version: version, entry: entry,
      content: json.text("content").flatMap { Hex.bytes($0) },
      state: json.text("state").flatMap { Hex.bytes($0) },
      key: json["wrapped"].flatMap { WrappedKey($0) })
    if case .int(let size)? = json["decided_at"] { decidedAt = size }
  }
}

extension StoredRecord {
  fileprivate var json: JSON {
    .object([
      ("id", .string(id.text)), ("log", .string(log.rawValue)), ("version", .int(version)),
      ("state", JSON(state.map { Hex.text($0) })), ("wrapped", key?.json ?? .null),
    ])
  }

  fileprivate init?(_ json: JSON) {
    guard let id = json.text("id").flatMap({ RecordID($0) }),
      let log = json.text("log").flatMap({ LogName(rawValue: $0) }),
      case .int(let version) = json["version"]
    else { return nil }
    self.init(
      id: id, log: log, version: version, state: json.text("state").flatMap { Hex.bytes($0) },
      key: json["wrapped"].flatMap { WrappedKey($0) })
  }
}

extension WrappedKey {
  fileprivate var json: JSON {
    .object([("epoch", .int(epoch)), ("bytes", .string(Hex.text(bytes)))])
  }

  fileprivate init?(_ json: JSON) {
    guard case .int(let epoch) = json["epoch"],
      let bytes = json.text("bytes").flatMap({ Hex.bytes($0) })
    else { return nil }
    self.init(epoch: epoch, bytes: bytes)
  }
}

extension JSON {
  fileprivate func text(_ name: String) -> String? { self[name]?.text }

  fileprivate func items(_ name: String) -> [JSON] {
    guard case .array(let values) = self[name] else { return [] }
    return values
  }
}
