import ArgumentParser
import Duties
import Ground
import Workspace

/// `systemic record`.
struct RecordsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Any record: list, show, history, events.",
    subcommands: [
      RecordList.self, RecordShow.self, RecordHistory.self, RecordAdd.self, RecordEventCommand.self,
      RecordKinds.self,
    ])
}

/// `systemic record list`.
struct RecordList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The records of a kind, as of any day.")
  @Argument(help: "The kind; `systemic record kinds` lists them.")
  var kind: String
  @Option(help: "text or json.")
  var format: ListFormat = .text
  @OptionGroup var asOf: AsOfOptions
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let kind = try Words.kind(kind)
    let asOf = try asOf.value()
    if let desk = try remote.desk(besides: options) {
      guard asOf == .now else { throw ValidationError("A server lists records as they stand now.") }
      return try await Terminal.run {
        let states = try await desk.states(kind)
        Terminal.say(
          format == .json
            ? JSON.array(states.map(\.shown)).pretty : RecordText.list(states, of: kind))
      }
    }
    try await options.open(.read) { workspace in
      let states = try await workspace.states(kind, asOf)
      switch format {
      case .text: Terminal.say(RecordText.list(states, of: kind))
      case .json: Terminal.say(JSON.array(states.map(\.shown)).pretty)
      }
    }
  }
}

/// `systemic record show`.
struct RecordShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "A record as it stands, stood or was known on a day.")
  @Argument(help: "The record's id.")
  var record: String
  @Option(help: "text or json.")
  var format: ListFormat = .text
  @OptionGroup var asOf: AsOfOptions
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let id = try Words.id(record)
    let kind = try Words.kind(id.kind)
    if let desk = try remote.desk(besides: options) {
      return try await Terminal.run {
        let answer = try await desk.get(
          RemoteDesk.path(id), [("as_of", self.asOf.asOf), ("known", self.asOf.known)])
        guard let state = RemoteDesk.state(answer) else { return }
        let names = await desk.names()
        Terminal.say(
          format == .json
            ? state.shown.pretty : RecordText.whole(state, of: kind) { names[$0] ?? $0 })
      }
    }
    let asOf = try asOf.value()
    try await options.open(.read) { workspace in
      guard let state = try await workspace.state(id, asOf) else {
        _ = try await workspace.needed(id)
        Terminal.say("\(id.text) had not begun then")
        return
      }
      switch format {
      case .text:
        Terminal.say(RecordText.whole(state, of: kind, people: try await PeopleNames(workspace)))
      case .json: Terminal.say(state.shown.pretty)
      }
    }
  }
}

/// `systemic record history`.
struct RecordHistory: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Who changed a record, when, how and why.")
  @Argument(help: "The record's id.")
  var record: String
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let id = try Words.id(record)
    if let desk = try remote.desk(besides: options) {
      return try await Terminal.run {
        Terminal.say(RemoteText.history(try await desk.get(RemoteDesk.path(id) + "/events")))
      }
    }
    try await options.open(.read) { workspace in
      let people = try await PeopleNames(workspace)
      Terminal.say(RecordText.history(try await workspace.history(id), people: people))
    }
  }
}

/// `systemic record add`.
struct RecordAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Begin a record of a kind.",
    discussion: """
      Example:
        systemic record add downstream-request --set model=model/… --set title="Annex XII documents"
      """)
  @Argument(help: "The kind.")
  var kind: String
  @OptionGroup var change: ChangeOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let kind = try Words.kind(kind)
    try await options.open(.write) { workspace in
      guard kind.isWrittenByHand, let event = kind.events.first else {
        throw Problem(
          "systemic.own-command", what: "\(kind.titled) is not begun by this command",
          why: "more belongs to it than fields", mend: "see systemic --help for its own command")
      }
      let change = try change.change(event.name, of: kind, today: workspace.surroundings.today)
      let state = try await workspace.record(RecordCommand(kind, nil, change))
      Terminal.say("recorded \(state.title) (\(state.id.text))")
    }
  }
}

/// `systemic record event`.
struct RecordEventCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "event", abstract: "Record what happened to a record.")
  @Argument(help: "The record's id.")
  var record: String
  @Argument(help: "The event; `systemic record kinds KIND` lists them.")
  var event: String
  @OptionGroup var change: ChangeOptions
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let id = try Words.id(record)
    let kind = try Words.kind(id.kind)
    if let desk = try remote.desk(besides: options) {
      return try await Terminal.run {
        let state = try await desk.needed(kind, named: record)
        let change = try change.change(event, of: kind, today: try Terminal.day(nil))
        guard let changed = try await desk.happen(change, to: state) else { return }
        Terminal.say("\(changed.title): \(event), version \(changed.version)")
      }
    }
    try await options.open(.write) { workspace in
      guard kind.isWrittenByHand else {
        throw Problem(
          "systemic.own-command", what: "\(kind.titled) is not changed by this command",
          why: "more belongs to it than fields", mend: "see systemic --help for its own command")
      }
      let change = try change.change(event, of: kind, today: workspace.surroundings.today)
      let state = try await workspace.record(RecordCommand(kind, id, change))
      Terminal.say("\(state.title): \(event), version \(state.version)")
    }
  }
}

/// `systemic record kinds`.
struct RecordKinds: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kinds", abstract: "The kinds of records, or the fields and events of one.")
  @Argument(help: "A kind.")
  var kind: String?

  func run() async throws {
    guard let kind else {
      Terminal.say(
        TextTable.text(
          ["kind", "log", "read by", "events"],
          RecordKind.all.map { kind in
            [
              kind.name, kind.log.rawValue, kind.confidentiality.rawValue,
              kind.events.map(\.name).joined(separator: ", "),
            ]
          }, empty: ""))
      return
    }
    let known = try Words.kind(kind)
    let fields = known.fields.filter { !RecordKind.hiddenFields.contains($0.name) }
    Terminal.say(
      TextTable.text(
        ["field", "due", "example", "holds"],
        fields.map { [$0.name, $0.isRequired ? "yes" : "", $0.example, $0.title] }, empty: ""))
    Terminal.say("")
    Terminal.say(
      TextTable.text(
        ["event", "status", "reason", "means"],
        known.events.map { [$0.name, $0.status ?? "", $0.needsReason ? "due" : "", $0.title] },
        empty: ""))
  }
}

extension RecordKind {
  /// Kinds whose records are made of fields alone; others have commands of their own.
  var isWrittenByHand: Bool {
    log == .regulatory && !isComposed && !["opinion", "evidence", "erasure", "hold"].contains(name)
  }
}

extension RecordState {
  /// As JSON without what is never shown.
  var shown: JSON {
    var state = self
    for field in RecordKind.hiddenFields { state.fields[field] = nil }
    return state.json
  }
}
