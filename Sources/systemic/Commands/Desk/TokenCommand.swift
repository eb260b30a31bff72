public import ArgumentParser
import Duties
import Ground
public import Workspace

/// `systemic token`.
struct TokenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Tokens with which programs act for people, within bounds.",
    subcommands: [TokenCreate.self, TokenList.self, TokenRotate.self, TokenRevoke.self])
}

/// `systemic token create`.
struct TokenCreate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Make a token; its secret is shown once.",
    discussion: """
      A token never does more than its person may, and ends with their access. Scopes: read, write, approve, verify,
      administer; report stands alone: it is for a deployer, who reports incidents with it and does nothing else.
      Without --as, whoever sits at the machine names the person with --for.

      Examples:
        systemic token create "job script" --scope write --days 90 --as jane.doe
        systemic token create dashboard --for jane.doe --scope read --days 30
        systemic token create "Fictional Hospital" --for incidents.lead --scope report --days 366
      """)
  @Argument(help: "What it is for.")
  var name: String
  @Option(name: .customLong("scope"), help: "What it may be used for; may be repeated.")
  var scopes: [TokenScope]
  @Option(help: "For how many days it is good.")
  var days = 90
  @Option(
    name: .customLong("record"),
    help: "A record that it reaches; may be repeated; none reaches all.")
  var records: [String] = []
  @Option(name: .customLong("for"), help: "The person for whom it acts; default who signs in.")
  var person: String?
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let records = try records.map(Words.id)
    try await options.open(.write) { workspace in
      var new = NewToken(name: name, scopes: scopes, days: days)
      new.records = records
      TokenText.say(try await workspace.makeToken(new, for: person))
    }
  }
}

/// `systemic token list`.
struct TokenList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Tokens that you may see, without their secrets.")
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.read) { workspace in
      let people = try await PeopleNames(workspace)
      let now = workspace.surroundings.now()
      Terminal.say(
        TextTable.text(
          ["name", "person", "scopes", "status", "until", "last used", "made by", "id"],
          try await workspace.states(.token).map { token in
            let person = token.text("person")?.replacing("person/", with: "") ?? ""
            return [
              TextTable.plain(token.title), TextTable.plain(people.name(person)),
              token.texts("scopes").joined(separator: ", "),
              token.isTokenInForce(now) ? token.status ?? "" : "ended", token.text("expires") ?? "",
              token.text("last_used") ?? "", TextTable.plain(token.text("made_by") ?? ""),
              token.id.text,
            ]
          }, empty: "there is no token: systemic token create NAME --scope read"))
    }
  }
}

/// `systemic token rotate`.
struct TokenRotate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate",
    abstract: "Make a new secret; the old one stays good for some hours.",
    discussion: "Example:\n  systemic token rotate token/… --overlap-hours 24 --as jane.doe")
  @Argument(help: "The token's id.")
  var token: String
  @Option(help: "For how many days the new one is good.")
  var days = 90
  @Option(help: "For how many hours the old one stays good; 0 ends it at once.")
  var overlapHours = 24
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let id = try Words.id(token)
    try await options.open(.write) { workspace in
      TokenText.say(
        try await workspace.rotateToken(id, days: days, overlapHours: overlapHours))
    }
  }
}

/// `systemic token revoke`.
struct TokenRevoke: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "End a token at once.")
  @Argument(help: "The token's id.")
  var token: String
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let id = try Words.id(token)
    try await options.open(.write) { workspace in
      let state = try await workspace.revokeToken(id)
      Terminal.say("the token “\(state.title)” has ended")
    }
  }
}

/// What is said of a token that was made.
enum TokenText {
  static func say(_ made: MadeToken) {
    Terminal.say(
      "“\(TextTable.plain(made.state.title))” (\(made.state.id.text)) is good until "
        + (made.state.text("expires") ?? ""))
    Terminal.say("token, shown this once: \(made.secret)")
  }
}

extension TokenScope: ExpressibleByArgument {}
