import ArgumentParser
import Duties
import Ground
import Workspace

/// Text or JSON.
enum ListFormat: String, ExpressibleByArgument, CaseIterable { case text, json }

/// The days for which a list or a record is asked.
struct AsOfOptions: ParsableArguments {
  @Option(help: "As things stood on this day (YYYY-MM-DD): what was true by then.")
  var asOf: String?
  @Option(help: "As it was known on this day: what was written by then.")
  var known: String?

  func value() throws -> AsOf {
    AsOf(
      effective: try asOf.map { try Terminal.day($0) },
      known: try known.map { try Terminal.day($0) })
  }
}

/// What every change of a record can say.
struct ChangeOptions: ParsableArguments {
  @Option(name: .customLong("set"), help: "field=value; an empty value unsets; may be repeated.")
  var settings: [String] = []
  @Option(
    name: .customLong("on"),
    help: "When it was true: a day, or a moment with its offset; default today.")
  var effective: String?
  @Option(help: "Why.")
  var reason: String?
  @Option(
    name: .customLong("class"),
    help: "Who may read it: public, internal, confidential, article-78, incident-restricted.")
  var confidentiality: String?
  @Flag(help: "It corrects the day of the same event before.")
  var correct = false

  /// The change of an event to a record of a kind.
  func change(_ event: String, of kind: RecordKind, today: Day) throws -> Change {
    Change(
      event, set: try fields(of: kind), effective: try moment(today), reason: reason,
      confidentiality: try confidentiality.map(Words.confidentiality), corrects: correct)
  }

  func fields(of kind: RecordKind) throws -> [(String, JSON)] {
    try settings.map { try Words.setting($0, of: kind) }
  }

  func moment(_ today: Day) throws -> Effective {
    guard let effective else { return .day(today) }
    guard let moment = Effective(effective) else {
      throw ValidationError("\"\(effective)\" is not a day or a moment with its offset.")
    }
    return moment
  }
}

extension WorkspaceOptions {
  /// Shows the records of a kind.
  func list(_ kind: RecordKind, _ asOf: AsOf = .now) async throws {
    try await open(.read) { workspace in
      Terminal.say(RecordText.list(try await workspace.states(kind, asOf), of: kind))
    }
  }

  /// Lets an event happen to the record of a name, and says what came of it.
  func change(
    _ kind: RecordKind, named name: String, _ event: String, _ change: ChangeOptions,
    _ words: (RecordState, Change) -> String
  ) async throws {
    try await open(.write) { workspace in
      let state = try await workspace.needed(kind, named: name)
      let change = try change.change(event, of: kind, today: workspace.surroundings.today)
      let changed = try await workspace.record(RecordCommand(kind, state.id, change))
      Terminal.say(words(changed, change))
    }
  }
}

/// Words of the command line as values.
enum Words {
  static func kind(_ name: String) throws -> RecordKind {
    if let kind = RecordKind.named(name) { return kind }
    let names = RecordKind.all.map(\.name).joined(separator: ", ")
    throw ValidationError("There is no kind of record \"\(name)\"; there are \(names).")
  }

  static func confidentiality(_ text: String) throws -> Confidentiality {
    if let value = Confidentiality(rawValue: text) { return value }
    let names = Confidentiality.allCases.map(\.rawValue).joined(separator: ", ")
    throw ValidationError("\"\(text)\" is not a class; write one of \(names).")
  }

  static func setting(_ text: String, of kind: RecordKind) throws -> (String, JSON) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw ValidationError("\"\(text)\" sets nothing; write field=value.")
    }
    let name = String(parts[0])
    guard let field = kind.field(name) else { return (name, .string(String(parts[1]))) }
    return (name, try field.value(of: String(parts[1])))
  }

  static func role(_ text: String) throws -> Role {
    if let role = Role(rawValue: text) { return role }
    let names = Role.allCases.dropLast(2).map(\.rawValue).joined(separator: ", ")
    throw ValidationError("\"\(text)\" is not a role; write one of \(names).")
  }

  static func entry(_ text: String) throws -> EntryName {
    do { return try EntryName(text) } catch { throw Terminal.fail(error) }
  }

  static func id(_ text: String) throws -> RecordID {
    guard let id = RecordID(text) else {
      throw ValidationError("\"\(text)\" is not the name of a record, kind/key.")
    }
    return id
  }
}

/// Records as a terminal shows them.
enum RecordText {
  /// A list of records.
  static func list(_ states: [RecordState], of kind: RecordKind) -> String {
    TextTable.text(
      ["id", "name", "status", "version", "changed"],
      states.map { state in
        [
          state.id.text, TextTable.plain(state.title), state.status ?? "", String(state.version),
          state.changed.utc,
        ]
      }, empty: "no \(kind.title)s")
  }

  /// A record with its fields and days.
  static func whole(_ state: RecordState, of kind: RecordKind, people: PeopleNames) -> String {
    whole(state, of: kind) { people.name($0) }
  }

  /// The same with names from elsewhere.
  static func whole(
    _ state: RecordState, of kind: RecordKind, name: (String) -> String
  ) -> String {
    var lines = [Terminal.bold(TextTable.plain(state.title, atMost: 90))]
    lines.append(
      "\(kind.title) \(state.id.text), version \(state.version)"
        + (state.status.map { ", \($0)" } ?? "") + ", \(state.confidentiality.rawValue)")
    lines.append(
      "begun \(state.begun.utc) by \(name(state.author)), changed \(state.changed.utc)")
    for field in kind.fields where !RecordKind.hiddenFields.contains(field.name) {
      guard let value = state.fields[field.name] else { continue }
      lines.append("  \(field.name): " + self.value(value))
    }
    for event in kind.events {
      if let when = state.happened[event.name] { lines.append("  \(when.text)  \(event.title)") }
    }
    return lines.joined(separator: "\n")
  }

  static func value(_ value: JSON) -> String {
    switch value {
    case .string(let text): TextTable.plain(text, atMost: 400)
    case .bool(let answer): answer ? "yes" : "no"
    case .array(let values) where values.allSatisfy { if case .string = $0 { true } else { false } }:
      TextTable.plain(values.map { self.value($0) }.joined(separator: "; "), atMost: 400)
    default: TextTable.plain(value.compact, atMost: 400)
    }
  }

  /// The events of a record.
  static func history(_ events: [RecordedEvent], people: PeopleNames) -> String {
    events.map { event in
      let envelope = event.envelope
      var lines = [
        "\(envelope.version)  \(envelope.recorded.utc)  " + Terminal.bold(envelope.event)
          + "  true \(envelope.effective.text), by \(people.name(envelope.actor.id))"
          + (event.user.map { " (\(TextTable.plain($0)))" } ?? "")
          + " as \(envelope.actor.role.rawValue), entry \(event.index)"
      ]
      if case .string(let reason)? = event.content?["reason"] {
        lines.append("   reason: \(TextTable.plain(reason, atMost: 400))")
      }
      if event.content == nil { lines.append("   its content was erased") }
      if case .object(let members)? = event.content?["set"] {
        for (name, value) in members where !RecordKind.hiddenFields.contains(name) {
          lines.append("   \(name): \(self.value(value))")
        }
      }
      return lines.joined(separator: "\n")
    }.joined(separator: "\n")
  }
}
