internal import FoundationEssentials
public import Ground
internal import SwiftASN1
internal import X509

/// A timestamp as an authority signed it, to be stored and checked years later.
///
/// Source: RFC 3161, section 2.4.2, with RFC 5816.
public struct TimestampToken: Sendable, Equatable {
  /// The DER of the token (a CMS ContentInfo): store these.
  public let bytes: [UInt8]

  let signed: SignedContent
  let content: TimestampContent

  /// Most bytes of a reply or token.
  public static let mostBytes = 65_536

  /// Reads the reply of an authority (`application/timestamp-reply`).
  ///
  /// - Throws: `sealing.timestamp-refused`, `sealing.bad-timestamp`.
  public init(reply: [UInt8]) throws(Problem) {
    try self.init(TimestampReply.token(reply))
  }

  /// Reads a stored token.
  ///
  /// - Throws: `sealing.bad-timestamp`.
  public init(token: [UInt8]) throws(Problem) {
    guard token.count <= TimestampToken.mostBytes else {
      throw TimestampProblem.malformed("it has more than \(TimestampToken.mostBytes) bytes")
    }
    guard let node = try? DER.parse(token) else {
      throw TimestampProblem.malformed("its parts are not valid DER")
    }
    try self.init(node)
  }

  private init(_ node: ASN1Node) throws(Problem) {
    do {
      signed = try SignedContent(node)
      content = try TimestampContent(signed.statement)
    } catch { throw TimestampProblem.malformed(error) }
    bytes = Array(node.encodedBytes)
  }

  /// What the token states, after everything was checked.
  ///
  /// It stamps the digest and carries the nonce (nil asks for none); the signature covers the
  /// statement and names the certificate that made it; that certificate is for timestamps only; and
  /// a chain valid at the time of the timestamp leads to one of the roots (DER of certificates).
  /// Whether a certificate was revoked is not asked.
  /// - Throws: `sealing.timestamp-mismatch`, `sealing.bad-timestamp-signature`,
  ///   `sealing.timestamp-untrusted`, `sealing.bad-certificate` for a root.
  public func verify(digest: Digest, nonce: [UInt8]?, roots: [[UInt8]]) async throws(Problem)
    -> Timestamp
  {
    guard content.digest == digest else {
      throw TimestampProblem.mismatch("it stamps the digest \(content.digest.hex)")
    }
    if let nonce, content.nonce != TimestampRequest.magnitude(nonce) {
      throw TimestampProblem.mismatch("it does not carry the nonce of the request")
    }
    try checkSignature()
    try await checkAuthority(roots: roots)
    return Timestamp(
      time: content.time, accuracy: content.accuracy, serial: content.serial,
      policy: content.policy,
      authority: Printable.text(Array(signed.signer.certificate.subject.description.utf8)))
  }

  /// Equal bytes.
  public static func == (left: TimestampToken, right: TimestampToken) -> Bool {
    left.bytes == right.bytes
  }

  private func checkSignature() throws(Problem) {
    let attributes = signed.attributes
    let digest = signed.digestAlgorithm.digest(of: signed.statement)
    guard Commitment.isEqual(digest, attributes.messageDigest) else {
      throw TimestampProblem.forged("the statement was changed after it was signed")
    }
    guard attributes.certificateHashes.allSatisfy({ $0.fits(signed.signer.der) }) else {
      throw TimestampProblem.forged("the certificate is another one than the signed one")
    }
    guard
      signed.signer.certificate.publicKey.isValidSignature(
        signed.signature, for: attributes.signedBytes,
        signatureAlgorithm: signed.signatureAlgorithm)
    else { throw TimestampProblem.forged("the key of the authority did not make it") }
  }
}
