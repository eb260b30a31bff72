internal import FoundationEssentials
internal import SwiftASN1
internal import X509

/// A statement with its signature and the certificates that came with it.
///
/// Source: RFC 5652, sections 3 to 5; RFC 3161, section 2.4.2, allows one signature only.
struct SignedContent: Sendable {
  let statement: [UInt8]
  let certificates: [EnclosedCertificate]
  let signer: EnclosedCertificate
  let digestAlgorithm: DigestAlgorithm
  let signatureAlgorithm: Certificate.SignatureAlgorithm
  let attributes: SignedAttributes
  let signature: [UInt8]

  /// A certificate with the bytes that it had in the token.
  struct EnclosedCertificate: Sendable {
    let der: [UInt8]
    let certificate: Certificate
  }

  /// More would let a hostile token ask for too many chains.
  private static let mostCertificates = 8

  /// Reads a ContentInfo.
  init(_ token: ASN1Node) throws {
    var info = try DERReader(token, .sequence, "the token")
    guard try ASN1ObjectIdentifier(derEncoded: info.take("the type")) == .signedData else {
      throw Malformed("it is not signed data")
    }
    var content = try DERReader(info.take("the content"), .context(0), "the content")
    try info.end("the token")
    var data = try DERReader(content.take("the content"), .sequence, "the signed data")
    try content.end("the content")

    guard 1...5 ~= (try data.take("the version").number("the version")) else {
      throw Malformed("the signed data are of a version that is not known")
    }
    var digests = try DERReader(data.take("the digests"), .set, "the digests")
    let listed = try digests.takeAll().map { try $0.algorithm("a digest") }
    statement = try SignedContent.statement(data.take("the statement"))
    certificates = try data.take(if: .context(0)).map(SignedContent.certificates) ?? []
    _ = data.take(if: .context(1))
    var signers = try DERReader(data.take("the signature"), .set, "the signatures")
    try data.end("the signed data")
    var parts = try DERReader(signers.take("the signature"), .sequence, "the signature")
    try signers.end("the token, which has one signature,")

    let version = try parts.take("the version").number("the version")
    signer = try SignedContent.signer(parts.take("the signer"), version, among: certificates)
    let digest = try parts.take("the digest").algorithm("the digest")
    guard listed.contains(digest) else { throw Malformed("its digest is not listed") }
    digestAlgorithm = try DigestAlgorithm(digest)
    attributes = try SignedAttributes(parts.take("the signed attributes"))
    signatureAlgorithm = try SignedContent.signatureAlgorithm(
      parts.take("the signature").algorithm("the signature"), digestAlgorithm)
    signature = try parts.take("the signature").octets()
    _ = parts.take(if: .context(1))
    try parts.end("the signature")
  }

  private static func statement(_ node: ASN1Node) throws -> [UInt8] {
    var parts = try DERReader(node, .sequence, "the statement")
    guard try ASN1ObjectIdentifier(derEncoded: parts.take("the type")) == .timestampContent else {
      throw Malformed("what is signed is not a timestamp")
    }
    var content = try DERReader(parts.take("the statement"), .context(0), "the statement")
    try parts.end("the statement")
    let bytes = try content.take("the statement").octets()
    try content.end("the statement")
    return bytes
  }

  /// The certificates that can be read: others may stand there, and prove nothing.
  private static func certificates(_ node: ASN1Node) throws -> [EnclosedCertificate] {
    var parts = try DERReader(node, .context(0), "the certificates")
    let all = parts.takeAll()
    guard all.count <= mostCertificates else {
      throw Malformed("it has more than \(mostCertificates) certificates")
    }
    return all.compactMap { node in
      (try? Certificate(derEncoded: node)).map {
        EnclosedCertificate(der: Array(node.encodedBytes), certificate: $0)
      }
    }
  }

  /// Named by issuer and number in version 1, by the identifier of the key in version 3.
  private static func signer(
    _ node: ASN1Node, _ version: Int, among certificates: [EnclosedCertificate]
  ) throws -> EnclosedCertificate {
    let found: EnclosedCertificate?
    switch version {
    case 1:
      var parts = try DERReader(node, .sequence, "the signer")
      let issuer = try DistinguishedName(derEncoded: parts.take("the signer"))
      let number = try parts.take("the signer").magnitude("its number", mostBytes: 64)
      try parts.end("the signer")
      let serial = Certificate.SerialNumber(bytes: number)
      found = certificates.first {
        $0.certificate.issuer == issuer && $0.certificate.serialNumber == serial
      }
    case 3:
      let identifier = try node.octets(.context(0))
      found = certificates.first {
        (try? $0.certificate.extensions.subjectKeyIdentifier)?.keyIdentifier == identifier[...]
      }
    default: throw Malformed("the signature is of a version that is not known")
    }
    guard let found else {
      throw Malformed("it does not hold the certificate of its signer, or one not known here")
    }
    return found
  }

  private static func signatureAlgorithm(
    _ identifier: ASN1ObjectIdentifier, _ digest: DigestAlgorithm
  ) throws -> Certificate.SignatureAlgorithm {
    switch identifier {
    case .rsa:
      switch digest {
      case .sha256: .sha256WithRSAEncryption
      case .sha384: .sha384WithRSAEncryption
      case .sha512: .sha512WithRSAEncryption
      }
    case .rsaWithSHA256: .sha256WithRSAEncryption
    case .rsaWithSHA384: .sha384WithRSAEncryption
    case .rsaWithSHA512: .sha512WithRSAEncryption
    case .ecdsaWithSHA256: .ecdsaWithSHA256
    case .ecdsaWithSHA384: .ecdsaWithSHA384
    case .ecdsaWithSHA512: .ecdsaWithSHA512
    default:
      throw Malformed("its signature \(identifier.dotted) is not RSA or ECDSA with SHA-2")
    }
  }
}
