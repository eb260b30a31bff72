public import ArgumentParser
public import Compute
import Ground
import Rulebook
public import Workspace

/// `systemic compute`: amounts of training compute one can defend.
struct ComputeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compute",
    abstract: "Estimate, import, reconcile and count training compute.",
    discussion: """
      Examples:
        systemic compute import trainer_state.json --params 7B
        systemic compute estimate --method dense --params 70B --tokens 15T
        systemic compute reconcile 3.8e25 4.4e25
        systemic compute count synthetic-data-non-public
      """,
    subcommands: [
      ComputeImport.self, ComputeEstimate.self, ComputeReconcile.self, ComputeCount.self,
      ComputeHardware.self, ComputeEnergy.self,
    ])
}

/// `systemic compute import`.
struct ComputeImport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Read training logs: steps, tokens, compute, GPU hours, energy.",
    discussion: """
      Kinds: \(LogKind.allCases.map(\.rawValue).joined(separator: ", ")); found out from the file when --as is left out.
      Compute is 6 × params × tokens when --params is given, else what the log itself supports. What a
      file cannot tell is null and named under missing.

      Examples:
        systemic compute import trainer_state.json
        systemic compute import main.log --as llmc --params 124M --tokens-per-step 524288
        systemic compute import run1.log run2.log --params 176B --gpus 384 --format json
      """)
  @Argument(help: "Log files; - is standard input.")
  var files: [String]
  @Option(name: .customLong("as"), help: "The kind of log.")
  var kind: LogKind?
  @Option(help: "Parameters (active ones for a mixture of experts), such as 7B.")
  var params: String?
  @Option(help: "Tokens of one step, such as 524288.")
  var tokensPerStep: String?
  @Option(help: "Number of GPUs.")
  var gpus: String?
  @Option(help: "Chip, as `systemic compute hardware` lists it: for utilisation and energy.")
  var hardware: String?
  @Option(help: "Power usage effectiveness of the data centre, such as 1.2: for estimated energy.")
  var pue: Double?
  @Option(help: "text or json (one object a line and file).")
  var format: TextFormat = .text

  func run() throws {
    try Terminal.run {
      let use = try ImportLogs(
        kind: kind, params: params, tokensPerStep: tokensPerStep, gpus: gpus, hardware: hardware,
        pue: pue)
      let failures = files.count { !isImported($0, use) }
      if failures > 0 { throw ExitCode(1) }
    }
  }

  /// Reads and shows one file; false when it cannot be read.
  private func isImported(_ file: String, _ use: ImportLogs) -> Bool {
    let progress = Progress(file: file)
    do throws(Problem) {
      let imported = try use.run(ByteSource(path: file), progress: progress.read)
      progress.finish()
      Terminal.say(format == .json ? imported.json.compact : ComputeText.imported(imported))
      for problem in imported.problems { Terminal.warn("note: " + problem.compilerLine) }
      return true
    } catch {
      Terminal.warn(error.terminal)
      return false
    }
  }
}

/// `systemic compute estimate`.
struct ComputeEstimate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "estimate",
    abstract: "Estimate training compute by one method, with inputs, range and legal basis.",
    discussion: """
      Methods: dense (6 × params × tokens), attention (with long contexts), moe (active parameters),
      encoder-decoder, per-step (measured operations × steps), hardware, measured.

      Examples:
        systemic compute estimate --method dense --params 405B --tokens 15.6T
        systemic compute estimate --method moe --params 671B --params-active 37B --tokens 14.8T
        systemic compute estimate --method hardware --hardware H100 --chips 16384 --hours 1300 --utilisation 41%
        systemic compute estimate --method hardware --hardware A100 --chip-hours 1e6 --utilisation 55% --hfu --recomputation full
        systemic compute estimate --method per-step --flop-per-step 3.2e18 --steps 400000
      """)
  @Option(help: "dense, attention, moe, encoder-decoder, per-step, hardware or measured.")
  var method: EstimateRequest.Kind
  @Option(help: "All parameters.") var params: String?
  @Option(help: "Parameters active for a token.") var paramsActive: String?
  @Option(help: "Training tokens, epochs counted.") var tokens: String?
  @Option(help: "Layers.") var layers: String?
  @Option(help: "Width of the model.") var width: String?
  @Option(help: "Tokens of context.") var context: String?
  @Option(help: "Encoder parameters.") var encoderParams: String?
  @Option(help: "Encoder tokens.") var encoderTokens: String?
  @Option(help: "Decoder parameters.") var decoderParams: String?
  @Option(help: "Decoder tokens.") var decoderTokens: String?
  @Option(help: "Measured operations of one step.") var flopPerStep: String?
  @Option(help: "Steps.") var steps: String?
  @Option(help: "Measured or published operations.") var flop: String?
  @Option(help: "Chip.") var hardware: String?
  @Option(help: "Number format of the peak: bf16, fp8, fp16, tf32, fp32.")
  var numberFormat: Chip.Format = .bf16
  @Option(help: "Peak dense FLOP/s of one chip.") var peak: String?
  @Option(help: "Number of chips; repeat --period for a varying number.") var chips: String?
  @Option(help: "Wall-clock hours.") var hours: String?
  @Option(help: "Chips × hours.") var chipHours: String?
  @Option(help: "A period of constant chips: CHIPSxHOURS, such as 8192x720; may be repeated.")
  var period: [String] = []
  @Option(help: "Model FLOP utilisation, 0.41 or 41%.") var utilisation: String?
  @Flag(help: "The utilisation is of the hardware (HFU) and counts recomputation.")
  var hfu = false
  @Option(help: "With --hfu: full or none.") var recomputation: String?
  @Option(help: "Your own error margin, such as 20%; default 30 %.") var margin: String?
  @Option(help: "text or json.") var format: TextFormat = .text

  func run() throws {
    try Terminal.run {
      var request = EstimateRequest(kind: method)
      request.values = [
        "params": params, "params-active": paramsActive, "tokens": tokens, "layers": layers,
        "width": width, "context": context, "encoder-params": encoderParams,
        "encoder-tokens": encoderTokens, "decoder-params": decoderParams,
        "decoder-tokens": decoderTokens, "flop-per-step": flopPerStep, "steps": steps,
        "flop": flop, "hardware": hardware, "peak": peak, "chips": chips, "hours": hours,
        "chip-hours": chipHours, "utilisation": utilisation, "recomputation": recomputation,
        "margin": margin,
      ].compactMapValues { $0 }
      request.periods = period
      request.isHardwareUtilisation = hfu
      request.numberFormat = numberFormat
      let law = Law.at(try Terminal.day(nil))
      let estimate = try request.estimate()
      switch format {
      case .json: Terminal.say(request.json(estimate, law: law).pretty)
      case .text: Terminal.say(ComputeText.estimate(estimate, law: law))
      }
    }
  }
}

/// `systemic compute reconcile`.
struct ComputeReconcile: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile",
    abstract: "Hold two amounts for one training against each other.",
    discussion: """
      The first is the reported one. Tells the ratio, whether they agree within 30 % of the reported
      figure, and whether they fall on the same side of 10^23 and 10^25.

      Examples:
        systemic compute reconcile 3.8e25 4.4e25
        systemic compute reconcile --file model.yaml
      """)
  @Argument(help: "Amounts of FLOP, the reported one first.")
  var amounts: [String] = []
  @Option(help: "Or a model file: all methods its facts allow.")
  var file: String?
  @Option(help: "text or json.") var format: TextFormat = .text

  func validate() throws {
    if file == nil, amounts.count < 2 { throw ValidationError("Give two amounts, or --file.") }
  }

  func run() throws {
    try Terminal.run {
      let pairs = try file.map { try Reconcile.model($0) } ?? Reconcile.amounts(amounts)
      switch format {
      case .json: Terminal.say(JSON.array(pairs.map(\.json)).pretty)
      case .text: Terminal.say(pairs.map(ComputeText.reconciliation).joined(separator: "\n\n"))
      }
    }
  }
}

/// `systemic compute count`.
struct ComputeCount: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "count",
    abstract: "Whether an activity counts as training compute and as cumulative compute, and why.",
    discussion:
      "Examples: systemic compute count --list · systemic compute count evaluation --format json")
  @Argument(help: "An item of the list.")
  var item: String?
  @Flag(help: "List the items of the Guidelines' annex.")
  var list = false
  @Option(help: "Answer by the law of this day.") var asOf: String?
  @Option(help: "text or json.") var format: TextFormat = .text

  func validate() throws {
    if item == nil, !list { throw ValidationError("Give an item, or --list.") }
  }

  func run() throws {
    try Terminal.run {
      let law = Law.at(try Terminal.day(asOf))
      if let item {
        let verdict = try CountActivity(item, law: law)
        Terminal.say(format == .json ? verdict.json.pretty : ComputeText.verdict(verdict))
      } else {
        let all = CountActivity.all(law)
        Terminal.say(
          format == .json
            ? JSON.array(all.map(\.json)).pretty
            : all.map(ComputeText.row).joined(separator: "\n"))
      }
    }
  }
}

/// `systemic compute hardware`.
struct ComputeHardware: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hardware", abstract: "The catalogue of chips and their dense peaks.")
  @Argument(help: "Part of a name.")
  var name: String?
  @Option(help: "text or json.") var format: TextFormat = .text

  func run() throws {
    let chips = HardwareList.chips(matching: name)
    switch format {
    case .json: Terminal.say(JSON.array(chips.map(HardwareList.json)).pretty)
    case .text: Terminal.say(ComputeText.chips(chips))
    }
  }
}

/// `systemic compute energy`.
struct ComputeEnergy: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "energy",
    abstract: "Estimate training energy: chip power × chip-hours × PUE.",
    discussion: """
      Measured energy comes from telemetry: see `systemic compute import`.

      Example: systemic compute energy --hardware H100 --chip-hours 30.8M --pue 1.12
      """)
  @Option(help: "Chip, whose design power stands for its mean power.") var hardware: String?
  @Option(help: "Mean power of one chip in watts, instead of a chip.") var watts: Double?
  @Option(help: "Chips × hours.") var chipHours: String
  @Option(help: "Power usage effectiveness of the data centre.") var pue: Double
  @Option(help: "text or json.") var format: TextFormat = .text

  func run() throws {
    try Terminal.run {
      let energy = try EnergyRequest.energy(
        hardware: hardware, watts: watts, chipHours: chipHours, pue: pue)
      Terminal.say(format == .json ? energy.json.pretty : energy.words)
    }
  }
}

extension LogKind: ExpressibleByArgument {}
extension Chip.Format: ExpressibleByArgument {}
extension EstimateRequest.Kind: ExpressibleByArgument {}
