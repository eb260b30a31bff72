public import Duties
public import Ground

/// How and when a filing was sent.
public struct Submission: Sendable {
  /// When it was sent.
  public var on: Effective
  /// The channel, such as EU SEND or an address.
  public var channel: String
  /// The receipt number that the channel gave; nil where it gave none.
  public var receipt: String?
  /// SHA-256 of the file as it was sent; nil where the sender did not look.
  public var digest: String?
  /// The form in which the approved package was sent, one of `forms`; nil for the package itself.
  public var form: String?

  /// Files that are made from a package, whose bytes differ from time to time or by the provider's own templates.
  public static let forms = ["docx", "pdf", "html", "markdown", "other"]

  /// A submission.
  public init(
    on: Effective, channel: String, receipt: String? = nil, digest: String? = nil,
    form: String? = nil
  ) {
    self.on = on
    self.channel = channel
    self.receipt = receipt
    self.digest = digest
    self.form = form
  }
}

extension OpenWorkspace {
  /// Notes that an approved filing was sent: exactly the package that was approved.
  ///
  /// With a notification go its approved arguments, the end of the model's clock (`commission-notified`) and the
  /// replacement of the notification before, all together or nothing.
  /// - Throws: `workspace.package-changed`, `workspace.package-differs`, `workspace.sent-differs`,
  ///   `workspace.bad-digest`, `workspace.bad-form`,
  ///   `workspace.no-channel`, `duties.rebuttal-waits`, `duties.rebuttal-alone`, `duties.too-early`,
  ///   `duties.wrong-order`, `duties.in-future`.
  public func submitFiling(
    _ filing: RecordState, _ submission: Submission
  ) async throws(Problem) -> RecordState {
    let kind = try OpenWorkspace.filed(filing)
    return try await onStillRecords { size throws(Problem) in
      let view = try await self.filing(filing.id)
      guard view.status == "approved" else {
        // The catalogue says which step is missing.
        return try await step(filing, kind, "submitted", on: submission.on)
      }
      try await checkUnchanged(view, sent: submission.on)
      let set = try await checked(filing, submission)
      var commands = try await submitted(view, set, submission)
      commands[0].decidedAt = size
      return try await record(commands)[0]
    }
  }

  /// What is written when a filing is sent; the filing first.
  private func submitted(
    _ view: Filing, _ set: [(String, JSON)], _ submission: Submission
  ) async throws(Problem) -> [RecordCommand] {
    let filing = view.state
    switch view.kind.name {
    case RecordKind.rebuttal.name:
      throw Problem(
        "duties.rebuttal-alone", what: "arguments are sent with their notification",
        why: "Art. 52(2) AI Act lets a provider present them with it, not after it",
        mend: "submit \(filing.text("notification") ?? "the notification")")
    case RecordKind.reassessment.name:
      try view.rule?.check(sentOn: submission.on.day)
      try view.rule?.check(try NewReason.read(filing.fields["reasons"]))
      return [sent(filing, view.kind, set, submission)]
    case RecordKind.incidentReport.name:
      return [
        sent(filing, view.kind, set, submission), try await reported(filing, on: submission.on),
      ]
    default:
      try RebuttalRule.checkSettled(view.rebuttals)
      return try await together(view, set, submission)
    }
  }

  /// What is noted of a submission, when it sends what was approved.
  func checked(
    _ filing: RecordState, _ submission: Submission
  ) async throws(Problem) -> [(String, JSON)] {
    let digest = try digest(filing)
    guard digest == filing.text("approved_sha256") else {
      throw Problem(
        "workspace.package-differs", what: "the package is not the one that was approved",
        why: "its SHA-256 is \(digest)", mend: "withdraw the approval, and have it reviewed again")
    }
    guard submission.channel.contains(where: { !$0.isWhitespace }) else {
      throw Problem(
        "workspace.no-channel", what: "the channel is missing",
        why: "a submission is shown by channel and receipt", mend: "for example EU SEND",
        places: [Place("channel")])
    }
    if let form = submission.form, !Submission.forms.contains(form) {
      throw Problem(
        "workspace.bad-form", what: "“\(form.prefix(40))” is no form in which a package is sent",
        why: "whoever checks it later has to know what the file was",
        mend: "one of: " + Submission.forms.joined(separator: ", "), places: [Place("form")])
    }
    let sent = submission.digest?.lowercased()
    if let sent, submission.form == nil, sent != digest {
      throw Problem(
        "workspace.sent-differs", what: "what was sent is not the package that was approved",
        why: "the approved one has the SHA-256 \(digest), the one sent \(sent.prefix(80))",
        mend: "send the approved package, or say in which form it was sent: "
          + Submission.forms.joined(separator: ", "), places: [Place("sha256")])
    }
    var set: [(String, JSON)] = [
      ("channel", .string(submission.channel)), ("sent_sha256", .string(digest)),
    ]
    if let form = submission.form {
      set += [
        ("file_form", .string(form)), ("file_sha256", try OpenWorkspace.fileDigest(sent)),
      ]
    }
    if let receipt = submission.receipt { set.append(("receipt", .string(receipt))) }
    return set
  }

  /// The digest of a file that was made from the package.
  private static func fileDigest(_ text: String?) throws(Problem) -> JSON {
    guard let text else { return .null }
    guard text.utf8.count == 64, text.allSatisfy(\.isHexDigit) else {
      throw Problem(
        "workspace.bad-digest", what: "“\(text.prefix(80))” is no SHA-256",
        why: "it has 64 hexadecimal digits", mend: "take it from: sha256sum FILE",
        places: [Place("sha256")])
    }
    return .string(text)
  }

  /// Refuses a package behind which the records changed before it was sent.
  ///
  /// What was sent at a moment after its approval and before they changed was what was approved.
  private func checkUnchanged(_ view: Filing, sent: Effective) async throws(Problem) {
    if case .moment(let moment) = sent, moment >= view.state.changed {
      var others = [view.model]
      if let incident = view.state.text("incident").flatMap({ RecordID($0) }) {
        others.append(try await needed(incident))
      }
      if others.contains(where: { $0.changed > moment }), view.problem == nil { return }
    }
    try OpenWorkspace.checkUnchanged(view)
  }

  private func sent(
    _ filing: RecordState, _ kind: RecordKind, _ set: [(String, JSON)], _ submission: Submission
  ) -> RecordCommand {
    .composed(
      kind, filing.id, Change(kind.name + "-submitted", set: set, effective: submission.on),
      expectedVersion: filing.version, law: filing.text("law"))
  }

  /// The notification with what happens at the same time.
  private func together(
    _ view: Filing, _ set: [(String, JSON)], _ submission: Submission
  ) async throws(Problem) -> [RecordCommand] {
    var commands = [sent(view.state, .notification, set, submission)]
    for rebuttal in view.rebuttals where rebuttal.status == "approved" {
      let current = try await self.filing(rebuttal.id)
      try OpenWorkspace.checkUnchanged(current)
      let own = try await checked(
        rebuttal,
        Submission(on: submission.on, channel: submission.channel, receipt: submission.receipt))
      commands.append(sent(rebuttal, .rebuttal, own, submission))
    }
    let isKnown = view.model.times("commission-notified").contains {
      $0.day == submission.on.day
    }
    if !isKnown {
      commands.append(
        RecordCommand(
          .model, view.model.id, Change("commission-notified", effective: submission.on)))
    }
    if let old = view.state.text("supersedes").flatMap({ RecordID($0) }) {
      let before = try await needed(old)
      commands.append(
        .composed(
          .notification, old,
          Change(
            "notification-superseded",
            effective: .day(max(submission.on.day, before.statusSince ?? submission.on.day)),
            reason: "replaced by \(view.state.id.text)")))
    }
    return commands
  }
}
