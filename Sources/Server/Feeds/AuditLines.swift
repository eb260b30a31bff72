internal import Ground
internal import Workspace

/// Entries of the access journal in the forms that collectors read.
enum AuditLines {
  /// The version of the schema that events follow.
  static let schema = "1.3.0"

  /// An event of the class API Activity.
  ///
  /// Source: OCSF 1.3.0, class 6003; the address from where it was asked is not kept, so that the endpoint says so.
  static func ocsf(_ event: AccessEvent, origin: String) -> JSON {
    let envelope = event.envelope
    let activity = activity(event)
    var members: [(String, JSON)] = [
      ("activity_id", .int(activity)), ("category_uid", .int(6)), ("class_uid", .int(6003)),
      ("type_uid", .int(600300 + activity)), ("time", .int(envelope.recorded.seconds * 1000)),
      ("severity_id", .int(event.isAllowed == false ? 3 : 1)),
      (
        "metadata",
        .object([
          ("version", .string(schema)), ("uid", .string("\(origin)/access/\(event.index)")),
          ("event_code", .string(envelope.event)), ("log_name", .string("access")),
          (
            "product",
            .object([("name", .string("Systemic")), ("vendor_name", .string("Systemic"))])
          ),
        ])
      ),
      (
        "actor",
        .object([
          (
            "user",
            .object([
              ("uid", .string(envelope.actor.id)), ("type", .string(envelope.actor.role.rawValue)),
            ])
          )
        ])
      ),
      ("api", .object([("operation", .string(event.act ?? envelope.event))] + request(event))),
      ("src_endpoint", .object([("name", .string("not recorded"))])),
      ("resources", .array(resources(event))),
    ]
    if let isAllowed = event.isAllowed {
      members.append(("status_id", .int(isAllowed ? 1 : 2)))
      members.append(("status", .string(isAllowed ? "Success" : "Failure")))
    }
    return .object(members)
  }

  /// What it was about: each record that is named, and how many more of which kind.
  private static func resources(_ event: AccessEvent) -> [JSON] {
    event.records.map { record in
      .object([
        ("uid", .string(record)), ("type", .string(String(record.prefix { $0 != "/" }))),
      ])
    } + event.more.map { .object([("name", .string($0))]) }
  }

  /// The request; of several that were decided together, all in one.
  private static func request(_ event: AccessEvent) -> [(String, JSON)] {
    guard !event.requests.isEmpty else { return [] }
    return [
      ("request", .object([("uid", .string(event.requests.joined(separator: " ")))]))
    ]
  }

  /// Most records that a line names: collectors cut lines of more than 8 KiB.
  private static let mostNamed = 100

  /// 1 create, 2 read, 3 update, 4 delete, 99 other.
  private static func activity(_ event: AccessEvent) -> Int {
    switch event.envelope.event {
    case "record-read": 2
    case "person-removed", "session-ended", "calendar-link-ended", "token-revoked": 4
    case let name
    where name.hasSuffix("-added") || name.hasSuffix("-opened") || name.hasSuffix("-made"):
      1
    case let name
    where name.hasPrefix("person-") || name.hasSuffix("-set") || name.hasSuffix("-issued"):
      3
    default: 99
    }
  }

  /// A line of an audit log: facility 13, warning where something was refused.
  ///
  /// Source: RFC 5424, section 6; the enterprise number is the one that RFC 5612 sets aside for documentation.
  static func syslog(_ event: AccessEvent, origin: String) -> [UInt8] {
    let envelope = event.envelope
    let severity = event.isAllowed == false ? 4 : 6
    let named = event.records.prefix(mostNamed)
    var facts = [
      ("entry", String(event.index)), ("record", named.joined(separator: " ")),
      ("actor", envelope.actor.id), ("role", envelope.actor.role.rawValue),
    ]
    let unnamed = event.records.count - named.count
    let more = (unnamed > 0 ? ["\(unnamed) more in the entry"] : []) + event.more
    if !more.isEmpty { facts.append(("more", more.joined(separator: ", "))) }
    if !event.requests.isEmpty {
      facts.append(("request", event.requests.prefix(mostNamed).joined(separator: " ")))
    }
    if let act = event.act { facts.append(("act", act)) }
    if let isAllowed = event.isAllowed {
      facts.append(("answer", isAllowed ? "allowed" : "refused"))
    }
    let data = facts.map { " \($0.0)=\"\(escaped($0.1))\"" }.joined()
    let head =
      "<\(13 * 8 + severity)>1 \(envelope.recorded.utc) \(name(origin, 255)) systemic - "
      + "\(name(envelope.event, 32))"
    let words = event.act.map { "\($0): \(event.isAllowed == false ? "refused" : "allowed")" }
    return Array("\(head) [systemic@32473\(data)] \(line(words ?? envelope.event))".utf8)
  }

  /// A name of printable ASCII, bounded; a hyphen where nothing is left.
  private static func name(_ text: String, _ most: Int) -> String {
    let plain = text.utf8.filter { (0x21...0x7E).contains($0) }.prefix(most)
    return plain.isEmpty ? "-" : String(decoding: plain, as: UTF8.self)
  }

  private static func escaped(_ text: String) -> String {
    line(text).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing(
      "]", with: "\\]")
  }

  private static func line(_ text: String) -> String {
    String(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : Character($0) })
  }
}
