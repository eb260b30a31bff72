internal import Ground
internal import NIOSSL

/// The certificate with which the server itself speaks TLS.
public struct Certificate: Sendable {
  /// Path of the certificate and those above it, PEM.
  public let chain: String
  /// Path of its private key, PEM.
  public let key: String

  /// The two files.
  public init(chain: String, key: String) {
    self.chain = chain
    self.key = key
  }

  /// TLS 1.2 at least, with forward secrecy and authenticated encryption only: the library's own default is TLS 1.0.
  ///
  /// Source: RFC 9325, sections 3.1.1 and 4.2; OWASP ASVS 5.0.0, 12.1.1 and 12.1.2.
  /// - Throws: `server.no-certificate`.
  func configuration() throws(Problem) -> TLSConfiguration {
    do {
      let certificates = try NIOSSLCertificate.fromPEMFile(chain)
      guard !certificates.isEmpty else { throw NIOSSLError.failedToLoadCertificate }
      var configuration = TLSConfiguration.makeServerConfiguration(
        certificateChain: certificates.map { .certificate($0) },
        privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
      configuration.minimumTLSVersion = .tlsv12
      configuration.cipherSuiteValues = [
        .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
      ]
      return configuration
    } catch {
      throw Problem(
        "server.no-certificate", what: "the certificate or its key cannot be read",
        why: "both are PEM files that this user can read: \(chain), \(key)",
        mend: "name the whole chain in tls.certificate and its key in tls.key")
    }
  }
}
