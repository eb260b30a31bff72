internal import Ground
internal import Sealing
internal import Synchronization
internal import Workspace

/// Forms that came after their session had ended: kept for the person who had typed them, until they sign in again.
///
/// They are bounded and shown to that person only. On the disk they lie sealed, so that they outlive the server too.
final class Drafts: Sendable {
  /// What somebody had typed.
  struct Draft: Sendable {
    let id: String
    /// The key of the person.
    let person: String
    /// Where it was sent, with its query.
    let path: String
    let form: Form
    let kept: Instant
    let bytes: Int
  }

  /// How long a draft is kept, in hours.
  static let hours = 12
  /// Most bytes of all drafts together.
  private static let mostBytes = 8 << 20
  /// Most drafts of one person.
  private static let mostOfOne = 10

  private let drafts: Mutex<[Draft]>
  /// Where they lie; nil keeps them in memory only.
  private let shelf: OpenWorkspace?

  /// The drafts that lie on a shelf.
  init(shelf: OpenWorkspace? = nil) {
    self.shelf = shelf
    let found = (try? shelf?.shelved()) ?? []
    drafts = Mutex(
      found.compactMap { Draft($0.name, sealed: $0.bytes) }
        .sorted { $0.kept.seconds < $1.kept.seconds })
    if let shelf { removeOld(shelf.surroundings.now()) }
  }

  /// Keeps a form, before which the oldest give way; gives the id, or nil for a form that is not to be kept.
  func keep(_ form: Form, of person: String, path: String, now: Instant) -> String? {
    let isSecret = form.pairs.contains { pair in
      ["passphrase", "secret", "current", "first", "second", "code", "token"].contains(pair.name)
    }
    let pairs = form.pairs.filter { $0.name != "key" }
    let bytes = pairs.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
    guard !isSecret, !Drafts.isPersonal(path), !pairs.isEmpty, bytes <= Drafts.mostBytes else {
      return nil
    }
    let draft = Draft(
      id: RandomText.key(length: 20), person: person, path: path,
      form: Form(pairs.map { ($0.name, $0.value) }), kept: now, bytes: bytes)
    removeOld(now)
    let given = drafts.withLock { drafts -> [Draft] in
      var given: [Draft] = []
      while drafts.count(where: { $0.person == person }) >= Drafts.mostOfOne {
        guard let oldest = drafts.firstIndex(where: { $0.person == person }) else { break }
        given.append(drafts.remove(at: oldest))
      }
      drafts.append(draft)
      while drafts.reduce(0, { $0 + $1.bytes }) > Drafts.mostBytes {
        given.append(drafts.removeFirst())
      }
      return given
    }
    for old in given { try? shelf?.unshelve(old.id) }
    // A disk that is full loses nothing while the server lives.
    try? shelf?.shelve(draft.json.compactBytes, as: draft.id)
    return draft.id
  }

  /// What concerns who gets in is never kept.
  private static func isPersonal(_ path: String) -> Bool {
    ["/account", "/people", "/emergency", "/sign-", "/webhooks"].contains(where: path.hasPrefix)
  }

  /// A draft of a person.
  func draft(_ id: String, of person: String, now: Instant) -> Draft? {
    removeOld(now)
    return drafts.withLock { drafts in drafts.first { $0.id == id && $0.person == person } }
  }

  /// Forgets a draft of a person, because it was sent.
  func forget(_ id: String, of person: String) {
    let isTheirs = drafts.withLock { drafts in
      let count = drafts.count
      drafts.removeAll { $0.id == id && $0.person == person }
      return drafts.count < count
    }
    if isTheirs { try? shelf?.unshelve(id) }
  }

  /// Forgets what is too old, every ten minutes, until its task is cancelled.
  func forgetOld(_ now: @Sendable () -> Instant) async {
    while !Task.isCancelled {
      removeOld(now())
      try? await Task.sleep(for: .seconds(600))
    }
  }

  /// Takes away what is too old.
  private func removeOld(_ now: Instant) {
    let old = drafts.withLock { drafts in
      let old = drafts.filter { $0.kept.seconds + Drafts.hours * 3600 < now.seconds }
      drafts.removeAll { $0.kept.seconds + Drafts.hours * 3600 < now.seconds }
      return old
    }
    for draft in old { try? shelf?.unshelve(draft.id) }
  }
}

extension Drafts.Draft {
  /// As it lies on the shelf.
  var json: JSON {
    .object([
      ("person", .string(person)), ("path", .string(path)), ("kept", .int(kept.seconds)),
      ("form", .array(form.pairs.map { JSON([$0.name, $0.value]) })),
    ])
  }

  /// A draft from the shelf; nil for what is none.
  init?(_ id: String, sealed bytes: [UInt8]) {
    guard let json = try? JSON(parsing: bytes), let person = json["person"]?.text,
      let path = json["path"]?.text, case .int(let kept)? = json["kept"],
      case .array(let pairs)? = json["form"]
    else { return nil }
    let form = Form(pairs.map(\.texts).filter { $0.count == 2 }.map { ($0[0], $0[1]) })
    self.init(
      id: id, person: person, path: path, form: form, kept: Instant(seconds: kept),
      bytes: form.pairs.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count })
  }
}
