/// One thing that can be set: in the configuration file under its section, or by a variable of the environment, which wins.
public struct Setting: Sendable {
  /// What it holds.
  public enum Form: Sendable, Equatable {
    /// A text.
    case text
    /// A whole number between two others.
    case number(ClosedRange<Int>)
    /// Yes or no.
    case flag
    /// One of some words.
    case choice([String])
    /// Several texts.
    case list
    /// A secret: never in the file itself, but in a file of its own (`name_file`) or in the environment.
    case secret
  }

  /// Section and name, such as `mail.host`; without a point at the top of the file.
  public let path: String
  /// What it is for, as a reader of the guide needs it.
  public let meaning: String
  /// What it holds.
  public let form: Form
  /// What holds when nothing is said; nil for nothing.
  public let usual: String?

  /// A setting.
  public init(_ path: String, _ form: Form, _ meaning: String, usual: String? = nil) {
    self.path = path
    self.meaning = meaning
    self.form = form
    self.usual = usual
  }

  /// The section; empty at the top.
  var section: String { path.contains(".") ? String(path.prefix { $0 != "." }) : "" }
  /// The name within the section.
  var name: String { String(path.split(separator: ".").last ?? "") }
  /// The variable of the environment.
  public var variable: String { "SYSTEMIC_" + path.replacing(".", with: "_").uppercased() }
}

/// Everything that can be set.
public enum Settings {
  /// All of them, in the order of the guide.
  public static let all: [Setting] =
    serving + entrance + intake + mail + webhooks + connectors + forwarding + incidents

  /// Where the desk listens and what it tells of itself.
  static let serving: [Setting] = [
    Setting(
      "listen", .text, "host and port of the pages, or off for none", usual: "127.0.0.1:7410"),
    Setting(
      "behind_proxy", .flag, "whether a proxy in front speaks TLS with the browsers", usual: "no"),
    Setting(
      "address", .text,
      "the address under which people reach the desk; links in mails and messages begin with it"),
    Setting(
      "checkpoint_seconds", .number(1...3600), "seconds between signed checkpoints", usual: "1"),
    Setting(
      "log.level", .choice(["info", "warning", "error"]), "what stands in the log", usual: "info"),
    Setting(
      "log.form", .choice(["json", "text"]), "one JSON object a line, or words", usual: "json"),
    Setting(
      "metrics.token", .secret,
      "what a program sends as bearer to read /metrics; without it only this machine may read them"),
    Setting(
      "limits.free_megabytes", .number(1...1_000_000),
      "free space on the disk of the workspace below which /readyz says no", usual: "256"),
  ]

  /// How people come in: protection of the connection, another party that signs them in, bounds.
  static let entrance: [Setting] = [
    Setting(
      "tls.certificate", .text,
      "the certificate, with those above it, with which the server itself speaks TLS (PEM file)"),
    Setting("tls.key", .text, "the private key of the certificate (PEM file)"),
    Setting("oidc.provider", .text, "a JSON file that names the identity provider"),
    Setting("oidc.secret", .secret, "the secret of this program at the identity provider"),
    Setting(
      "limits.changes_per_minute", .number(0...1_000_000),
      "changes that one person, and one address, may send in a minute; 0 for any number",
      usual: "600"),
    Setting(
      "limits.sign_ins_per_minute", .number(0...1_000_000),
      "attempts to sign in that one address may make in a minute; 0 for any number", usual: "30"),
  ]

  /// What strangers may report, and how often.
  static let intake: [Setting] = [
    Setting(
      "intake.public", .flag, "whether anybody may report an incident, at /report", usual: "no"),
    Setting(
      "intake.confidential", .flag,
      "whether anybody may report without saying who they are, at /report/confidential", usual: "no"
    ),
    Setting("intake.text", .text, "a Markdown file whose text stands above the form"),
    Setting("intake.models", .list, "public names of models, to choose from"),
    Setting(
      "intake.file_megabytes", .number(0...512), "largest file of a report; 0 takes none",
      usual: "20"),
    Setting(
      "intake.bits", .number(0...28),
      "work for one report: leading zero bits of a digest, each twice the work", usual: "16"),
    Setting(
      "intake.per_minute", .number(0...1_000_000),
      "reports, and questions by code, that one address may send in a minute; 0 for any number",
      usual: "6"),
    Setting(
      "intake.all_per_minute", .number(0...1_000_000),
      "the same of all addresses together; 0 for any number", usual: "120"),
    Setting(
      "intake.questions_per_minute", .number(1...1_000_000),
      "reports of all browsers without script together, whose people answer a question instead",
      usual: "10"),
  ]

  /// Reminders by mail.
  static let mail: [Setting] = [
    Setting("mail.via", .choice(["none", "smtp", "sendmail"]), "how mail leaves", usual: "none"),
    Setting("mail.host", .text, "the mail server"),
    Setting("mail.port", .number(1...65535), "its port", usual: "587"),
    Setting(
      "mail.security", .choice(["starttls", "tls", "none"]),
      "how the connection is protected; none is taken for this machine only", usual: "starttls"),
    Setting("mail.user", .text, "the name to sign in with"),
    Setting("mail.password", .secret, "the password of that name"),
    Setting("mail.trust", .text, "a PEM file of authorities to trust instead of the system's"),
    Setting("mail.from", .text, "the sender's address"),
    Setting("mail.sendmail", .text, "the program that takes mail", usual: "/usr/sbin/sendmail"),
    Setting("mail.hour", .number(0...23), "the hour of the day's digest, in Brussels", usual: "7"),
  ]

  /// Messages to other programs.
  static let webhooks: [Setting] = [
    Setting(
      "webhooks.allow_private", .flag,
      "whether hooks may lead to this machine and the house network",
      usual: "no"),
    Setting(
      "webhooks.seconds", .number(1...60), "seconds until a receiver has answered", usual: "15"),
    Setting("webhooks.trust", .text, "a PEM file of authorities to trust instead of the system's"),
  ]

  /// Ticket systems, pagers and chats.
  static let connectors: [Setting] = [
    Setting(
      "connectors.allow_private", .flag,
      "whether connectors may lead to this machine and the house network", usual: "no"),
    Setting(
      "connectors.seconds", .number(1...60), "seconds until a system has answered", usual: "15"),
    Setting(
      "connectors.reconcile_minutes", .number(1...1440),
      "minutes between two comparisons with each ticket system", usual: "15"),
    Setting(
      "connectors.trust", .text, "a PEM file of authorities to trust instead of the system's"),
  ]

  /// The access journal to another system.
  static let forwarding: [Setting] = [
    Setting(
      "forwarding.to", .choice(["none", "ocsf", "syslog"]),
      "OCSF JSON over HTTPS, or RFC 5424 syslog over TLS", usual: "none"),
    Setting("forwarding.url", .text, "for ocsf: where the events are posted"),
    Setting("forwarding.token", .secret, "for ocsf: sent as bearer"),
    Setting("forwarding.host", .text, "for syslog: the receiver"),
    Setting("forwarding.port", .number(1...65535), "for syslog: its port", usual: "6514"),
    Setting(
      "forwarding.trust", .text, "a PEM file of authorities to trust instead of the system's"),
    Setting(
      "forwarding.allow_private", .flag, "whether the receiver may be on the house network",
      usual: "no"),
  ]

  /// How reports of incidents come in.
  static let incidents: [Setting] = [
    Setting(
      "incidents.mail_folder", .text,
      "a folder whose mails (*.eml) are taken in as reports of incidents")
  ]

  /// The setting of a path.
  static func named(_ path: String) -> Setting? { all.first { $0.path == path } }
}
