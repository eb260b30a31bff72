internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// How far the set-up has come, told by the records alone.
struct SetupSteps {
  /// A step, in order.
  enum Step: String, CaseIterable {
    case provider, model, compute, result

    var title: String {
      switch self {
      case .provider: "The provider"
      case .model: "The first model"
      case .compute: "Its training compute"
      case .result: "What follows"
      }
    }
  }

  let provider: RecordState?
  /// The model that is being set up: the one named, else the newest.
  let model: RecordState?
  let ledger: ComputeLedger?

  init(_ workspace: OpenWorkspace, model key: String? = nil) async throws(Problem) {
    provider = try await workspace.provider()
    if let key {
      model = try await workspace.needed(try RecordPage.id("model", key))
    } else {
      model = try await workspace.states(.model).filter { !$0.isSample && !$0.isPutAway }
        .max { $0.begun < $1.begun }
    }
    guard let model else {
      ledger = nil
      return
    }
    ledger = try await workspace.ledger(of: model.id)
  }

  /// Whether a step is done.
  func isDone(_ step: Step) -> Bool {
    switch step {
    case .provider:
      provider?.fields["established_in_union"] != nil && provider?.fields["signatory"] != nil
    case .model: model != nil
    case .compute:
      ledger?.runs.contains { $0.status != "struck out" } == true
        || model?.fields["published_flop"] != nil || model?.fields["tokens"] != nil
    case .result: isDone(.provider) && isDone(.model) && isDone(.compute)
    }
  }

  /// Whether everything that the first answer needs is there.
  var isComplete: Bool { isDone(.result) }

  /// The first step that is not done; the last when all are.
  var next: Step { Step.allCases.first { !isDone($0) } ?? .result }

  /// The address of a step.
  func path(_ step: Step) -> String {
    let query = model.map { "?model=" + $0.id.key } ?? ""
    return switch step {
    case .provider, .model: "/setup/" + step.rawValue
    case .compute, .result: "/setup/" + step.rawValue + query
    }
  }

  /// The steps as a list, with where one is.
  func list(at current: Step?) -> HTML {
    let items = Step.allCases.enumerated().map { index, step -> HTML in
      let isHere = step == current
      let isReachable = index < 2 || model != nil
      let done: HTML =
        isDone(step)
        ? "<span class=\"sign\" aria-hidden=\"true\">✓</span><span class=\"hidden\">done: </span>"
        : "<span class=\"sign\" aria-hidden=\"true\">\(index + 1)</span>"
      let name: HTML =
        isReachable && !isHere ? Parts.link(path(step), step.title) : "<span>\(step.title)</span>"
      let here: HTML = isHere ? " aria-current=\"step\"" : ""
      let kind: HTML = isDone(step) ? " class=\"is-done\"" : ""
      return "<li\(kind)\(here)>\(done)\(name)</li>\n"
    }
    return "<nav aria-label=\"Set-up\"><ol class=\"steps\">\n\(items)</ol></nav>\n"
  }
}
