internal import Duties
public import Ground

/// The names behind the pseudonymous ids that entries carry, as far as the actor may know them and they were not erased.
///
/// Whoever may read a person's record knows the name. Who reads a scope only, an inspector or an evaluator, knows the
/// names that stand in it: who acted on these records, and whom they name. All others read the id.
public struct PeopleNames: Sendable {
  private let names: [String: String]

  /// The names that the actor of a workspace may know.
  public init(_ workspace: OpenWorkspace) async throws(Problem) {
    let who = try await workspace.current()
    let today = workspace.surroundings.today
    if let known = try await workspace.knownNames(for: who) {
      names = known[who.id] == nil ? known.merging([who.id: who.name]) { $1 } : known
      return
    }
    let named = try await PeopleNames.named(in: who, workspace)
    var names = PeopleNames.programs
    for person in try await workspace.everyState(.person)
    where named.contains(person.id.key)
      || who.mayRead(person.id, person.confidentiality, today: today)
    {
      names[person.id.key] = person.shownName
    }
    names[who.id] = names[who.id] ?? who.name
    self.names = names
  }

  /// Who acts without being a person.
  static let programs = IntakeChannel.allCases.reduce(
    into: ["local": "local operator", "system": "the program"]
  ) { $0[$1.id] = $1.words }

  /// The name of an id; the id itself when the name was erased, or is not for the actor.
  public func name(_ id: String) -> String { names[id] ?? id }

  /// The name of whoever did something, with the role in which they did it; programs have none beside their name.
  public func name(_ actor: Actor) -> String {
    PeopleNames.programs[actor.id] == nil
      ? "\(name(actor.id)) as \(actor.role.rawValue)" : name(actor.id)
  }

  /// The people who acted on the records of a scope, or whom these name.
  private static func named(
    in who: SignedIn, _ workspace: OpenWorkspace
  ) async throws(Problem) -> Set<String> {
    var people: Set<String> = []
    for id in who.scope ?? [] {
      for entry in try await workspace.store.history(id) {
        let envelope = try Envelope(entry: entry.entry)
        guard who.mayRead(id, envelope.confidentiality, today: workspace.surroundings.today) else {
          continue
        }
        people.insert(envelope.actor.id)
      }
      let state = try await workspace.withKeys { () async throws(Problem) in
        try await workspace.store.record(id).flatMap { stored throws(Problem) in
          try workspace.keys.state(stored)
        }
      }
      guard let state,
        who.mayRead(id, state.confidentiality, today: workspace.surroundings.today)
      else { continue }
      let fields = RecordKind.named(id.kind)?.fields ?? []
      for field in fields where field.form == .record("person") {
        if let person = state.text(field.name).flatMap({ RecordID($0) }) {
          people.insert(person.key)
        }
      }
    }
    return people
  }
}

extension RecordState {
  /// The name of a person that people read.
  var shownName: String { text("display_name") ?? title }
}

extension OpenWorkspace {
  /// The names of all people, for who may read all of them where summaries are kept; nil elsewhere.
  fileprivate func knownNames(for who: SignedIn) async throws(Problem) -> [String: String]? {
    let (kind, summaries) = (RecordKind.person, shared.summaries)
    guard summaries.isKept, !who.isBounded else { return nil }
    try await summarise([kind])
    let sight = Sight(who, kind, today: surroundings.today, summaries)
    let edition = summaries.edition(kind.name)
    guard summaries.read(kind.name, { sight.readsAll(of: $0) }) == true else { return nil }
    if let known = summaries.names(edition: edition) { return known }
    var names = PeopleNames.programs
    for person in try await everyState(kind) { names[person.id.key] = person.shownName }
    summaries.know(names, edition: edition)
    return names
  }
}
