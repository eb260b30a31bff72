internal import Documents
internal import Ground
internal import Outbound
internal import Workspace

/// Reminds people by mail of what is due: one message a person, each deadline once at each distance.
struct Reminding: Sendable {
  /// Seconds between two looks at the docket.
  static let every = 600

  typealias Send = @Sendable (MailMessage) async throws(Problem) -> Void

  let workspace: OpenWorkspace
  let from: String
  let base: String
  /// The hour of the day, in Brussels, from which days are told.
  let hour: Int
  let send: Send

  /// As configured; nil where no mail is sent.
  ///
  /// - Throws: `server.missing-setting`, `server.no-secret-file`, `outbound.*`.
  static func configured(
    _ workspace: OpenWorkspace, _ configuration: Configuration
  ) throws(Problem) -> Reminding? {
    let way: Mailer.Way
    switch configuration.text("mail.via") {
    case "smtp":
      way = .server(
        host: try configuration.needed("mail.host", because: "mail is handed to it"),
        port: configuration.number("mail.port") ?? 587,
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
    return Reminding(
      workspace: workspace, from: from, base: configuration.text("address") ?? "",
      hour: configuration.number("mail.hour") ?? 7
    ) { (message) async throws(Problem) in try await mailer.send(message) }
  }

  /// One round; people whose message was not taken are tried again in the next one.
  ///
  /// - Throws: the first of what went wrong, after everybody was tried.
  func round() async throws(Problem) {
    let program = workspace.acting(as: .system)
    let now = workspace.surroundings.now()
    let isDigest = now.local.secondOfDay >= hour * 3600
    var first: Problem?
    for reminder in try await program.dueReminders(isDigest: isDigest) {
      do throws(Problem) {
        try await send(try message(reminder, now))
        try await program.noteSent(reminder)
      } catch {
        first = first ?? error
      }
    }
    if let first { throw first }
  }

  func message(_ reminder: Reminder, _ now: Instant) throws(Problem) -> MailMessage {
    let count = reminder.items.count
    let late = reminder.items.count { $0.lead == "overdue" }
    let subject =
      "Systemic: \(count) \(count == 1 ? "deadline" : "deadlines")"
      + (late > 0 ? ", \(late) overdue" : "")
    var lines = ["This is due, or near:", ""]
    for item in reminder.items {
      let law = item.citation.map { " [\($0)]" } ?? ""
      lines.append("- \(Reminding.words(item)): \(item.title)\(law)")
    }
    lines += [
      "",
      "Days are the cautious reading, in Brussels. Titles of confidential records are not sent by mail.",
    ]
    if !base.isEmpty {
      lines.append("The docket: \(base.hasSuffix("/") ? String(base.dropLast()) : base)/docket")
    }
    return try MailMessage(
      from: from, to: reminder.address, subject: subject,
      text: lines.joined(separator: "\n") + "\n", moment: now,
      key: "\(reminder.person.key).\(now.seconds)")
  }

  private static func words(_ item: Reminder.Item) -> String {
    let due =
      switch item.due {
      case .day(let day): day.iso
      case .moment(let moment): moment.rfc3339
      }
    let near =
      switch item.lead {
      case "overdue": item.isEscalated ? "overdue, told to you so that it is seen to" : "overdue"
      case let hours where hours.hasSuffix("h"): "within \(hours.dropLast()) hours"
      default: "within \(item.lead) \(item.lead == "1" ? "day" : "days")"
      }
    return "\(due) (\(near))"
  }
}
