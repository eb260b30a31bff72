internal import Crypto
internal import FoundationEssentials
internal import SwiftASN1

/// What the authority signed: the digest of the statement, and which certificate speaks.
///
/// Source: RFC 5652, sections 5.3, 5.4 and 11; RFC 2634, section 5.4; RFC 5035, sections 3 to 5.
struct SignedAttributes: Sendable {
  /// The bytes under the signature.
  let signedBytes: [UInt8]
  let messageDigest: [UInt8]
  /// Digests of the signer's certificate, each with the way it was made.
  let certificateHashes: [CertificateHash]

  /// A digest of a certificate; nil stands for SHA-1, which only the older attribute has.
  struct CertificateHash: Sendable {
    let algorithm: DigestAlgorithm?
    let bytes: [UInt8]

    func fits(_ der: [UInt8]) -> Bool {
      let digest = algorithm?.digest(of: der) ?? Array(Insecure.SHA1.hash(data: der))
      return Commitment.isEqual(digest, bytes)
    }
  }

  /// Reads the attributes, which stand under the tag [0].
  init(_ node: ASN1Node) throws {
    var reader = try DERReader(node, .context(0), "the signed attributes")
    // They are signed under the tag of a set, not under that of their place.
    signedBytes = [0x31] + node.encodedBytes.dropFirst()
    var values: [ASN1ObjectIdentifier: ASN1Node] = [:]
    for attribute in reader.takeAll() {
      var parts = try DERReader(attribute, .sequence, "a signed attribute")
      let type = try ASN1ObjectIdentifier(derEncoded: parts.take("a signed attribute"))
      var set = try DERReader(parts.take("a signed attribute"), .set, "a signed attribute")
      try parts.end("a signed attribute")
      guard values.updateValue(try set.take("a signed attribute"), forKey: type) == nil else {
        throw Malformed("a signed attribute stands twice")
      }
      try set.end("a signed attribute")
    }
    guard let type = values[.contentType],
      try ASN1ObjectIdentifier(derEncoded: type) == .timestampContent
    else { throw Malformed("the signature is not over a timestamp") }
    guard let digest = values[.messageDigest] else {
      throw Malformed("the digest of the statement is not signed")
    }
    messageDigest = try digest.octets()
    let hashes =
      try values[.signingCertificate].map { [try SignedAttributes.hash($0, isV2: false)] } ?? []
    certificateHashes =
      try hashes
      + (values[.signingCertificateV2].map { [try SignedAttributes.hash($0, isV2: true)] }
        ?? [])
    guard !certificateHashes.isEmpty else {
      throw Malformed("the certificate of the authority is not signed")
    }
  }

  /// The first certificate of the list is that of the signer.
  private static func hash(_ node: ASN1Node, isV2: Bool) throws -> CertificateHash {
    let name = "the signed certificate"
    var outer = try DERReader(node, .sequence, name)
    var list = try DERReader(outer.take(name), .sequence, name)
    var parts = try DERReader(list.take(name), .sequence, name)
    let algorithm =
      try isV2
      ? parts.take(if: .sequence).map { try DigestAlgorithm($0.algorithm(name)) } ?? .sha256 : nil
    return CertificateHash(algorithm: algorithm, bytes: try parts.take(name).octets())
  }
}
