internal import Duties
internal import Ground

/// A person as their record says at one version, without what proves who they are but its digest.
struct CurrentPerson: Sendable {
  /// The version of the record.
  let version: Int
  /// Who they are and what they may do; nobody when their access has ended.
  let who: SignedIn?
  /// The digests of what proves who they are.
  let secrets: [String: String]

  init(_ state: RecordState) {
    version = state.version
    who = state.status == "active" ? SignedIn(state) : nil
    secrets = state.fields.filter { RecordKind.hiddenFields.contains($0.key) }
      .compactMapValues(\.text)
  }
}

extension OpenWorkspace {
  /// Who acts, as their record says now, not as it said when they signed in.
  ///
  /// A server holds sessions for hours: whoever was removed, was erased, has other roles, or whose token or passphrase
  /// was changed meanwhile, has that at once. One look at the record, which is opened only when its version is new.
  func current() async throws(Problem) -> SignedIn {
    guard let basis = who.basis else { return who }
    let nobody = SignedIn(id: who.id, name: who.name, roles: [])
    guard let person = try await person(basis.person),
      person.secrets[basis.secret] == basis.digest
    else { return nobody }
    return person.who ?? nobody
  }

  /// A person as they are now; nil when there is none.
  private func person(_ id: RecordID) async throws(Problem) -> CurrentPerson? {
    func read(_ state: RecordState) -> CurrentPerson {
      let person = CurrentPerson(state)
      shared.know(person, id)
      return person
    }
    if shared.summaries.isKept {
      guard let state = try await opened(id) else { return nil }
      return shared.person(id, version: state.version) ?? read(state)
    }
    return try await withKeys { () async throws(Problem) in
      guard let stored = try await store.record(id), stored.key != nil else { return nil }
      if let known = shared.person(id, version: stored.version) { return known }
      return try keys.state(stored).map(read)
    }
  }
}
