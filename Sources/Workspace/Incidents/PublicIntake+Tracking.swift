internal import Duties
public import Ground
internal import Sealing

/// What somebody who reported without an account is told about it, and nothing else.
public struct TrackedReport: Sendable {
  /// Where it stands, in plain words.
  public enum Stage: String, Sendable, CaseIterable {
    case received
    case lookedAt = "being looked at"
    case closed
  }

  /// When it was received.
  public let received: Effective
  /// Where it stands.
  public let stage: Stage
}

extension OpenWorkspace {
  /// Most records through which a merged report is followed.
  private static let mostMerged = 8

  /// Where a report stands, for whoever has its code.
  ///
  /// - Throws: `workspace.unknown-code`, `store.*`.
  public func trackedReport(_ code: String) async throws(Problem) -> TrackedReport {
    try await told(try await tracked(code))
  }

  /// Most messages to one report that wait to be read: each is read for its words when the incident is opened.
  static let mostMessages = 500

  /// Adds what whoever reported something writes afterwards: a comment in the name of the channel.
  ///
  /// - Throws: `workspace.unknown-code`, `workspace.messages-waiting`, `workspace.empty-comment`,
  ///   `workspace.long-comment`, `store.*`.
  public func addMessage(_ text: String, to code: String) async throws(Problem) {
    let state = try await tracked(code)
    let waiting = try await unreadMessages(about: [state.id])[state.id] ?? 0
    guard waiting < OpenWorkspace.mostMessages else {
      throw Problem(
        "workspace.messages-waiting",
        what: "your message was not taken: \(waiting) others to this report wait to be read",
        why: "so many from one reporter could hide the one that matters",
        mend: "write again when they have been read; if it cannot wait, make a new report")
    }
    let channel = state.text("channel").flatMap { IntakeChannel(rawValue: $0) } ?? .public
    _ = try await acting(as: channel.who).comment(on: state.id, text)
  }

  /// The record behind a code: one look at one record, whether the code is right or not.
  private func tracked(_ typed: String) async throws(Problem) -> RecordState {
    guard let code = TrackingCode(typed), let id = RecordID("incident/" + code.key),
      let state = try await opened(id), let kept = state.text("tracking"),
      code.matches(digest: kept)
    else { throw OpenWorkspace.unknownCode }
    return state
  }

  /// What may be told outside; of a merged report, where the incident stands that it is about.
  func told(_ state: RecordState) async throws(Problem) -> TrackedReport {
    var now = state
    for _ in 0..<OpenWorkspace.mostMerged {
      guard now.status == "merged", let next = now.text("merged_into").flatMap({ RecordID($0) }),
        let other = try await opened(next)
      else { break }
      now = other
    }
    let stage: TrackedReport.Stage =
      switch now.status {
      case "received": now.id == state.id ? .received : .lookedAt
      case "closed": .closed
      default: .lookedAt
      }
    return TrackedReport(
      received: state.happened["incident-received"] ?? .moment(state.begun), stage: stage)
  }

  private static var unknownCode: Problem {
    Problem(
      "workspace.unknown-code", what: "no report goes with this code",
      why: "it was mistyped, or it is the code of another page",
      mend: "compare it with what was shown; it has 40 letters and digits")
  }
}
