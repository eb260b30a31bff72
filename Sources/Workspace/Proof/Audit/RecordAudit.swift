internal import Duties
internal import Ground
internal import Journal
internal import Sealing

/// Checks one record: its versions, its key, each content against its commitment, and its cached state against the fold
/// of its events.
struct RecordAudit: Sendable {
  let keys: KeyRing
  /// The records that erasures name which were done.
  let erased: Set<RecordID>

  /// What a record came to.
  struct Outcome: Sendable {
    var findings: [Finding] = []
    /// The record as its events make it; nil when it was erased or cannot be folded.
    var folded: RecordState?
    /// Whether the cached state must be replaced by the folded one.
    var differs = false
    /// Contents that were opened and fit.
    var contents = 0
    /// Contents that were erased.
    var erasedContents = 0
    /// Contents that nobody could open, because the keys are not here.
    var closedContents = 0
    /// Whether key, state and contents are gone, and an erasure says so.
    var isErased = false
    /// The key of the record.
    var key: SecretKey?
  }

  /// Checks a record with its history, oldest first.
  func outcome(_ stored: StoredRecord, _ history: [StoredEntry]) -> Outcome {
    var outcome = Outcome()
    let kind = RecordKind.named(stored.id.kind)
    checkPlace(stored, history, kind, &outcome)
    guard !keys.isAbsent else {
      outcome.closedContents = history.count { $0.content != nil }
      return outcome
    }
    guard let wrapped = stored.key else {
      checkErased(stored, history, &outcome)
      return outcome
    }
    if erased.contains(stored.id) {
      outcome.findings.append(
        RecordAudit.finding(
          "erasure-undone", stored, expected: "no key", actual: "a key of epoch \(wrapped.epoch)",
          what: "An erasure that was done names \(stored.id.text), and its key is here again: "
            + "an older copy was put back."))
    }
    do { outcome.key = try keys.unwrap(wrapped) } catch {
      outcome.findings.append(
        RecordAudit.finding(
          "key-unreadable", stored,
          what: "The key of \(stored.id.text) cannot be unwrapped: \(error.why)."))
      return outcome
    }
    if let kind, let key = outcome.key {
      fold(stored, history, kind, key, &outcome)
      compareState(stored, key, &outcome)
    }
    return outcome
  }

  // MARK: Where it stands

  private func checkPlace(
    _ stored: StoredRecord, _ history: [StoredEntry], _ kind: RecordKind?, _ outcome: inout Outcome
  ) {
    if kind == nil {
      outcome.findings.append(
        RecordAudit.finding(
          "record-unknown-kind", stored, actual: stored.id.kind,
          what: "This program knows no records of the kind “\(stored.id.kind)”: "
            + "\(stored.id.text) could not be checked."))
    } else if let kind, kind.log != stored.log {
      outcome.findings.append(
        RecordAudit.finding(
          "record-log-differs", stored, expected: kind.log.rawValue, actual: stored.log.rawValue,
          what:
            "\(stored.id.text) stands under the \(stored.log.rawValue) log; records of its kind "
            + "belong to the \(kind.log.rawValue) log."))
    }
    if history.isEmpty {
      outcome.findings.append(
        RecordAudit.finding(
          "record-without-entries", stored,
          what: "\(stored.id.text) is kept, and no entry of the journal names it."))
    }
    for (place, entry) in history.enumerated() where entry.version != place + 1 {
      outcome.findings.append(
        RecordAudit.finding(
          "version-gap", stored, entry: entry.index, expected: "version \(place + 1)",
          actual: "version \(entry.version)",
          what: "The versions of \(stored.id.text) have a gap: version \(place + 1) is not there."))
      break
    }
    if let last = history.last, last.version != stored.version {
      outcome.findings.append(
        RecordAudit.finding(
          "record-version-differs", stored, entry: last.index, expected: "version \(last.version)",
          actual: "version \(stored.version)",
          what: "\(stored.id.text) is kept at version \(stored.version); its newest entry made "
            + "version \(last.version)."))
    }
  }

  // MARK: Erased

  private func checkErased(
    _ stored: StoredRecord, _ history: [StoredEntry], _ outcome: inout Outcome
  ) {
    let left = history.filter { $0.content != nil }
    if left.isEmpty, stored.state == nil, erased.contains(stored.id) {
      outcome.isErased = true
      outcome.erasedContents = history.count
      return
    }
    if !left.isEmpty || stored.state != nil {
      outcome.findings.append(
        RecordAudit.finding(
          "key-missing", stored, entry: left.first?.index,
          what: "\(stored.id.text) has sealed contents and no key: they cannot be opened any more.")
      )
    }
    guard !erased.contains(stored.id) else { return }
    for entry in history where entry.content == nil {
      outcome.findings.append(RecordAudit.missing(entry, stored))
    }
  }

  private static func missing(_ entry: StoredEntry, _ stored: StoredRecord) -> Finding {
    RecordAudit.finding(
      "content-missing", stored, entry: entry.index,
      what:
        "The content of \(stored.id.text) version \(entry.version) is gone, and no erasure that "
        + "was done names the record.")
  }

  // MARK: Contents

  private func fold(
    _ stored: StoredRecord, _ history: [StoredEntry], _ kind: RecordKind, _ key: SecretKey,
    _ outcome: inout Outcome
  ) {
    var state: RecordState?
    var isWhole = true
    for entry in history {
      guard let envelope = try? Envelope(entry: entry.entry) else {
        isWhole = false
        continue
      }
      let content = content(of: entry, envelope, stored, key, &outcome)
      if case .unusable = content { isWhole = false }
      guard isWhole else { continue }
      state = kind.applying(envelope, content: content.value, to: state)
    }
    if isWhole { outcome.folded = state }
  }

  private enum Content {
    case none, unusable
    case opened(JSON)

    var value: JSON? {
      guard case .opened(let json) = self else { return nil }
      return json
    }
  }

  private func content(
    of entry: StoredEntry, _ envelope: Envelope, _ stored: StoredRecord, _ key: SecretKey,
    _ outcome: inout Outcome
  ) -> Content {
    guard let sealed = entry.content else {
      guard envelope.commitment != nil else { return .none }
      outcome.findings.append(RecordAudit.missing(entry, stored))
      return .unusable
    }
    do {
      let content = try Sealed.opened(sealed, of: envelope, key: key)
      outcome.contents += 1
      return .opened(content)
    } catch {
      let isOther = error.code == "workspace.content-differs"
      outcome.findings.append(
        RecordAudit.finding(
          isOther ? "content-differs" : "content-changed", stored, entry: entry.index,
          expected: envelope.commitment.map { Hex.text($0) },
          what: "The content of \(stored.id.text) version \(entry.version) "
            + (isOther
              ? "is not the one that its entry commits to."
              : "was changed, or belongs elsewhere: it cannot be opened.")))
      return .unusable
    }
  }

  // MARK: The cached state

  private func compareState(_ stored: StoredRecord, _ key: SecretKey, _ outcome: inout Outcome) {
    guard let folded = outcome.folded else { return }
    guard let sealed = stored.state else {
      outcome.differs = true
      outcome.findings.append(
        RecordAudit.finding(
          "state-missing", stored, what: "The cached state of \(stored.id.text) is gone."))
      return
    }
    do {
      let cached = try Sealed.state(sealed, of: stored.id, version: stored.version, key: key)
      guard !RecordAudit.isSame(cached.json, folded.json) else { return }
      outcome.differs = true
      outcome.findings.append(
        RecordAudit.finding(
          "state-differs", stored, expected: RecordAudit.digest(folded),
          actual: RecordAudit.digest(cached),
          what: "The cached state of \(stored.id.text) is not what its events make of it: "
            + RecordAudit.difference(folded, cached) + "."))
    } catch {
      outcome.differs = true
      outcome.findings.append(
        RecordAudit.finding(
          "state-unreadable", stored,
          what:
            "The cached state of \(stored.id.text) was changed, or belongs elsewhere: it cannot "
            + "be opened."))
    }
  }

  private static func digest(_ state: RecordState) -> String {
    Digest(of: (try? state.json.canonicalBytes()) ?? state.json.compactBytes).hex
  }

  /// Members of nested values come in another order when they were read from the journal, where they are canonical.
  private static func isSame(_ left: JSON, _ right: JSON) -> Bool {
    left == right
      || (try? left.canonicalBytes()).map { $0 == (try? right.canonicalBytes()) } ?? false
  }

  /// Names of fields, not their values: findings are shown to people who may not read contents.
  private static func difference(_ folded: RecordState, _ cached: RecordState) -> String {
    let names = Set(folded.fields.keys).union(cached.fields.keys)
    let fields = names.filter {
      !isSame(folded.fields[$0] ?? .null, cached.fields[$0] ?? .null)
    }.sorted()
    return fields.isEmpty
      ? "its events or days differ" : "they differ in " + fields.joined(separator: ", ")
  }

  static func finding(
    _ code: String, _ stored: StoredRecord, entry: Int? = nil, expected: String? = nil,
    actual: String? = nil, what: String
  ) -> Finding {
    Finding(
      code, in: stored.log, entry: entry, expected: expected, actual: actual, what: what)
  }
}
