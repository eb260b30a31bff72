public import Ground
internal import Programs

/// Hands mail to a mail server through curl, or to a program that takes mail.
public struct Mailer: Sendable {
  /// How mail leaves.
  public enum Way: Sendable, Equatable {
    /// A mail server.
    case server(host: String, port: Int, Security)
    /// A program that reads a message from its standard input, as sendmail does.
    case program(String)
  }

  /// How the connection to a mail server is protected.
  public enum Security: String, Sendable {
    case starttls, tls, none
  }

  private let way: Way
  private let signIn: (user: String, password: String)?
  private let trust: String?

  /// A mailer.
  ///
  /// - Throws: `outbound.not-encrypted` when mail would travel in the open to another machine.
  public init(
    _ way: Way, signIn: (user: String, password: String)? = nil, trust: String? = nil
  ) throws(Problem) {
    if case .server(let host, _, .none) = way, !["127.0.0.1", "::1", "localhost"].contains(host) {
      throw Problem(
        "outbound.not-encrypted", what: "mail to \(host) would travel in the open",
        why: "names and days could be read on the way",
        mend: "set mail.security to starttls or tls")
    }
    self.way = way
    self.signIn = signIn
    self.trust = trust
  }

  /// Sends one message; it is with the mail server then, not yet with the person.
  ///
  /// - Throws: `outbound.mail-refused`, `outbound.program-missing`, `programs.*`.
  public func send(_ message: MailMessage) async throws(Problem) {
    let outcome: OtherProgram.Outcome
    switch way {
    case .server(let host, let port, let security):
      guard let curl = OtherProgram.named("curl") else {
        throw Problem(
          "outbound.program-missing", what: "curl is not installed on this machine",
          why: "it speaks with the mail server", mend: "install it: apt install curl")
      }
      outcome = try await curl.run(
        ["-q", "--config", "settings"],
        files: [
          ("settings", Array(settings(message, host, port, security).utf8)),
          ("message", message.bytes),
        ], seconds: 90)
    case .program(let path):
      outcome = try await OtherProgram(path: path).run(
        ["-i", "-f", message.from, "--", message.to], input: message.bytes, seconds: 60)
    }
    guard outcome.status == 0 else {
      throw Problem(
        "outbound.mail-refused", what: "the mail was not taken",
        why: "the program that sends it ended with status \(outcome.status)"
          + (reason(outcome.status)),
        mend: "check the section mail of the configuration, and the log of the mail server")
    }
  }

  /// The settings of curl in a private file: nothing of them stands in the list of processes.
  private func settings(
    _ message: MailMessage, _ host: String, _ port: Int, _ security: Security
  ) -> String {
    func quoted(_ text: String) -> String {
      "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
    let place = host.contains(":") ? "[\(host)]" : host
    var lines = [
      "url = " + quoted("\(security == .tls ? "smtps" : "smtp")://\(place):\(port)"),
      "mail-from = " + quoted("<\(message.from)>"), "mail-rcpt = " + quoted("<\(message.to)>"),
      "upload-file = \"message\"", "silent", "show-error", "connect-timeout = 15",
      "max-time = 60", "proto = \"=smtp,smtps\"", "noproxy = \"*\"",
    ]
    if security == .starttls { lines.append("ssl-reqd") }
    if security != .none { lines.append("tlsv1.2") }
    if let signIn { lines.append("user = " + quoted("\(signIn.user):\(signIn.password)")) }
    if let trust { lines.append("cacert = " + quoted(trust)) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What the commonest statuses of curl mean.
  private func reason(_ status: Int) -> String {
    switch status {
    case 6: ": the mail server's name is not known"
    case 7: ": nobody listens there"
    case 28: ": it took too long"
    case 35, 60, 64: ": the connection could not be protected"
    case 55, 56: ": it was refused or broken off"
    case 67: ": the name or the password is wrong"
    default: ""
    }
  }
}
