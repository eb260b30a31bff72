public import Ground
internal import Workspace

/// How people reach the desk, as it is configured: where it listens, with what it speaks TLS, who vouches for people.
public struct Entrance: Sendable {
  /// The name or address to listen on.
  public let host: String
  /// The port; 0 takes a free one.
  public let port: Int
  /// With what the server speaks TLS; nil where it speaks in the open, on loopback or behind a proxy.
  let certificate: Certificate?
  /// Who vouches for people; nil without one.
  let provider: IdentityProvider?
  /// How mail leaves; nil where none does.
  let mailing: Mailing?

  /// What stands above the form for strangers; nil for nothing.
  let intakeText: String?

  /// The beginning of addresses.
  public var scheme: String { certificate == nil ? "http" : "https" }

  /// Reads it, with the file that names the identity provider; nil where no pages are wanted.
  ///
  /// - Throws: `server.bad-configuration`, `server.missing-setting`, `server.in-the-open`, `server.bad-provider`,
  ///   `server.no-secret-file`, `outbound.*`, `ground.file-*`, `ground.not-json`.
  public init?(_ configuration: Configuration) throws(Problem) {
    let listen = configuration.text("listen") ?? "off"
    guard listen != "off" else { return nil }
    (host, port) = try Entrance.address(listen, configuration)
    certificate = try Entrance.certificate(configuration)
    guard
      certificate != nil || configuration.isOn("behind_proxy")
        || ["127.0.0.1", "::1", "localhost"].contains(host)
    else {
      throw Problem(
        "server.in-the-open", what: "\(host) is not loopback, and nothing speaks TLS",
        why: "secrets would travel in the open",
        mend: "set tls.certificate and tls.key, or behind_proxy where a proxy in front speaks TLS",
        places: Entrance.places(configuration))
    }
    provider = try IdentityProvider(configuration)
    mailing = try Mailing.configured(configuration)
    intakeText = try configuration.text("intake.text").map { path throws(Problem) in
      try TextFile.read(path)
    }
  }

  /// `HOST:PORT`, the host of IPv6 in brackets.
  private static func address(
    _ text: String, _ configuration: Configuration
  ) throws(Problem) -> (String, Int) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let host = parts.dropLast().joined(separator: ":").filter { $0 != "[" && $0 != "]" }
    guard let port = parts.last.flatMap({ Int($0) }), (0...65535).contains(port), !host.isEmpty
    else {
      throw Problem(
        "server.bad-configuration", what: "“\(text.prefix(80))” cannot be listen",
        why: "it is HOST:PORT, or off", mend: "for example 127.0.0.1:7410",
        places: places(configuration))
    }
    return (host, port)
  }

  private static func certificate(
    _ configuration: Configuration
  ) throws(Problem) -> Certificate? {
    let (chain, key) = ("tls.certificate", "tls.key")
    guard configuration.text(chain) != nil || configuration.text(key) != nil else { return nil }
    let why = "a certificate and its key go together"
    return Certificate(
      chain: try configuration.needed(chain, because: why),
      key: try configuration.needed(key, because: why))
  }

  private static func places(_ configuration: Configuration) -> [Place] {
    configuration.value("listen").map { [$0.place] } ?? []
  }
}
