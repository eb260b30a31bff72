public import Ground
internal import Outbound

/// How mail leaves, as configured.
public struct Mailing: Sendable {
  typealias Send = @Sendable (MailMessage) async throws(Problem) -> Void

  /// The sender's address.
  let from: String
  /// The address of the desk, without a slash at its end; empty where none is configured.
  let base: String
  let send: Send

  init(from: String, base: String, send: @escaping Send) {
    self.from = from
    self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
    self.send = send
  }

  /// As configured; nil where no mail is sent.
  ///
  /// - Throws: `server.missing-setting`, `server.no-secret-file`, `outbound.*`.
  public static func configured(_ configuration: Configuration) throws(Problem) -> Mailing? {
    let way: Mailer.Way
    switch configuration.text("mail.via") {
    case "smtp":
      way = .server(
        host: try configuration.needed("mail.host", because: "mail is handed to it"),
        port: configuration.number("mail.port"),
        Mailer.Security(rawValue: configuration.text("mail.security") ?? "") ?? .starttls)
    case "sendmail": way = .program(configuration.text("mail.sendmail") ?? "/usr/sbin/sendmail")
    default: return nil
    }
    let from = try configuration.needed("mail.from", because: "mail has a sender")
    try MailMessage.check(from)
    var signIn: (user: String, password: String)?
    if let user = configuration.text("mail.user") {
      guard let password = try configuration.secret("mail.password") else {
        throw Problem(
          "server.missing-setting", what: "mail.password is not set",
          why: "mail.user is, and signs in with it", mend: "set mail.password_file")
      }
      signIn = (user, password)
    }
    let mailer = try Mailer(way, signIn: signIn, trust: configuration.text("mail.trust"))
    return Mailing(from: from, base: configuration.text("address") ?? "") {
      (message) async throws(Problem) in try await mailer.send(message)
    }
  }
}
