internal import Ground
internal import SwiftASN1

/// The statement inside a token.
///
/// Source: RFC 3161, section 2.4.2 (TSTInfo).
struct TimestampContent: Sendable {
  let policy: String
  let digest: Digest
  let serial: String
  let time: Instant
  let accuracy: Duration?
  let nonce: [UInt8]?

  /// Reads the DER of a TSTInfo.
  init(_ der: [UInt8]) throws {
    var parts = try DERReader(DER.parse(der), .sequence, "the statement")
    guard try parts.take("the version").number("the version") == 1 else {
      throw Malformed("the statement is not of version 1")
    }
    policy = try ASN1ObjectIdentifier(derEncoded: parts.take("the policy")).dotted
    digest = try TimestampContent.imprint(parts.take("the digest"))
    let number = try parts.take("the serial number").magnitude("its number", mostBytes: 64)
    serial = number.isEmpty ? "00" : Hex.text(number)
    time = try TimestampContent.time(parts.take("the time"))
    accuracy = try parts.take(if: .sequence).map(TimestampContent.accuracy)
    if let ordering = parts.take(if: .boolean) { _ = try Bool(derEncoded: ordering) }
    nonce = try parts.take(if: .integer)?.magnitude("the nonce", mostBytes: 64)
    // The name of the authority is taken from its certificate, where it is proven.
    _ = parts.take(if: .context(0))
    if let extensions = parts.take(if: .context(1)) {
      try TimestampContent.refuseCritical(extensions)
    }
    try parts.end("the statement")
  }

  private static func imprint(_ node: ASN1Node) throws -> Digest {
    var parts = try DERReader(node, .sequence, "the digest")
    let algorithm = try parts.take("the digest").algorithm("the digest")
    let bytes = try parts.take("the digest").octets()
    try parts.end("the digest")
    guard algorithm == .sha256, let digest = Digest(bytes: bytes) else {
      throw Malformed("it stamps a digest that is not SHA-256")
    }
    return digest
  }

  /// `YYYYMMDDhhmmss`, perhaps a point and digits that do not end in zero, `Z`.
  private static func time(_ node: ASN1Node) throws -> Instant {
    let text = try node.octets(.generalizedTime)
    let malformed = Malformed("its time is not a time in UTC from 1970 on")
    guard 15...32 ~= text.count, text.last == 0x5A,
      text.prefix(14).allSatisfy({ 0x30...0x39 ~= $0 })
    else { throw malformed }
    let fraction = text.dropFirst(14).dropLast()
    guard
      fraction.isEmpty
        || fraction.first == 0x2E && fraction.count > 1 && fraction.last != 0x30
          && fraction.dropFirst().allSatisfy({ 0x30...0x39 ~= $0 })
    else { throw malformed }
    func value(_ from: Int, _ count: Int) -> Int {
      text[from..<(from + count)].reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
    let (hour, minute, second) = (value(8, 2), value(10, 2), value(12, 2))
    // A leap second is 60; it counts as the first of the next minute.
    guard value(0, 4) >= 1970, let day = Day(value(0, 4), value(4, 2), value(6, 2)), hour < 24,
      minute < 60, second <= 60
    else { throw malformed }
    return Instant(day: day, secondOfDay: hour * 3600 + minute * 60 + second, offset: 0)
  }

  private static func accuracy(_ node: ASN1Node) throws -> Duration {
    var parts = try DERReader(node, .sequence, "the accuracy")
    var accuracy = Duration.zero
    if let seconds = parts.take(if: .integer) {
      accuracy += .seconds(try seconds.number("the accuracy"))
    }
    for (tag, unit) in [(ASN1Identifier.context(0), 1000), (.context(1), 1)] {
      guard let part = parts.take(if: tag) else { continue }
      let count = try part.number("the accuracy", tag)
      guard 1...999 ~= count else { throw Malformed("its accuracy is not from 1 to 999") }
      accuracy += .microseconds(count * unit)
    }
    try parts.end("the accuracy")
    return accuracy
  }

  /// None is known here, so that none may be critical.
  private static func refuseCritical(_ node: ASN1Node) throws {
    var parts = try DERReader(node, .context(1), "the extensions")
    for part in parts.takeAll() {
      var fields = try DERReader(part, .sequence, "an extension")
      _ = try ASN1ObjectIdentifier(derEncoded: fields.take("an extension"))
      if let critical = fields.take(if: .boolean), try Bool(derEncoded: critical) {
        throw Malformed("it has a critical extension that is not known")
      }
    }
  }
}
