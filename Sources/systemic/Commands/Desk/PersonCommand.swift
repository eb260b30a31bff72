import ArgumentParser
import Duties
import Ground
import Outbound
import Server
import Workspace

/// `systemic person`.
struct PersonCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "person", abstract: "Register people and what they may do.",
    subcommands: [
      PersonAdd.self, PersonList.self, PersonLink.self, PersonToken.self, PersonPassphrase.self,
      PersonMail.self, PersonRoles.self, PersonRemove.self, PersonSignOut.self,
      PersonEmergency.self,
    ])
}

/// `systemic person add`.
struct PersonAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Register a person.",
    discussion: """
      The passphrase is typed twice, or taken from SYSTEMIC_NEW_SECRET; with --token one is made and shown once.
      Roles: compliance, counsel, safety, security, incident-lead, approver, auditor, evaluator, inspector, administrator.

      Examples:
        systemic person add jane.doe --role counsel --display-name "Jane Doe"
        systemic person add ai-office --role inspector --scope model/… --request "Art. 91, ref. 1" --token
      """)
  @Argument(help: "The name to sign in with: a to z, digits, dots, hyphens.")
  var name: String
  @Option(name: .customLong("role"), help: "What the person may do; may be repeated.")
  var roles: [String]
  @Option(help: "The name that people read.")
  var displayName: String?
  @Option(help: "A record an evaluator or inspector may read; may be repeated.")
  var scope: [String] = []
  @Option(help: "The request an inspector acts on.")
  var request: String?
  @Option(help: "First day of access.")
  var from: String?
  @Option(help: "Last day of access.")
  var until: String?
  @Flag(help: "Make an access token instead of asking for a passphrase.")
  var token = false
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let roles = try roles.map(Words.role)
    let scope = try scope.map(Words.id)
    let days = (try from.map { try Terminal.day($0) }, try until.map { try Terminal.day($0) })
    try await options.open(.write) { workspace in
      let secret: NewPerson.Secret =
        token
        ? .token : .passphrase(try Secret.new("of \(name)", variable: "SYSTEMIC_NEW_SECRET"))
      var person = NewPerson(name: name, displayName: displayName, roles: roles, secret: secret)
      person.scope = scope
      person.request = request
      person.days = days
      let (state, token) = try await workspace.addPerson(person)
      Terminal.say("registered \(state.title) (\(state.id.text))")
      if let token { Terminal.say("token, shown this once: \(token)") }
    }
  }
}

/// `systemic person list`.
struct PersonList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "Who may act.")
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.read) { workspace in
      let people = try await workspace.states(.person)
      Terminal.say(
        TextTable.text(
          ["name", "reads as", "roles", "status", "until", "secret set by", "id"],
          people.map { person in
            [
              TextTable.plain(person.title), TextTable.plain(person.text("display_name") ?? ""),
              person.texts("roles").joined(separator: ", "), person.status ?? "",
              person.text("valid_until") ?? "", TextTable.plain(setter(of: person, people)),
              person.id.text,
            ]
          }, empty: "nobody is registered: systemic person add NAME --role compliance"))
    }
  }

  /// Who set the secret: the person alone, or somebody who could sign in as them.
  private func setter(of person: RecordState, _ people: [RecordState]) -> String {
    guard let id = person.text("secret_by") else { return "" }
    if id == person.id.key { return "themselves" }
    return people.first { $0.id.key == id }?.title ?? id
  }
}

/// `systemic person token`.
struct PersonToken: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Issue a new token, or end the one there is.")
  @Argument(help: "The person.")
  var name: String
  @Flag(help: "End the token.")
  var revoke = false
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      if revoke {
        try await workspace.revokeToken(of: name)
        Terminal.say("the token of \(name) has ended")
      } else {
        Terminal.say("token, shown this once: \(try await workspace.issueToken(to: name))")
      }
    }
  }
}

/// `systemic person link`.
struct PersonLink: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "link",
    abstract: "Make a link with which a person signs in once, to set a passphrase.",
    discussion: """
      The link is good for 30 minutes and once. A new one ends the one before.

      Example:
        systemic person link jane.doe
      """)
  @Argument(help: "The person.")
  var name: String
  @Option(help: "The address at which the person reaches the desk; default as configured.")
  var address: String?
  @OptionGroup var configured: ConfigurationOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let address = try address ?? configured.read(workspace.folder).address
      let link = try await workspace.issueLink(to: name)
      Terminal.say("\(address)/sign-in/link/\(link)")
    }
  }
}

/// `systemic person passphrase`.
struct PersonPassphrase: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "passphrase", abstract: "Set a person's passphrase.",
    discussion: """
      With --as, people choose their own, which nobody else knows then: `systemic person list` shows who set it.

      Example:
        systemic person passphrase jane.doe --as jane.doe
      """)
  @Argument(help: "The person.")
  var name: String
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let passphrase = try Secret.new("of \(name)", variable: "SYSTEMIC_NEW_SECRET")
      try await workspace.setPassphrase(of: name, passphrase)
      Terminal.say("the passphrase of \(name) is set")
    }
  }
}

/// `systemic person roles`.
struct PersonRoles: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "roles", abstract: "Change what a person may do.")
  @Argument(help: "The person.")
  var name: String
  @Option(name: .customLong("role"), help: "The roles from now on; may be repeated.")
  var roles: [String]
  @Option(help: "Why.")
  var reason: String?
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let roles = try roles.map(Words.role)
    try await options.open(.write) { workspace in
      try await workspace.changePerson(
        name, [("roles", JSON(roles.map(\.rawValue)))], reason: reason)
      Terminal.say("\(name) has the roles " + roles.map(\.rawValue).joined(separator: ", "))
    }
  }
}

/// `systemic person remove`.
struct PersonRemove: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "End a person's access; what they did stays.")
  @Argument(help: "The person.")
  var name: String
  @Option(help: "Why.")
  var reason: String?
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      try await workspace.removePerson(name, reason: reason)
      Terminal.say("the access of \(name) has ended")
    }
  }
}

/// `systemic person sign-out`.
struct PersonSignOut: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign-out",
    abstract: "End all sessions of a person, or also the second factor of a lost device.")
  @Argument(help: "The person.")
  var name: String
  @Flag(help: "End the second factor as well; the person sets up another.")
  var secondFactor = false
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      if secondFactor { try await workspace.endSecondFactor(of: name) }
      let count = try await workspace.endSessions(of: name)
      Terminal.say("\(name) is signed out: \(count) sessions ended")
    }
  }
}

/// `systemic person emergency`.
struct PersonEmergency: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "emergency",
    abstract: "Make the secret of the emergency administrator, for a safe.",
    discussion: """
      It opens the work of an administrator for an hour, for a reason that everybody reads, and another person reviews it.
      It is good once; a new one ends the one before.
      """)
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      Terminal.say(
        "emergency secret, shown this once: \(try await workspace.makeEmergencySecret())")
    }
  }
}

/// `systemic person mail`.
struct PersonMail: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mail", abstract: "Set where a person's reminders go, or end them.",
    discussion: """
      Reminders are sent by `systemic serve` where the section mail is configured: 30, 7 and 1 days before a deadline, hours \
      where hours count, and when it is overdue. Titles of confidential records are not sent.

      Examples:
        systemic person mail jane.doe jane.doe@example.org
        systemic person mail jane.doe --none
      """)
  @Argument(help: "The person.")
  var name: String
  @Argument(help: "The address.")
  var address: String?
  @Flag(help: "Send nothing any more.")
  var none = false
  @OptionGroup var options: WorkspaceOptions

  func validate() throws {
    guard (address == nil) == none else {
      throw ValidationError("Give an address, or --none.")
    }
  }

  func run() async throws {
    try await options.open(.write) { workspace in
      if let address { try MailMessage.check(address) }
      try await workspace.setMailAddress(of: name, to: address)
      Terminal.say(
        address.map { "reminders of \(name) go to \($0)" } ?? "\(name) is reminded no more")
    }
  }
}
