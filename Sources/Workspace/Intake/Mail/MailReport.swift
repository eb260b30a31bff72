internal import Ground

/// A mail as a report: its text word for word, its files, and nothing that it does not say.
///
/// The dates of a mail are hints: when it was sent is not when somebody here knew of it.
enum MailReport {
  static func read(_ bytes: [UInt8], _ file: String) -> IncomingReport {
    let headers = MailHeaders(bytes[...])
    var report = IncomingReport(
      original: IncomingFile("mail.eml", "message/rfc822", bytes), place: Place(file))
    let sender = MailAddress.first(headers.text("from"))
    report.reporter = sender.name
    report.contact = sender.address
    report.title = headers.text("subject")
    report.reference = headers.text("message-id")
    report.source = "mail"
    let body = MailBody(headers, bytes[headers.bodyStart...])
    report.narrative = IntakeText.paragraphs(body.texts)
    report.attachments = body.files
    for doubt in body.doubts {
      report.note("workspace.intake-mail", doubt, "read it in the original", at: "")
    }
    if headers.fields.isEmpty {
      report.note(
        "workspace.intake-mail", "the mail has no header", "check that it is a mail", at: "")
    }
    tell(headers, &report)
    if headers.parameters("content-type").value == "multipart/encrypted" {
      report.note(
        "workspace.intake-mail", "the mail is encrypted and was not read",
        "decrypt it, and take in what it holds", at: "content-type")
    }
    report.settle()
    return report
  }

  private static func tell(_ headers: MailHeaders, _ report: inout IncomingReport) {
    let sent = headers.text("date")
    report.hint(.date, "Date", sent)
    if let moment = MailDate.read(sent) {
      report.hint(.date, "Date, in Brussels", moment.rfc3339)
    } else if !sent.isEmpty {
      report.note(
        "workspace.intake-mail", "“\(sent.prefix(80))” is not a date of mail",
        "read it in the original", at: "Date")
    }
    // The first line is that of the last server.
    if let received = headers.texts("received").first {
      let moment = received.split(separator: ";").last.map(String.init) ?? ""
      report.hint(
        .date, "Received", MailDate.read(moment)?.rfc3339 ?? moment,
        caution: "when a mail server took it, and not when somebody read it")
    }
    report.hint(.party, "To", headers.text("to"))
    report.hint(.other, "In-Reply-To", headers.text("in-reply-to"))
    let automatic = headers.text("auto-submitted")
    if automatic.lowercased() != "no" { report.hint(.status, "Auto-Submitted", automatic) }
  }
}
