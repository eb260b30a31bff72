public import Duties
public import Ground

/// The records that an import may meet: those that the actor may see.
public struct RegisterLookup {
  /// The record of a name; nil when there is none.
  public var record: (RecordID) throws(Problem) -> RecordState?
  /// The records of a kind whose fields have these values.
  public var matching: (_ kind: String, _ key: [(String, JSON)]) throws(Problem) -> [RecordID]
  /// The records of a kind that people know by this name or title.
  public var named: (_ kind: String, _ title: String) throws(Problem) -> [RecordID]

  /// A look-up that asks somebody else.
  public init(
    record: @escaping (RecordID) throws(Problem) -> RecordState?,
    matching: @escaping (String, [(String, JSON)]) throws(Problem) -> [RecordID],
    named: @escaping (String, String) throws(Problem) -> [RecordID]
  ) {
    self.record = record
    self.matching = matching
    self.named = named
  }

  /// A look-up in these records.
  ///
  /// Titles are compared as written first; only when none is the same, without regard to case.
  /// - Parameter key: the fields by which records are matched, as in the options of the import.
  public init(records: [RecordState], key: [String] = []) {
    var states: [RecordID: RecordState] = [:]
    var keys: [String: [RecordID]] = [:]
    var titles: [String: [RecordID]] = [:]
    for state in records {
      states[state.id] = state
      if !key.isEmpty {
        let values = key.map { ($0, state.fields[$0] ?? .null) }
        keys[RegisterLookup.text(state.id.kind, values), default: []].append(state.id)
      }
      titles[state.id.kind + "=" + state.title, default: []].append(state.id)
      let folded = state.title.lowercased()
      if folded != state.title {
        titles[state.id.kind + "~" + folded, default: []].append(state.id)
      }
    }
    let (known, byKey, byTitle) = (states, keys, titles)
    self.init(
      record: { known[$0] },
      matching: { byKey[RegisterLookup.text($0, $1)] ?? [] },
      named: { kind, title in
        if let found = byTitle[kind + "=" + title] { return found }
        let folded = title.lowercased()
        return (byTitle[kind + "=" + folded] ?? []) + (byTitle[kind + "~" + folded] ?? [])
      })
  }

  private static func text(_ kind: String, _ key: [(String, JSON)]) -> String {
    JSON.array([.string(kind)] + key.map(\.1)).compact
  }
}
