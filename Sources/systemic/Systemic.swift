import ArgumentParser

/// The `systemic` command: each subcommand is a few lines over a use case.
@main
struct Systemic: ParsableCommand {
  static let version = "0.1.0"
  static let configuration = CommandConfiguration(
    commandName: "systemic",
    abstract:
      "The system of record for providers of general-purpose AI models (EU AI Act, Chapter V).",
    discussion: """
      Classify a model from its training logs, count legal periods, read the law as dated data.

      Examples:
        systemic classify examples/llama-3.1-405b.yaml
        systemic classify --csv models.csv --output opinions.jsonl
        systemic compute import trainer_state.json --params 7B
        systemic law due --rule '52(1)' --from 2026-11-20
      """,
    version: version, subcommands: [ClassifyCommand.self, ComputeCommand.self, LawCommand.self])
}
