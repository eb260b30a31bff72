internal import Duties
internal import Ground

/// The kinds of records that programs see, with the words for them in addresses.
enum APIKinds {
  /// Kinds that people see, in the order of lists; what the program keeps for itself is left out.
  static let all = RecordKind.all.filter { kind in
    kind.log == .regulatory
      || [
        "person", "session", "token", "access", "operation", "emergency", "webhook",
        "connector", "ticket",
      ].contains(kind.name)
  }

  /// The word for many of a kind.
  static func many(_ kind: RecordKind) -> String { many(kind.name) }

  private static func many(_ name: String) -> String {
    switch name {
    case "evidence": "evidence"
    case "person": "people"
    case "access": "access-decisions"
    default: name.hasSuffix("y") ? name.dropLast() + "ies" : name + "s"
    }
  }

  /// The path of a record below the base.
  static func path(_ id: RecordID) -> String { many(id.kind) + "/" + id.key }

  /// The name of a shape or operation made from a kind: `training-run` is `TrainingRun`.
  static func word(_ name: String) -> String {
    name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  /// Kinds whose records are made of facts alone, so that a program may begin one; others have steps of their own.
  static func mayBegin(_ kind: RecordKind) -> Bool {
    mayChange(kind) && !["opinion", "assignment"].contains(kind.name)
  }

  /// Kinds to whose records events happen without more than facts.
  static func mayChange(_ kind: RecordKind) -> Bool {
    kind.log == .regulatory && !kind.isComposed
      && !["evidence", "erasure", "hold"].contains(kind.name)
  }
}
