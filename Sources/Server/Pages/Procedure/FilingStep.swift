internal import Duties

/// A step of a filing as a part of its address, and as a button.
enum FilingStep: String, CaseIterable, Sendable {
  case reviews, approvals, returns
  case withdrawals = "approval-withdrawals"
  case submissions, corrections, acknowledgements, decisions, successors, abandonments

  /// What stands on the button.
  var button: String {
    switch self {
    case .reviews: "Send it for review"
    case .returns: "Send it back"
    case .approvals: "Approve it"
    case .withdrawals: "Withdraw the approval"
    case .submissions: "Note that it was sent"
    case .corrections: "Correct what was noted of the submission"
    case .acknowledgements: "Note the acknowledgement"
    case .decisions: "Note the decision"
    case .successors: "Begin a new notification from this one"
    case .abandonments: "Give it up"
    }
  }

  /// The statuses in which it is offered.
  var statuses: Set<String> {
    switch self {
    case .reviews: ["draft"]
    case .returns, .approvals: ["in review"]
    case .withdrawals, .submissions: ["approved"]
    case .acknowledgements, .corrections: ["submitted"]
    case .decisions, .successors: ["submitted", "acknowledged"]
    case .abandonments: ["draft", "in review", "approved"]
    }
  }

  /// Whether a reason is due.
  var needsReason: Bool { [.returns, .withdrawals, .corrections, .abandonments].contains(self) }

  /// Whether the kind of filing knows it.
  func isPossible(for kind: RecordKind) -> Bool {
    switch self {
    case .decisions:
      [RecordKind.rebuttal.name, RecordKind.reassessment.name].contains(kind.name)
    case .successors: kind.name == RecordKind.notification.name
    // Arguments are sent with their notification, never by themselves.
    case .submissions, .corrections: kind.name != RecordKind.rebuttal.name
    default: true
    }
  }
}
