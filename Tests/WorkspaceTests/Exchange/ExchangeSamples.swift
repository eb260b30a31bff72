import Duties
import Ground
import TestSupport
import Testing

@testable import Workspace

/// Records and imports for the tests of registers.
enum ExchangeSamples {
  static let today = Day(2026, 11, 20)!
  static let actor = Actor(id: "local", role: .localOperator)

  /// A record as it stands; `happened` names events with their days.
  static func record(
    _ id: String, _ fields: [(String, JSON)] = [], happened: [(String, String)] = [],
    status: String? = "registered", version: Int = 1, confidentiality: String = "confidential",
    changed: String = "2026-06-02T08:00:00Z"
  ) -> RecordState {
    let json = JSON.object([
      ("author", .string("local")), ("begun", .string("2026-06-01T08:00:00Z")),
      ("changed", .string(changed)), ("class", .string(confidentiality)),
      ("fields", .object(fields)),
      ("happened", .object(happened.map { ($0.0, .string($0.1)) })), ("id", .string(id)),
      ("since", .object([])), ("status", JSON(status)), ("version", .int(version)),
    ])
    return RecordState(json: json)!
  }

  /// A fictional model.
  static let aurora = record(
    "model/aurora1",
    [
      ("name", .string("Aurora 1")), ("tokens", .string("15T")), ("modality", JSON(["text"])),
      ("open_weights", .bool(false)),
    ],
    happened: [("model-registered", "2026-06-01"), ("training-started", "2026-05-04")],
    status: "in training", version: 2)

  /// Plans a file of this text or these bytes.
  static func plan(
    _ bytes: some Sequence<UInt8>, into kind: RecordKind = .model, _ records: [RecordState] = [],
    _ options: RegisterImport.Options = .init(reason: "checked")
  ) throws -> ImportPlan {
    try withFile(Array(bytes)) { path in
      let plan = try RegisterImport(kind, options: options, actor: actor, today: today)
        .plan(ByteSource(path: path), register: RegisterLookup(records: records, key: options.key))
      return plan
    }
  }

  static func plan(
    _ text: String, into kind: RecordKind = .model, _ records: [RecordState] = [],
    _ options: RegisterImport.Options = .init(reason: "checked")
  ) throws -> ImportPlan {
    try plan(text.utf8, into: kind, records, options)
  }

  static func plan(_ text: String, _ options: RegisterImport.Options) throws -> ImportPlan {
    try plan(text.utf8, into: .model, [], options)
  }

  /// The export of records as bytes.
  static func export(
    _ records: [RecordState], of kind: RecordKind, columns: [String]? = nil,
    as form: RegisterForm = .csv(.comma)
  ) throws -> [UInt8] {
    let export = try RegisterExport(kind, columns: columns, as: form)
    return try records.reduce(export.header) { try $0 + export.line($1) }
  }

  /// A text of pieces that spreadsheets, tables and readers of text trip over.
  static func hostile(_ random: inout SplitMix64) -> String {
    let pieces = [
      "=", "+", "-", "@", "\t", "\r", "\n", "\r\n", "'", "''", "\"", "\"\"", ",", ";", "; ", "\\",
      "\\;", " ", "  ", "＝", "＋", "－", "＠", "\u{00A0}", "\u{200B}", "\u{FEFF}", "\u{0301}", "é",
      "e\u{0301}", "😀", "👨‍👩‍👧", "\u{202E}", "[", "]", "{}", "null", "yes", "5", "e5", ".", "1",
      "sep=;", "id", "a", "SUM(A1)", "\u{1B}[31m", "\u{7F}", "\u{85}", "\u{2028}", "ß", "\u{1}",
      "2026-03-01", "03/04/2026",
    ]
    return (0..<random.int(1...5)).map { _ in random.pick(pieces) }.joined()
  }

  /// What an import makes of an empty register: the new records by their titles.
  static func carriedOut(_ plan: ImportPlan, of kind: RecordKind) throws -> [RecordState] {
    try plan.applicable().enumerated().compactMap { index, planned in
      var state: RecordState?
      for step in planned.steps {
        let content = try kind.decide(step, on: state, actor: actor, today: today)
        let envelope = Envelope(
          record: RecordID("\(kind.name)/\(index)")!, version: (state?.version ?? 0) + 1,
          event: step.event, effective: step.effective, recorded: Instant(startOf: today),
          actor: actor, confidentiality: step.confidentiality ?? kind.confidentiality)
        state = kind.applying(envelope, content: content, to: state)
      }
      return state
    }
  }
}
