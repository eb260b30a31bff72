import ArgumentParser
import Duties
import Ground
import Workspace

/// `systemic evidence list`.
struct EvidenceList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Evidence, with what has expired and what is due for review.")
  @Option(help: "Only evidence of this model, by name or id.")
  var model: String?
  @Option(help: "Only evidence that answers this rule, by id.")
  var duty: String?
  @Flag(help: "Only evidence that has expired or is due for review.")
  var due = false
  @Flag(help: "Withdrawn and replaced evidence too.")
  var all = false
  @Option(help: "text or json.")
  var format = ListFormat.text
  @OptionGroup var days: AsOfOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let asOf = try days.value()
    try await options.open(.read) { workspace in
      let today = asOf.effective ?? workspace.surroundings.today
      var wanted: String?
      if let model { wanted = try await workspace.needed(.model, named: model).id.text }
      let found = try await workspace.states(.evidence, asOf).filter { state in
        (all || state.status == "current") && (wanted.map { state.text("model") == $0 } ?? true)
          && (duty.map { state.texts("duties").contains($0) } ?? true)
          && (!due || state.isExpired(on: today) || state.isReviewDue(on: today))
      }
      switch format {
      case .json: Terminal.say(JSON.array(found.map(\.json)).pretty)
      case .text: Terminal.say(EvidenceText.list(found, on: today))
      }
    }
  }
}

/// `systemic evidence show`.
struct EvidenceShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "One piece of evidence.")
  @Argument(help: "The evidence, by id.")
  var id: String
  @Flag(help: "Read the sealed file through and prove that it is the one that was added.")
  var prove = false
  @Option(help: "text or json.")
  var format = ListFormat.text
  @OptionGroup var days: AsOfOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let (id, asOf) = (try Words.id(id), try days.value())
    try await options.open(.read) { workspace in
      if prove { try await workspace.proveEvidence(id) }
      let now = try await workspace.needed(id)
      guard let state = try await workspace.state(now.id, asOf) else {
        Terminal.say("there was no \(id.text) on that day")
        return
      }
      switch format {
      case .json: Terminal.say(state.json.pretty)
      case .text:
        let people = try await PeopleNames(workspace)
        Terminal.say(RecordText.whole(state, of: .evidence, people: people))
        if prove { Terminal.say("its file is the one that was added, byte for byte") }
      }
    }
  }
}

/// `systemic evidence review`.
struct EvidenceReview: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Record that evidence was looked at and still holds.")
  @Argument(help: "The evidence, by id.")
  var id: String
  @Option(name: .customLong("on"), help: "The day of the review; default today.")
  var reviewed: String?
  @Option(help: "The day of the next review.")
  var next: String?
  @Option(help: "A new last day on which it holds.")
  var expires: String?
  @Option(help: "What was found.")
  var reason: String?
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let id = try Words.id(id)
    let days = try [reviewed, next, expires].map { text in try text.map { try Terminal.day($0) } }
    try await options.open(.write) { workspace in
      let state = try await workspace.reviewEvidence(
        id, reviewed: days[0], next: days[1], expires: days[2], remark: reason)
      Terminal.say(
        "reviewed \(state.title)" + (state.text("review_by").map { ", again by \($0)" } ?? ""))
    }
  }
}

/// `systemic evidence withdraw`.
struct EvidenceWithdraw: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: "Say that evidence shows nothing any more; the file stays.")
  @Argument(help: "The evidence, by id.")
  var id: String
  @Option(help: "Why.")
  var reason: String?
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let id = try Words.id(id)
    try await options.open(.write) { workspace in
      let state = try await workspace.withdrawEvidence(id, reason: reason)
      Terminal.say("withdrew \(state.title); the file is kept as long as its retention asks")
    }
  }
}

/// Evidence as a terminal shows it.
enum EvidenceText {
  /// Adds a file with a bar, and says what came of it.
  static func add(_ evidence: NewEvidence, to workspace: OpenWorkspace) async throws {
    let bar = Progress(file: evidence.source.name)
    defer { bar.finish() }
    let added = try await workspace.addEvidence(evidence) { bar.read($0) }
    bar.finish()
    let (state, name) = (added.state, TextTable.plain(added.state.title))
    guard added.isNew else {
      Terminal.say(
        "\(evidence.source.name) is there already: \(state.id.text) \(name); nothing was added")
      return
    }
    Terminal.say("kept \(evidence.source.name) as \(state.id.text) \(name)")
    Terminal.say("  sha256 \(state.text("sha256") ?? "")")
  }

  static func list(_ states: [RecordState], on day: Day) -> String {
    TextTable.text(
      ["id", "title", "edition", "status", "expires", "review by", "file"],
      states.map { state in
        let status =
          state.isExpired(on: day)
          ? "expired" : state.isReviewDue(on: day) ? "review due" : state.status ?? ""
        return [
          state.id.text, TextTable.plain(state.title), TextTable.plain(state.text("edition") ?? ""),
          status, state.text("expires") ?? "", state.text("review_by") ?? "",
          TextTable.plain(state.text("file") ?? ""),
        ]
      }, empty: "no evidence")
  }
}
