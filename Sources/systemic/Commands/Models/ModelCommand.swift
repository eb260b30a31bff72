import ArgumentParser
import Compute
import Documents
import Duties
import Ground
import Workspace

/// `systemic model`.
struct ModelCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model",
    abstract: "Models on the record: facts, life cycle, ledger, classification.",
    subcommands: [
      ModelAdd.self, ModelList.self, ModelShow.self, ModelSet.self, ModelEvent.self,
      ModelLedger.self, ModelClassify.self,
    ])
}

/// `systemic model add`.
struct ModelAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Register a model and its runs from a model file.",
    discussion: "Example:\n  systemic model add examples/aurora-planned.yaml")
  @Argument(help: "A model file (YAML), as `systemic classify --new` makes one.")
  var file: String
  @Option(name: .customLong("on"), help: "Since when it is true; default today.")
  var day: String?
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let day = try day.map { try Terminal.day($0) }
      let (model, runs) = try await workspace.registerModel(file: file, effective: day)
      Terminal.say("registered \(model.title) (\(model.id.text)) with \(runs.count) runs")
    }
  }
}

/// `systemic model list`.
struct ModelList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "The models.")
  @OptionGroup var asOf: AsOfOptions
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let asOf = try asOf.value()
    if let desk = try remote.desk(besides: options) {
      guard asOf == .now else { throw ValidationError("A server lists models as they stand now.") }
      return try await Terminal.run {
        Terminal.say(RecordText.list(try await desk.states(.model), of: .model))
      }
    }
    try await options.list(.model, asOf)
  }
}

/// `systemic model show`.
struct ModelShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "A model with its facts and days.")
  @Argument(help: "The model's name or id.")
  var model: String
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    if let desk = try remote.desk(besides: options) {
      return try await Terminal.run {
        let state = try await desk.needed(.model, named: model)
        let names = await desk.names()
        Terminal.say(RecordText.whole(state, of: .model) { names[$0] ?? $0 })
      }
    }
    try await options.open(.read) { workspace in
      let state = try await workspace.needed(.model, named: model)
      Terminal.say(RecordText.whole(state, of: .model, people: try await PeopleNames(workspace)))
    }
  }
}

/// `systemic model set`.
struct ModelSet: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Change facts of a model; a reason is due.",
    discussion:
      "Example:\n  systemic model set \"Aurora 3\" --set tokens=31T --reason \"final plan\"")
  @Argument(help: "The model's name or id.")
  var model: String
  @OptionGroup var change: ChangeOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.change(.model, named: model, "model-changed", change) { changed, _ in
      "\(changed.title) is at version \(changed.version)"
    }
  }
}

/// `systemic model event`.
struct ModelEvent: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "event", abstract: "Record what happened to a model: its life cycle.",
    discussion: """
      Events: \(RecordKind.model.events.dropFirst(2).map(\.name).joined(separator: ", ")).

      Example:
        systemic model event "Aurora 3" threshold-known --on 2026-11-10
      """)
  @Argument(help: "The model's name or id.")
  var model: String
  @Argument(help: "The event.")
  var event: String
  @OptionGroup var change: ChangeOptions
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    if let desk = try remote.desk(besides: options) {
      return try await Terminal.run {
        let state = try await desk.needed(.model, named: model)
        let change = try change.change(event, of: .model, today: try Terminal.day(nil))
        guard let changed = try await desk.happen(change, to: state) else { return }
        Terminal.say(words(changed, change))
      }
    }
    try await options.change(.model, named: model, event, change, words)
  }

  private func words(_ changed: RecordState, _ change: Change) -> String {
    "\(changed.title): \(event), true \(change.effective.text), version \(changed.version)"
  }
}

/// `systemic model ledger`.
struct ModelLedger: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger", abstract: "The compute ledger of a model, as of any day.",
    discussion: "Example:\n  systemic model ledger \"Aurora 3\" --as-of 2026-12-01 --format json")
  @Argument(help: "The model's name or id.")
  var model: String
  @Option(help: "text or json.")
  var format: ListFormat = .text
  @OptionGroup var asOf: AsOfOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let asOf = try asOf.value()
    try await options.open(.read) { workspace in
      let state = try await workspace.needed(.model, named: model)
      let ledger = try await workspace.ledger(of: state.id, asOf)
      if format == .json {
        Terminal.say(
          JSON.object([
            ("version", .int(ledger.version)), ("model", ledger.model.json),
            ("runs", .array(ledger.runs.map(\.json))), ("model_file", ledger.document),
          ]).pretty)
        return
      }
      let opinion = try workspace.opinion(on: ledger, day: asOf.effective)
      Terminal.say(
        Terminal.bold("\(ledger.model.title): compute ledger, version \(ledger.version)"))
      Terminal.say(
        TextTable.text(
          ["run", "activity", "status", "start", "end", "FLOP"],
          opinion.ledger.map { line in
            [
              TextTable.plain(line.id), line.activity, line.status, line.start?.iso ?? "",
              line.end?.iso ?? "", line.estimate.map { $0.flop.printed() } ?? "unknown",
            ]
          }, empty: "no runs are recorded"))
      Terminal.say(opinion.verdict.sentence)
    }
  }
}

/// `systemic model classify`.
struct ModelClassify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify", abstract: "The classification of a model from its records.",
    discussion: "Exit status as `systemic classify`. Keep it with: systemic opinion draft MODEL")
  @Argument(help: "The model's name or id.")
  var model: String
  @Option(help: "markdown, html or json.")
  var format: OpinionFormat = .markdown
  @Option(help: "Where to write; default standard output.")
  var output: String?
  @OptionGroup var asOf: AsOfOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let asOf = try asOf.value()
    var status: Int32 = 0
    try await options.open(.read) { workspace in
      let state = try await workspace.needed(.model, named: model)
      let opinion = try workspace.opinion(
        on: try await workspace.ledger(of: state.id, asOf), day: asOf.effective)
      let writer = LineWriter(path: output)
      switch format {
      case .markdown: try writer.write(OpinionDocument.markdown(opinion))
      case .html: try writer.write(OpinionDocument.html(opinion))
      case .json: try writer.write(OpinionDocument.json(opinion).pretty)
      }
      try writer.finish()
      if output != nil { Terminal.say(opinion.verdict.sentence) }
      status = opinion.verdict.exitStatus
    }
    if status != 0 { throw ExitCode(status) }
  }
}
