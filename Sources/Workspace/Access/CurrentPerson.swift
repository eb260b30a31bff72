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
      .compactMapValues(\.asText)
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
    let person = try await withKeys { () async throws(Problem) -> CurrentPerson? in
      guard let stored = try await store.record(basis.person), stored.key != nil else { return nil }
      if let known = shared.person(basis.person, version: stored.version) { return known }
      guard let state = try keys.state(stored) else { return nil }
      let person = CurrentPerson(state)
      shared.know(person, basis.person)
      return person
    }
    guard let person, person.secrets[basis.secret] == basis.digest else { return nobody }
    return person.who ?? nobody
  }
}
