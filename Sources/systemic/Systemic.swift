import ArgumentParser
import Glibc

/// The `systemic` command: each subcommand is a few lines over a use case.
@main
struct Systemic: AsyncParsableCommand {
  static let version = "0.3.0"
  static let configuration = CommandConfiguration(
    commandName: "systemic",
    abstract:
      "The system of record for providers of general-purpose AI models (EU AI Act, Chapter V).",
    discussion: """
      Classify a model from its training logs, keep the record so that others can check it, see what is due.

      Examples:
        systemic classify examples/llama-3.1-405b.yaml
        systemic law due --rule '52(1)' --from 2026-11-20
        systemic incident assess examples/incidents.jsonl
        systemic init records --provider "Fictional Labs"
        systemic model add examples/aurora-planned.yaml --workspace records
        systemic docket --workspace records
        systemic journal verify records
      """,
    version: version,
    groupedSubcommands: [
      CommandGroup(
        name: "Questions",
        subcommands: [
          ClassifyCommand.self, ComputeCommand.self, LawCommand.self, IncidentCommand.self,
        ]),
      CommandGroup(
        name: "Records",
        subcommands: [
          InitCommand.self, ServeCommand.self, PersonCommand.self, TokenCommand.self,
          ModelCommand.self,
          RunCommand.self,
          OpinionCommand.self, NotificationCommand.self, RebuttalCommand.self,
          ReassessmentCommand.self, MandateCommand.self, RecordsCommand.self,
          DocketCommand.self, SearchCommand.self, RegisterCommand.self, EvidenceCommand.self,
        ]),
      CommandGroup(
        name: "Proof", subcommands: [JournalCommand.self, WitnessCommand.self]),
      CommandGroup(
        name: "Keeping",
        subcommands: [
          KeyCommand.self, EraseCommand.self, RetentionCommand.self, HoldCommand.self,
          BackupCommand.self, RestoreCommand.self, ConfigCommand.self, WebhookCommand.self,
          ConnectorCommand.self,
        ]),
    ])

  /// Runs what was asked.
  static func main() async {
    // A reader that has seen enough, such as head, ends us quietly, whatever the process that began us had set.
    signal(SIGPIPE, SIG_DFL)
    await main(nil)
  }
}
