public import Ground

/// A short text to one person.
///
/// Source: RFC 5322 for the form, RFC 2045 for the encoding of the text.
public struct MailMessage: Sendable {
  /// The sender's address.
  public let from: String
  /// The address of the person.
  public let to: String
  /// One line in plain ASCII.
  public let subject: String
  /// The text.
  public let text: String
  /// When it is sent.
  public let moment: Instant
  /// What tells this message from all others: letters, digits, dots and hyphens.
  public let key: String

  /// A message.
  ///
  /// - Throws: `outbound.bad-mail-address`.
  public init(
    from: String, to: String, subject: String, text: String, moment: Instant, key: String
  ) throws(Problem) {
    try MailMessage.check(from)
    try MailMessage.check(to)
    self.from = from
    self.to = to
    self.subject = String(
      subject.unicodeScalars.map { (0x20...0x7E).contains($0.value) ? Character($0) : "?" })
    self.text = text
    self.moment = moment
    self.key = String(
      decoding: key.utf8.filter { MailMessage.isLetterOrDigit($0) || $0 == 0x2D || $0 == 0x2E },
      as: UTF8.self)
  }

  /// Refuses what is no address, or would be read as more than one.
  ///
  /// - Throws: `outbound.bad-mail-address`.
  public static func check(_ address: String) throws(Problem) {
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    let plain = "!#$%&'*+-/=?^_`{|}~."
    guard address.utf8.count <= 254, parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty,
      parts[0].utf8.first != 0x2D,
      parts[0].utf8.allSatisfy({ isLetterOrDigit($0) || plain.utf8.contains($0) }),
      parts[1].utf8.allSatisfy({ isLetterOrDigit($0) || $0 == 0x2D || $0 == 0x2E })
    else {
      throw Problem(
        "outbound.bad-mail-address", what: "“\(address.prefix(80))” is no mail address",
        why: "mail goes to one address of plain letters", mend: "for example jane.doe@example.org")
    }
  }

  /// As it is sent, with the line ends of mail.
  public var bytes: [UInt8] {
    let host = from.split(separator: "@").last ?? "localhost"
    var lines = [
      "Date: " + date, "From: Systemic <\(from)>", "To: <\(to)>", "Subject: " + subject,
      "Message-ID: <\(key)@\(host)>", "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", "",
    ]
    let encoded = Array(Encoded.base64(text.replacing("\n", with: "\r\n")).utf8)
    for start in stride(from: 0, to: encoded.count, by: 76) {
      lines.append(String(decoding: encoded[start..<min(start + 76, encoded.count)], as: UTF8.self))
    }
    return Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
  }

  private var date: String {
    let seconds = ((moment.seconds % 86400) + 86400) % 86400
    let day = Day(sinceEpoch: (moment.seconds - seconds) / 86400)
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    return "\(day.weekday.name.prefix(3)), \(day.day) \(months[day.month - 1]) \(day.year) "
      + "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60)) +0000"
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
  }
}
