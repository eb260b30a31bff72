/// The systems of others that are told of incidents, and may tell of them.
public enum ConnectorSystem: String, Sendable, CaseIterable {
  case jiraCloud = "jira-cloud"
  case jiraDataCenter = "jira-data-center"
  case serviceNow = "servicenow"
  case pagerDuty = "pagerduty"
  case opsgenie
  case slack
  /// Whatever signs by the rules of Standard Webhooks: it tells, and is told through a webhook.
  case standard

  /// Whether it keeps tickets that can be looked up, read and changed.
  public var keepsTickets: Bool {
    switch self {
    case .jiraCloud, .jiraDataCenter, .serviceNow: true
    case .pagerDuty, .opsgenie, .slack, .standard: false
    }
  }

  /// Whether anything is sent to it.
  public var isTold: Bool { self != .standard }

  /// Whether messages from it are read.
  public var tells: Bool { keepsTickets || self == .standard }

  /// Whether it is asked with a token of its own; the address of a chat is its secret.
  public var needsToken: Bool { isTold && self != .slack }
}
