internal import Ground
internal import Sealing
internal import Synchronization

/// Forms that came after their session had ended: kept for the person who had typed them, until they sign in again.
///
/// They stay in the memory of the server, bounded, and are shown to that person only. Nothing of them reaches the disk.
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

  private let drafts = Mutex<[Draft]>([])

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
    drafts.withLock { drafts in
      drafts.removeAll { $0.kept.seconds + Drafts.hours * 3600 < now.seconds }
      while drafts.count(where: { $0.person == person }) >= Drafts.mostOfOne {
        guard let oldest = drafts.firstIndex(where: { $0.person == person }) else { break }
        drafts.remove(at: oldest)
      }
      drafts.append(draft)
      while drafts.reduce(0, { $0 + $1.bytes }) > Drafts.mostBytes { drafts.removeFirst() }
    }
    return draft.id
  }

  /// What concerns who gets in is never kept.
  private static func isPersonal(_ path: String) -> Bool {
    ["/account", "/people", "/emergency", "/sign-", "/webhooks"].contains(where: path.hasPrefix)
  }

  /// A draft of a person.
  func draft(_ id: String, of person: String, now: Instant) -> Draft? {
    drafts.withLock { drafts in
      drafts.removeAll { $0.kept.seconds + Drafts.hours * 3600 < now.seconds }
      return drafts.first { $0.id == id && $0.person == person }
    }
  }

  /// Forgets a draft of a person, because it was sent.
  func forget(_ id: String, of person: String) {
    drafts.withLock { $0.removeAll { $0.id == id && $0.person == person } }
  }
}
