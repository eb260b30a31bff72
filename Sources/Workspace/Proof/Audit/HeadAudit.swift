internal import Ground
internal import Journal
internal import Sealing

/// Compares a log as it was read with everything that was signed of it: kept checkpoints, the file in `heads/`, heads
/// that somebody else kept.
struct HeadAudit {
  /// A signed head of the log, and where it lies.
  struct Signed: Sendable {
    let note: SignedCheckpoint
    let place: String
    /// Whether the user gave it.
    let isRetained: Bool
  }

  let log: LogName
  let trust: LogKeys
  private(set) var signed: [Signed] = []
  private(set) var findings: [Finding] = []
  /// Signature lines of keys that are not known, with where they lie.
  private(set) var strangers: [(signature: NoteSignature, place: String)] = []
  private(set) var signedSize = 0
  private(set) var witnessedSize = 0
  private(set) var checked = 0
  private(set) var retained = 0
  private var kept: [SignedCheckpoint] = []
  private var file: [UInt8]?
  /// The place of the key that signs at this point of the log.
  private var current = 0

  init(_ log: LogName, trust: LogKeys) {
    self.log = log
    self.trust = trust
  }

  /// The sizes at which the root of the log must be known.
  var sizes: Set<Int> { Set(signed.map { $0.note.checkpoint.size }) }

  /// The checkpoints that are kept.
  var checkpoints: Int { kept.count }

  // MARK: Reading

  /// Takes the kept checkpoints, oldest first: signatures and sizes.
  mutating func take(_ checkpoints: [StoredCheckpoint]) {
    for stored in checkpoints {
      let place = "the checkpoint of \(stored.size) entries"
      guard let note = read(stored.note, "checkpoint-unreadable", Finding.file(log), place) else {
        continue
      }
      if note.checkpoint.size != stored.size {
        findings.append(
          Finding(
            "checkpoint-size-differs", in: log, expected: "\(note.checkpoint.size)",
            actual: "\(stored.size)",
            what: "A checkpoint of \(note.checkpoint.size) entries is filed under \(stored.size)."))
      }
      kept.append(note)
      guard let signers = check(note, "checkpoint-signature", Finding.file(log), place) else {
        continue
      }
      follow(signers.keys, place)
      if !signers.cosignatures.isEmpty {
        witnessedSize = max(witnessedSize, note.checkpoint.size)
      }
      signedSize = max(signedSize, note.checkpoint.size)
      signed.append(Signed(note: note, place: place, isRetained: false))
    }
    if !kept.isEmpty, current != trust.keys.count - 1 {
      findings.append(
        Finding(
          "rotation-unsigned", in: log, expected: trust.keys.last?.text,
          actual: trust.keys[current].text,
          what: "systemic.json names a later key of the \(log.rawValue) log, and no checkpoint "
            + "carries the signatures of both keys."))
    }
  }

  /// Takes the file in `heads/`.
  mutating func take(file bytes: [UInt8]?) {
    file = bytes
    guard let bytes, bytes != kept.last?.bytes else { return }
    let path = HeadAudit.path(log)
    guard let note = read(bytes, "head-file-unreadable", path, "the file"),
      check(note, "head-file-signature", path, "the file") != nil
    else { return }
    signed.append(Signed(note: note, place: path, isRetained: false))
  }

  /// Takes a head that somebody else kept.
  mutating func take(retained note: SignedCheckpoint, from place: String) {
    guard check(note, "retained-signature", place, "the head that was kept") != nil else { return }
    signed.append(Signed(note: note, place: place, isRetained: true))
    retained += 1
  }

  /// How the file in `heads/` differs from the newest kept checkpoint; nil when they are the same.
  var fileFinding: Finding? {
    let path = HeadAudit.path(log)
    guard let newest = kept.last else {
      guard file != nil else { return nil }
      return Finding(
        "checkpoint-missing", file: path,
        what: "The file holds a checkpoint, and the store keeps none of the \(log.rawValue) log.")
    }
    guard let file else {
      return Finding(
        "head-file-missing", file: path,
        what: "The newest checkpoint of the \(log.rawValue) log is not in its file, which keeps a "
          + "store that is put back by itself from passing unnoticed.")
    }
    guard file != newest.bytes else { return nil }
    // What cannot be read, or is not signed, was told when it was read.
    guard let note = try? SignedCheckpoint(file), (try? trust.verified(note)) != nil else {
      return nil
    }
    if note.checkpoint.size > newest.checkpoint.size {
      return Finding(
        "checkpoint-missing", file: path, expected: "\(note.checkpoint.size)",
        actual: "\(newest.checkpoint.size)",
        what: "The file holds a checkpoint of \(note.checkpoint.size) entries that the store does "
          + "not keep: the store is older than the file.")
    }
    let isOlder = note.checkpoint.size < newest.checkpoint.size
    return Finding(
      isOlder ? "head-file-old" : "head-file-differs", file: path,
      expected: "\(newest.checkpoint.size) entries", actual: "\(note.checkpoint.size) entries",
      what: isOlder
        ? "The file holds an older checkpoint than the store: it was put back, or a crash came "
          + "between the two; the next checkpoint mends it."
        : "The file holds other signatures than the checkpoint in the store.")
  }

  // MARK: Comparing

  /// Compares every signed head with the tree, and settles which entries and which hashes were changed.
  mutating func compare(_ tree: TreeAudit) {
    for head in signed {
      let checkpoint = head.note.checkpoint
      if checkpoint.size > tree.size {
        findings.append(rolledBack(head, tree.size))
        continue
      }
      checked += 1
      guard let root = tree.roots[checkpoint.size] else { continue }
      // That stored hashes lead there and entries do not is told with the entries.
      if checkpoint.root == root.byEntries || checkpoint.root == root.byLeaves { continue }
      findings.append(
        Finding(
          head.isRetained ? "rewritten" : "root-differs",
          file: head.isRetained || head.place.hasPrefix("heads/") ? head.place : Finding.file(log),
          expected: checkpoint.root.hex, actual: root.byEntries.hex,
          what: "The first \(checkpoint.size) entries of the \(log.rawValue) log are not those of "
            + "\(head.place), which the log signed: at least one of them was changed."))
    }
    settle(tree)
  }

  private func rolledBack(_ head: Signed, _ size: Int) -> Finding {
    Finding(
      "rolled-back",
      file: head.isRetained || head.place.hasPrefix("heads/")
        ? head.place : Finding.file(log),
      expected: "at least \(head.note.checkpoint.size) entries", actual: "\(size) entries",
      what:
        "The \(log.rawValue) log signed \(head.note.checkpoint.size) entries (\(head.place)), and "
        + "there are only \(size): the newest were removed, or an older copy was put back.")
  }

  /// An entry and its stored hash disagree: the signed root over them tells which of the two was changed.
  private mutating func settle(_ tree: TreeAudit) {
    for mismatch in tree.mismatches {
      let cover = signed.map(\.note.checkpoint).filter { $0.size > mismatch.index }
      let isLeafSigned = cover.contains { tree.roots[$0.size]?.byLeaves == $0.root }
      let isEntrySigned = cover.contains { tree.roots[$0.size]?.byEntries == $0.root }
      let code =
        isLeafSigned ? "entry-changed" : isEntrySigned ? "leaf-changed" : "leaf-differs"
      let words =
        isLeafSigned
        ? "is not the one that was signed"
        : isEntrySigned
          ? "is as it was signed; the hash that is stored for it was changed"
          : "and the hash that is stored for it do not fit each other"
      findings.append(
        Finding(
          code, in: log, entry: mismatch.index,
          expected: (isEntrySigned ? mismatch.computed : mismatch.stored)?.hex,
          actual: (isEntrySigned ? mismatch.stored : mismatch.computed)?.hex,
          what: "Entry \(mismatch.index) of the \(log.rawValue) log \(words)."))
    }
    guard tree.omitted > 0 else { return }
    findings.append(
      Finding(
        "leaf-differs", in: log,
        what: "\(tree.omitted) entries more do not fit their stored hashes."))
  }

  // MARK: Signatures

  /// A key is followed by the next where a checkpoint carries the signatures of both.
  private mutating func follow(_ keys: [Int], _ place: String) {
    guard keys.contains(current) else {
      findings.append(
        Finding(
          "checkpoint-key", in: log, expected: trust.keys[current].text,
          actual: keys.first.map { trust.keys[$0].text },
          what: "\(place) is signed by another key of the log than the one in use then."))
      current = max(current, keys.last ?? current)
      return
    }
    if keys.contains(current + 1) { current += 1 }
  }

  private mutating func read(
    _ bytes: [UInt8], _ code: String, _ file: String, _ place: String
  ) -> SignedCheckpoint? {
    do { return try SignedCheckpoint(bytes) } catch {
      findings.append(
        Finding(code, file: file, what: "\(place) is not a signed checkpoint: \(error.why)."))
      return nil
    }
  }

  private mutating func check(
    _ note: SignedCheckpoint, _ code: String, _ file: String, _ place: String
  ) -> LogKeys.Signers? {
    do {
      let signers = try trust.verified(note)
      let known = trust.keys + trust.witnesses
      for signature in note.note.signatures where !known.contains(where: { $0.names(signature) }) {
        strangers.append((signature, file))
      }
      return signers
    } catch {
      findings.append(
        Finding(
          code, file: file, expected: trust.keys.last?.text,
          what: "\(place) is not signed as the \(log.rawValue) log and its witnesses sign: "
            + "\(error.what)."))
      return nil
    }
  }

  private static func path(_ log: LogName) -> String { "heads/" + log.rawValue }
}

extension VerifierKey {
  /// Whether a signature says that this key made it.
  func names(_ signature: NoteSignature) -> Bool {
    signature.keyID == keyID && signature.name.utf8.elementsEqual(name.utf8)
  }
}
