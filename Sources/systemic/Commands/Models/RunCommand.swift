import ArgumentParser
import Compute
import Duties
import Ground
import Workspace

/// `systemic run`.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Training runs: the lines of the compute ledger.",
    subcommands: [RunImport.self, RunAdd.self, RunRevise.self, RunStrike.self, RunList.self])
}

/// `systemic run import`.
struct RunImport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Put what a training log tells into the ledger.",
    discussion: """
      A run of the same name is revised, which needs a reason. The log is kept as evidence with --keep.

      Example, from a job script:
        systemic run import train.log --model "Aurora 3" --name pretraining --params 7B --gpus 64
      """)
  @Argument(help: "The log.")
  var log: String
  @Option(help: "The model's name or id.")
  var model: String
  @Option(help: "The run's name within the model.")
  var name: String
  @Option(help: "The kind of log; default by its content.")
  var kind: LogKind?
  @Option(help: "Parameters, such as 7B.")
  var params: String?
  @Option(help: "Tokens per optimizer step.")
  var tokensPerStep: String?
  @Option(help: "Number of GPUs.")
  var gpus: String?
  @Option(help: "A chip that `systemic compute hardware` lists.")
  var hardware: String?
  @Flag(help: "Keep the log as evidence.")
  var keep = false
  @OptionGroup var change: ChangeOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let use = try ImportLogs(
        kind: kind, params: params, tokensPerStep: tokensPerStep, gpus: gpus, hardware: hardware)
      let progress = Progress(file: log)
      let imported = try use.run(ByteSource(path: log), progress: progress.read)
      progress.finish()
      let model = try await workspace.needed(.model, named: model)
      let today = workspace.surroundings.today
      var more = try change.fields(of: .trainingRun)
      try workspace.checkFigure(imported, more)
      if keep {
        let evidence = try await workspace.addEvidence(
          file: log, title: "Training log of \(name)", model: model.id)
        more.append(("evidence", .string(evidence.id.text)))
      }
      let state = try await workspace.importRun(
        imported, digest: try FileDigest.of(log), name: name, model: model, more: more,
        reason: change.reason, effective: try change.moment(today).day)
      Terminal.say(
        "\(state.title): \(state.text("flop") ?? "unknown") FLOP, version \(state.version) of the run"
      )
      for warning in imported.warnings { Terminal.warn("note: \(warning)") }
      for problem in imported.problems { Terminal.warn("note: \(problem.compilerLine)") }
    }
  }
}

/// `systemic run add`.
struct RunAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Record a run, planned or done, by hand.",
    discussion: """
      Example:
        systemic run add --model "Aurora 3" --name distillation --set flop=2e23 --set status=planned
      """)
  @Option(help: "The model's name or id.")
  var model: String
  @Option(help: "The run's name within the model.")
  var name: String
  @OptionGroup var change: ChangeOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let model = try await workspace.needed(.model, named: model)
      var change = try change.change(
        "run-recorded", of: .trainingRun, today: workspace.surroundings.today)
      change.set += [("name", .string(name)), ("model", .string(model.id.text))]
      let state = try await workspace.recordRun(change, of: model)
      Terminal.say("recorded \(state.title) (\(state.id.text))")
    }
  }
}

/// `systemic run revise`.
struct RunRevise: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revise", abstract: "Correct a run; the ledger gets a new version, the old stays.",
    discussion: """
      --on is the day from which the new values hold, and not before the day of the values they replace; where that day
      was wrong, add --correct.

      Example:
        systemic run revise pretraining --set tokens=31T --on 2026-12-01 --reason "final count"
      """)
  @Argument(help: "The run's id, or its name when it is the only one.")
  var named: String
  @OptionGroup var change: ChangeOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.change(.trainingRun, named: named, "run-revised", change) { state, _ in
      "\(state.title) is at version \(state.version)"
    }
  }
}

/// `systemic run strike`.
struct RunStrike: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "strike", abstract: "Strike a run out of the ledger; it stays readable.")
  @Argument(help: "The run's id, or its name when it is the only one.")
  var named: String
  @OptionGroup var change: ChangeOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.change(.trainingRun, named: named, "run-struck", change) { state, _ in
      "\(state.title) is struck out"
    }
  }
}

/// `systemic run list`.
struct RunList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "The runs.")
  @Option(help: "Of this model only.")
  var model: String?
  @OptionGroup var asOf: AsOfOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let asOf = try asOf.value()
    try await options.open(.read) { workspace in
      var runs = try await workspace.states(.trainingRun, asOf)
      if let model {
        let id = try await workspace.needed(.model, named: model).id.text
        runs = runs.filter { $0.text("model") == id }
      }
      Terminal.say(RecordText.list(runs, of: .trainingRun))
    }
  }
}
