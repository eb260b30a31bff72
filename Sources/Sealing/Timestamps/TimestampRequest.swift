internal import SwiftASN1

/// What is sent to a timestamp authority: a digest and a number used once.
///
/// It is sent by POST as `application/timestamp-query`. The authority does not see the content.
/// Source: RFC 3161, section 2.4.1.
public struct TimestampRequest: Sendable, Hashable {
  /// The SHA-256 digest that is to be stamped.
  public let digest: Digest
  /// A number used once, big-endian without zeros in front; nil to send none.
  public let nonce: [UInt8]?

  /// A request for a digest; the nonce has at most 32 bytes, the rest is cut off.
  public init(digest: Digest, nonce: [UInt8]? = TimestampRequest.newNonce()) {
    self.digest = digest
    self.nonce = nonce.map { TimestampRequest.magnitude(Array($0.prefix(32))) }
  }

  /// A nonce of 16 bytes from the system's random numbers.
  public static func newNonce() -> [UInt8] { magnitude(RandomBytes.make(16)) }

  /// The request as DER; asks for the certificate of the authority.
  public var der: [UInt8] {
    var out = DER.Serializer()
    // Nothing here can fail: the parts are numbers, fixed names and bytes.
    try? out.appendConstructedNode(identifier: .sequence) { request in
      try request.serialize(1)
      try request.appendConstructedNode(identifier: .sequence) { imprint in
        try imprint.appendConstructedNode(identifier: .sequence) { algorithm in
          try algorithm.serialize(ASN1ObjectIdentifier.sha256)
          try algorithm.serialize(ASN1Null())
        }
        try imprint.serialize(ASN1OctetString(contentBytes: digest.bytes[...]))
      }
      if let nonce { try request.serialize(nonce[...]) }
      try request.serialize(true)
    }
    return out.serializedBytes
  }

  /// Without zeros in front: as numbers are compared.
  static func magnitude(_ bytes: [UInt8]) -> [UInt8] { Array(bytes.drop { $0 == 0 }) }
}
