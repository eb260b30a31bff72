import ArgumentParser
import Duties
import Ground
import Workspace

/// `systemic mandate`.
struct MandateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mandate",
    abstract:
      "Mandates of authorised representatives, Art. 54; asked of providers outside the Union.",
    subcommands: [
      MandateDraft.self, MandateSet.self, MandateSign.self, MandateEnd.self, MandateReport.self,
      MandateGiveUp.self, MandateList.self, MandateShow.self,
    ])
}

/// `systemic mandate draft`.
struct MandateDraft: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draft", abstract: "Begin the mandate of a representative.",
    discussion: FilingText.fields(.mandate))
  @Argument(help: "The representative's name.")
  var representative: String
  @Option(help: "The Member State it is established in.")
  var establishedIn: String
  @OptionGroup var fields: FilingFields
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let own: [(String, JSON)] = [
        ("title", .string(representative)), ("established_in", .string(establishedIn)),
      ]
      let state = try await workspace.draftMandate(own + (try fields.values(.mandate)))
      Terminal.say("drafted \(TextTable.plain(state.title)) (\(state.id.text))")
      for task in MandateTask.missing(in: state) {
        Terminal.say("lacks: \(task.rawValue) (\(task.words))")
      }
    }
  }
}

/// `systemic mandate set`.
struct MandateSet: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Change the draft of a mandate.")
  @OptionGroup var name: MandateName
  @OptionGroup var fields: FilingFields
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let state = try await workspace.changeMandate(
        try await name.state(workspace), set: try fields.values(.mandate))
      Terminal.say("\(state.title) is at version \(state.version)")
    }
  }
}

/// `systemic mandate sign`.
struct MandateSign: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign",
    abstract: "Note that a mandate was signed: it holds every task and the document.")
  @OptionGroup var name: MandateName
  @Option(name: .customLong("on"), help: "When; default today.")
  var effective: String?
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let day = try FilingText.moment(effective, workspace)
      let state = try await workspace.signMandate(try await name.state(workspace), on: day)
      FilingText.done(state)
      if let caution = MandateTask.caution(
        signed: day.day, models: try await workspace.states(.model))
      {
        Terminal.warn("note: \(caution)")
      }
    }
  }
}

/// `systemic mandate end`.
struct MandateEnd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "end", abstract: "Note that a mandate ended, by whom and why.")
  /// Who ended it.
  enum Side: String, ExpressibleByArgument, CaseIterable { case provider, representative }
  @OptionGroup var name: MandateName
  @Option(help: "provider or representative.")
  var by: Side
  @Option(help: "Why.")
  var reason: String
  @Option(name: .customLong("on"), help: "When; default today.")
  var effective: String?
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let said = [("ended_by", by.rawValue), ("reason", reason), ("on", effective)]
    try await options.step(name, remote, "end", said) { workspace, mandate in
      try await workspace.endMandate(
        mandate, by: by.rawValue, on: try FilingText.moment(effective, workspace), reason: reason)
    }
    if by == .representative {
      Terminal.say("the representative informs the AI Office immediately (Art. 54(5) AI Act)")
    }
  }
}

/// `systemic mandate report`.
struct MandateReport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Note that the AI Office was informed of the end of a mandate."
  )
  @OptionGroup var name: MandateName
  @Option(name: .customLong("on"), help: "When; default today.")
  var day: String?
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.step(name, remote, "report", [("on", day)]) { workspace, mandate in
      let day = try day.map { try Terminal.day($0) } ?? workspace.surroundings.today
      return try await workspace.reportMandateEnd(mandate, on: day)
    }
  }
}

/// `systemic mandate give-up`.
struct MandateGiveUp: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "give-up", abstract: "Give the draft of a mandate up.")
  @OptionGroup var name: MandateName
  @Option(help: "Why.")
  var reason: String
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.step(name, remote, "give-up", [("reason", reason)]) {
      try await $0.giveUpMandate($1, reason: reason)
    }
  }
}

/// `systemic mandate list`.
struct MandateList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "The mandates.")
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.list(.mandate)
  }
}

/// `systemic mandate show`.
struct MandateShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "show", abstract: "A mandate.")
  @OptionGroup var name: MandateName
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.read) { workspace in
      let state = try await name.state(workspace)
      Terminal.say(
        RecordText.whole(state, of: .mandate, people: try await PeopleNames(workspace)))
      for task in MandateTask.missing(in: state) {
        Terminal.say("  lacks: \(task.rawValue) (\(task.words))")
      }
    }
  }
}
