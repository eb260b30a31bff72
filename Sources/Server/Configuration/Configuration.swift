public import Ground
internal import RuleFile
internal import Workspace

/// What was set, by file or environment, with where each value comes from.
public struct Configuration: Sendable {
  /// A value and where it stands.
  public struct Value: Sendable, Equatable {
    /// The texts; one but for lists.
    public let texts: [String]
    /// File, line and column, or the variable.
    public let place: Place
    /// Whether the text is the path of a file that holds the value.
    public let isPath: Bool
  }

  private var values: [String: Value] = [:]
  /// Variables that look like ours and are none.
  public private(set) var unknownVariables: [String] = []

  /// Variables that something else than the configuration reads.
  public static let otherVariables: Set = [
    "SYSTEMIC_WORKSPACE", "SYSTEMIC_SECRET", "SYSTEMIC_CONFIG", "SYSTEMIC_RECOVERY_PASSPHRASE",
    "SYSTEMIC_NEW_SECRET", "SYSTEMIC_SERVER", "SYSTEMIC_TOKEN", "SYSTEMIC_CODE", "SYSTEMIC_HOME",
  ]

  /// Reads a file, then the environment, which wins.
  ///
  /// - Parameter file: Its text and its name; nil where there is none.
  /// - Throws: `server.bad-configuration` with every place, `server.secret-in-file`, `rulefile.*`.
  public init(file: (text: String, name: String)?, environment: [String: String]) throws(Problem) {
    var problems: [Problem] = []
    if let file { try read(file.text, file.name, &problems) }
    for setting in Settings.all {
      let names = setting.form == .secret ? ["", "_FILE"] : [""]
      for ending in names {
        let variable = setting.variable + ending
        guard let text = environment[variable], !text.isEmpty else { continue }
        take(setting, [text], Place(variable), isPath: !ending.isEmpty, &problems)
      }
    }
    let known = Set(Settings.all.flatMap { [$0.variable, $0.variable + "_FILE"] })
      .union(Configuration.otherVariables)
    unknownVariables = environment.keys.filter { $0.hasPrefix("SYSTEMIC_") && !known.contains($0) }
      .sorted()
    guard problems.isEmpty else { throw Configuration.several(problems) }
  }

  /// Nothing but what is usual.
  public init() {}

  /// What was set under a path; nil where nothing was.
  public func value(_ path: String) -> Value? { values[path] }

  /// The text of a setting, what is usual where nothing was set.
  public func text(_ path: String) -> String? {
    values[path]?.texts.first ?? Settings.named(path)?.usual
  }

  /// The number of a setting; each that holds a number has a usual one.
  public func number(_ path: String) -> Int {
    guard let number = text(path).flatMap({ Int($0) }) else {
      preconditionFailure("\(path) is no setting with a number")
    }
    return number
  }

  /// The address under which people reach the desk, without a slash at its end: as it is set, else where it listens.
  public var address: String {
    if let address = text("address") {
      return address.hasSuffix("/") ? String(address.dropLast()) : address
    }
    let isProtected = isOn("behind_proxy") || text("tls.certificate") != nil
    return (isProtected ? "https://" : "http://") + (text("listen") ?? "")
  }

  /// Whether a setting says yes.
  public func isOn(_ path: String) -> Bool { text(path).flatMap(Configuration.answer) ?? false }

  /// The texts of a list.
  public func texts(_ path: String) -> [String] { values[path]?.texts ?? [] }

  /// A secret, read from its file where it stands in one; without the line end that editors add.
  ///
  /// - Throws: `server.no-secret-file`.
  public func secret(_ path: String) throws(Problem) -> String? {
    guard let value = values[path], let text = value.texts.first else { return nil }
    guard value.isPath else { return text }
    let content: String
    do { content = try TextFile.read(text) } catch {
      throw Problem(
        "server.no-secret-file", what: "the secret of \(path) cannot be read",
        why: "its file is not there, or not for this user", mend: "check the path and its owner",
        places: [value.place])
    }
    let secret = content.split(separator: "\n", omittingEmptySubsequences: false).first ?? ""
    guard !secret.isEmpty else {
      throw Problem(
        "server.no-secret-file", what: "the file of \(path) is empty",
        why: "its first line is the secret", mend: "write the secret into it", places: [value.place]
      )
    }
    return String(secret)
  }

  /// A setting that another one asks for.
  ///
  /// - Throws: `server.missing-setting`.
  func needed(_ path: String, because why: String) throws(Problem) -> String {
    if let text = text(path) { return text }
    throw Problem(
      "server.missing-setting", what: "\(path) is not set", why: why,
      mend: "set it in the configuration file, or as "
        + (Settings.named(path)?.variable ?? "a variable"))
  }
}

extension Configuration {
  private mutating func read(
    _ text: String, _ file: String, _ problems: inout [Problem]
  ) throws(Problem) {
    // A file of comments sets nothing.
    let isBlank = text.split(separator: "\n").allSatisfy { line in
      let words = line.drop { $0 == " " }
      return words.isEmpty || words.hasPrefix("#")
    }
    guard !isBlank else { return }
    let node = try RuleNode.read(text, file: file)
    var top = Fields(node, "the configuration")
    for section in Configuration.sections {
      if section.isEmpty {
        read(&top, section, &problems)
      } else if let node = top.node(section) {
        var fields = Fields(node, "the section \(section)")
        read(&fields, section, &problems)
        fields.finish()
        problems += fields.problems
      }
    }
    top.finish()
    problems += top.problems
  }

  private mutating func read(_ fields: inout Fields, _ section: String, _ problems: inout [Problem])
  {
    for setting in Settings.all where setting.section == section {
      switch setting.form {
      case .list:
        let texts = fields.texts(setting.name)
        if !texts.isEmpty {
          take(setting, texts, fields.place(of: setting.name), isPath: false, &problems)
        }
      case .secret:
        let name = setting.name + "_file"
        if let path = fields.text(name) {
          take(setting, [path], fields.place(of: name), isPath: true, &problems)
        }
        guard fields.node(setting.name) != nil else { continue }
        problems.append(
          Problem(
            "server.secret-in-file",
            what: "\(setting.path) holds a secret in the configuration file",
            why: "the file is read by more people, and lands in copies and histories",
            mend:
              "put it alone into a file that only this user reads, and name that file in \(name)",
            places: [fields.place(of: setting.name)]))
      case .text, .number, .flag, .choice:
        guard let text = fields.text(setting.name) else { continue }
        take(setting, [text], fields.place(of: setting.name), isPath: false, &problems)
      }
    }
  }

  private mutating func take(
    _ setting: Setting, _ texts: [String], _ place: Place, isPath: Bool,
    _ problems: inout [Problem]
  ) {
    if let wanted = Configuration.wanted(setting.form, texts.first ?? "") {
      let shown = setting.form == .secret ? "" : "“\(texts.first?.prefix(80) ?? "")” "
      problems.append(
        Problem(
          "server.bad-configuration", what: "\(shown)cannot be \(setting.path)",
          why: "it is \(setting.meaning): \(wanted)", mend: "correct it there", places: [place]))
      return
    }
    values[setting.path] = Value(texts: texts, place: place, isPath: isPath)
  }

  /// What a text should be; nil when it is.
  private static func wanted(_ form: Setting.Form, _ text: String) -> String? {
    switch form {
    case .text, .secret, .list:
      text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
        ? "one line of text" : nil
    case .number(let range):
      Int(text).map(range.contains) == true
        ? nil : "a number from \(range.lowerBound) to \(range.upperBound)"
    case .flag: answer(text) == nil ? "yes or no" : nil
    case .choice(let words):
      words.contains(text) ? nil : "one of " + words.joined(separator: ", ")
    }
  }

  private static func answer(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "yes", "true", "on", "1": true
    case "no", "false", "off", "0": false
    default: nil
    }
  }

  private static let sections: [String] = Settings.all.reduce(into: []) { sections, setting in
    if !sections.contains(setting.section) { sections.append(setting.section) }
  }

  private static func several(_ problems: [Problem]) -> Problem {
    guard problems.count > 1, let first = problems.first else {
      return problems.first ?? Problem("server.bad-configuration", what: "it cannot be read")
    }
    return Problem(
      first.code, what: "the configuration has \(problems.count) problems",
      why: "nothing of it is used while something is unclear", mend: "mend each place",
      places: problems.map { problem in
        var place = problem.places.first ?? Place("the configuration")
        place.label = problem.what + (problem.mend.isEmpty ? "" : "; " + problem.mend)
        return place
      })
  }
}
