internal import Documents
internal import Ground
internal import Outbound
internal import Workspace

/// Reminds people by mail of what is due: one message a person, each deadline once at each distance.
struct Reminding: Sendable {
  /// Seconds between two looks at the docket.
  static let every = 600

  let workspace: OpenWorkspace
  let mailing: Mailing
  /// The hour of the day, in Brussels, from which days are told.
  let hour: Int

  /// As configured; nil where no mail is sent.
  ///
  /// - Throws: `server.missing-setting`, `server.no-secret-file`, `outbound.*`.
  static func configured(
    _ workspace: OpenWorkspace, _ configuration: Configuration
  ) throws(Problem) -> Reminding? {
    guard let mailing = try Mailing.configured(configuration) else { return nil }
    return Reminding(
      workspace: workspace, mailing: mailing, hour: configuration.number("mail.hour"))
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
        try await mailing.send(try message(reminder, now))
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
    if !mailing.base.isEmpty { lines.append("The docket: \(mailing.base)/docket") }
    return try MailMessage(
      from: mailing.from, to: reminder.address, subject: subject,
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
