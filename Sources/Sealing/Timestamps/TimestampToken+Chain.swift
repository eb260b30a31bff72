internal import FoundationEssentials
internal import Ground
internal import SwiftASN1
@_spi(FixedExpiryValidationTime) internal import X509

extension TimestampToken {
  /// Whether the signer may make timestamps, and a root answers for it.
  func checkAuthority(roots: [[UInt8]]) async throws(Problem) {
    let leaf = signed.signer.certificate
    // RFC 3161, section 2.3: this purpose and no other.
    guard let purposes = try? leaf.extensions.extendedKeyUsage,
      Array(purposes) == [.timeStamping]
    else {
      throw TimestampProblem.untrusted("its certificate is not for timestamps alone")
    }
    if let usage = leaf.extensions[oid: .X509ExtensionID.keyUsage].map({ try? KeyUsage($0) }),
      usage.map({ $0.digitalSignature || $0.nonRepudiation }) != true
    {
      throw TimestampProblem.untrusted("its certificate is not for signatures")
    }
    let time = Date(timeIntervalSince1970: Double(content.time.seconds))
    guard leaf.notValidBefore <= time, time <= leaf.notValidAfter else {
      throw TimestampProblem.untrusted(
        "its certificate was not valid at the time of the timestamp, \(content.time.utc)")
    }
    try await checkChain(leaf, at: time, roots: try TimestampToken.read(roots))
  }

  private func checkChain(_ leaf: Certificate, at time: Date, roots: [Certificate])
    async throws(Problem)
  {
    var verifier = Verifier(rootCertificates: CertificateStore(roots)) {
      RFC5280Policy(fixedExpiryValidationTime: time)
      AuthorityPolicy()
    }
    let others = signed.certificates.map(\.certificate).filter { $0 != leaf }
    switch await verifier.validate(leaf: leaf, intermediates: CertificateStore(others)) {
    case .validCertificate: return
    case .couldNotValidate(let failures):
      throw TimestampProblem.untrusted(
        failures.isEmpty
          ? "no chain leads from its certificate to one of the \(roots.count) known roots"
          : "a certificate in its chain was not valid at \(content.time.utc), is no authority for "
            + "certificates, or is signed with SHA-1")
    }
  }

  private static func read(_ roots: [[UInt8]]) throws(Problem) -> [Certificate] {
    var certificates: [Certificate] = []
    for (index, der) in roots.enumerated() {
      guard let certificate = try? Certificate(derEncoded: der) else {
        throw Problem(
          "sealing.bad-certificate", what: "root certificate \(index + 1) cannot be read",
          why:
            "it is not the DER of a certificate with an RSA key from 2048 bits or an elliptic key",
          mend: "give the root certificate of the authority as PEM or DER")
      }
      certificates.append(certificate)
    }
    return certificates
  }
}

/// What is asked of a chain beside RFC 5280.
private struct AuthorityPolicy: VerifierPolicy {
  /// The purposes of the first certificate were looked at before.
  var verifyingCriticalExtensions: [ASN1ObjectIdentifier] { [.X509ExtensionID.extendedKeyUsage] }

  func chainMeetsPolicyRequirements(chain: UnverifiedCertificateChain) -> PolicyEvaluationResult {
    for (index, certificate) in chain.enumerated() {
      if index > 0, let usage = certificate.extensions[oid: .X509ExtensionID.keyUsage],
        (try? KeyUsage(usage))?.keyCertSign != true
      {
        return .failsToMeetPolicy(reason: "a certificate above must be for signing certificates")
      }
      // A root is trusted for itself, not for the signature on it.
      if index < chain.count - 1, certificate.signatureAlgorithm == .sha1WithRSAEncryption {
        return .failsToMeetPolicy(reason: "a signature with SHA-1 proves nothing")
      }
    }
    return .meetsPolicy
  }
}
