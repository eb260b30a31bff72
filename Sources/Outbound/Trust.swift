internal import Ground
internal import NIOSSL

/// How others prove who they are: TLS 1.2 or newer, by the authorities that the system trusts or those of a file.
enum Trust {
  /// - Throws: `outbound.bad-trust`.
  static func client(_ file: String?) throws(Problem) -> TLSConfiguration {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    guard let file else { return configuration }
    do {
      configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(file))
    } catch {
      throw Problem(
        "outbound.bad-trust", what: "the certificates to trust cannot be read",
        why: "the file is not there, or holds no certificate in PEM form",
        mend: "check the path in the configuration", places: [Place(file)])
    }
    return configuration
  }
}
