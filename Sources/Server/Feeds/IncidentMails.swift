internal import Duties
internal import Ground
internal import Logging
internal import Workspace

/// Takes in the mails that lie in the configured folder; the log tells what became of each, and nothing of its content.
struct IncidentMails: Sendable {
  let workspace: OpenWorkspace
  let folder: MailFolder

  /// As configured; nil where there is no folder.
  static func configured(_ workspace: OpenWorkspace, _ configuration: Configuration)
    -> IncidentMails?
  {
    configuration.text("incidents.mail_folder").map {
      IncidentMails(workspace: workspace, folder: MailFolder($0))
    }
  }

  /// A line of the log.
  struct Line: Sendable {
    let words: String
    let facts: Logger.Metadata
  }

  /// One round: a line for each mail that was moved away, and what kept others from it.
  ///
  /// - Throws: as `MailFolder.round`.
  func round() async throws(Problem) -> (lines: [Line], problem: Problem?) {
    let round = try await folder.round(workspace.acting(as: .system))
    let lines = round.outcomes.filter { $0.left == nil }.map { outcome in
      if let problem = outcome.refusal {
        return Line(words: "a mail was refused", facts: ["code": "\(problem.code)"])
      }
      let id = outcome.taken?.incident?.id.text ?? ""
      return Line(words: "a mail was taken in", facts: ["incident": "\(id)"])
    }
    return (lines, round.problem ?? round.outcomes.lazy.compactMap(\.left).first)
  }
}
