internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// The next step towards the notification of a model, where one is due: in the first place on its page.
enum NotificationStep {
  /// The step; empty where no notification is due.
  ///
  /// - Parameter deadlines: what is open for the model.
  static func html(
    _ visit: Visit, _ model: RecordState, deadlines: [Deadline], filings: [RecordState]
  ) -> HTML {
    let open = filings.last {
      $0.id.kind == RecordKind.notification.name
        && ["draft", "in review", "approved"].contains($0.status ?? "")
    }
    if let open {
      return """
        <p class="actions">\(Parts.button(ProcedurePages.path(open.id), "Go on with the notification")) \
        <span class="note">It is “\(open.status ?? "")”.</span></p>

        """
    }
    guard let clock = deadlines.first(where: { $0.ruleID == "ai-act/52/1" }) else { return "" }
    guard clock.alarmDay != nil else {
      return """
        <p class="actions">\(Parts.button(
          "/records/\(model.id.text)/changes/threshold-known", "Say since when it is known")) \
        <span class="note">The two weeks of Art. 52(1) run from that day, or from the day on which the threshold was met, \
        whichever is earlier.</span></p>

        """
    }
    return """
      <form method="post" action="/models/\(model.id.key)/notifications">\(Frame.key(visit))
      <p><button>Draft the notification</button> <span class="note">Its package follows from the records; another person \
      approves it.</span></p></form>

      """
  }
}
