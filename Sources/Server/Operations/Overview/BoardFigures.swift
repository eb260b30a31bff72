internal import Duties
internal import Ground
internal import Workspace

/// The few figures for a board, as of today.
struct BoardFigures: Sendable {
  /// Every deadline but those of retention, the closed ones included.
  let deadlines: [Deadline]
  /// Models that are no samples: what is made up has no place in front of a board.
  let models: [ModelRow]
  private let today: Day

  /// How far “soon” reaches, in days.
  static let soonDays = 30

  init(_ workspace: OpenWorkspace) async throws(Problem) {
    today = workspace.surroundings.today
    var question = DocketQuestion()
    question.includesClosed = true
    deadlines = try await workspace.docket(question).filter { !$0.isRetention }
    let samples = Set(try await workspace.states(.model).filter(\.isSample).map(\.id))
    models = try await workspace.modelList().rows.filter { !samples.contains($0.summary.id) }
  }

  /// What is overdue.
  var overdue: [Deadline] { deadlines.filter { $0.status == .overdue } }

  /// What is due soon.
  var soon: [Deadline] {
    let last = today.adding(days: BoardFigures.soonDays)
    return deadlines.filter { deadline in
      [.open, .dueSoon].contains(deadline.status)
        && (deadline.alarmDay.map { $0 <= last } ?? false)
    }
  }

  /// Each figure with its name for programs and in words.
  var lines: [(name: String, title: String, count: Int)] {
    func models(_ word: String) -> Int {
      self.models.count { $0.figures?.isSystemic.word == word }
    }
    let (yes, no) = (models("yes"), models("no"))
    return [
      ("models_systemic", "models with systemic risk", yes),
      ("models_not_systemic", "models without", no),
      ("models_undetermined", "models undetermined", self.models.count - yes - no),
      ("overdue", "deadlines overdue", overdue.count),
      ("due_soon", "due within \(BoardFigures.soonDays) days", soon.count),
      (
        "undetermined", "undetermined for want of facts",
        deadlines.count { $0.status == .undetermined }
      ),
    ]
  }
}
