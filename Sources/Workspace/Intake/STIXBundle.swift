public import Ground
internal import Sealing

/// A bundle of STIX 2.1 with incidents and the identity of whoever tells of them.
///
/// Source: STIX Version 2.1, OASIS Standard, sections 2.9, 3.2, 4.5, 4.8 and 8.
public struct STIXBundle: Sendable {
  private let origin: String
  private let provider: String
  private let began: Instant

  /// Bundles of a workspace, in the name of its provider, which exists here since a moment.
  public init(origin: String, provider: String, began: Instant) {
    self.origin = origin
    self.provider = provider
    self.began = began
  }

  /// The bundle of some incidents: the same incidents make the same bundle.
  public func json(_ incidents: [STIXIncident]) -> JSON {
    let objects = [identity] + incidents.map(object)
    let content = objects.map(\.compact).joined(separator: "\n")
    return .object([
      ("type", .string("bundle")), ("id", .string(name("bundle", content))),
      ("objects", .array(objects)),
    ])
  }

  private var identity: JSON {
    .object([
      ("type", .string("identity")), ("spec_version", .string("2.1")),
      ("id", .string(name("identity", provider))), ("created", .string(began.utc)),
      ("modified", .string(began.utc)), ("name", .string(provider)),
      ("identity_class", .string("organization")),
    ])
  }

  private func object(_ incident: STIXIncident) -> JSON {
    var members: [(String, JSON)] = [
      ("type", .string("incident")), ("spec_version", .string("2.1")),
      ("id", .string(name("incident", incident.id))),
      ("created_by_ref", .string(name("identity", provider))),
      ("created", .string(incident.created.utc)),
      ("modified", .string(max(incident.created, incident.modified).utc)),
      ("name", .string(incident.title)),
    ]
    if !incident.narrative.isEmpty { members.append(("description", .string(incident.narrative))) }
    if !incident.labels.isEmpty { members.append(("labels", JSON(incident.labels))) }
    let references = [("Systemic", incident.id, "")] + incident.references
    members.append(("external_references", .array(references.map(STIXBundle.reference))))
    return .object(members)
  }

  /// A source with at least one of description, number and address (section 2.5).
  private static func reference(_ source: String, _ number: String, _ url: String) -> JSON {
    var members: [(String, JSON)] = [("source_name", .string(source))]
    if !number.isEmpty { members.append(("external_id", .string(number))) }
    if !url.isEmpty { members.append(("url", .string(url))) }
    return .object(members)
  }

  /// The id of an object: a UUID that says by its version that its bits are chosen by their maker.
  ///
  /// Source: RFC 9562, section 5.8.
  private func name(_ type: String, _ key: String) -> String {
    var bytes = Array(
      Digest(of: Array("systemic stix 1|\(origin)|\(type)|\(key)".utf8)).bytes.prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    let hex = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    let groups = [hex[0..<4], hex[4..<6], hex[6..<8], hex[8..<10], hex[10..<16]]
    return type + "--" + groups.map { $0.joined() }.joined(separator: "-")
  }
}
