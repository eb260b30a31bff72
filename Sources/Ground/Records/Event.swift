/// The name of a record: its kind and a key, such as `model/k3v9qz7d2m5x`.
///
/// It stands in the journal for ever, so that it must not name a person or a product: keys are random.
public struct RecordID: Hashable, Comparable, Sendable {
  /// `kind/key`, ASCII lower-case letters, digits and hyphens.
  public let text: String

  /// Longest name in bytes.
  public static let longest = 80

  /// A name read from text; nil for anything but `kind/key`.
  public init?(_ text: String) {
    guard text.utf8.count <= RecordID.longest else { return nil }
    var slashes = 0
    var isStart = true
    for byte in text.utf8 {
      switch byte {
      case 0x61...0x7A, 0x30...0x39: isStart = false
      case 0x2D where !isStart: break
      case 0x2F where !isStart:
        slashes += 1
        isStart = true
      default: return nil
      }
    }
    guard slashes == 1, !isStart else { return nil }
    self.text = text
  }

  /// The kind, such as `model` or `training-run`.
  public var kind: String { String(text[..<slash]) }

  /// The key alone.
  public var key: String { String(text[text.utf8.index(after: slash)...]) }

  private var slash: String.Index { text.utf8.firstIndex(of: 0x2F) ?? text.startIndex }

  /// In the order of their bytes.
  public static func < (left: RecordID, right: RecordID) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }
}

/// What a person may do, as a word.
public enum Role: String, Sendable, CaseIterable {
  case compliance, counsel, safety, security
  case incidentLead = "incident-lead"
  case approver, auditor, evaluator, inspector, administrator
  /// Whoever sits at the machine without having signed in: may record, can never approve.
  case localOperator = "local-operator"
  /// The program itself, for checkpoints and scheduled work.
  case system
}

/// Who acts, in which role; the id says nothing about the person.
public struct Actor: Hashable, Sendable {
  /// Pseudonymous id: the key of a person's record, or `local` or `system`.
  public var id: String
  /// The role in which the act is done.
  public var role: Role

  /// An actor.
  public init(id: String, role: Role) {
    self.id = id
    self.role = role
  }

  /// The program itself.
  public static let system = Actor(id: "system", role: .system)

  /// The ids behind which nobody signed in: whoever sits at the machine, and the program.
  public static let unproven: Set<String> = ["local", "system"]
}

/// Who may read the content of a record, from widest to narrowest.
public enum Confidentiality: String, Sendable, CaseIterable, Comparable {
  case everyone = "public"
  case `internal`
  case confidential
  /// Obtained under the Act: professional secrecy binds whoever reads it.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 78.
  case secret = "article-78"
  /// Open to the people of one incident only.
  case restricted = "incident-restricted"

  /// Wider.
  public static func < (left: Confidentiality, right: Confidentiality) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .everyone: 0
    case .internal: 1
    case .confidential: 2
    case .secret: 3
    case .restricted: 4
    }
  }
}

/// When something was true: a day, or a moment where hours count.
public enum Effective: Hashable, Sendable {
  case day(Day)
  case moment(Instant)

  /// `2026-03-01` or `2026-03-01T02:00:00Z`.
  public var text: String {
    switch self {
    case .day(let day): day.iso
    case .moment(let moment): moment.utc
    }
  }

  /// Reads what `text` writes; a moment needs its offset from UTC, and a year of four digits there.
  public init?(_ text: String) {
    if let day = Day(iso: text) {
      self = .day(day)
    } else if Effective.hasOffset(text), let moment = Instant(text), moment.hasUTC {
      self = .moment(moment)
    } else {
      return nil
    }
  }

  /// Whether the text ends with `Z` or `±hh:mm`; without, the moment would depend on who reads it.
  private static func hasOffset(_ text: String) -> Bool {
    let end = text.utf8.suffix(6)
    return text.utf8.count > 16
      && (end.last == 0x5A || end.last == 0x7A || end.first == 0x2B || end.first == 0x2D)
  }

  /// Whether `text` is read back as it was.
  var isWritable: Bool {
    switch self {
    case .day(let day): (1...9999).contains(day.year)
    case .moment(let moment): moment.hasUTC
    }
  }

  /// The day, in Brussels.
  public var day: Day {
    switch self {
    case .day(let day): day
    case .moment(let moment): moment.day
    }
  }

  /// The moment; of a day its beginning in Brussels.
  public var instant: Instant {
    switch self {
    case .day(let day): Instant(startOf: day)
    case .moment(let moment): moment
    }
  }
}

/// What an entry of the journal says in clear: who, when, which record, which event; the content is committed to.
///
/// Written as canonical JSON it is the leaf of the tree, at most 65,535 bytes.
public struct Envelope: Hashable, Sendable {
  /// The record that changes.
  public var record: RecordID
  /// The record's version after the event, from 1 without gaps.
  public var version: Int
  /// What happened, in the past: `model-registered`.
  public var event: String
  /// When it was true.
  public var effective: Effective
  /// When it was written.
  public var recorded: Instant
  /// Who did it.
  public var actor: Actor
  /// Who may read the content.
  public var confidentiality: Confidentiality
  /// HMAC-SHA256 of the content under a random salt that is kept beside it, sealed; nil without content.
  public var commitment: [UInt8]?
  /// SHA-256 of the law by which a decision was made, in hexadecimal.
  public var law: String?

  /// The form of envelopes written here.
  public static let form = 1
  /// Most bytes of an entry.
  ///
  /// Source: C2SP tlog-tiles, entry bundles (two bytes of length).
  public static let largestEntry = 65_535

  /// An envelope with all its parts.
  public init(
    record: RecordID, version: Int, event: String, effective: Effective, recorded: Instant,
    actor: Actor, confidentiality: Confidentiality, commitment: [UInt8]? = nil, law: String? = nil
  ) {
    self.record = record
    self.version = version
    self.event = event
    self.effective = effective
    self.recorded = recorded
    self.actor = actor
    self.confidentiality = confidentiality
    self.commitment = commitment
    self.law = law
  }
}

extension Envelope {
  /// The canonical envelope, the bytes that are hashed into the tree.
  ///
  /// Source: RFC 8785; the members stand in the order of their names.
  /// - Throws: `ground.not-canonical` when a part could not be read back: a name that is not plain ASCII, a time outside
  ///   the years 1 to 9999, a version below 1, a digest that is none.
  public func entry() throws(Problem) -> [UInt8] {
    try check()
    var text = JSONWriter(capacity: 448)
    text.begin()
    text.member("actor", actor.id)
    text.member("class", confidentiality.rawValue)
    if let commitment { text.member("commit", Envelope.hex(commitment)) }
    text.member("effective", effective.text)
    text.member("event", event)
    if let law { text.member("law", law) }
    text.member("record", record.text)
    text.member("recorded", recorded.utc)
    text.member("role", actor.role.rawValue)
    text.member("v", Envelope.form)
    text.member("version", version)
    text.end()
    return text.bytes
  }

  private func check() throws(Problem) {
    for name in [actor.id, event] where !Envelope.isPlain(name) {
      throw Envelope.unwritable(
        "“\(name.prefix(80))” is not a plain name", "lower-case letters, digits and hyphens",
        "use an id, not a title")
    }
    guard effective.isWritable, recorded.hasUTC else {
      throw Envelope.unwritable(
        "a time lies outside the years 1 to 9999", "years of four digits, in UTC",
        "correct the day or the clock")
    }
    guard (1...JSON.largestExactInteger).contains(version) else {
      throw Envelope.unwritable(
        "a record has no version \(version)", "versions from 1", "count versions from 1")
    }
    guard commitment.map({ $0.count == Envelope.digestBytes }) ?? true,
      law.map(Envelope.isDigest) ?? true
    else {
      throw Envelope.unwritable(
        "a commitment or the digest of the law is none", "32 bytes in lower-case hexadecimal",
        "use HMAC-SHA256 and SHA-256")
    }
  }

  private static func unwritable(_ what: String, _ form: String, _ mend: String) -> Problem {
    Problem(
      "ground.not-canonical", what: what, why: "entries of the journal hold \(form)", mend: mend)
  }

  /// Reads an entry, and refuses one that is not spelled canonically.
  ///
  /// - Throws: `ground.not-json`, `ground.not-an-entry`.
  public init(entry bytes: [UInt8]) throws(Problem) {
    let json = try JSON(parsing: bytes, file: "entry")
    func text(_ name: String) -> String? {
      guard case .string(let text) = json[name] else { return nil }
      return text
    }
    guard case .int(Envelope.form) = json["v"], case .int(let version) = json["version"],
      let record = text("record").flatMap({ RecordID($0) }), let event = text("event"),
      let effective = text("effective").flatMap({ Effective($0) }),
      let recorded = text("recorded").flatMap({ Instant($0) }), let id = text("actor"),
      let role = text("role").flatMap({ Role(rawValue: $0) }),
      let confidentiality = text("class").flatMap({ Confidentiality(rawValue: $0) })
    else { throw Envelope.notAnEntry }
    self.init(
      record: record, version: version, event: event, effective: effective, recorded: recorded,
      actor: Actor(id: id, role: role), confidentiality: confidentiality,
      commitment: text("commit").flatMap(Envelope.bytes), law: text("law"))
    guard try entry() == bytes else { throw Envelope.notAnEntry }
  }

  private static var notAnEntry: Problem {
    Problem(
      "ground.not-an-entry", what: "this is not an entry of the journal in its canonical form",
      why: "an entry has one spelling, with its record, version, event, times, actor and role",
      mend: "verify the journal; restore from a backup if it is damaged")
  }

  private static func isPlain(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 80
      && name.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
      }
  }

  private static let digestBytes = 32

  private static func isDigest(_ hex: String) -> Bool {
    hex.utf8.count == 2 * digestBytes
      && hex.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    String(unsafeUninitializedCapacity: bytes.count * 2) { text in
      for (index, byte) in bytes.enumerated() {
        text[2 * index] = digit(byte >> 4)
        text[2 * index + 1] = digit(byte & 15)
      }
      return bytes.count * 2
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

  private static func bytes(_ hex: String) -> [UInt8]? {
    guard isDigest(hex) else { return nil }
    let values = hex.utf8.map { $0 < 0x40 ? $0 - 0x30 : $0 - 0x57 }
    return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
  }
}
