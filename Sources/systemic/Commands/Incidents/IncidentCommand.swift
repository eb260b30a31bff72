import ArgumentParser
import Duties
import Ground
import Rulebook
import Workspace

/// Formats of an answer about incidents.
enum IncidentFormat: String, ExpressibleByArgument, CaseIterable { case text, json }

/// `systemic incident`.
struct IncidentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "incident",
    abstract: "Incidents: intake, the legal test, every clock at once, reports, what follows.",
    discussion: """
      Without a workspace: questions and assess. On the record: the others.

      Examples:
        systemic incident receive "Outage of a hospital's planning" --model "Aurora 3"
        systemic incident answer incident/… infrastructure=yes causal_link=suspected
        systemic incident date incident/… involvement-known --at 2026-11-21T02:00+01:00
        systemic incident report draft incident/… --type initial
        systemic incident questions
        systemic incident assess examples/incidents.jsonl
        systemic incident assess examples/incidents.jsonl --format json
      """,
    subcommands: [
      Assess.self, Questions.self, IncidentReceive.self, IncidentList.self, IncidentShow.self,
      IncidentDescribe.self, IncidentAnswer.self, IncidentDateCommand.self, IncidentConsider.self,
      IncidentMerge.self, IncidentBundle.self, IncidentReportCommand.self, IncidentTemplate.self,
      IncidentFollow.self,
      IncidentStep.self, IncidentClose.self, IncidentReopen.self, IncidentDossierCommand.self,
      IncidentImport.self, IncidentWatch.self, IncidentDuplicates.self, IncidentExportSTIX.self,
      IncidentStatistics.self,
    ])

  /// `systemic incident assess`.
  struct Assess: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "assess",
      abstract: "Assess incidents, one JSON object a line: categories, what is missing, clocks.",
      discussion: """
        Members, each of which may be missing: id, narrative, occurred, aware_of_involvement, resolved, facts;
        also first_report, deployer_aware, aware_of_incident, documented, placed_on_market (of the model),
        learned (moments by category) and reports (a list with type and submitted). facts answers the questions of `systemic incident questions`
        with yes, no or unknown. A moment without offset is taken as Brussels time, a day as its beginning. A
        category says what harm there was; serious also asks whether the model led to it, or was breached itself.

        Suggestions come from words of the narrative; they ask and never decide. Exit status: 0 when the file
        was read, 1 problem, 64 misuse; with --strict 1 if any incident has problems.

        Examples:
          systemic incident assess incidents.jsonl
          systemic incident assess incidents.jsonl --format json --output answers.jsonl
          echo '{"facts": {"death": "yes"}, "aware_of_involvement": "2026-11-20T02:00+01:00"}' | \\
            systemic incident assess - --explain
        """)
    @Argument(help: "A file of JSON lines; - is standard input.")
    var file: String
    @Option(help: "text or json: a line for each incident.")
    var format: IncidentFormat = .text
    @Option(help: "Where to write; default standard output.")
    var output: String?
    @Option(
      help:
        "The day asked (YYYY-MM-DD), for the law and for what is overdue; default today in Brussels."
    )
    var asOf: String?
    @Flag(help: "Text: every clock with its notes, what decided each category, the score.")
    var explain = false
    @Flag(help: "End with status 1 if any incident has problems.")
    var strict = false
    @Option(help: "An organisation's own rules (YAML), added to the law.")
    var overlay: String?

    func run() throws {
      try Terminal.run { try assess() }
    }

    private func assess() throws {
      try LineWriter.refuse(output: output, over: file)
      let law = Law.at(
        try Terminal.day(asOf), overlay: try overlay.map { try OverlayFile.read($0) })
      let writer = LineWriter(path: output)
      let progress = Progress(file: file)
      let summary = try AssessIncidents(law: law).run(path: file, progress: progress.read) { row in
        switch format {
        case .json: try writer.write(row.json(law).compactBytes)
        case .text: try writer.write(IncidentText.assessment(row, law: law, explain: explain))
        }
        progress.advance()
      }
      try writer.finish()
      progress.finish()
      if let staleness = summary.staleness { Terminal.warn("note: \(staleness)") }
      if summary.rowsWithProblems > 0 {
        Terminal.warn(
          "note: \(summary.rowsWithProblems) of \(summary.rows) incidents have problems")
      }
      if strict, summary.rowsWithProblems > 0 { throw ExitCode(1) }
    }
  }

  /// `systemic incident questions`.
  struct Questions: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "questions",
      abstract: "The decision table: every question in plain words, with its id and legal basis.",
      discussion: """
        The ids are what `facts` of `systemic incident assess` answers with yes, no or unknown. A category may
        also be answered as a whole, by its name; its own questions count before that.

        Examples:
          systemic incident questions
          systemic incident questions --format json
        """)
    @Option(help: "text or json.")
    var format: IncidentFormat = .text
    @Option(help: "By the law of this day (YYYY-MM-DD); default today in Brussels.")
    var asOf: String?

    func run() throws {
      try Terminal.run {
        let law = Law.at(try Terminal.day(asOf))
        switch format {
        case .json:
          Terminal.say(JSON.array(IncidentQuestion.allCases.map { $0.json(law) }).pretty)
        case .text: Terminal.say(IncidentText.questions(law))
        }
      }
    }
  }
}
