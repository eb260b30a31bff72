import ArgumentParser
import Documents
import Duties
import Ground
import Workspace

/// Fields of a draft.
struct FilingFields: ParsableArguments {
  @Option(name: .customLong("set"), help: "field=value; an empty value unsets; may be repeated.")
  var settings: [String] = []

  func values(_ kind: RecordKind) throws -> [(String, JSON)] {
    try settings.map { try Words.setting($0, of: kind) }
  }
}

/// `… set`.
struct FilingSet: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Change what people write in a draft.")
  @OptionGroup var name: FilingName
  @OptionGroup var fields: FilingFields
  @Option(help: "Why.")
  var reason: String?
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let set = try fields.values(try Words.kind(try Words.id(name.filing).kind))
    if try await remote.hasTaken(
      "change", of: name.filing, [("reason", reason)], set: set, besides: options)
    {
      return
    }
    try await options.open(.write) { workspace in
      let state = try await name.state(workspace)
      let changed = try await workspace.changeFiling(
        state, set: set, reason: reason)
      Terminal.say("\(changed.title) is at version \(changed.version)")
    }
  }
}

/// `… review`.
struct FilingReview: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Send a draft for review: the package is kept as it is now.")
  @OptionGroup var name: FilingName
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    if try await remote.hasTaken("send", of: name.filing, besides: options) { return }
    try await options.open(.write) { workspace in
      let state = try await workspace.sendForReview(try await name.state(workspace))
      Terminal.say("\(state.title) (\(state.id.text)) waits for review")
      Terminal.say("SHA-256 of the package: \(state.text("sha256") ?? "")")
      for gap in state.texts("gaps") { Terminal.say("lacks: \(gap)") }
    }
  }
}

/// `… return`.
struct FilingReturn: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "return", abstract: "Send a filing back to whoever wrote it.")
  @OptionGroup var name: FilingName
  @Option(help: "Why.")
  var reason: String
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.step(name, remote, "return", [("reason", reason)]) {
      try await $0.returnFiling($1, reason: reason)
    }
  }
}

/// `… approve`.
struct FilingApprove: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve", abstract: "Approve a filing as another person than those who wrote it.")
  @OptionGroup var name: FilingName
  @Option(help: "A remark.")
  var reason: String?
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    if try await remote.hasTaken(
      "approve", of: name.filing, [("reason", reason)], besides: options)
    {
      return
    }
    try await options.open(.write) { workspace in
      let state = try await workspace.approveFiling(
        try await name.state(workspace), reason: reason)
      Terminal.say("approved \(state.title) (\(state.id.text)) by \(workspace.who.name)")
      for gap in state.texts("gaps") { Terminal.say("approved without: \(gap)") }
    }
  }
}

/// `… withdraw`.
struct FilingWithdraw: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: "Withdraw an approval, so that the draft can be changed.")
  @OptionGroup var name: FilingName
  @Option(help: "Why.")
  var reason: String
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.step(name, remote, "withdraw-approval", [("reason", reason)]) {
      try await $0.withdrawApproval($1, reason: reason)
    }
  }
}

/// `… submit`.
struct FilingSubmit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit", abstract: "Note that an approved filing was sent to the Commission.",
    discussion:
      "The program sends nothing by itself: it notes what was sent, when, and how it can be shown.")
  @OptionGroup var name: FilingName
  @Option(help: "The channel, for example EU SEND; the Act prescribes none.")
  var channel: String
  @Option(help: "The receipt number that the channel gave.")
  var receipt: String?
  @Option(
    name: .customLong("sha256"),
    help:
      "SHA-256 of the file as it was sent; compared with the approved package unless a form is given."
  )
  var digest: String?
  @Option(
    help:
      "The form in which it was sent: docx, pdf, html, markdown or other; default the package itself."
  )
  var form: String?
  @Option(name: .customLong("on"), help: "When: a day, or a moment with its offset; default today.")
  var effective: String?
  @Flag(help: "It corrects what was noted before; a reason is due.")
  var correct = false
  @Option(help: "Why it is corrected.")
  var reason: String?
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let said = [
      ("channel", channel), ("receipt", receipt), ("digest", digest), ("form", form),
      ("on", effective),
      ("reason", reason),
    ]
    if try await remote.hasTaken(
      correct ? "correct" : "submit", of: name.filing, said, besides: options)
    {
      return
    }
    try await options.open(.write) { workspace in
      let filing = try await name.state(workspace)
      let submission = Submission(
        on: try FilingText.moment(effective, workspace), channel: channel, receipt: receipt,
        digest: digest, form: form)
      let state =
        correct
        ? try await workspace.correctSubmission(filing, submission, reason: reason ?? "")
        : try await workspace.submitFiling(filing, submission)
      FilingText.done(state)
      Terminal.say("SHA-256 of the package that was sent: \(state.text("sent_sha256") ?? "")")
      if let form = state.text("file_form") {
        Terminal.say("SHA-256 of its \(form): \(state.text("file_sha256") ?? "not noted")")
      }
    }
  }
}

/// `… acknowledge`.
struct FilingAcknowledge: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "acknowledge", abstract: "Note that the Commission acknowledged a filing.")
  @OptionGroup var name: FilingName
  @Option(help: "The Commission's reference.")
  var reference: String?
  @Option(name: .customLong("on"), help: "When; default today.")
  var effective: String?
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let said = [("reference", reference), ("on", effective)]
    try await options.step(name, remote, "acknowledge", said) { workspace, filing in
      try await workspace.acknowledgeFiling(
        filing, reference: reference, on: try FilingText.moment(effective, workspace))
    }
  }
}

/// `… give-up`.
struct FilingGiveUp: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "give-up", abstract: "Give a filing up before it was sent.")
  @OptionGroup var name: FilingName
  @Option(help: "Why.")
  var reason: String
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.step(name, remote, "give-up", [("reason", reason)]) {
      try await $0.giveUpFiling($1, reason: reason)
    }
  }
}

/// `… show`.
struct FilingShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "A filing: stage, clocks, what it lacks and who asks for it, what changed.")
  @OptionGroup var name: FilingName
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.read) { workspace in
      let state = try await name.state(workspace)
      Terminal.say(FilingText.whole(try await workspace.filing(state.id)))
    }
  }
}
