public import Duties
public import Ground
internal import Rulebook

/// Facts that are supposed to be otherwise, for a question: nothing of it is written.
public struct WhatIf: Sendable {
  /// Facts of the model, by field; null takes one away.
  public var facts: [(String, JSON)] = []
  /// Facts of runs, by the name of the run and the field.
  public var runs: [(run: String, field: String, value: JSON)] = []
  /// One more run, by its fields; empty adds none.
  public var further: [(String, JSON)] = []

  /// Nothing is otherwise.
  public init() {}

  /// Whether nothing is otherwise.
  public var isEmpty: Bool { facts.isEmpty && runs.isEmpty && further.isEmpty }
}

extension OpenWorkspace {
  /// What the classification of a model would be, were facts otherwise; nothing is written.
  ///
  /// - Throws: the problems of the facts, each with the field; `workspace.unknown-run`.
  public func opinion(
    on ledger: ComputeLedger, supposing question: WhatIf, day: Day? = nil
  ) throws(Problem) -> Opinion {
    let document = try question.document(ledger.document)
    let file = try ModelFile(document, name: ledger.model.title)
    return try OpinionWriter.write(
      file.dossier, law: surroundings.law(day ?? surroundings.today))
  }
}

extension WhatIf {
  /// The model file with what is supposed.
  fileprivate func document(_ document: JSON) throws(Problem) -> JSON {
    guard case .object(var members) = document else { return document }
    for (name, value) in facts { WhatIf.set(name, value, in: &members) }
    var runs: [JSON] = []
    if case .array(let known)? = document["runs"] { runs = known }
    for change in self.runs {
      guard let place = runs.firstIndex(where: { $0["id"] == .string(change.run) }),
        case .object(var fields) = runs[place]
      else {
        throw Problem(
          "workspace.unknown-run", what: "the model has no run “\(change.run.prefix(80))”",
          why: "a question can change only what the ledger holds",
          mend: "name a run of the ledger, or add one")
      }
      WhatIf.set(change.field, change.value, in: &fields)
      runs[place] = .object(fields)
    }
    if !further.isEmpty {
      var fields = further.filter { $0.0 != "name" }.map { ($0.0, WhatIf.written($0.1)) }
      let name = further.last { $0.0 == "name" }?.1 ?? .string("one more run")
      fields.insert(("id", name), at: 0)
      runs.append(.object(fields))
    }
    if !runs.isEmpty { WhatIf.set("runs", .array(runs), in: &members) }
    return .object(members)
  }

  private static func set(_ name: String, _ value: JSON, in members: inout [(String, JSON)]) {
    members.removeAll { $0.0 == name }
    if case .null = value { return }
    members.append((name, written(value)))
  }

  /// Model files say yes and no.
  private static func written(_ value: JSON) -> JSON {
    if case .bool(let answer) = value { return .string(answer ? "yes" : "no") }
    return value
  }
}
