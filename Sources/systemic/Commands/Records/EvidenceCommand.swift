import ArgumentParser
import Duties
import Ground
import Workspace

/// `systemic evidence`.
struct EvidenceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evidence", abstract: "Files that show that something was done, kept encrypted.",
    subcommands: [
      EvidenceAdd.self, EvidenceList.self, EvidenceShow.self, EvidenceGet.self,
      EvidenceReview.self, EvidenceReplace.self, EvidenceWithdraw.self, EvidenceSweepCommand.self,
    ])
}

/// What is told of a file when it is added.
struct EvidenceOptions: ParsableArguments {
  @Option(help: "What it shows; default the file's name.")
  var title: String?
  @Option(help: "The name of the file, where it is read from standard input.")
  var name: String?
  @Option(help: "The day from which it shows it (YYYY-MM-DD); default today.")
  var effective: String?
  @Option(help: "The last day on which it shows it.")
  var expires: String?
  @Option(help: "Its edition.")
  var edition: String?
  @Option(help: "Who reviews it: the name of a registered person.")
  var reviewer: String?
  @Option(help: "The day of its next review.")
  var reviewBy: String?
  @Option(help: "Rules that it answers: \"ai-act/53/1/a; cop/safety/10.1\".")
  var duties: String?
  @Option(help: "The model it belongs to, by name or id.")
  var model: String?
  @Option(
    name: .customLong("class"),
    help: "Who may read it: public, internal, confidential, article-78, incident-restricted.")
  var confidentiality: String?

  /// The description of a file.
  func evidence(_ file: String, in workspace: OpenWorkspace) async throws -> NewEvidence {
    let last = name ?? file.split(separator: "/").last.map(String.init) ?? file
    var evidence = NewEvidence(file: file, title: title ?? last)
    evidence.name = name
    evidence.effective = try effective.map { try Terminal.day($0) }
    evidence.confidentiality = try confidentiality.map(Words.confidentiality)
    let texts = [
      ("expires", expires), ("edition", edition), ("review_by", reviewBy), ("duties", duties),
    ]
    for (name, text) in texts {
      guard let text, let field = RecordKind.evidence.field(name) else { continue }
      evidence.fields.append((name, try field.value(of: text)))
    }
    if let model {
      let state = try await workspace.needed(.model, named: model)
      evidence.fields.append(("model", .string(state.id.text)))
    }
    if let reviewer {
      let state = try await workspace.needed(.person, named: reviewer)
      evidence.fields.append(("reviewer", .string(state.id.text)))
    }
    return evidence
  }
}

/// `systemic evidence add`.
struct EvidenceAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Keep files, encrypted while they are read; any size.",
    discussion: """
      The same content is kept once. A file is recorded when its sealed form is durable.

      Example:
        systemic evidence add report.pdf --title "Evaluation report" --model Aurora
      """)
  @Argument(help: "The files.")
  var files: [String]
  @OptionGroup var description: EvidenceOptions
  @Option(help: "The evidence that it replaces, by id; needs --reason, and one file.")
  var replaces: String?
  @Option(help: "Why it replaces it.")
  var reason: String?
  @OptionGroup var options: WorkspaceOptions

  func validate() throws {
    guard files.count == 1 || replaces == nil && description.name == nil else {
      throw ValidationError("--replaces and --name are for one file.")
    }
  }

  func run() async throws {
    let replaced = try replaces.map(Words.id)
    try await options.open(.write) { workspace in
      for file in files {
        var evidence = try await description.evidence(file, in: workspace)
        evidence.replaces = replaced
        evidence.reason = reason
        try await EvidenceText.add(evidence, to: workspace)
      }
    }
  }
}

/// `systemic evidence replace`.
struct EvidenceReplace: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replace", abstract: "Keep a file in the place of an older one, which stays.")
  @Argument(help: "The evidence that is replaced, by id.")
  var id: String
  @Argument(help: "The new file.")
  var file: String
  @OptionGroup var description: EvidenceOptions
  @Option(help: "Why.")
  var reason: String?
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let id = try Words.id(id)
    try await options.open(.write) { workspace in
      var evidence = try await description.evidence(file, in: workspace)
      evidence.replaces = id
      evidence.reason = reason
      try await EvidenceText.add(evidence, to: workspace)
    }
  }
}

/// `systemic evidence get`.
struct EvidenceGet: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Write a file out, proven to be the one that was added.")
  @Argument(help: "The evidence, by id.")
  var id: String
  @Option(name: [.short, .long], help: "Where to write it; nothing is overwritten.")
  var output: String
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let id = try Words.id(id)
    try await options.open(.read) { workspace in
      let bar = Progress(file: "-")
      defer { bar.finish() }
      try await workspace.getEvidence(id, to: output) { bar.read($0) }
      bar.finish()
      Terminal.say("wrote \(output): the file that was added, byte for byte")
    }
  }
}

/// `systemic evidence sweep`.
struct EvidenceSweepCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep", abstract: "Remove sealed files that a crash left without a record.")
  @Flag(help: "Only look.")
  var dryRun = false
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let sweep = try await workspace.sweepEvidence(onlyLooking: dryRun)
      let verb = dryRun ? "would remove" : "removed"
      for name in sweep.orphans { Terminal.say("\(verb) \(name): no record names it") }
      for path in sweep.unfinished { Terminal.say("\(verb) \(path): it was never finished") }
      for id in sweep.missing { Terminal.warn("the sealed file of \(id.text) is missing") }
      if sweep.isClean { Terminal.say("files and records fit") }
      if !sweep.missing.isEmpty { throw ExitCode(1) }
    }
  }
}
